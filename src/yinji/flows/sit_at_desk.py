"""See that who asks may work at this desk of the console."""

from __future__ import annotations

from yinji.access.desks import Desk, may_sit
from yinji.flows.house import House
from yinji.kernel.decision import Allow, Refuse, as_refusal


def kept_from(house: House, desk: Desk) -> Refuse | None:
    """Return why the house's account does not work at a desk, None where it does."""
    decided = may_sit(house.account.post, desk)
    return None if isinstance(decided, Allow) else as_refusal(decided)
