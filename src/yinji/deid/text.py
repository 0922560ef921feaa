"""Free text: what in it shows a person. Patterns with checks, no model of the language.

Looked for: phones, written apart, disguised or foreign, cards, identity numbers with their check digit, accounts, e-mail
addresses, names behind a cue or before a form of address, rooms, and at last whatever else may be a phone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from yinji.deid.address.rooms import chain_spans, room_spans
from yinji.deid.cues import accounts, emails, people
from yinji.deid.documents import identities
from yinji.deid.marking import starred
from yinji.deid.model import Finding, FindingKind
from yinji.deid.normal_form import normal
from yinji.deid.numbers import ENOUGH, TO_DIGITS, cards, loose, numbers
from yinji.kernel.mask import Mask, Span
from yinji.kernel.said import Said

_SIGNAL: Final = re.compile(
    "[0-9A-Za-z@+零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
    "人名方叫交给系络找由请让收取签领居生士姐太姨傅师哥理板"
    "\x80-\u2013\u2015-\u2017\u201e-\u2025\u2027-\u3000\u3003-\u33ff\u4dc0-\u4dff\ua000-\uff00\uff02-\uff07\uff0a\uff0b\uff0d-\uff19\uff1d\uff1e\uff20-\U0010ffff]"
)
"""A text without any of these holds nothing that this scan could find."""

_NAMING: Final = re.compile("[人名方叫交给系络找由请让收取签领居生士姐太姨傅师哥理板]")
_SPELT: Final = re.compile("[@A-Za-z]")
_DIGIT: Final = re.compile("[0-9零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]")
_ROOM_SIGNAL: Final = re.compile("单元|[室栋幢座#]|号楼|[楼户房家间]|左手|右手")
_CHAIN_SIGNAL: Final = re.compile("[0-9][-杠#][0-9]")
_NUMBER_MIN: Final = 7
"""Shorter texts hold no phone."""

_PHONE: Final = Said("像手机或固定电话号码", "looks like a mobile or landline number")
_PHONE_APART: Final = Said("号码被拆开或改写，仍可拨打", "a number written apart or otherwise, still callable")
_IDENTITY_SURE: Final = Said("身份证号码，校验位相符", "an identity number whose check digit agrees")
_IDENTITY_LIKE: Final = Said("像身份证号码，校验位不符", "looks like an identity number; the check digit disagrees")
_EMAIL_SEEN: Final = Said("电子邮箱地址", "an e-mail address")
_NAME_SEEN: Final = Said("“收件人”“代收”“先生”等字样旁的姓名", "a name beside a word such as 收件人, 代收 or 先生")
_ROOM_SEEN: Final = Said("楼栋之后的单元、户室号", "a unit or room behind a building")
_CARD_SEEN: Final = Said("银行卡号，校验位相符", "a bank card whose check digit agrees")
_ACCOUNT_SEEN: Final = Said("“微信”“护照”等字样之后的账号或证件号", "an account or document behind a word such as 微信 or 护照")
_LOOSE_SEEN: Final = Said("七位以上数字，看不出是别的", "seven digits and more that nothing shows to be something else")

# Confidence: a judgement of ours, to rank findings for a person; nothing legal hangs on it.
_SURE: Final = 0.99
_LIKELY: Final = 0.9
_PLAUSIBLE: Final = 0.7
_POSSIBLE: Final = 0.5


def scan(text: str) -> tuple[Finding, ...]:
    """Return what in a free text shows a person, in order, without overlaps (the surer finding wins).

    Spans count characters of ``text``; confidence lies between 0 and 1. Never raises; time grows with the length.
    """
    if _SIGNAL.search(text) is None:
        return ()
    plain = normal(text)
    found: list[Finding] = []
    if len(plain) >= _NUMBER_MIN:
        if _DIGIT.search(plain):
            _numbers(plain, found)
        if _SPELT.search(plain):
            found += (_finding(FindingKind.EMAIL, span, _SURE, _EMAIL_SEEN) for span in emails(plain))
            found += (_finding(FindingKind.ACCOUNT, span, _LIKELY, _ACCOUNT_SEEN) for span in accounts(plain))
    if _NAMING.search(plain):
        found += (_finding(FindingKind.NAME, span, _PLAUSIBLE, _NAME_SEEN) for span in people(plain))
    if _ROOM_SIGNAL.search(plain):
        found += (_finding(FindingKind.ROOM, span, _PLAUSIBLE, _ROOM_SEEN) for span in room_spans(plain))
    if _CHAIN_SIGNAL.search(plain):
        found += (_finding(FindingKind.ROOM, span, _PLAUSIBLE, _ROOM_SEEN) for span in chain_spans(plain))
    return _apart(found)


def hide(text: str) -> Mask:
    """Return the text with everything that `scan` finds hidden; the length is kept."""
    spans = tuple(finding.span for finding in scan(text))
    return starred(text, spans)


def _numbers(plain: str, found: list[Finding]) -> None:
    digits = plain.translate(TO_DIGITS)
    if ENOUGH.search(digits) is None:
        return
    for span, agrees in identities(digits):
        found.append(
            _finding(FindingKind.IDENTITY, span, _SURE if agrees else _PLAUSIBLE, _IDENTITY_SURE if agrees else _IDENTITY_LIKE)
        )
    for start, end in numbers(digits):
        plainly = plain[start:end].isdigit()
        found.append(
            _finding(FindingKind.PHONE, (start, end), _SURE if plainly else _LIKELY, _PHONE if plainly else _PHONE_APART)
        )
    found += (_finding(FindingKind.ACCOUNT, span, _SURE, _CARD_SEEN) for span in cards(digits))
    found += (
        _finding(FindingKind.NUMBER, span, _POSSIBLE, _LOOSE_SEEN) for span in loose(plain, [each.span for each in found])
    )


def _finding(kind: FindingKind, span: tuple[int, int], confidence: float, reason: Said) -> Finding:
    return Finding(kind, Span(*span), confidence, reason)


def _apart(found: list[Finding]) -> tuple[Finding, ...]:
    """Findings that overlap become one, told by the surer: nothing that either saw stays in sight."""
    if len(found) <= 1:
        return tuple(found)
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda one: (one.span.start, -one.confidence)):
        if kept and finding.span.start < kept[-1].span.end:
            both = Span(kept[-1].span.start, max(kept[-1].span.end, finding.span.end))
            kept[-1] = replace(max(kept[-1], finding, key=lambda one: one.confidence), span=both)
            continue
        kept.append(finding)
    return tuple(kept)
