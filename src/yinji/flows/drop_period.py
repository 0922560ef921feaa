"""Drop a month whose retention has ended: 1 declare (T1: decision, permit, intent); 2 use the permit up; 3 erase everybody in it but
those on hold, and its keys; 4 every other room forgets; 5 sign.
"""

from __future__ import annotations

from yinji.access.service import Ask
from yinji.flows.forget_persons import forget_labels
from yinji.flows.house import House
from yinji.flows.sign_evidence import sign_disclosures, sign_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.vault.erasing.dropping import Dropped
from yinji.vault.erasing.forgetting import Why


def drop_period(house: House, period: int) -> Dropped | Refuse:
    """Erase everybody in a month, but those on hold."""
    ask = Ask(house.actor, Purpose.RETENTION, Deed.ERASE, PartyRole.RECIPIENT, View.MASKED)
    permit = house.access.declare(ask)  # 1
    if isinstance(permit, Refuse):
        return permit
    with house.disclosures.work() as work:
        refused = house.access.redeem(work, permit, lambda: None, deed=Deed.ERASE)  # 2
    if refused:
        return refused
    dropped = house.vault.drop_period(house.node.org, period, Why(house.actor, Purpose.RETENTION))  # 3
    forget_labels(house, dropped.parcels, purpose=Purpose.RETENTION)  # 4
    sign_disclosures(house)
    sign_evidence(house)  # 5
    return dropped
