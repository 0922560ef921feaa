"""Rooms in free text: units and rooms that a mark or a building names, each with its own chain of designators."""

from __future__ import annotations

import re
from typing import Final

from yinji.deid.address import tokens as t
from yinji.deid.address.grammar import Reader
from yinji.deid.address.words import AT_BUILDING

_CHAIN: Final = re.compile(r"[\s\-—–_~#·]{0,3}")
"""Tighter than in an address: behind a comma another sentence begins."""

_MARKED: Final = frozenset((t.UNIT, t.ROOM))


def room_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of units and rooms in a free text, in order; a bare number counts only behind a marked building."""
    reader = Reader(t.narrow(text))
    found = reader.found
    spans = []
    before = 0
    place = 0
    while place < len(found):
        reader.at = place
        token = found[place]
        seen = reader.hides(token, before) and token.kind != t.LONG
        if seen and (token.kind in _MARKED or (reader.depth >= AT_BUILDING and not reader.chained)):
            start = reader.tail_start(token.start)
            while place + 1 < len(found) and _CHAIN.fullmatch(reader.text, found[place].end, found[place + 1].start):
                place += 1
            spans.append((start, found[place].end))
            reader.forget()
        before = found[place].end
        place += 1
    return spans
