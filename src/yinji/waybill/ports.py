"""What the register asks of what it does not know by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from yinji.kernel.ids import Ref
from yinji.waybill.model import Sorting


class ParcelFacts(Protocol):
    """What parcel events tell about numbers. A node that takes no events in has no provider, and says that it cannot tell."""

    def known(self, org: Ref) -> bool:
        """Tell whether any event of this organisation was ever taken in: without one nothing can be told of its parcels."""
        ...

    def accepted(self, org: Ref, refs: Collection[Ref]) -> frozenset[Ref]:
        """Return which of these waybills' parcels were accepted (收寄), whatever happened to them since."""
        ...

    def named(self, org: Ref, *, since_ms: int) -> Iterable[str]:
        """Return numbers that events have named since a moment though no waybill of the organisation has them, or a voided one."""
        ...


class SortingSource(Protocol):
    """Where sorting codes come from: the order's columns, a table of divisions, what a carrier's system replied to an order."""

    def sorting(self, destination: str, told: Sorting, *, order: str = "") -> Sorting | None:
        """Return how a parcel is sorted; None where this source has no code for it.

        ``destination`` is province, city and district with spaces between, never finer; ``told`` is what the order's own columns
        say. ``order`` is the order's number, by which a carrier's reply is found; empty where a label is made again: a source that
        needs it has none then, and the label shows what was sealed with it.
        """
        ...
