"""Reveal parties of parcels: 1 find the waybills; 2 declare (T1: decision, quota, permit, intent); 3 redeem (T2);
4 sign the log of disclosures, so that its end cannot be cut off unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yinji.access.service import Ask
from yinji.flows.house import House
from yinji.flows.sign_evidence import sign_disclosures
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal
from yinji.vault.model import Seen
from yinji.vault.showing import Look


@dataclass(frozen=True, slots=True)
class Reveal:
    """What is asked: which number's which party, how much of it, and why."""

    number: str
    party: PartyRole
    view: View
    purpose: Purpose


def reveal_person(house: House, asked: Reveal) -> Seen | Refuse:
    """Return what the purpose allows, wrapped; every attempt that finds a parcel leaves intent and outcome."""
    (seen,) = reveal_persons(house, (asked,))
    return seen


def reveal_persons(house: House, asked: Sequence[Reveal]) -> list[Seen | Refuse]:
    """Return an answer to each, in order: two transactions for all of them, and evidence of each."""
    answers: list[Seen | Refuse | None] = [None] * len(asked)
    asks: list[tuple[int, Ref, Ask]] = []
    bills = house.register.find_all(house.node.org, [each.number for each in asked])  # 1
    parties = [(bill.ref, each.party) for each, bill in zip(asked, bills, strict=True) if not isinstance(bill, Refuse)]
    refs = dict(zip(parties, house.vault.party_refs(house.node.org, parties), strict=True))
    for at, (each, bill) in enumerate(zip(asked, bills, strict=True)):
        if isinstance(bill, Refuse):
            answers[at] = bill
        elif (about := refs[bill.ref, each.party]) is None:
            answers[at] = Refuse(Refusal.PERSON_FORGOTTEN)
        else:
            asks.append((at, bill.ref, Ask(house.actor, each.purpose, Deed.REVEAL, each.party, each.view, about)))
    looks: list[tuple[int, Look]] = []
    permits = house.access.declare_all([ask for _, _, ask in asks]) if asks else []
    for (at, parcel, _), permit in zip(asks, permits, strict=True):  # 2
        if isinstance(permit, Refuse):
            answers[at] = permit
        else:
            looks.append((at, Look(parcel, permit)))
    if looks:
        for (at, _), seen in zip(looks, house.vault.reveal_all([look for _, look in looks]), strict=True):  # 3
            answers[at] = seen
    if asks:
        sign_disclosures(house)  # 4
    return [answer or Refuse(Refusal.PERSON_FORGOTTEN) for answer in answers]
