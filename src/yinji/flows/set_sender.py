"""Set the node's own sender: 1 look at it as at any party; 2 seal it and say so."""

from __future__ import annotations

from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.party import Party
from yinji.kernel.purpose import PartyRole, Purpose
from yinji.vault.planning import plan_party


def set_sender(house: House, party: Party) -> tuple[Refuse, ...]:
    """Keep ``party`` as the sender of every parcel of this node; empty where it is kept, otherwise why not."""
    if refused := why_not(party):  # 1
        return refused
    now = house.clock.now_ms()
    entry = Entry(Event.SENDER_SET, house.actor, Purpose.TEND_NODE, now, about=(house.node.org,))
    house.vault.keep_sender(house.node.org, party, entry=entry)  # 2
    return ()


def why_not(party: Party) -> tuple[Refuse, ...]:
    """Return why ``party`` cannot be a sender; empty where it can."""
    return plan_party(PartyRole.SENDER, party).refused
