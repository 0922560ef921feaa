"""From designators to parts: what each numbered piece of an address is, read by what stands before and behind it.

The reader walks the designators from left to right and keeps in mind how deep it is (a name, a road, a road number, a
building, a floor). A marked designator says what it is; a bare one is read from the depth and from what follows it. Once
a unit or a room has begun the reader is inside: whatever it does not understand there is `Part.UNKNOWN`, until words
that can only be another place lead out again.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yinji.deid.address import marks as m
from yinji.deid.address import tokens as t
from yinji.deid.address.parts import Part, Why
from yinji.deid.address.places import understood
from yinji.deid.address.steps import STEPS
from yinji.deid.address.words import (
    AT_BUILDING,
    AT_NAME,
    ON_FLOOR,
    ON_ROAD,
    SEPARATORS,
    START,
    announced,
    depth_after,
    house_named,
)

_CHAIN: Final = re.compile(r"[\s\-—–_~/\\、.,，。·#一杠+=|:：'^`]*")
"""What may stand inside a chain such as 3#2-501 or 9一2一301 (一 typed for a dash)."""

_PREFIXES: Final = frozenset("第东西南北中附负")
"""A character before a numeral that belongs to the unit or floor it names: 第三单元, 东二单元, 负一楼."""

_DASHES: Final = frozenset(("#", "一", "杠"))
_FILLERS: Final = frozenset(("第", "东", "西", "南", "北", "中", "附", "之"))
"""Words between two designators that say nothing of the place."""

_ROAD_NUMBERS: Final = frozenset((m.NUMBER, m.LANE))
_ROAD_NAME_MIN: Final = 3  # the shortest road name with its 路 or 街 that is not a bare direction
_INNER: Final = frozenset((Part.UNIT, Part.ROOM, Part.STALL))
_PREFIXED: Final = frozenset((Part.UNIT, Part.FLOOR, Part.ROOM, Part.UNKNOWN))


_WHY: Final = {None: Why.REST, Part.SIGN: Why.SIGN, Part.UNKNOWN: Why.TAIL}


class Piece(NamedTuple):
    """A designator read (``part``), or the words between two of them (``part`` None outside, UNKNOWN inside)."""

    part: Part | None
    start: int
    end: int
    why: Why


class Reader:
    """One walk over one address, or over the rooms of a free text. ``text`` is in normal form, folded."""

    __slots__ = ("announced", "at", "chained", "depth", "flats", "floor_at", "found", "house", "inside", "split", "text", "why")

    def __init__(self, text: str, *, inside: bool = False, flats: bool = False) -> None:
        self.text = text
        self.flats = flats  # as in Hong Kong and Taiwan a floor behind a house number is a household's
        self.found = t.tokens(text)
        self.at = 0
        self.depth = START
        self.house = 0  # what kind of house with many rooms the last name was (see words)
        self.chained = False  # the building was bare, the first piece of a chain
        self.floor_at = -1
        self.inside = inside
        self.announced: Part | None = None  # 商铺 or 房间 stands right before
        self.split = 0  # so many characters of the last designator are a building, the rest is a room
        self.why = Why.MARK  # how the last step knew

    def read(self) -> list[Piece]:
        """Return the pieces of the address in order; they touch, and cover the text."""
        text = self.text
        pieces: list[Piece] = []
        before = 0
        for place, token in enumerate(self.found):
            self.at = place
            start = token.start
            words: Part | None = None
            if start > before:
                words = self._words(before, start, token.kind)
            part = STEPS[token.kind](self, token)
            if part in _PREFIXED and start > before and text[start - 1] in _PREFIXES:
                start -= 1
            if start > before:
                pieces.append(Piece(words, before, start, _WHY[words]))
            if self.split:
                pieces.append(Piece(Part.BUILDING, start, start + self.split, self.why))
                start += self.split
                self.split = 0
            pieces.append(Piece(part, start, token.end, self.why))
            if part in _INNER:
                self.inside = True
            before = token.end
        if before < len(text):
            words = self._words(before, len(text), m.BARE)
            pieces.append(Piece(words, before, len(text), _WHY[words]))
        return pieces

    def step(self, token: t.Token, before: int) -> Part:
        """Take the words from ``before`` and the token behind them; return what the token is."""
        if token.start > before:
            self._words(before, token.start, token.kind)
        return STEPS[token.kind](self, token)

    def tail_start(self, start: int) -> int:
        """Return where the tail that a token begins really begins: at a floor beside it, at 第, 东 or 负 before it."""
        if self.depth == ON_FLOOR and self.floor_at >= 0:
            start = self.floor_at
        return start - 1 if start and self.text[start - 1] in _PREFIXES else start

    def forget(self) -> None:
        """Begin anew: another sentence or another place follows."""
        self.depth = START
        self.house = 0
        self.chained = self.inside = False
        self.floor_at = -1

    def _words(self, start: int, end: int, kind: int) -> Part | None:
        """Take the words before a token of ``kind``: signs, words that are not understood inside, or words (None)."""
        words = self.text[start:end].strip(SEPARATORS)
        self.announced = None
        if not words or words in _DASHES:
            return Part.SIGN
        if words in _FILLERS:
            return Part.UNKNOWN if self.inside else None
        if self.inside:
            if not understood(words):
                return Part.UNKNOWN
            self.forget()
        words = words.rstrip("甲乙丙丁") or words  # 测试路乙57号
        self.announced = announced(words)
        if self.depth < AT_BUILDING:
            self.depth = depth_after(words)
            self.house = house_named(words) if self.depth == AT_NAME else 0
        elif kind in _ROAD_NUMBERS and len(words) >= _ROAD_NAME_MIN and depth_after(words) == ON_ROAD:
            self.depth = ON_ROAD  # 1栋-某某街66号: the road stands behind
        elif self.depth == ON_FLOOR:
            self.floor_at = -1  # words lie between: the floor is not beside what follows
        return None

    def next(self, ahead: int = 1) -> t.Token | None:
        """Return the token of the same chain that follows, or the one behind that, if any."""
        place = self.at + ahead
        if place >= len(self.found):
            return None
        after = self.found[place]
        return after if _CHAIN.fullmatch(self.text, self.found[place - 1].end, after.start) else None

    def said(self, part: Part, why: Why) -> Part:
        """Return ``part``, and remember how the step knew."""
        self.why = why
        return part

    def ends(self, token: t.Token) -> bool:
        """Say whether nothing is written close behind a token: the end, or a separator."""
        return token.end == len(self.text) or self.text[token.end] in SEPARATORS
