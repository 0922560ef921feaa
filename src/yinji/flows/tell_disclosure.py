"""Tell what every channel shows of one waybill's persons, and how the unions stand: 1 may this post; 2 what masks show; 3 join them.

What is told are places, never a character: no permit is spent, and no entry is made.
"""

from __future__ import annotations

from yinji.access.desks import Desk
from yinji.flows.house import House
from yinji.flows.sit_at_desk import kept_from
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.label.disclosure.channels import CHANNELS
from yinji.label.disclosure.judging import disclosed
from yinji.label.disclosure.model import Disclosure
from yinji.waybill.model import Waybill, WaybillKind


def tell_disclosure(house: House, bill: Waybill) -> Disclosure | Refuse:
    """Return what is shown of a waybill's persons; PERSON_FORGOTTEN once one was erased."""
    if refused := kept_from(house, Desk.WAYBILLS):  # 1
        return refused
    known = house.vault.shown_of(house.node.org, bill.ref)  # 2
    if isinstance(known, Refuse):
        return known
    exempt = bill.kind is WaybillKind.EXEMPT
    return disclosed(known, CHANNELS, exempt=exempt, on=beijing_day(house.clock.now_ms()))  # 3
