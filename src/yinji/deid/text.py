"""Free text: what in it shows a person. Patterns with checks, no model of the language.

Looked for: phones, written apart, disguised or foreign, cards, identity numbers with their check digit, other documents, plates,
accounts, e-mail addresses, names beside a cue or a phone or at the end of an address, rooms, and at last whatever else may be a phone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from yinji.deid.address.rooms import chain_spans, room_spans
from yinji.deid.cues import accounts, emails
from yinji.deid.documents import identities
from yinji.deid.marking import joined, starred
from yinji.deid.model import Finding, FindingKind
from yinji.deid.normal_form import normal
from yinji.deid.numbers import ENOUGH, loose, numbers, to_digits
from yinji.deid.papers import cards, papers, plates
from yinji.deid.people import beside, people
from yinji.deid.people_in_address import in_address
from yinji.deid.reasons import REASONS
from yinji.deid.things import named
from yinji.kernel.mask import Mask, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNAL: Final = re.compile(
    "[0-9A-Za-z@+·•零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
    "人名方叫交给系络找由请让收取签领居生士姐太姨傅师哥理板转业住买客昵称电致打送带本麻启总叔婶嫂妈爸工小老爷娘授律任护同校院局处科店厂奶警这省市县镇乡村街旗盟"
    "\x80-\xb6\xb8-\u2013\u2015-\u2017\u201e-\u2021\u2023-\u2025\u2027-\u3000\u3003-\u33ff\u4dc0-\u4dff\ua000-\uff00\uff02-\uff07\uff0a\uff0b\uff0d-\uff19\uff1d\uff1e\uff20-\U0010ffff]"
)
"""A text without any of these holds nothing that this scan could find."""

_LETTER: Final = re.compile("[A-Za-z]")
_DIGIT: Final = re.compile("[0-9零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]")
_PLAIN_DIGIT: Final = re.compile("[0-9]")
_SIX: Final = re.compile(r"[0-9](?:[ \-()/][0-9]|[0-9]){5}")
"""No document has fewer digits near each other."""

_PLATE_SIGN: Final = re.compile("[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使Jj]")
_PAPER_SIGN: Final = re.compile("[A-Za-z证照卡保档第(]")
_THREE: Final = re.compile("[0-9][0-9][0-9]")
_NAMED_SIGNAL: Final = re.compile("[单号码账编证凭架税额价计格戳坐纬邮批案版]")
_ROOM_SIGN: Final = re.compile("[元室栋幢座#楼户房家间手]")
_ROOM_SIGNAL: Final = re.compile("单元|[室栋幢座#]|号楼|[楼户房家间]|左手|右手")
_CHAIN_SIGNAL: Final = re.compile("[0-9][-杠#][0-9]")
_ADDRESS_SIGN: Final = re.compile("[省市县区旗州盟路街道巷弄村组镇乡]")
_ADDRESS_SIGNAL: Final = re.compile(
    "[省市县区旗州盟][^,.;:! ]{0,14}?(?:[区县镇乡旗市][^,.;:! ]{1,14}|街道|路|村|大道|街[0-9东西南北中])|[路街道巷弄村][0-9]{1,5}[号弄组]|[0-9]组[0-9]{1,4}号|[镇乡][^,.;:! ]{1,8}村"
)
"""What only an address has: two levels of divisions, or a road and its number. There the address's own reader looks for names."""

_NUMBER_MIN: Final = 7
"""Shorter texts hold no phone."""

_ADDRESS_MAX: Final = 200
"""Longer texts are no address."""

# Confidence: a judgement of ours, to rank findings for a person; nothing legal hangs on it.
_SURE: Final = 0.99
_LIKELY: Final = 0.9
_PLAUSIBLE: Final = 0.7
_POSSIBLE: Final = 0.5

_FAR: Final = 1 << 62
_CARD_MIN: Final = 12
_TELLING: Final = frozenset((FindingKind.IDENTITY, FindingKind.PHONE))
_MOBILE: Final = re.compile("1[3-9][0-9]{9}")


def scan(text: str) -> tuple[Finding, ...]:
    """Return what in a free text shows a person, in order, without overlaps (the surer finding wins).

    Spans count characters of ``text``; confidence lies between 0 and 1. Companies are no persons: `companies` tells them.
    Never raises; time grows with the length.
    """
    if _SIGNAL.search(text) is None:
        return ()
    plain = normal(text)
    found: list[Finding] = []
    things: list[tuple[int, int]] = []
    if len(plain) >= _NUMBER_MIN:
        if _DIGIT.search(plain):
            things = _numbers(plain, found)
        _reached(plain, found)
    _people(plain, found)
    if _ROOM_SIGN.search(plain) and _ROOM_SIGNAL.search(plain):
        found += [_finding(FindingKind.ROOM, span, _PLAUSIBLE, "room") for span in room_spans(plain)]
    if _CHAIN_SIGNAL.search(plain):
        chains = chain_spans(plain)
        found += [_finding(FindingKind.ROOM, span, _PLAUSIBLE, "room") for span in chains if not _inside(span, things)]
    return _apart(found) if len(found) > 1 else tuple(found)


