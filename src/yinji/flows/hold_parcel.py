"""Place and lift legal holds: 1 find the waybill; 2 place or lift, with its sentence."""

from __future__ import annotations

import re
from typing import Final

from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal

_GROUND: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}", re.ASCII)
"""A ground is a code that evidence can hold: a case number, an article; never a name."""


def hold_parcel(house: House, number: str, *, ground: str) -> Refuse | None:
    """Hold a parcel: nobody erases its persons until the hold is lifted. None where it is done."""
    return _change(house, number, ground, Event.HOLD_PLACED)


def lift_hold(house: House, number: str, *, ground: str) -> Refuse | None:
    """Lift a hold; None where it is done."""
    return _change(house, number, ground, Event.HOLD_LIFTED)


def _change(house: House, number: str, ground: str, event: Event) -> Refuse | None:
    if not _GROUND.fullmatch(ground):
        return Refuse(Refusal.GROUND_MALFORMED)
    bill = house.register.find(house.node.org, number)  # 1
    if isinstance(bill, Refuse):
        return bill
    entry = Entry(event, house.actor, Purpose.TEND_NODE, house.clock.now_ms(), about=(bill.ref,), ground=ground)
    if event is Event.HOLD_LIFTED:  # 2
        return house.holds.lift(house.node.org, bill.ref, ground, entry=entry)
    house.holds.place(house.node.org, bill.ref, ground, entry=entry)
    return None
