"""Show one waybill: 1 may this post; 2 its row; 3 where its parcel is, and every scan; 4 both parties as the label shows them."""

from __future__ import annotations

from dataclasses import dataclass

from yinji.access.desks import Desk
from yinji.flows.house import House
from yinji.flows.sit_at_desk import kept_from
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, shard_of
from yinji.kernel.refusals import Refusal
from yinji.vault.model import Masks
from yinji.waybill.model import Waybill
from yinji.waybill.parcel.model import Seen, Way


@dataclass(frozen=True, slots=True)
class WaybillShown:
    """A waybill, where its parcel is, its scans, oldest first, and its parties' masks: why there are none, where there are none."""

    bill: Waybill
    way: Way
    scans: tuple[Seen, ...]
    recipient: Masks | None
    sender: Masks | None
    unseen: Refuse | None


def show_waybill(house: House, ref: Ref) -> WaybillShown | Refuse:
    """Return one waybill of the node's organisation."""
    bill = waybill_at(house, ref, desk=Desk.WAYBILLS)
    if isinstance(bill, Refuse):
        return bill
    org = house.node.org
    way, scans = house.parcels.ways(org, [ref])[ref], tuple(house.parcels.history(org, ref))  # 3
    (texts,) = house.vault.labels_again(org, [ref])  # 4
    if isinstance(texts, Refuse):
        return WaybillShown(bill, way, scans, None, None, texts)
    return WaybillShown(bill, way, scans, texts.recipient, texts.sender, None)


def waybill_at(house: House, ref: Ref, *, desk: Desk) -> Waybill | Refuse:
    """Return the waybill with this reference, for somebody at a desk. One of another organisation is as unknown as any."""
    if refused := kept_from(house, desk):  # 1
        return refused
    if shard_of(ref) >= house.node.shards:
        return Refuse(Refusal.NUMBER_UNKNOWN)
    with house.data.reading() as reading:  # 2
        found = house.register.waybills(reading, org=house.node.org, shard=shard_of(ref), refs=(ref,))
    return found.get(ref) or Refuse(Refusal.NUMBER_UNKNOWN)


def waybill_numbered(house: House, text: str, *, desk: Desk) -> Waybill | Refuse:
    """Return the waybill with the number written in ``text``, for somebody at a desk."""
    return kept_from(house, desk) or house.register.find(house.node.org, text)
