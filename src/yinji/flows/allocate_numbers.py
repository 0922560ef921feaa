"""Numbers for partners in two steps, and back: 1 no real number under a test key; 2 the register's verb; 3 numbers as they are printed."""

from __future__ import annotations

from dataclasses import dataclass

from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import NumberRange, Reservation
from yinji.waybill.numbering.stock import Stock, together
from yinji.waybill.rules import printed


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers of one range from ``first`` to ``last`` inclusive, in printed form."""

    first: str
    last: str
    count: int


@dataclass(frozen=True, slots=True)
class Allocated:
    """A reservation, and its numbers as they are printed."""

    reservation: Reservation
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class HandedBack:
    """How many numbers an owner handed back."""

    owner: str
    count: int


def reserve_numbers(house: House, key: str, *, owner: str, count: int) -> Allocated | Refuse:
    """Reserve numbers under the caller's key; asked again with the same wish, the answer is the same."""
    if refused := _refused(house):  # 1
        return refused
    made = house.register.allocation.reserve(house.node.org, key=key, owner=owner, count=count, actor=house.actor)  # 2
    return _shown(house, made)


def confirm_numbers(house: House, key: str) -> Allocated | Refuse:
    """Give what was reserved under a key to its owner."""
    if refused := _refused(house):  # 1
        return refused
    return _shown(house, house.register.allocation.confirm(house.node.org, key=key, actor=house.actor))  # 2


def tell_reservation(house: House, key: str) -> Allocated | Refuse:
    """Return what was reserved under a key."""
    return _shown(house, house.register.allocation.reservation(house.node.org, key))


def hand_back_reserved(house: House, key: str) -> HandedBack | Refuse:
    """Take back what a confirmed reservation gave and its owner has not used; one never confirmed ends by itself."""
    if refused := _refused(house):  # 1
        return refused
    made = house.register.allocation.reservation(house.node.org, key)
    if isinstance(made, Refuse):
        return made
    count = house.register.allocation.hand_back(house.node.org, owner=made.owner, got=made.got, actor=house.actor)  # 2
    return count if isinstance(count, Refuse) else HandedBack(made.owner, count)


def hand_back_all(house: House, owner: str) -> HandedBack | Refuse:
    """Take back all that an owner has and has not used."""
    if refused := _refused(house):  # 1
        return refused
    count = house.register.allocation.hand_back(house.node.org, owner=owner, actor=house.actor)  # 2
    return count if isinstance(count, Refuse) else HandedBack(owner, count)


def tell_stock(house: House) -> tuple[Stock, tuple[Stock, ...]]:
    """Return the stock of real numbers: together, and of each owner."""
    every = house.register.allocation.stocks(house.node.org)
    return together(every), every


def tell_ranges(house: House) -> list[tuple[NumberRange, Span]]:
    """Return the ranges of the register, each with its numbers as they are printed."""
    return [(own, _span(own, own.first, own.last)) for own in house.register.allocation.ranges(house.node.org)]


def _refused(house: House) -> Refuse | None:
    return Refuse(Refusal.API_KEY_NARROW, "test") if house.specimens_only else None


def _shown(house: House, made: Reservation | Refuse) -> Allocated | Refuse:
    if isinstance(made, Refuse):
        return made
    own = {each.ref: each for each in house.register.allocation.ranges(house.node.org)}  # 3
    return Allocated(made, tuple(_span(own[ref], first, last) for ref, first, last in made.got))


def _span(own: NumberRange, first: int, last: int) -> Span:
    return Span(printed(own, first), printed(own, last), last - first + 1)
