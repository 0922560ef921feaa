"""The sources of sorting codes, asked one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from yinji.waybill.model import Sorting
from yinji.waybill.ports import SortingSource
from yinji.waybill.sorting import rules


@dataclass(frozen=True, slots=True)
class OwnColumns:
    """What the order's own columns say. Always asked first; what is wrong with them is said of their row, by lints and readers."""

    def sorting(
        self,
        destination: str,  # noqa: ARG002 - every source is asked with all of it
        told: Sorting,
        *,
        order: str = "",  # noqa: ARG002 - as above
    ) -> Sorting | None:
        """Return the order's own sorting; None where it has no code."""
        return told if told.code else None


@dataclass(frozen=True, slots=True)
class InTurn:
    """Several sources as one: the first that has a code gives it. An answer that is finer than a town counts as none."""

    sources: Sequence[SortingSource]

    def sorting(self, destination: str, told: Sorting, *, order: str = "") -> Sorting | None:
        """Return the first code found; None where no source has one: the label says 人工分拣 then."""
        if told.code:
            return told
        for source in self.sources:
            found = source.sorting(destination, told, order=order)
            if found is not None and found.code and rules.fit(found):
                return rules.filled(told, found)
        return None


OWN_COLUMNS: Final = OwnColumns()
