"""Rooms in free text: units and rooms that a mark or a building names, each with its own chain of designators."""

from __future__ import annotations

import re
from typing import Final

from yinji.deid.address import marks as m
from yinji.deid.address.grammar import Reader
from yinji.deid.address.parts import Part
from yinji.deid.address.words import AT_BUILDING

_CHAIN: Final = re.compile(r"[\s\-—–_~#·]{0,3}")
"""Tighter than in an address: behind a comma another sentence begins."""

_THREE: Final = re.compile(
    r"(?<![0-9A-Za-z.\-])[0-9]{1,3}[-#杠]([0-9]{1,2}[-#杠][0-9]{3,4})(?![0-9A-Za-z\-])"  # 3-2-501: building, unit, room
    r"|(?<=[放送到在住])[0-9]{1,3}[-#杠]([0-9]{3,4})(?=[门室房家 ,.;!]|$)"  # 放3-501门口
)
_YEAR_LAST: Final = re.compile(r"(?:0?[1-9]|1[0-2])-(?:19|20)[0-9]{2}")

_MARKED: Final = frozenset((m.UNIT, m.ROOM))
_INNER: Final = frozenset((Part.UNIT, Part.ROOM, Part.STALL))


def chain_spans(plain: str) -> list[tuple[int, int]]:
    """Return the spans of rooms in a text in normal form that only their chain names: unit and room behind a building."""
    three = (match for match in _THREE.finditer(plain) if not (match[1] and _YEAR_LAST.fullmatch(match[1])))
    return [match.span(match.lastindex or 0) for match in three]


def room_spans(plain: str) -> list[tuple[int, int]]:
    """Return the spans of units and rooms in a text in normal form; a bare number counts only behind a marked building."""
    reader = Reader(plain)
    found = reader.found
    spans = []
    before = 0
    place = 0
    while place < len(found):
        reader.at = place
        token = found[place]
        seen = reader.step(token, before) in _INNER
        if seen and (token.kind in _MARKED or (reader.depth >= AT_BUILDING and not reader.chained)):
            start = reader.tail_start(token.start)
            while place + 1 < len(found) and _CHAIN.fullmatch(reader.text, found[place].end, found[place + 1].start):
                place += 1
            spans.append((start, found[place].end))
            reader.forget()
        before = found[place].end
        place += 1
    return spans
