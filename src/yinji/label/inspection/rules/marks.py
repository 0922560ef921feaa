"""Signs that stand for a hidden character on somebody's label, and how much of a number still shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.kernel.mask import HIDDEN_MARK

if TYPE_CHECKING:
    from collections.abc import Collection

_SIGNS: Final = "xX×✱★☆●•◆#_＊※"
_AS_MARKS: Final = str.maketrans(_SIGNS, HIDDEN_MARK * len(_SIGNS))
_STARS: Final = str.maketrans("✱★☆●•◆※＊×", HIDDEN_MARK * 9)

HALF_HIDDEN: Final = re.compile(r"(?<![0-9A-Za-z*])(?:\+?86[ -]?)?([01](?:[ -]?[0-9*]){9,14}|\*[0-9*]{9,14})(?![0-9A-Za-z*])")
"""A number of ten to fifteen places, some of them marks: a mobile, or a landline with its area code."""

HIDDEN_MIN: Final = 2
"""One mark may be a fold in the paper or a sign of multiplication."""

MOBILE_DIGITS: Final = 11


_GROUPED: Final = re.compile(r"(?<![0-9A-Za-z])[A-Z]{1,4} ?[0-9]{1,4}(?: [0-9]{2,5}){2,5}(?![0-9])")
_GROUPED_DIGITS: Final = 12
"""A waybill number as people read it, its letters first: no part of it is somebody's phone."""


def waybill_numbers(plain: str, codes: Collection[str]) -> list[tuple[int, int]]:
    """Return where the number of a waybill stands in a line: set in groups, or as one of the label's own bar codes says it."""
    found = [match.span() for match in _GROUPED.finditer(plain) if sum(map(str.isdigit, match[0])) >= _GROUPED_DIGITS]
    places = [place for place, sign in enumerate(plain) if sign.isalnum()]
    bare = "".join(plain[place] for place in places)
    for code in codes:
        at = bare.find(code)
        if code and at >= 0:
            found.append((places[at], places[at + len(code) - 1] + 1))
    return found


def with_marks(plain: str) -> str:
    """Return a text in normal form with whatever stands for a hidden character as ``*``; the length is kept."""
    return plain.translate(_AS_MARKS)


def has_mark(text: str) -> bool:
    """Say whether a text holds a sign that can only stand for a hidden character."""
    return HIDDEN_MARK in text.translate(_STARS)


def half_hidden(plain: str) -> list[tuple[int, int, str]]:
    """Return numbers of which some places are hidden: start, end, and the digits and marks without what stands between."""
    found = []
    for match in HALF_HIDDEN.finditer(with_marks(plain)):
        number = match[1].replace(" ", "").replace("-", "")
        if number.count(HIDDEN_MARK) >= HIDDEN_MIN and any(sign.isdigit() for sign in number):
            found.append((match.start(1), match.end(1), number))
    return found
