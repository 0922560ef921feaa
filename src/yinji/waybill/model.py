"""Orders as they come in, number ranges, waybills as they stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final, NamedTuple

from yinji.kernel.ids import FIRST_SHARD, Ref, Shard
from yinji.kernel.party import Party
from yinji.kernel.private import Private


@dataclass(frozen=True, slots=True)
class Sorting:
    """Where a parcel goes, as sorters read it; an empty text is not known. Never finer than the masked address.

    ``code`` is the three-part code (三段码), ``mark`` the large destination (大头笔), ``centre`` the package centre (集包地),
    ``door`` the badge of a door or a station (派门, 驿站).
    """

    code: str = ""
    mark: str = ""
    centre: str = ""
    door: str = ""


@dataclass(frozen=True, slots=True)
class Carriage:
    """What was agreed about carrying a parcel. Weight in grams, money in fen (0.01 yuan); None where nothing was said.

    ``collect_goods`` is cash on delivery (代收货款), ``collect_freight`` freight paid by the recipient (到付; 0: the amount is
    not known), ``insured`` the declared value (保价). ``product`` and ``return_outlet`` are empty where the node's own stand.
    ``freight`` was paid by the sender (寄付). ``agreed_check`` says in a few words how contents are checked at delivery, as agreed
    with a platform (快递市场管理办法: 27); whoever reads it in has looked that it names nobody.
    """

    weight: int | None = None
    collect_goods: int | None = None
    collect_freight: int | None = None
    insured: int | None = None
    product: str = ""
    return_outlet: str = ""
    freight: int | None = None
    agreed_check: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One order as a door parsed it: one parcel. Everything about people is wrapped.

    ``line`` is where it stood (1 is the header) and ``lines`` all rows that are items of this parcel; ``pieces`` counts
    articles, ``packages`` the boxes that the parcel is sent in, each with a number of its own. ``channel`` is the short code of
    where the order came from; ``collected_at`` is the address where it was really picked up and ``handed_by`` the name of who handed it
    over in the sender's place, None where nobody said so (快递市场管理办法: 26); ``original`` the number of the waybill whose parcel this one brings back. ``number`` is the platform's key of the order, not a person's; it is sealed with the recipient all
    the same.
    """

    line: int
    number: str
    recipient: Party
    contents: Private
    pieces: int
    remark: Private
    sorting: Sorting = Sorting()
    ordered: date | None = None
    packages: int = 1
    carriage: Carriage = Carriage()
    channel: str = ""
    lines: tuple[int, ...] = ()
    original: str = ""
    collected_at: Private | None = None
    handed_by: Private | None = None


OWN_FORMAT: Final = "own"
"""The form of a range that names none (`yinji.waybill.numbering.formats`)."""


class NumberState(IntEnum):
    """A waybill number's own life, apart from its parcel's. Until it is issued it stands in an interval, from then on in a row.

    ``HANDED_BACK`` and ``QUARANTINED`` numbers rest before anybody can reserve them again; a voided one is never used again.
    """

    GENERATED = 1
    RESERVED = 2
    ALLOCATED = 3
    ISSUED = 4
    PRINTED = 5
    COMPLETED = 6
    ARCHIVED = 7
    VOIDED = 8
    HANDED_BACK = 9
    QUARANTINED = 10


MOVES: Final[dict[NumberState, frozenset[NumberState]]] = {
    NumberState.GENERATED: frozenset({NumberState.RESERVED, NumberState.ISSUED, NumberState.QUARANTINED}),
    NumberState.RESERVED: frozenset({NumberState.ALLOCATED, NumberState.GENERATED}),
    NumberState.ALLOCATED: frozenset({NumberState.ISSUED, NumberState.HANDED_BACK, NumberState.QUARANTINED}),
    NumberState.ISSUED: frozenset({NumberState.PRINTED, NumberState.COMPLETED, NumberState.VOIDED}),
    NumberState.PRINTED: frozenset({NumberState.COMPLETED, NumberState.VOIDED}),
    NumberState.COMPLETED: frozenset({NumberState.ARCHIVED}),
    NumberState.ARCHIVED: frozenset(),
    NumberState.VOIDED: frozenset(),
    NumberState.HANDED_BACK: frozenset({NumberState.GENERATED, NumberState.QUARANTINED}),
    NumberState.QUARANTINED: frozenset({NumberState.GENERATED}),
}
"""Expired reservations and rested numbers go back to ``GENERATED`` when somebody next asks for numbers."""

OWNER: Final[dict[NumberState, str]] = {
    NumberState.GENERATED: "waybill.enter_range",
    NumberState.RESERVED: "waybill.reserve",
    NumberState.ALLOCATED: "waybill.confirm",
    NumberState.ISSUED: "waybill.write",
    NumberState.PRINTED: "waybill.printed",
    NumberState.COMPLETED: "waybill.complete",
    NumberState.ARCHIVED: "waybill.archive",
    NumberState.VOIDED: "waybill.void",
    NumberState.HANDED_BACK: "waybill.hand_back",
    NumberState.QUARANTINED: "waybill.quarantine",
}


