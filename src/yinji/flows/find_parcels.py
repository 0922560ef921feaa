"""Find parcels by what is known of their recipient: 1 declare the search (T1); 2 search (T2); 3 join the waybills."""

from __future__ import annotations

from typing import NamedTuple

from yinji.access.service import Ask
from yinji.flows.house import House
from yinji.flows.sign_evidence import sign_disclosures
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, by_shard
from yinji.kernel.private import Private
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.vault.model import Masks
from yinji.vault.search import Sought
from yinji.waybill.model import Waybill


class Hit(NamedTuple):
    """A parcel that was found: its waybill and its recipient's masks."""

    waybill: Waybill
    masks: Masks


def find_parcels(house: House, phone: Private, *, purpose: Purpose, name: Private | None = None) -> tuple[Hit, ...] | Refuse:
    """Return the parcels of a phone, and of a name beside it, newest first, masked."""
    sought = house.vault.sought_phone(phone, name=name)
    return sought if isinstance(sought, Refuse) else find(house, sought, purpose=purpose)


def find_by_last_four(
    house: House, digits: Private, *, days: int, purpose: Purpose, outlet: str | None = None
) -> tuple[Hit, ...] | Refuse:
    """Return an outlet's parcels of the last ``days`` whose recipient's phone ends with four digits: this node's own outlet
    unless another is named.
    """
    sought = Sought.by_last_four(digits, outlet=house.settings.outlet if outlet is None else outlet, days=days)
    return sought if isinstance(sought, Refuse) else find(house, sought, purpose=purpose)


def find_by_order(house: House, number: Private, *, merchant: str, purpose: Purpose) -> tuple[Hit, ...] | Refuse:
    """Return the parcel of a merchant's order number, real or specimen."""
    hits: list[Hit] = []
    for specimen in (False, True):
        found = find(house, Sought.by_order(number, merchant=merchant, specimen=specimen), purpose=purpose)
        if isinstance(found, Refuse):
            return found
        hits += found
    return tuple(hits)


def find(house: House, sought: Sought, *, purpose: Purpose) -> tuple[Hit, ...] | Refuse:
    """Return what a search meets, newest first, masked. The search is evidence, whatever it finds."""
    permit = house.access.declare(Ask(house.actor, purpose, Deed.FIND, PartyRole.RECIPIENT, View.MASKED))  # 1
    if isinstance(permit, Refuse):
        return permit
    found = house.vault.find(sought, permit)  # 2
    sign_disclosures(house)
    if isinstance(found, Refuse):
        return found
    bills: dict[Ref, Waybill] = {}
    with house.data.reading() as reading:  # 3
        for shard, refs in by_shard(each.parcel for each in found).items():
            bills |= house.register.waybills(reading, org=house.node.org, shard=shard, refs=refs)
    return tuple(Hit(bills[each.parcel], each.masks) for each in found if each.parcel in bills)
