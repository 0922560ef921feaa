"""From designators to what they are: which parts of an address a label hides.

The reader walks the designators from left to right and keeps in mind how deep it is (a name, a road, a road number, a
building, a floor). A marked designator says what it is; a bare one is read from the depth and from what follows it. Once
a unit or a room has begun, everything behind it is hidden too: what the reader does not understand is never shown there.
"""

from __future__ import annotations

import re
from typing import Final

from yinji.deid.address import tokens as t
from yinji.deid.address.steps import STEPS
from yinji.deid.address.words import (
    AT_BUILDING,
    AT_NAME,
    AT_NUMBER,
    ON_FLOOR,
    ON_ROAD,
    SEPARATORS,
    START,
    depth_after,
    names_house,
    person_at,
)

_CHAIN: Final = re.compile(r"[\s\-—–_~/\\、.,，。·#一杠+=|:：'^`]*")
"""What may stand inside a chain such as 3#2-501 or 9一2一301 (一 typed for a dash)."""

_PREFIXES: Final = frozenset("第东西南北中附负")
"""A character before a numeral that belongs to the unit or floor it names: 第三单元, 东二单元, 负一楼."""

_FILLERS: Final = frozenset(("#", "一", "杠", "第", "东", "西", "南", "北", "中", "附"))
"""Words between two designators that say nothing of the place."""

_ROAD_NUMBERS: Final = frozenset((t.NUMBER, t.LANE))
_ROAD_NAME_MIN: Final = 3  # the shortest road name with its 路 or 街 that is not a bare direction


class Reader:
    """One walk over one address, or over the rooms of a free text."""

    __slots__ = ("at", "chained", "depth", "floor_at", "found", "house", "spans", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = t.tokens(text)
        self.at = 0
        self.depth = START
        self.house = False  # the last name was a house with many rooms
        self.chained = False  # the building was bare, the first piece of a chain
        self.floor_at = -1
        self.spans: list[tuple[int, int]] = []

    def read(self) -> list[tuple[int, int]]:
        """Return what is hidden of an address: spans in order, the last one mostly its tail."""
        text = self.text
        before = 0
        for place, token in enumerate(self.found):
            self.at = place
            if self.hides(token, before):
                self.spans.append((self.tail_start(token.start), len(text)))
                return self.spans
            before = token.end
        if self.depth >= AT_NUMBER and before < len(text) and (name := person_at(text[before:])) >= 0:
            self.spans.append((before + name, len(text)))
        return self.spans

    def hides(self, token: t.Token, before: int) -> bool:
        """Take the words from ``before`` and the token behind them; say whether the hidden tail begins with it."""
        if token.start > before:
            self._words(self.text[before : token.start], token.kind)
        return STEPS[token.kind](self, token)

    def tail_start(self, start: int) -> int:
        """Return where the tail that a token begins really begins: at a floor beside it, at 第, 东 or 负 before it."""
        if self.depth == ON_FLOOR and self.floor_at >= 0:
            start = self.floor_at
        return start - 1 if start and self.text[start - 1] in _PREFIXES else start

    def forget(self) -> None:
        """Begin anew behind a room: in free text another sentence follows."""
        self.depth = START
        self.house = self.chained = False
        self.floor_at = -1

    def _words(self, gap: str, kind: int) -> None:
        words = gap.strip(SEPARATORS)
        if not words or words in _FILLERS:
            return
        if self.depth < AT_BUILDING:
            self.depth = depth_after(words)
            self.house = self.depth == AT_NAME and names_house(words)
        elif kind in _ROAD_NUMBERS and len(words) >= _ROAD_NAME_MIN and depth_after(words) == ON_ROAD:
            self.depth = ON_ROAD  # 1栋-某某街66号: the road stands behind
        elif self.depth == ON_FLOOR:
            self.floor_at = -1  # words lie between: the floor is not beside what follows

    def next(self) -> t.Token | None:
        """Return the token of the same chain that follows, if any."""
        place = self.at + 1
        if place == len(self.found):
            return None
        after = self.found[place]
        return after if _CHAIN.fullmatch(self.text, self.found[self.at].end, after.start) else None


def hidden_spans(text: str) -> list[tuple[int, int]]:
    """Return what a label hides of a text in its normal form: spans in order, none if there is no unit, room or phone."""
    return Reader(text).read()
