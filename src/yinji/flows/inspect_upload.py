"""Inspect a file that somebody hands in over the web: 1 may they; 2 bound it; 3 judge it; 4 say that it was done.

Nothing is kept: the bytes are in memory while they are judged. At a desk one entry says that a file was inspected, its digest and the
outcome, and names nobody. Of the public a day's count stays, by address as tracking counts it, and nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from yinji.access.desks import Desk
from yinji.access.queries.model import Closed, Counted
from yinji.access.queries.rules import network_of
from yinji.flows.house import House
from yinji.flows.inspect_labels import inspect_labels
from yinji.flows.sit_at_desk import kept_from
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.label.inspection.ports import Sheet, SheetReader
from yinji.label.inspection.telling import InspectedFile

UPLOAD_BYTES_MAX: Final = 8 << 20
"""A photograph of a good phone; a hundred labels as a document. Larger files are for the command line."""

SHEETS_MAX: Final = 10
SECONDS_MAX: Final = 15.0
"""After which no further sheet is begun: whoever waits is told, and the next one is let in."""

_UNNAMED: Final = ""
"""A file's name may be somebody's: it is not taken."""


@dataclass(slots=True)
class _Bounded:
    """A reader that gives some sheets of a file and no more. Half a verdict is none: ``cut`` says that there were others."""

    reader: SheetReader
    cut: bool = False

    def sheets(self, content: bytes) -> Iterator[Sheet] | Refuse:
        """Return the first sheets."""
        found = self.reader.sheets(content)
        return found if isinstance(found, Refuse) else self._some(found)

    def _some(self, found: Iterator[Sheet]) -> Iterator[Sheet]:
        ends = time.monotonic() + SECONDS_MAX
        for count, sheet in enumerate(found):
            if count >= SHEETS_MAX or time.monotonic() >= ends:
                self.cut = True
                return
            yield sheet


def inspect_at_desk(house: House, content: bytes) -> InspectedFile | Refuse:
    """Return the verdict about a file, and leave an entry. Refuses SHEET_TOO_LARGE, and what the reader refuses."""
    if refused := kept_from(house, Desk.INSPECT):  # 1
        return refused
    told = _judged(house, content)
    if not isinstance(told, Refuse):
        _said(house, told)  # 4
    return told


def inspect_in_public(house: House, content: bytes, *, address: str) -> InspectedFile | Closed | Refuse:
    """Return the verdict about a file, or until when none is taken from there. ``address`` is the visitor's, which is not kept."""
    begun = house.queries.begin({Counted.INSPECTION: network_of(address)})  # 1
    return begun if isinstance(begun, Closed) else _judged(house, content)


def may_inspect(house: House) -> Refuse | None:
    """Return why this post does not inspect at a desk, None where it does."""
    return kept_from(house, Desk.INSPECT)


def _judged(house: House, content: bytes) -> InspectedFile | Refuse:
    if len(content) > UPLOAD_BYTES_MAX:  # 2
        return Refuse(Refusal.SHEET_TOO_LARGE)
    reader = _Bounded(house.sheets)
    told = inspect_labels(content, _UNNAMED, reader=reader, on=beijing_day(house.clock.now_ms()))  # 3
    if reader.cut:
        return Refuse(Refusal.SHEET_TOO_LARGE)
    return told.refused or told


def _said(house: House, told: InspectedFile) -> None:
    ground = f"{told.outcome.value}/{told.digest[:_DIGEST_CHARACTERS]}"
    now = house.clock.now_ms()
    with house.data.work() as work:
        work.append(Entry(Event.LABELS_INSPECTED, house.actor, Purpose.TEND_NODE, now, count=len(told.labels), ground=ground))


_DIGEST_CHARACTERS: Final = 32
"""Half of SHA-256 in hexadecimal: who has the file finds its entry, who has the entry does not find the file."""
