"""What is wanted of the waybills, and one page of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from yinji.kernel.ids import Ref
from yinji.waybill.model import NumberState, Waybill, WaybillKind
from yinji.waybill.parcel.model import ParcelState

ROWS_MAX: Final = 50
"""Waybills of one page."""

WALK_MAX: Final = 20_000
"""Rows that one page looks at, whatever its filter leaves out: some 30 ms of a small machine."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which waybills: made from ``since_ms`` until before ``until_ms`` (milliseconds since 1970); None and "" leave nothing out."""

    since_ms: int
    until_ms: int
    state: NumberState | None = None
    parcel: ParcelState | None = None
    kind: WaybillKind | None = None
    outlet: str = ""
    channel: str = ""
    merchant: str = ""

    @property
    def narrows(self) -> bool:
        """True if it leaves out any waybill of its days."""
        return any((self.state, self.parcel, self.kind, self.outlet, self.channel, self.merchant))


@dataclass(frozen=True, slots=True)
class Page:
    """Waybills with their parcels' states, newest first. ``after`` is where to go on, None at the end.

    ``cut`` tells that the page ended because it had looked at `WALK_MAX` rows: what is wanted may lie further back.
    """

    rows: tuple[tuple[Waybill, ParcelState], ...]
    after: Ref | None = None
    cut: bool = False
