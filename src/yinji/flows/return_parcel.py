"""Send parcels back. 1 find the waybills; 2 look at both parties, for this purpose (permits, evidence); 3 a waybill of its own each,
from the recipient to the sender, naming the one it brings back. The same parcel sent back twice has one such waybill.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from yinji.flows.count_prints import Prints
from yinji.flows.house import House
from yinji.flows.issue_model import Look
from yinji.flows.issue_waybills import IssueRun
from yinji.flows.reveal_person import Reveal, reveal_persons
from yinji.flows.sit_at_desk import beyond_test_key
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal
from yinji.label.passed import Label
from yinji.label.press import Press
from yinji.vault.model import Seen
from yinji.waybill.model import NumberState, Order, Waybill

RETURNS_MAX: Final = 100
"""Parcels of one request: each takes two looks of the day's quota."""

CHANNEL: Final = "return"

_NOTHING: Final = Private("")


@dataclass(frozen=True, slots=True)
class Back:
    """A parcel's way back: the number it was sent under and the one it goes back under; ``known``: it had that one before."""

    original: str
    number: str
    known: bool
    specimen: bool


@dataclass(slots=True)
class Returned:
    """Labels of parcels on their way back, what is to be counted once they are on paper, and the numbers that were refused."""

    labels: list[Label] = field(default_factory=list)
    made: list[Back] = field(default_factory=list)
    prints: Prints = field(default_factory=Prints)
    refused: list[tuple[str, Refuse]] = field(default_factory=list)


def return_parcels(house: House, press: Press, look: Look, *, numbers: Sequence[str]) -> Returned:
    """Issue a return waybill for the parcel of each number, with its label."""
    told = Returned()
    asked = list(dict.fromkeys(numbers))
    for number, bill in zip(asked, house.register.find_all(house.node.org, asked), strict=True):  # 1
        refused = bill if isinstance(bill, Refuse) else _refused(house, bill)
        if refused or isinstance(bill, Refuse):
            told.refused.append((number, refused or Refuse(Refusal.NUMBER_UNKNOWN)))
            continue
        views = [Reveal(bill.number, role, View.ALL, Purpose.RETURN_PARCEL) for role in PartyRole]
        recipient, sender = reveal_persons(house, views)  # 2
        if isinstance(recipient, Refuse) or isinstance(sender, Refuse):
            told.refused.append((number, recipient if isinstance(recipient, Refuse) else _first_refusal(sender)))
            continue
        run = IssueRun(house, press, merchant=bill.merchant, look=look, sender=_party(recipient))
        outcome = run.issue([_order(bill, to=_party(sender), contents=recipient.values["contents"])])  # 3
        told.labels += outcome.labels
        told.made += [
            Back(bill.number, new, line in outcome.known_lines, run.specimen) for line, (new, *_) in outcome.numbers.items()
        ]
        told.prints.add(outcome)
        told.refused += [(number, each.refusal) for each in outcome.refused]
    return told


def _refused(house: House, bill: Waybill) -> Refuse | None:
    if refused := beyond_test_key(house, bill):
        return refused
    if bill.state is NumberState.VOIDED:
        return Refuse(Refusal.WAYBILL_VOIDED, bill.number)
    return Refuse(Refusal.RETURNED_ALREADY, bill.number) if bill.channel == CHANNEL else None


def _first_refusal(answer: Seen | Refuse) -> Refuse:
    return answer if isinstance(answer, Refuse) else Refuse(Refusal.CANNOT_TELL)


def _party(seen: Seen) -> Party:
    return Party(seen.values["name"], seen.values["phone"], seen.values["address"])


def _order(bill: Waybill, *, to: Party, contents: Private) -> Order:
    return Order(
        line=1,
        number=f"{CHANNEL}-{bill.number}",
        recipient=to,
        contents=contents,
        pieces=bill.pieces,
        remark=_NOTHING,
        ordered=beijing_day(bill.made_ms),  # by what never changes, so that it is the same order whenever it is sent back
        channel=CHANNEL,
        original=bill.number,
    )
