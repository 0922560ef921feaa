"""Reveal one party of one parcel: 1 find the waybill; 2 declare (T1: decision, quota, permit, intent); 3 redeem (T2);
4 sign the log of disclosures, so that its end cannot be cut off unseen.
"""

from __future__ import annotations

from dataclasses import dataclass

from yinji.access.service import Ask
from yinji.flows.house import House
from yinji.flows.sign_evidence import sign_disclosures
from yinji.kernel.decision import Refuse
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal
from yinji.vault.model import Seen


@dataclass(frozen=True, slots=True)
class Reveal:
    """What is asked: which number's which party, how much of it, and why."""

    number: str
    party: PartyRole
    view: View
    purpose: Purpose


def reveal_person(house: House, asked: Reveal) -> Seen | Refuse:
    """Return what the purpose allows, wrapped; every attempt that finds a parcel leaves intent and outcome."""
    org = house.node.org
    bill = house.register.find(org, asked.number)  # 1
    if isinstance(bill, Refuse):
        return bill
    about = house.vault.party_ref(org=org, parcel=bill.ref, role=asked.party)
    if about is None:
        return Refuse(Refusal.PERSON_FORGOTTEN)
    ask = Ask(house.actor, asked.purpose, Deed.REVEAL, asked.party, asked.view, about)
    permit = house.access.declare(ask)  # 2
    if isinstance(permit, Refuse):
        return permit
    seen = house.vault.reveal(bill.ref, permit)  # 3
    sign_disclosures(house)  # 4
    return seen
