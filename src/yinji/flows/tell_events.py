"""Tell what was seen of one parcel: 1 whose number it is; 2 where the parcel stands; 3 a page of its scans. Shows no person."""

from __future__ import annotations

from dataclasses import dataclass

from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.waybill.parcel.model import ScanPlace, Seen, Way


@dataclass(frozen=True, slots=True)
class Told:
    """A parcel's way and some of its scans, oldest first; ``more`` where others stand behind them."""

    number: str
    way: Way
    seen: tuple[Seen, ...]
    more: bool


def tell_events(house: House, number: str, *, after: ScanPlace | None, limit: int) -> Told | Refuse:
    """Return up to ``limit`` scans of the parcel with this number behind a place in its way."""
    org = house.node.org
    bill = house.register.find(org, number)  # 1
    if isinstance(bill, Refuse):
        return bill
    way = house.parcels.ways(org, [bill.ref])[bill.ref]  # 2
    seen = house.parcels.history_after(org, bill.ref, after=after, limit=limit + 1)  # 3
    return Told(bill.number, way, tuple(seen[:limit]), len(seen) > limit)
