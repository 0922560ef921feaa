"""Forget persons, some thousands at a time: 1 find the parcels and their parties; 2 declare (T1: decision, permit, intent); 3 use
the permits up, unless a legal hold forbids it, and erase rows and keys; 4 every other room forgets; after the last, 5 sign, so that
each erasure can be certified.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

from yinji.access.service import Ask
from yinji.flows.house import House
from yinji.flows.sign_evidence import sign_disclosures, sign_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import Ref
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal
from yinji.ledger.entries import ABOUT_MAX
from yinji.vault.erasing.forgetting import Why
from yinji.vault.letting_go import Farewell
from yinji.vault.model import Erased

_LABELS_AT_ONCE: Final = 1_000

Ended: TypeAlias = Erased | Refuse
"""What became of one party: erased, or why not."""


class Forget(NamedTuple):
    """Whom to forget: which number's which party."""

    number: str
    party: PartyRole


def forget_persons(house: House, asked: Sequence[Forget], *, purpose: Purpose, at_once: int = ABOUT_MAX) -> list[Ended]:
    """Erase parties for good; return for each what became of it, in order.

    One sentence of the evidence names up to `ABOUT_MAX` parties: more are erased ``at_once`` at a time, each lot whole before the
    next begins. Whatever stops a later lot, the earlier ones are done; asking again goes on from there.
    """
    answers: list[Ended] = []
    for at in range(0, len(asked), at_once):
        answers += _forget_some(house, asked[at : at + at_once], purpose=purpose)
    sign_disclosures(house)
    sign_evidence(house)  # 5
    return answers


def _forget_some(house: House, asked: Sequence[Forget], *, purpose: Purpose) -> list[Ended]:
    org = house.node.org
    answers: list[Ended] = [Refuse(Refusal.PERSON_FORGOTTEN)] * len(asked)
    bills = house.register.find_all(org, [each.number for each in asked])  # 1
    parties = [(bill.ref, each.party) for each, bill in zip(asked, bills, strict=True) if not isinstance(bill, Refuse)]
    refs = dict(zip(parties, house.vault.party_refs(org, parties), strict=True))
    asks: list[tuple[int, Ref, Ask]] = []
    gone: list[Ref] = []
    for at, (each, bill) in enumerate(zip(asked, bills, strict=True)):
        if isinstance(bill, Refuse):
            answers[at] = bill
        elif (about := refs[bill.ref, each.party]) is not None:
            asks.append((at, bill.ref, Ask(house.actor, purpose, Deed.ERASE, each.party, View.MASKED, about)))
        elif each.party is PartyRole.RECIPIENT and bill.token:
            gone.append(bill.ref)  # a run that was cut short left the label behind
    if not asks:
        house.vault.finish_erasures(org, Why(house.actor, purpose))
    going: list[tuple[int, Farewell]] = []
    for (at, parcel, _), permit in zip(
        asks, house.access.declare_all([ask for _, _, ask in asks]) if asks else (), strict=True
    ):  # 2
        if isinstance(permit, Refuse):
            answers[at] = permit
        else:
            going.append((at, Farewell(parcel, permit)))
    ends = house.vault.forget([each for _, each in going], Why(house.actor, purpose)) if going else []  # 3
    for (at, farewell), end in zip(going, ends, strict=True):
        answers[at] = end
        if isinstance(end, Erased) and farewell.permit.party is PartyRole.RECIPIENT:
            gone.append(farewell.parcel)
    forget_labels(house, gone, purpose=purpose)  # 4
    return answers


def forget_labels(house: House, parcels: Sequence[Ref], *, purpose: Purpose) -> None:
    """Let the labels of parcels lead nowhere whose recipients are erased."""
    for at in range(0, len(parcels), _LABELS_AT_ONCE):
        some = parcels[at : at + _LABELS_AT_ONCE]
        entry = Entry(Event.LABELS_FORGOTTEN, house.actor, purpose, house.clock.now_ms(), count=len(some))
        house.register.forget(house.node.org, some, entry=entry)
        house.exemptions.forget(some, actor=house.actor)
