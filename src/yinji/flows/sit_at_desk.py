"""See that who asks may work at this desk of the console, and that a test key moves no real number."""

from __future__ import annotations

from yinji.access.desks import Desk, may_sit
from yinji.flows.house import House
from yinji.kernel.decision import Allow, Refuse, as_refusal
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Waybill


def beyond_test_key(house: House, bill: Waybill) -> Refuse | None:
    """Return why nothing may be done with a waybill under a test key: its number is real. None where it may."""
    return Refuse(Refusal.API_KEY_NARROW, bill.number) if house.specimens_only and not bill.specimen else None


def kept_from(house: House, desk: Desk) -> Refuse | None:
    """Return why the house's account does not work at a desk, None where it does."""
    decided = may_sit(house.account.post, desk)
    return None if isinstance(decided, Allow) else as_refusal(decided)
