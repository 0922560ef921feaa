"""English forms of an address, as Hong Kong and foreign senders write them: Flat 12A, 5/F, Block C, 100 Some Road.

Small units stand first and every number is announced, so there is no grammar of depth: a number that no word announces is
hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from yinji.deid.address.grammar import Piece
from yinji.deid.address.parts import Part, Why
from yinji.deid.address.words import SEPARATORS

_CUE: Final = re.compile(
    r"\b(?:flat|room|rm|unit|suite|apt|apartment|shop|floor|flr|block|blk|tower|building|bldg|road|rd|street|avenue|ave|lane|house|estate|court|"
    r"garden|centre|mansion|village|district|province|city)s?\b|[0-9a-z]/f\b",
    re.IGNORECASE,
)
_LETTERS: Final = re.compile("[A-Za-z]{2}|/[Ff]")
_RUN: Final = re.compile(r"[\x20-\x7e]{3,}")

_NUMBER: Final = r"(?:no\b\.?|number|#)?\s{0,2}(?:[a-z]{0,2}-?[0-9]+[a-z]?(?:\s?[-&/]\s?[a-z]?[0-9]+[a-z]?)*|[a-z])(?![a-z0-9])"
_ROADS: Final = "road|rd|street|st|avenue|ave|lane|drive|dr|path|boulevard|blvd|highway|terrace|crescent|circuit|praya|rua|avenida|lu|jie|dajie|dadao|xiang|hutong"
_FORMS: Final = (
    (Part.REMARK, Why.CUE, r"\b(?:attn|attention|tel|phone|mobile|mob|c/o|contact|please|call|whatsapp|wechat)\b.*"),
    (Part.PHONE, Why.SHAPE, r"\+?[0-9](?:[ -]?[0-9]){6,}"),
    (
        Part.FLOOR,
        Why.MARK,
        r"\b(?:[0-9]{1,3}[a-z]?|lg[0-9]?|ug[0-9]?|ub|[gmrb][0-9]?)\s?/\s?f\b\.?|\b[0-9]{1,3}(?:st|nd|rd|th)\s{1,2}(?:floor|flr|fl)\b\.?|\b(?:floor|level)\s{1,2}[0-9]{1,3}\b|\b(?:ground|top|basement)\s{1,2}floor\b",
    ),
    (Part.STALL, Why.MARK, rf"\b(?:shop|stall|kiosk|counter|booth)s?\b\.?\s{{0,2}}{_NUMBER}"),
    (
        Part.ROOM,
        Why.MARK,
        rf"\b(?:flat|room|rm|unit|suite|ste|apartment|apt|house|villa|penthouse|door|bed|ward|dorm)s?\b\.?\s{{0,2}}{_NUMBER}|#[0-9][0-9-]*",
    ),
    (Part.PHASE, Why.MARK, rf"\b(?:phase|zone|area)\b\s{{0,2}}{_NUMBER}"),
    (Part.BUILDING, Why.MARK, rf"\b(?:block|blk|tower|building|bldg)\b\.?\s{{0,2}}{_NUMBER}"),
    (Part.LANE, Why.MARK, r"\b(?:lane|ln|alley|section|sec)\b\.?\s{0,2}[0-9]+"),
    (
        Part.NUMBER,
        Why.PLACED,
        rf"\bno\b\.?\s{{0,2}}[0-9]+[a-z]?|\b[0-9]+[a-z]?(?:\s?-\s?[0-9]+[a-z]?)?(?=,?\s{{1,2}}[a-z'. ]{{2,40}}?\b(?:{_ROADS})\b)",
    ),
    (Part.ROOM, Why.DOUBT, r"\b[a-z]{0,2}[0-9][0-9a-z-]*"),
)
_SCAN: Final = re.compile("|".join(f"({form})" for _, _, form in _FORMS), re.IGNORECASE | re.DOTALL)


def has_english(plain: str) -> bool:
    """Say whether a text may hold an English address, or English unit forms: a quick look."""
    return _LETTERS.search(plain) is not None and _CUE.search(plain) is not None


def english_runs(plain: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of a text that are English addresses or parts of them, in order."""
    for run in _RUN.finditer(plain):
        if _CUE.search(plain, *run.span()) is not None:
            yield run.span()


def english_pieces(plain: str) -> list[Piece]:
    """Return the pieces of an English run; words between the designators have no part."""
    found: list[Piece] = []
    at = 0
    for match in _SCAN.finditer(plain):
        found += _words(plain, at, match.start())
        part, why, _ = _FORMS[(match.lastindex or 1) - 1]
        found.append(Piece(part, *match.span(), why))
        at = match.end()
    return found + _words(plain, at, len(plain))


def _words(plain: str, start: int, end: int) -> list[Piece]:
    if start == end:
        return []
    signs = not plain[start:end].strip(SEPARATORS)
    return [Piece(Part.SIGN if signs else None, start, end, Why.SIGN if signs else Why.REST)]
