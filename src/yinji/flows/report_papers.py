"""A print component says that it put labels on paper once more, from what it had been given. 1 find the waybills, all of them or none;
2 count a print of each, with its reason.

The first paper is counted when the label leaves this node (`print_again`): evidence comes before paper. What is reported here came after.
"""

from __future__ import annotations

from collections.abc import Sequence

from yinji.flows.house import House
from yinji.flows.print_again import AgainReason
from yinji.flows.sit_at_desk import beyond_test_key
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import NumberState, Waybill


def report_papers(house: House, numbers: Sequence[str], *, reason: AgainReason) -> int | Refuse:
    """Count one more print of the waybill of each number; return how many waybills. One that is unknown or voided refuses all."""
    org, asked = house.node.org, list(dict.fromkeys(numbers))
    bills: dict[bytes, Waybill] = {}
    for number, bill in zip(asked, house.register.find_all(org, asked), strict=True):  # 1
        if isinstance(bill, Refuse):
            return Refuse(bill.code, number)
        if refused := beyond_test_key(house, bill):
            return refused
        if bill.state is NumberState.VOIDED:
            return Refuse(Refusal.WAYBILL_VOIDED, number)
        bills[bill.ref] = bill
    with house.data.work() as work:  # 2
        refs = [bill.ref for bill in bills.values()]
        met = house.register.life.printed_some(work, org=org, refs=refs, actor=house.actor, reason=reason.value)
        if met < len(refs):  # voided since we looked: nothing is counted
            raise Fault(Refusal.WAYBILL_VOIDED)
    return met
