"""What the node answers, as records. A field that a record does not have is passed over, so that a newer node is understood."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from yinji_client.errors import Unreadable

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Me:
    """Whose key this is."""

    account: str
    post: str
    organisation: str
    key: str
    scopes: tuple[str, ...]
    test: bool
    expires: str


@dataclass(frozen=True, slots=True)
class ItemProblem:
    """What is wrong with one item of a batch."""

    code: int
    name: str
    reason: str
    remedy: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class OrderResult:
    """What became of an order: ``issued``, ``known`` before, ``fit`` in a dry run, or ``refused`` with its problems."""

    order: str
    status: str
    number: str = ""
    subs: tuple[str, ...] = ()
    problems: tuple[ItemProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderResults:
    """One for each order, in their order."""

    specimen: bool
    orders: tuple[OrderResult, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A person as the label shows them, masked."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Waybill:
    """A waybill: its number's life, its parcel's state, the masks of its parties where they were asked for."""

    number: str
    state: str
    parcel: str
    kind: str
    specimen: bool
    made: str
    merchant: str
    destination: str
    pieces: int
    prints: int
    batch: str
    subs: tuple[str, ...] = ()
    outlet: str = ""
    channel: str = ""
    recipient: Party | None = None
    sender: Party | None = None


@dataclass(frozen=True, slots=True)
class Waybills:
    """A page of waybills."""

    waybills: tuple[Waybill, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Return:
    """A parcel's way back: the number it was sent under, and the one it goes back under, ``issued`` now or ``known`` before."""

    original: str
    number: str
    status: str
    specimen: bool


@dataclass(frozen=True, slots=True)
class Prints:
    """How many waybills counted a print."""

    counted: int


@dataclass(frozen=True, slots=True)
class EventResult:
    """What became of an event: ``new``, ``known`` or ``refused`` with its problems."""

    number: str
    status: str
    problems: tuple[ItemProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class EventResults:
    """One for each event, in their order."""

    results: tuple[EventResult, ...]


@dataclass(frozen=True, slots=True)
class SeenEvent:
    """An event as the node keeps it."""

    at: str
    scan: str
    place: str
    source: str
    real_name: bool


@dataclass(frozen=True, slots=True)
class History:
    """A page of a parcel's way."""

    number: str
    state: str
    odd: int
    events: tuple[SeenEvent, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Consecutive waybill numbers."""

    first: str
    last: str
    count: int


@dataclass(frozen=True, slots=True)
class Range:
    """A range of the number register."""

    id: str
    numbers: Numbers
    format: str
    brand: str
    specimen: bool


@dataclass(frozen=True, slots=True)
class Ranges:
    """The number register."""

    ranges: tuple[Range, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Stock:
    """What one owner has of real numbers."""

    owner: str
    entered: int
    reserved: int
    allocated: int
    resting: int
    used: int
    printed: int
    voided: int
    left: int


@dataclass(frozen=True, slots=True)
class Stocks:
    """Everybody's together, and each owner's."""

    together: Stock
    owners: tuple[Stock, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Reserved:
    """Numbers that were reserved; the owner's once they are confirmed."""

    key: str
    owner: str
    wanted: int
    got: int
    confirmed: bool
    until: str
    numbers: tuple[Numbers, ...]


@dataclass(frozen=True, slots=True)
class HandedBack:
    """How many unused numbers came back."""

    owner: str
    handed_back: int


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The last checkpoint of a log."""

    log: str
    origin: str
    size: int
    root: str
    note: str
    witnessed: str


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """Of each log that was signed."""

    checkpoints: tuple[SignedHead, ...]


@cache
def types_of(kind: type) -> dict[str, Any]:
    """Return the types of a record's fields."""
    return get_type_hints(kind)


def read(kind: type[_T], told: object) -> _T:
    """Return what was told as a record; raises Unreadable, which names the field and never its value."""
    if not isinstance(told, Mapping):
        raise Unreadable(kind.__name__)
    known = types_of(kind)  # type: ignore[arg-type]  # a class can be hashed, whatever the checker knows of type variables
    found: dict[str, Any] = {}
    for each in fields(kind):  # type: ignore[arg-type]  # every kind is one of the records above
        if each.name in told:
            found[each.name] = _value(known[each.name], told[each.name], f"{kind.__name__}.{each.name}")
        elif each.default is MISSING:
            raise Unreadable(f"{kind.__name__}.{each.name}")
    return kind(**found)


def _value(kind: Any, told: object, at: str) -> Any:  # noqa: ANN401 - a field may be of any type
    origin = get_origin(kind)
    if origin in {types.UnionType, Union}:
        wanted = next(each for each in get_args(kind) if each is not type(None))
        return None if told is None else _value(wanted, told, at)
    if origin is tuple:
        if not isinstance(told, list):
            raise Unreadable(at)
        return tuple(_value(get_args(kind)[0], each, at) for each in told)
    if kind in {str, int, bool}:
        if type(told) is not kind:
            raise Unreadable(at)
        return told
    return read(kind, told)
