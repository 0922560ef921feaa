"""Exempt one order from hiding its recipient: ask, approve, refuse, list. Asking takes three steps: 1 judge the ground; 2 make the
order's mark, which is all that is kept of its number; 3 write what was asked, with its sentence.
"""

from __future__ import annotations

from typing import NamedTuple

from yinji.access.exempting.model import Exemption, Ground
from yinji.access.exempting.rules import judge_ground
from yinji.flows.house import House
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, shard_for
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal
from yinji.waybill.rules import is_merchant


class Asking(NamedTuple):
    """What somebody asks: which order of which merchant, on which ground, by which document ("" for none)."""

    order: str
    merchant: str
    ground: str
    document: str


class Listed(NamedTuple):
    """An exemption as it is listed: with the codes of who asked and who decided, and the number it was used for."""

    exemption: Exemption
    asked_by: str
    decided_by: str
    number: str


def ask_exemption(house: House, asking: Asking) -> Exemption | Refuse:
    """Ask for an exemption of one order. It must not have a waybill yet; while this waits for its approval it gets none."""
    if not is_merchant(asking.merchant):
        return Refuse(Refusal.MERCHANT_MALFORMED)
    if not asking.order.strip():
        return Refuse(Refusal.ORDER_NUMBER_MISSING)
    ground = ground_of(house, asking)  # 1
    if isinstance(ground, Refuse):
        return ground
    org, order = house.node.org, asking.order.strip()
    mark = house.vault.order_mark(org, asking.merchant, Private(order))  # 2
    shard = shard_for(org=org, merchant=asking.merchant, order_key=order, shards=house.settings.shards)
    return house.exemptions.ask(shard, mark, asking.merchant, ground, actor=house.actor)  # 3


def ground_of(house: House, asking: Asking) -> Ground | Refuse:
    """Return the ground that is named, as it stands today."""
    today, on_draft = beijing_day(house.clock.now_ms()), house.settings.exempt_on_draft == "yes"
    return judge_ground(asking.ground, asking.document, on=today, on_draft=on_draft)


def approve_exemption(house: House, ref: Ref) -> Exemption | Refuse:
    """Approve as whoever is signed in: never who asked."""
    return house.exemptions.approve(ref, actor=house.actor)


def refuse_exemption(house: House, ref: Ref) -> Refuse | None:
    """Refuse or withdraw; None where it is done."""
    return house.exemptions.refuse(ref, actor=house.actor)


def list_exemptions(house: House) -> list[Listed]:
    """Return every exemption, oldest first."""
    org = house.node.org
    found = house.exemptions.every(org)
    codes = house.access.account_codes()
    numbers = house.register.numbers(org, [each.parcel for each in found if each.parcel])
    return [
        Listed(
            each,
            codes.get(each.asked_by, ""),
            codes.get(each.approved_by, "") if each.approved_by else "",
            numbers.get(each.parcel, "") if each.parcel else "",
        )
        for each in found
    ]
