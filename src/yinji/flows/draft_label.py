"""From plan to draft: what of an order its label says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from yinji.flows.issue_model import Look, Planned
from yinji.kernel.clock import moment
from yinji.label.model import Draft, PartyMask
from yinji.vault.model import Masks, Plan, Shown
from yinji.vault.planning import shown
from yinji.waybill.carried import Carried
from yinji.waybill.parcel.model import Way

_MOMENTS_REMEMBERED: Final = 64


@dataclass(frozen=True, slots=True)
class Told:
    """What a label says of one parcel: both parties masked, contents and remark as they may be shown, and what was agreed."""

    recipient: PartyMask
    sender: PartyMask
    shown: Shown
    destination: str
    carried: Carried
    order: str = ""


def draft_label(planned: Planned, sender: Plan, look: Look, *, at_ms: int, specimen: bool) -> Draft:
    """Return the label of an order, without its codes, for the first of its packages."""
    order, recipient = planned.order, planned.plan
    told = Told(
        recipient=kept_masks(recipient.masks, virtual=recipient.virtual),
        sender=kept_masks(sender.masks, virtual=sender.virtual),
        shown=shown(recipient, sender, planned.belongings),
        destination=recipient.destination,
        carried=Carried(order.pieces, order.packages, order.sorting, order.carriage, order.original),
        order=order.number,
    )
    return drafted(told, look, at_ms=at_ms, specimen=specimen)


def drafted(told: Told, look: Look, *, at_ms: int, specimen: bool, way: Way | None = None) -> Draft:
    """Return a label without its codes. Marks of inspection stand on it only where ``way`` says that the act was done."""
    carried, carriage = told.carried, told.carried.carriage
    sorting = look.sorting.sorting(told.destination, carried.sorting, order=told.order) or carried.sorting
    return Draft(
        recipient=told.recipient,
        sender=told.sender,
        contents=told.shown.contents,
        pieces=carried.pieces,
        remark=told.shown.remark,
        sorting_code=sorting.code,
        destination=sorting.mark or told.destination,
        carrier=look.carrier,
        product=carriage.product or look.product,
        outlet=look.outlet,
        hotline=look.hotline,
        printed_at=_minute(at_ms),
        specimen=specimen,
        centre=sorting.centre,
        door=sorting.door,
        packages=carried.packages,
        weight=carriage.weight,
        collect_goods=carriage.collect_goods,
        collect_freight=carriage.collect_freight,
        insured=carriage.insured,
        courier=look.courier,
        return_outlet=carriage.return_outlet or look.return_outlet,
        clause=look.clause,
        inspected=way is not None and way.inspected,
        screened=way is not None and way.screened,
        original=carried.original,
        freight=carriage.freight,
        agreed_check=carriage.agreed_check,
        collected_at=told.shown.collected_at,
        handed_by=told.shown.handed_by,
    )


@lru_cache(maxsize=_MOMENTS_REMEMBERED)
def _minute(at_ms: int) -> str:
    """Return a moment as a label prints it: every label of a batch has the same."""
    return f"{moment(at_ms):%Y-%m-%d %H:%M}"


def kept_masks(masks: Masks, *, virtual: bool = False) -> PartyMask:
    """Return a party as a label shows one; a virtual number stands apart, and whole."""
    name, phone, address = masks
    return PartyMask(name, "", address, virtual_number=phone) if virtual else PartyMask(name, phone, address)
