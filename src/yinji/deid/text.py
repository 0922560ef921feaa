"""Free text: what in it shows a person. A first form: patterns with checks, no model of the language.

Looked for: phones (mobile, landline, written apart, full-width or in Chinese numerals), identity numbers with their
check digit, e-mail addresses, names behind a cue or before a form of address, rooms behind a building.
"""

from __future__ import annotations

import re
from typing import Final

from yinji.deid.address.rooms import room_spans
from yinji.deid.documents import identities
from yinji.deid.marking import starred
from yinji.deid.model import Finding, FindingKind
from yinji.deid.names import COMPOUND_SURNAMES, SURNAMES
from yinji.kernel.mask import Mask, Span
from yinji.kernel.said import Said

_SURNAME: Final = f"(?:{'|'.join(sorted(COMPOUND_SURNAMES))}|[{''.join(sorted(SURNAMES))}])"
_FORMS: Final = "先生|女士|小姐|太太|阿姨|师傅|老师|大哥|大姐|经理|老板"
_CUES: Final = "收件人|收货人|寄件人|发件人|联系人|姓名|名字|户名|收方|本人|我叫|名叫|转交给|转交|交给|联系|联络|找"
_CUED: Final = re.compile(
    rf"(?:{_CUES})(?:人|是|为)?[:：\s]*({_SURNAME}(?:(?:{_FORMS})|[㐀-鿿]{{1,2}}?(?:{_FORMS})|[㐀-鿿]{{1,2}}))"
)
_FORMED: Final = re.compile(rf"({_SURNAME}[㐀-鿿]{{0,2}}?)(?:{_FORMS})")

_EXTENSION: Final = r"(?:[ ,，]?(?:转|分机|ext\.?)[:：]?[0-9]{1,6})?"
_APART: Final = r"[ \-—–.·_,，、/]{0,3}"
_MOBILE: Final = re.compile(rf"(?<![0-9])(?:(?:\+|00)?86{_APART})?1{_APART}[3-9](?:{_APART}[0-9]){{9}}{_EXTENSION}(?![0-9])")
_LANDLINE: Final = re.compile(
    rf"(?<![0-9])(?:\(?0[1-9][0-9]{{1,2}}\)?[ \-—]{{0,3}}[2-9][0-9]{{6,7}}|[48]00[ \-]?[0-9]{{3}}[ \-]?[0-9]{{4}}){_EXTENSION}(?![0-9])"
)
_VIRTUAL: Final = re.compile(r"(?<![0-9])700[0-9]{12}(?![0-9])")
_EMAIL: Final = re.compile(r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,8}[A-Za-z]{2,24}")

_SIGNAL: Final = re.compile(rf"[0-9０-９零〇○一幺二三四五六七八九壹贰叁肆伍陆柒捌玖]|[@＠]|{_CUES}|{_FORMS}")
"""A text without any of these holds nothing that this scan could find."""

_DIGITS_MIN: Final = re.compile(r"(?:[0-9][^0-9]{0,3}){6}[0-9]")
_ROOM_SIGNAL: Final = re.compile("单元|[室栋幢座#]|号楼|楼|户|房")
_TO_DIGITS: Final = (
    {0xFF01 + place: 0x21 + place for place in range(94)}
    | {0x3000: 0x20}
    | {ord(sign): str(digit) for signs in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖") for digit, sign in enumerate(signs)}
    | {ord("幺"): "1", ord("○"): "0"}
)

_PHONE: Final = Said("像手机或固定电话号码", "looks like a mobile or landline number")
_PHONE_APART: Final = Said("号码被拆开或改写，仍可拨打", "a number written apart or otherwise, still callable")
_IDENTITY_SURE: Final = Said("身份证号码，校验位相符", "an identity number whose check digit agrees")
_IDENTITY_LIKE: Final = Said("像身份证号码，校验位不符", "looks like an identity number; the check digit disagrees")
_EMAIL_SEEN: Final = Said("电子邮箱地址", "an e-mail address")
_NAME_CUED: Final = Said("“收件人”“联系”等字样之后的姓名", "a name behind a cue such as 收件人 or 联系")
_NAME_FORMED: Final = Said("“先生”“女士”等称呼之前的姓", "a surname before a form of address such as 先生")
_ROOM_SEEN: Final = Said("楼栋之后的单元、户室号", "a unit or room behind a building")

# Confidence: a judgement of ours, to rank findings for a person; nothing legal hangs on it.
_SURE: Final = 0.99
_LIKELY: Final = 0.9
_PLAUSIBLE: Final = 0.7


def scan(text: str) -> tuple[Finding, ...]:
    """Return what in a free text shows a person, in order, without overlaps (the surer finding wins).

    Spans count characters of ``text``; confidence lies between 0 and 1. Never raises; time grows with the length.
    """
    if _SIGNAL.search(text) is None:
        return ()
    plain = text.translate(_TO_DIGITS)
    found: list[Finding] = []
    if _DIGITS_MIN.search(plain):
        _numbers(text, plain, found)
    if "@" in plain:
        found += (_finding(FindingKind.EMAIL, match.span(), _SURE, _EMAIL_SEEN) for match in _EMAIL.finditer(plain))
    found += (_finding(FindingKind.NAME, match.span(1), _PLAUSIBLE, _NAME_CUED) for match in _CUED.finditer(text))
    found += (_finding(FindingKind.NAME, match.span(1), _LIKELY, _NAME_FORMED) for match in _FORMED.finditer(text))
    if _ROOM_SIGNAL.search(text):
        found += (_finding(FindingKind.ROOM, span, _PLAUSIBLE, _ROOM_SEEN) for span in room_spans(text))
    return _apart(found)


def hide(text: str) -> Mask:
    """Return the text with everything that `scan` finds hidden; the length is kept."""
    spans = tuple(finding.span for finding in scan(text))
    return starred(text, spans)


def _numbers(text: str, plain: str, found: list[Finding]) -> None:
    for span, agrees in identities(plain):
        found.append(
            _finding(FindingKind.IDENTITY, span, _SURE if agrees else _PLAUSIBLE, _IDENTITY_SURE if agrees else _IDENTITY_LIKE)
        )
    for shape in (_MOBILE, _LANDLINE, _VIRTUAL):
        for match in shape.finditer(plain):
            start, end = match.span()
            written = text[start:end]
            plainly = written.isascii() and written.isdigit()
            found.append(
                _finding(FindingKind.PHONE, (start, end), _SURE if plainly else _LIKELY, _PHONE if plainly else _PHONE_APART)
            )


def _finding(kind: FindingKind, span: tuple[int, int], confidence: float, reason: Said) -> Finding:
    return Finding(kind, Span(*span), confidence, reason)


def _apart(found: list[Finding]) -> tuple[Finding, ...]:
    if len(found) <= 1:
        return tuple(found)
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda one: (one.span.start, -one.confidence)):
        if kept and finding.span.start < kept[-1].span.end:
            if finding.confidence > kept[-1].confidence:
                kept[-1] = finding
            continue
        kept.append(finding)
    return tuple(kept)
