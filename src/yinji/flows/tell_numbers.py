"""The numbers at the desk: 1 may this post; 2 ranges, stock and warnings, or the audit of all of them. Names nobody."""

from __future__ import annotations

from typing import Final, NamedTuple

from yinji.access.desks import Desk
from yinji.flows.audit_numbers import NumbersAudited, audit_numbers
from yinji.flows.house import House
from yinji.flows.sit_at_desk import kept_from
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.waybill.examining import Warnings
from yinji.waybill.model import NumberRange
from yinji.waybill.numbering.picture import Piece
from yinji.waybill.numbering.stock import Stock

AUDITED_MAX: Final = 300_000
"""Numbers that a page audits while somebody waits: some ten seconds. More are audited by `yinji numbers audit`."""


class NumbersTold(NamedTuple):
    """Ranges with what their numbers are, stock by owner (the organisation itself first), and what there is to warn of."""

    ranges: tuple[tuple[NumberRange, tuple[Piece, ...]], ...]
    stocks: tuple[Stock, ...]
    warnings: Warnings


def tell_numbers(house: House) -> NumbersTold | Refuse:
    """Return how the numbers of the node's organisation stand."""
    if refused := kept_from(house, Desk.NUMBERS):
        return refused
    org, allocation = house.node.org, house.register.allocation
    return NumbersTold(tuple(allocation.pictured(org)), allocation.stocks(org), house.register.warnings(org))


def reconcile_numbers(house: House) -> NumbersAudited | Refuse:
    """Compare numbers, waybills and evidence, if they are few enough for somebody who waits."""
    if refused := kept_from(house, Desk.NUMBERS):
        return refused
    if house.register.audit(house.node.org)[0] > AUDITED_MAX:
        return Refuse(Refusal.REQUEST_SLOW, "yinji numbers audit")
    return audit_numbers(house)
