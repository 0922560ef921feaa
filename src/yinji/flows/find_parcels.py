"""Find parcels by their recipient's phone: 1 read the phone; 2 declare the search (T1); 3 search (T2); 4 join the waybills."""

from __future__ import annotations

from typing import NamedTuple

from yinji.access.service import Ask
from yinji.flows.house import House
from yinji.flows.sign_evidence import sign_disclosures
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import shard_of
from yinji.kernel.private import Private
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.vault.model import Masks
from yinji.waybill.model import Waybill


class Hit(NamedTuple):
    """A parcel that was found: its waybill and its recipient's masks."""

    waybill: Waybill
    masks: Masks


def find_parcels(house: House, phone: Private, *, purpose: Purpose) -> tuple[Hit, ...] | Refuse:
    """Return the parcels of a phone, newest first, masked. The search is evidence, whatever it finds."""
    digits = house.vault.phone_digits(phone)  # 1
    if isinstance(digits, Refuse):
        return digits
    permit = house.access.declare(Ask(house.actor, purpose, Deed.FIND, PartyRole.RECIPIENT, View.MASKED))  # 2
    if isinstance(permit, Refuse):
        return permit
    found = house.vault.find(digits, permit)  # 3
    sign_disclosures(house)
    if isinstance(found, Refuse):
        return found
    hits: list[Hit] = []
    with house.data.reading() as reading:  # 4
        for each in found:
            bills = house.register.waybills(reading, org=house.node.org, shard=shard_of(each.parcel), refs=[each.parcel])
            hits += [Hit(bill, each.masks) for bill in bills.values()]
    return tuple(hits)
