"""Show one party once, to somebody at a desk: 1 may this post, is the parcel still on its way; 2 reveal, with its evidence; 3 where
that evidence stands.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from yinji.access.desks import Desk
from yinji.flows.house import House
from yinji.flows.reveal_person import Reveal, reveal_person
from yinji.flows.show_waybill import waybill_at, waybill_numbered
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.ids import Ref
from yinji.kernel.purpose import PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal
from yinji.vault.model import Seen
from yinji.waybill.model import NumberState, Waybill
from yinji.waybill.parcel.model import PARCEL_MOVES

_NEAR: Final = 50
"""Latest entries among which a look's outcome is sought: others may have looked since."""


class PersonShown(NamedTuple):
    """What a look showed, wrapped, and the place of its outcome in the log of disclosures (None where it was not found)."""

    bill: Waybill
    seen: Seen
    log: str
    seq: int | None


def show_person(house: House, ref: Ref, *, party: PartyRole, view: View, purpose: Purpose) -> PersonShown | Refuse:
    """Return one party of a waybill, against a purpose."""
    bill = waybill_at(house, ref, desk=Desk.WAYBILLS)  # 1
    return bill if isinstance(bill, Refuse) else _shown(house, bill, Reveal(bill.number, party, view, purpose))


def show_delivery(house: House, number: str) -> PersonShown | Refuse:
    """Return where a parcel is to be delivered: the recipient's address, no more, and only while it is on its way."""
    bill = waybill_numbered(house, number, desk=Desk.DELIVERY)  # 1
    if isinstance(bill, Refuse):
        return bill
    if bill.state is NumberState.VOIDED:
        return Refuse(Refusal.WAYBILL_VOIDED, bill.number)
    state = house.parcels.ways(house.node.org, [bill.ref])[bill.ref].state
    if not PARCEL_MOVES[state]:  # delivered or brought back: its courier's need has ended (PIPL article 6)
        return Refuse(Refusal.PURPOSE_NOT_ALLOWED, f"{Purpose.DELIVER.value}: {state.name.lower()}")
    return _shown(house, bill, Reveal(bill.number, PartyRole.RECIPIENT, View.ADDRESS, Purpose.DELIVER))


def _shown(house: House, bill: Waybill, asked: Reveal) -> PersonShown | Refuse:
    seen = reveal_person(house, asked)  # 2
    if isinstance(seen, Refuse):
        return seen
    head = house.ledger.head(house.disclosures).size
    since = max(head - _NEAR, 0)
    for each in reversed(house.ledger.entries(house.disclosures, since, _NEAR)):  # 3
        entry = each.recorded.entry
        if entry.event is Event.REVEAL_ENDED and entry.actor.account == house.actor.account:
            return PersonShown(bill, seen, house.disclosures.log, each.seq)
    return PersonShown(bill, seen, house.disclosures.log, None)
