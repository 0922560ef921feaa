"""From plan to draft: what of an order its label says."""

from __future__ import annotations

from yinji.flows.issue_model import Look, Planned
from yinji.kernel.clock import moment
from yinji.label.model import Draft, PartyMask
from yinji.vault.model import Plan
from yinji.vault.planning import shown


def draft_label(planned: Planned, sender: Plan, look: Look, *, at_ms: int, specimen: bool) -> Draft:
    """Return a label without its codes: masks of both parties, contents and remark as they may be shown."""
    order, recipient = planned.order, planned.plan
    texts = shown(recipient, sender, planned.belongings)
    return Draft(
        recipient=PartyMask(*recipient.masks),
        sender=PartyMask(*sender.masks),
        contents=texts.contents,
        pieces=order.pieces,
        remark=texts.remark,
        sorting_code=order.sorting_code,
        destination=recipient.destination,
        carrier=look.carrier,
        product=look.product,
        outlet=look.outlet,
        hotline=look.hotline,
        printed_at=f"{moment(at_ms):%Y-%m-%d %H:%M}",
        specimen=specimen,
    )
