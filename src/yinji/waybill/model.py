"""Orders as they come in, number ranges, waybills as they stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from yinji.kernel.ids import Ref, Shard
from yinji.kernel.party import Party
from yinji.kernel.private import Private


@dataclass(frozen=True, slots=True)
class Order:
    """One order as a door parsed it. ``line`` is where it stood (1 is the header); everything about people is wrapped.

    ``number`` is the platform's key of the order, not a person's; it is sealed with the recipient all the same.
    """

    line: int
    number: str
    recipient: Party
    contents: Private
    pieces: int
    remark: Private
    sorting_code: str = ""
    ordered: date | None = None


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Waybill numbers from ``first`` to ``last`` inclusive, as one interval: unallocated numbers are not rows.

    A number is ``prefix``, a serial of ``digits`` digits, one check digit. ``specimen`` numbers never ship.
    """

    ref: Ref
    prefix: str
    digits: int
    first: int
    last: int
    specimen: bool


class Taken(NamedTuple):
    """A number taken from the register, in its printed form, and whether it is a specimen's."""

    number: str
    specimen: bool


class Block(NamedTuple):
    """Numbers carved from a range for one shard: ``next`` to ``last`` are still to be had."""

    range_ref: Ref
    first: int
    last: int
    next: int


@dataclass(frozen=True, slots=True)
class Draw:
    """Numbers drawn, and what drawing them changes: blocks as they will stand, ranges' next serial to carve."""

    taken: tuple[Taken, ...]
    advanced: tuple[Block, ...]
    carved: tuple[Block, ...]
    ranges_next: dict[Ref, int]


@dataclass(frozen=True, slots=True)
class Waybill:
    """The record of one parcel's way. Names no one: the destination goes down to the district.

    ``batch`` and ``item`` place it in the evidence of its batch; ``token`` is the mark of the
    token that the label's QR code carries: the token itself is sealed in the vault. It is empty once the parcel was forgotten.
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