def hide(text: str) -> Mask:
    """Return the text with everything that `scan` finds hidden; the length is kept."""
    spans = tuple(finding.span for finding in scan(text))
    return starred(text, spans)


def _reached(plain: str, found: list[Finding]) -> None:
    """See e-mail addresses and accounts."""
    letters = _LETTER.search(plain) is not None
    if letters:
        found += [_finding(FindingKind.EMAIL, span, _SURE, "email") for span in emails(plain)]
    if letters or not plain.isascii():
        found += [_finding(FindingKind.ACCOUNT, span, _LIKELY, "account") for span in accounts(plain)]


def _numbers(plain: str, found: list[Finding]) -> list[tuple[int, int]]:
    """See phones, identity numbers, documents, plates and cards; return what a word such as 订单号 announces as a thing's."""
    if _PLATE_SIGN.search(plain) and _THREE.search(plain):
        found += [_finding(FindingKind.PLATE, span, _LIKELY, "plate") for span in plates(plain)]
    digits = to_digits(plain)
    near = ENOUGH.search(digits) is not None
    if not near and _SIX.search(digits) is None and "**" not in digits:
        return named(plain) if _CHAIN_SIGNAL.search(plain) and _NAMED_SIGNAL.search(plain) else []
    things = named(plain) if _NAMED_SIGNAL.search(plain) or _LETTER.search(plain) else []
    if near or "**" in digits:
        _digits(plain, digits, found, things)
    sure = joined(each.span for each in found if each.kind in _TELLING)
    for paper in papers(digits) if _PAPER_SIGN.search(digits) else ():
        span = (paper.start, paper.end)
        if not _inside(span, things) and not _inside(span, sure):
            found.append(_finding(paper.kind, span, paper.confidence, paper.why))
    if near:
        seen = joined([each.span for each in found] + [Span(*thing) for thing in things])
        found += [_finding(FindingKind.NUMBER, span, _POSSIBLE, "loose") for span in loose(plain, seen)]
    return things


def _digits(plain: str, digits: str, found: list[Finding], things: list[tuple[int, int]]) -> None:
    count = len(_PLAIN_DIGIT.findall(digits))
    if count >= _CARD_MIN or "**" in digits:
        for identity in identities(digits):
            why = "half" if identity.half else "old" if identity.old else "sure" if identity.agrees else "like"
            confidence = _SURE if identity.agrees else _PLAUSIBLE
            if not _inside(identity.span, things) or identity.agrees:
                found.append(_finding(FindingKind.IDENTITY, identity.span, confidence, f"identity_{why}"))
        found += [_finding(FindingKind.ACCOUNT, span, _SURE, "card") for span in cards(digits) if not _inside(span, things)]
    for span in numbers(digits):
        written = plain[span[0] : span[1]]
        if things and _inside(span, things) and _MOBILE.fullmatch(written) is None:
            continue
        found.append(_finding(FindingKind.PHONE, span, *_phone(written)))


def _phone(written: str) -> tuple[float, str]:
    return (_SURE, "phone") if written.isdigit() and written.isascii() else (_LIKELY, "phone_apart")


def _people(plain: str, found: list[Finding]) -> None:
    """See names beside a cue, beside a phone, and where an address has one."""
    phones = [each.span for each in found if each.kind is FindingKind.PHONE]
    found += [_finding(FindingKind.NAME, name[:2], name.confidence, f"name_{name.why}") for name in people(plain)]
    for phone in phones:
        found += [_finding(FindingKind.NAME, name[:2], name.confidence, f"name_{name.why}") for name in beside(plain, *phone)]
    if len(plain) <= _ADDRESS_MAX and _ADDRESS_SIGN.search(plain) and _ADDRESS_SIGNAL.search(plain):
        found += [_finding(FindingKind.NAME, span, _POSSIBLE, "name_address") for span in in_address(plain)]


def _inside(span: tuple[int, int], things: Sequence[tuple[int, int]]) -> bool:
    """Say whether a span lies in one of ``things``, which are in order and apart."""
    if not things:
        return False
    place = bisect_right(things, (span[0], _FAR)) - 1
    return place >= 0 and span[1] <= things[place][1]


def _finding(kind: FindingKind, span: tuple[int, int], confidence: float, why: str) -> Finding:
    return Finding(kind, Span(*span), confidence, REASONS[why])


def _apart(found: list[Finding]) -> tuple[Finding, ...]:
    """Findings that overlap become one, told by the surer: nothing that either saw stays in sight."""
    if len(found) <= 1:
        return tuple(found)
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda one: (one.span.start, -one.confidence)):
        if kept and finding.span.start < kept[-1].span.end:
            both = Span(kept[-1].span.start, max(kept[-1].span.end, finding.span.end))
            surer = finding if finding.confidence > kept[-1].confidence else kept[-1]
            kept[-1] = Finding(surer.kind, both, surer.confidence, surer.reason)
            continue
        kept.append(finding)
    return tuple(kept)
