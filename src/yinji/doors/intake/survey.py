"""The first pass over a file: what is in it, before anything is issued. It keeps counts and marks, never a cell."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from yinji.doors.intake.parcels import number_marks, runs, sort_out
from yinji.doors.intake.presets.recognition import Layout
from yinji.doors.intake.row_model import AnyRow, BadRow, HeldRow, Row, Who

SCATTERED_ROWS_MAX: Final = 20_000
"""Rows of scattered orders that wait for one another in memory at most: some 40 MB."""

_BUCKET_RUNS: Final = 1 << 17
"""Runs that are looked at together when scattered orders are sought; a table of so many takes some 15 MB."""


@dataclass(slots=True)
class Survey:
    """What the rows of a file are. ``scattered`` has for each order whose rows stand apart its mark and how many they are."""

    layout: Layout
    rows: int = 0
    good: int = 0
    parcels: int = 0
    repeated: int = 0
    bad: int = 0
    who: Counter[Who] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    by_code: Counter[str] = field(default_factory=Counter)
    scattered: dict[int, int] = field(default_factory=dict)

    @property
    def held_rows(self) -> int:
        """Rows of orders that are closed, refunded or shipped."""
        return self.held.total()

    @property
    def too_scattered(self) -> bool:
        """Whether more rows would have to wait than this machine should hold."""
        return sum(self.scattered.values()) > SCATTERED_ROWS_MAX


def survey(rows: Iterable[AnyRow], layout: Layout, *, key: bytes) -> Survey:
    """Count every row of a file. Memory: 12 bytes an order, and a table of scattered ones."""
    found = Survey(layout)
    mark = number_marks(key)
    marks, sizes = array("Q"), array("I")
    who = found.who
    for run in runs(rows):
        if isinstance(run, HeldRow):
            found.rows += 1
            found.held[run.status] += 1
            continue
        if isinstance(run, BadRow):
            _add(found, [run])
            continue
        if len(run) == 1 and isinstance(row := run[0], Row):
            found.rows += 1
            found.good += 1
            found.parcels += 1
            who[row.who] += 1
        else:
            _add(found, run)
        marks.append(mark(run[0].number))
        sizes.append(len(run))
    found.scattered, apart = scattered_among(marks, sizes)
    found.parcels -= apart
    return found


def _add(found: Survey, run: Sequence[Row | BadRow]) -> None:
    """Count the rows of one order number."""
    told = sort_out(run)
    found.rows += len(run)
    found.good += len(told.good)
    found.parcels += bool(told.good)
    found.repeated += told.repeated
    found.bad += len({each.line for each in told.refused})
    found.by_code.update(each.refusal.code.name for each in told.refused)
    found.who.update(row.who for row in run if row.who is not None)


def scattered_among(marks: array[int], sizes: array[int]) -> tuple[dict[int, int], int]:
    """Return the marks that stand in more than one place, with the rows they have in all, and in how many places too many.

    A part of the marks is looked at at a time.
    """
    apart = 0
    parts = max(1, len(marks) // _BUCKET_RUNS)
    scattered: dict[int, int] = {}
    for part in range(parts):
        seen: dict[int, int] = {}
        for mark, size in zip(marks, sizes, strict=True):
            if mark % parts != part:
                continue
            before = seen.setdefault(mark, 0)
            seen[mark] = before + size
            if before:
                scattered[mark] = seen[mark]
                apart += 1
    return scattered, apart
