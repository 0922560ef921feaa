"""Numbers beside stars: what a number is whose rest was hidden before, 3-*** or 3****.

A mask is read again by whoever inspects a label or joins two sources. What it shows was judged with the rest in sight;
the same judgement is made here from the stars that stand for the rest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.deid.address.parts import Part, Why
from yinji.deid.address.words import AT_BUILDING, AT_NAME, AT_NUMBER, IN_VILLAGE, ON_ROAD, START
from yinji.kernel.mask import HIDDEN_MARK

if TYPE_CHECKING:
    from yinji.deid.address.grammar import Reader
    from yinji.deid.address.tokens import Token

_STARS: Final = re.compile(rf"([-—–_~#/\\.,、一杠]{{0,2}})(?:{re.escape(HIDDEN_MARK)})+")
_ROOM_WIDTH: Final = 3
_NEAR: Final = 3  # signs between a number and the stars, and the first star
_BUILDING_WIDTH_MAX: Final = 4
_REST_MIN: Final = 3
"""Behind a number so wide that it may be a room, shorter stars hide the part of a room: 1537-**, 12**."""

_ROADSIDE: Final = frozenset((START, ON_ROAD, IN_VILLAGE))


def beside_stars(reader: Reader, token: Token) -> Part | None:
    """Return what a bare number is that stars follow; None where they say nothing, and where none follow."""
    near = HIDDEN_MARK in reader.text[token.end : token.end + _NEAR]
    found = _STARS.match(reader.text, token.end) if near and token.width <= _BUILDING_WIDTH_MAX else None
    if found is None:
        return None
    stars = found.end() - found.end(1)
    return _chained(reader, token, stars) if found[1] else _joined(reader, token, stars)


def _chained(reader: Reader, token: Token, stars: int) -> Part | None:
    """3-***: as in a chain whose rest can be read."""
    depth = reader.depth
    if depth >= AT_BUILDING or (depth == AT_NUMBER and reader.chained):
        return reader.said(Part.ROOM, Why.CHAIN)  # 3-2-***: the second of three
    wide = token.width > _ROOM_WIDTH or (token.width == _ROOM_WIDTH and bool(reader.house))
    if wide and depth == AT_NAME and stars < _REST_MIN:
        return None
    reader.chained = True
    if depth in _ROADSIDE:
        reader.depth = AT_NUMBER
        return reader.said(Part.HOUSE if depth == IN_VILLAGE else Part.NUMBER, Why.CHAIN)
    reader.depth = AT_BUILDING
    return reader.said(Part.BUILDING, Why.CHAIN)


def stars_follow(reader: Reader, token: Token) -> bool:
    """Say whether stars stand right behind a number."""
    return reader.text.startswith(HIDDEN_MARK, token.end)


def _joined(reader: Reader, token: Token, stars: int) -> Part | None:
    """3****, 37***, c24***: a building behind an estate, whose unit or room was written close behind it."""
    lettered = "A" <= reader.text[token.start] <= "z"
    widest = _ROOM_WIDTH if lettered else _ROOM_WIDTH - 1
    if reader.depth != AT_NAME or reader.house or token.width > widest or (token.width > 1 and stars < _REST_MIN):
        return None
    reader.depth = AT_BUILDING
    return reader.said(Part.BUILDING, Why.CHAIN)
