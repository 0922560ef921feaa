"""Place and lift legal holds: 1 find the waybill; 2 place or lift, with its sentence."""

from __future__ import annotations

import re
from typing import Final

from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.purpose import PartyRole, Purpose
from yinji.kernel.refusals import Refusal

_GROUND: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}", re.ASCII)
"""A ground is a code that evidence can hold: a case number, an article; never a name."""


def hold_parcel(house: House, number: str, *, ground: str) -> tuple[PartyRole, ...] | Refuse:
    """Hold a parcel: nobody erases its persons until the hold is lifted. Return for whom it comes too late."""
    entry = _entry(house, number, ground, Event.HOLD_PLACED)
    if isinstance(entry, Refuse):
        return entry
    return house.holds.place(house.node.org, entry.about[0], ground, entry=entry)  # 2


def lift_hold(house: House, number: str, *, ground: str) -> Refuse | None:
    """Lift a hold; None where it is done."""
    entry = _entry(house, number, ground, Event.HOLD_LIFTED)
    if isinstance(entry, Refuse):
        return entry
    return house.holds.lift(house.node.org, entry.about[0], ground, entry=entry)  # 2


def _entry(house: House, number: str, ground: str, event: Event) -> Entry | Refuse:
    if not _GROUND.fullmatch(ground):
        return Refuse(Refusal.GROUND_MALFORMED)
    bill = house.register.find(house.node.org, number)  # 1
    if isinstance(bill, Refuse):
        return bill
    return Entry(event, house.actor, Purpose.TEND_NODE, house.clock.now_ms(), about=(bill.ref,), ground=ground)