@dataclass(frozen=True, slots=True)
class NumberLimits:
    """What an operator may set about numbers: how long a reservation holds, how long numbers rest, when to warn."""

    reserve_ms: int = 30 * 60_000
    rest_ms: int = 30 * 86_400_000
    low_percent: int = 30
    emergency_percent: int = 10
    unaccepted_ms: int = 7 * 86_400_000


class WaybillKind(IntEnum):
    """What label a waybill has: one that hides its persons, or one that a law exempts from it."""

    PRIVACY = 1
    EXEMPT = 2


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Waybill numbers from ``first`` to ``last`` inclusive, as one interval: unallocated numbers are not rows.

    A number is ``prefix``, a serial of ``digits`` digits, the check digit of its ``format``, ``suffix``. ``specimen`` numbers never
    ship. ``brand`` is the code of the delivery brand whose numbers they are; empty where there is one brand.
    """

    ref: Ref
    prefix: str
    digits: int
    first: int
    last: int
    specimen: bool
    format: str = OWN_FORMAT
    brand: str = ""
    suffix: str = ""


class Interval(NamedTuple):
    """Serials ``first`` to ``last`` of a range, none of them issued or carved for a shard, all in one state and of one owner.

    ``owner`` is the code of an outlet or partner, empty for the organisation itself. ``until_ms`` is when a reservation expires or
    a rest ends, ``holder`` the reservation; 0 and empty otherwise.
    """

    range_ref: Ref
    first: int
    last: int
    state: NumberState
    owner: str = ""
    until_ms: int = 0
    holder: bytes = b""

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return self.last - self.first + 1


class Taken(NamedTuple):
    """The numbers of one order, in printed form: its waybill's, and of each further package. ``owner`` is whose they were."""

    number: str
    specimen: bool
    subs: tuple[str, ...] = ()
    owner: str = ""


class Block(NamedTuple):
    """Numbers carved from a range for one shard: ``next`` to ``last`` are still to be had, by ``owner`` alone."""

    range_ref: Ref
    first: int
    last: int
    next: int
    owner: str = ""
    shard: Shard = FIRST_SHARD

    @property
    def left(self) -> int:
        """How many numbers are still to be had."""
        return self.last + 1 - self.next


class BlockMove(NamedTuple):
    """A block as it was and as it will be; it is written only where it still is what it was. ``after`` is None where nothing stays."""

    before: Block
    after: Block | None


class Change(NamedTuple):
    """Intervals that go and intervals that come instead: the same numbers, cut otherwise."""

    gone: tuple[Interval, ...] = ()
    come: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Draw:
    """Numbers drawn, one `Taken` an order, and what drawing them changes."""

    taken: tuple[Taken, ...]
    moved: tuple[BlockMove, ...]
    carved: tuple[Block, ...]
    change: Change


@dataclass(frozen=True, slots=True)
class Reservation:
    """Numbers set aside for an owner under the caller's ``key``. ``got`` may hold fewer than ``wanted``: ``partial`` says so."""

    ref: Ref
    key: str
    owner: str
    wanted: int
    made_ms: int
    until_ms: int
    confirmed_ms: int
    got: tuple[tuple[Ref, int, int], ...]

    @property
    def count(self) -> int:
        """How many numbers were really got."""
        return sum(last - first + 1 for _, first, last in self.got)

    @property
    def partial(self) -> bool:
        """True if there were fewer numbers than wanted."""
        return self.count < self.wanted


ITEM_VERSION: Final = 2
"""The form in which the evidence of a batch states a waybill that is issued now (docs/reference/evidence.md)."""


@dataclass(frozen=True, slots=True)
class Waybill:
    """The record of one parcel's way. Names no one: the destination goes down to the district.

    ``batch`` and ``item`` place it in the evidence of its batch, ``item_version`` says in which form it stands there; ``token`` is
    the mark of the token that the label's QR code carries: the token itself is sealed in the vault. It is empty once the parcel
    was forgotten.

    ``outlet`` is the code of the outlet it was issued for, ``channel`` of where its order came from, ``owner`` of whom its number
    belonged to; ``subs`` are the numbers of its parcel's further packages. ``state`` and ``prints`` change, the rest never does.
    """

    ref: Ref
    shard: Shard
    number: str
    merchant: str
    destination: str
    pieces: int
    token: bytes
    rules: str
    made_ms: int
    batch: Ref
    item: int
    specimen: bool
    outlet: str = ""
    channel: str = ""
    kind: WaybillKind = WaybillKind.PRIVACY
    state: NumberState = NumberState.ISSUED
    prints: int = 0
    owner: str = ""
    item_version: int = ITEM_VERSION
    subs: tuple[str, ...] = ()
