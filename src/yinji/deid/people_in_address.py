"""Names in an address, where no word announces them: apart by signs, or at the end behind the last number or place.

The reader of addresses knows some of them; here its parts are read once more for what is left: two to four characters that
stand alone, begin with a surname and do not end as a place does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.deid.address.parts import Part
from yinji.deid.address.reader import read_address
from yinji.deid.people_words import HAN, SURNAME_SIGNS
from yinji.deid.person import is_person, sizes

if TYPE_CHECKING:
    from yinji.deid.address.parts import AddressPart

_DIVIDED: Final = frozenset((Part.COUNTRY, Part.PROVINCE, Part.CITY, Part.DISTRICT, Part.ZONE, Part.TOWN))
_SAID_BEHIND: Final = "先生|女士|小姐|老师|师傅|亲收|亲启|代收|签收|收件|收货|收|转|启|电联|电话|手机|联系"
_ALONE: Final = re.compile(rf"(?<![{HAN}A-Za-z0-9·])([{HAN}]{{2,4}}?)(?=(?:{_SAID_BEHIND})?(?:[^{HAN}A-Za-z·%]|$))")
_SAID_LAST: Final = re.compile(rf"(?:{_SAID_BEHIND})?[^{HAN}A-Za-z0-9]*$")
_LAST_MAX: Final = 16  # characters at the end of an address among which what is said behind a name stands
_BEFORE: Final = frozenset("0123456789号室楼栋幢座村庄组队社镇乡层户房元门院府期旁厦城店苑园")
_SOME: Final = re.compile(rf"[{SURNAME_SIGNS}]某{{1,3}}")
_SHORT: Final = 2


def in_address(plain: str) -> list[tuple[int, int]]:
    """Return the spans of names in an address in normal form."""
    parts = read_address(plain).parts
    found: list[tuple[int, int]] = [part.span for part in parts if part.part is Part.NAME]
    found += (
        match.span(1)
        for match in _ALONE.finditer(plain)
        if is_person(match[1], cued=len(match[1]) > _SHORT) and not _divided(parts, match.start(1))
    )
    if "某" in plain:
        found += (match.span() for match in _SOME.finditer(plain))
    return found + _last(plain, parts)


def _last(plain: str, parts: tuple[AddressPart, ...]) -> list[tuple[int, int]]:
    """Return the name that ends the address, with what is said behind it, right behind a number or a place."""
    said = _SAID_LAST.search(plain, max(0, len(plain) - _LAST_MAX))
    end = said.start() if said else len(plain)
    for size in sizes(plain, end):
        first = end - size
        if first > 0 and plain[first - 1] in _BEFORE and is_person(plain[first:end]) and not _divided(parts, first):
            return [(first, end)]
    return []


def _divided(parts: tuple[AddressPart, ...], at: int) -> bool:
    return any(part.part in _DIVIDED and part.span.start <= at < part.span.end for part in parts)
