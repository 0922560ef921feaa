"""Labels of waybills that exist. 1 find the waybills; 2 what the vault keeps of their labels; 3 lint them as on the first day; 4 one
transaction: count the prints and say why; 5 the labels. Evidence comes before paper: a label counted and not printed is harmless.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from yinji.flows.draft_label import Told, drafted, kept_masks
from yinji.flows.house import House
from yinji.flows.issue_model import Look
from yinji.flows.sit_at_desk import beyond_test_key
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref
from yinji.kernel.refusals import Refusal
from yinji.label.passed import Label, Passed
from yinji.label.press import Press
from yinji.vault.model import LabelTexts
from yinji.vault.probe import BothProbes
from yinji.waybill.carried import read_carried
from yinji.waybill.model import NumberState, Waybill, WaybillKind
from yinji.waybill.parcel.model import Way

AGAIN_MAX: Final = 1_000
"""Waybills of one request."""


class AgainReason(StrEnum):
    """Why a label is made again: what the evidence says of it."""

    DAMAGED = "damaged"  # 面单破损
    LOST = "lost"  # 面单丢失
    PRINTER = "printer"  # 打印机故障
    SIZE = "size"  # 换规格
    RETURN = "return"  # 退件
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class LabelRefused:
    """A number whose label is not made again, and why."""

    number: str
    refusal: Refuse


@dataclass(frozen=True, slots=True)
class _Ready:
    """A waybill whose label passed, package by package."""

    bill: Waybill
    token: str
    passed: tuple[Passed, ...]


def print_labels(
    house: House,
    press: Press,
    look: Look,
    *,
    numbers: Sequence[str],
    again: AgainReason | None,
    whole: bool = False,
    labels_max: int = 0,
) -> tuple[list[Label], list[LabelRefused]]:
    """Return the labels of some waybills, every package of each, and why others are refused. Every waybill counts a print.

    ``again`` is why a label is made that was made before; None refuses those. ``whole``: one that is refused keeps all others back, and
    nothing is counted. More labels than ``labels_max``, where that is not 0, are all refused likewise.
    """
    org = house.node.org
    found = dict(zip(dict.fromkeys(numbers), house.register.find_all(org, list(dict.fromkeys(numbers))), strict=True))  # 1
    refused = [LabelRefused(number, bill) for number, bill in found.items() if isinstance(bill, Refuse)]
    bills = {bill.ref: bill for bill in found.values() if not isinstance(bill, Refuse)}
    ways = house.parcels.ways(org, list(bills))
    ready: list[_Ready] = []
    desk = _Desk(press, look, house.clock.now_ms())
    for (ref, bill), texts in zip(bills.items(), house.vault.labels_again(org, list(bills)), strict=True):  # 2
        answer = (
            beyond_test_key(house, bill)
            or _not_now(bill, again)
            or (texts if isinstance(texts, Refuse) else desk.ready(bill, texts, ways[ref]))
        )
        if isinstance(answer, Refuse):
            refused.append(LabelRefused(bill.number, answer))
        else:
            ready.append(answer)
    if labels_max and sum(len(each.passed) for each in ready) > labels_max:
        refused = [LabelRefused(ready[-1].bill.number, Refuse(Refusal.LABELS_TOO_MANY, ready[-1].bill.number))]
        ready = []
    if whole and refused:
        return [], refused
    _count(house, [each.bill.ref for each in ready], again)  # 4
    return [label for each in ready for label in _labels(each)], refused  # 5


def draw_labels(house: House, press: Press, look: Look, bill: Waybill) -> list[Label] | Refuse:
    """Return the labels of a waybill as they were printed last, to be looked at: nothing is counted, and no paper follows."""
    if bill.kind is WaybillKind.EXEMPT:
        return Refuse(Refusal.EXEMPT_ONCE, bill.number)
    (texts,) = house.vault.labels_again(house.node.org, [bill.ref])
    if isinstance(texts, Refuse):
        return texts
    way = house.parcels.ways(house.node.org, [bill.ref])[bill.ref]
    printed = replace(bill, prints=max(bill.prints - 1, 0))
    ready = _Desk(press, look, house.clock.now_ms()).ready(printed, texts, way)
    return ready if isinstance(ready, Refuse) else _labels(ready)


def _not_now(bill: Waybill, again: AgainReason | None) -> Refuse | None:
    if bill.state is NumberState.VOIDED:
        return Refuse(Refusal.WAYBILL_VOIDED, bill.number)
    if bill.kind is WaybillKind.EXEMPT:  # an exemption is for one label
        return Refuse(Refusal.EXEMPT_ONCE, bill.number)
    if bill.prints and again is None:
        return Refuse(Refusal.PRINTED_BEFORE, bill.number)
    return None


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where labels are made again: which press, what stands on every label, when."""

    press: Press
    look: Look
    at_ms: int

    def ready(self, bill: Waybill, texts: LabelTexts, way: Way) -> _Ready | Refuse:
        """Return a waybill with a draft that passed for each of its packages, or why its label does not leave."""
        try:
            carried = read_carried(texts.printed)
        except ValueError:
            return Refuse(Refusal.SEAL_BROKEN, "label")
        recipient, sender = kept_masks(texts.recipient, virtual=texts.virtual), kept_masks(texts.sender)
        told = Told(recipient, sender, texts.shown, texts.destination, carried)
        first = replace(drafted(told, self.look, at_ms=self.at_ms, specimen=bill.specimen, way=way), reprint=bill.prints)
        drafts = [replace(first, package=place) for place in range(1, 2 + len(bill.subs))]
        answers = self.press.check(drafts, [BothProbes(*texts.probes)] * len(drafts), on=beijing_day(self.at_ms))  # 3
        passed: list[Passed] = []
        for answer in answers:
            if isinstance(answer, tuple):
                return Refuse(answer[0].refusal, f"{bill.number} {answer[0].where}")
            passed.append(answer)
        return _Ready(bill, texts.token, tuple(passed))


def _labels(ready: _Ready) -> list[Label]:
    number = ready.bill.number
    first, *others = ready.passed
    subs = zip(others, ready.bill.subs, strict=True)
    return [first.numbered(number, ready.token), *(each.numbered(sub, ready.token, master=number) for each, sub in subs)]


def _count(house: House, refs: Sequence[Ref], again: AgainReason | None) -> None:
    if not refs:
        return
    with house.data.work() as work:
        reason = again.value if again else ""
        met = house.register.life.printed_some(work, org=house.node.org, refs=refs, actor=house.actor, reason=reason)
        if met < len(refs):  # one was voided since we looked: nothing is counted, and the next look says which
            raise Fault(Refusal.WAYBILL_VOIDED)
