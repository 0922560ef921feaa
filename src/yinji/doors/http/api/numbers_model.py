"""What the resource of numbers takes and gives."""

from __future__ import annotations

from typing import Annotated

import msgspec

from yinji.flows.allocate_numbers import Allocated, Span
from yinji.kernel.clock import moment
from yinji.kernel.ids import show_ref
from yinji.waybill.model import NumberRange
from yinji.waybill.numbering.service import RESERVE_MAX
from yinji.waybill.numbering.stock import Stock

Count = Annotated[int, msgspec.Meta(ge=0, examples=[1_200])]


class Numbers(msgspec.Struct, kw_only=True):
    """Consecutive waybill numbers, as they are printed."""

    first: Annotated[str, msgspec.Meta(description="First number.", examples=["QL10000000000011"])]
    last: Annotated[str, msgspec.Meta(description="Last number, included.", examples=["QL10000000000997"])]
    count: Annotated[int, msgspec.Meta(description="How many numbers these are.", examples=[99])]


class Range(msgspec.Struct, kw_only=True):
    """A range of the number register."""

    id: Annotated[str, msgspec.Meta(description="Reference of the range.")]
    numbers: Numbers
    format: Annotated[str, msgspec.Meta(description="Form of its numbers (`yinji numbers formats`).", examples=["own"])]
    brand: Annotated[str, msgspec.Meta(description="Code of the delivery brand, or empty.", examples=["QL"])]
    specimen: Annotated[bool, msgspec.Meta(description="Whether its numbers are specimens, which never ship.")]


class Ranges(msgspec.Struct, kw_only=True):
    """The number register."""

    ranges: Annotated[list[Range], msgspec.Meta(description="Ranges in the order in which they were entered.")]
    next: Annotated[str, msgspec.Meta(description="Cursor of the next page; empty on the last.")]


class OwnStock(msgspec.Struct, kw_only=True):
    """What one owner has of real numbers. For the whole: entered = used + left + reserved + resting."""

    owner: Annotated[
        str, msgspec.Meta(description="Code of an outlet or partner; empty: the organisation.", examples=["OUT-7"])
    ]
    entered: Annotated[Count, msgspec.Meta(description="Entered as ranges.")]
    reserved: Annotated[Count, msgspec.Meta(description="Reserved, not confirmed.")]
    allocated: Annotated[Count, msgspec.Meta(description="Given to the owner and not handed back.")]
    resting: Annotated[Count, msgspec.Meta(description="Handed back or set aside; nobody's until they have rested.")]
    used: Annotated[Count, msgspec.Meta(description="Taken for waybills.")]
    printed: Annotated[Count, msgspec.Meta(description="Of those, printed at least once.")]
    voided: Annotated[Count, msgspec.Meta(description="Of those, voided.")]
    left: Annotated[Count, msgspec.Meta(description="Can be issued now.")]


class Stocks(msgspec.Struct, kw_only=True):
    """The stock of real numbers."""

    together: Annotated[OwnStock, msgspec.Meta(description="Everybody's together; its owner is `*`.")]
    owners: Annotated[list[OwnStock], msgspec.Meta(description="The organisation itself first, then each owner.")]
    next: Annotated[str, msgspec.Meta(description="Cursor of the next page of owners; empty on the last.")]


class Wish(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How many numbers to reserve, and for whom."""

    owner: Annotated[str, msgspec.Meta(description="Code of the outlet or partner.", max_length=32, examples=["OUT-7"])]
    count: Annotated[int, msgspec.Meta(description="How many numbers.", ge=1, le=RESERVE_MAX, examples=[1_000])]


class Reserved(msgspec.Struct, kw_only=True):
    """Numbers that were reserved, and whether they are the owner's."""

    key: Annotated[str, msgspec.Meta(description="The caller's key.", examples=["2026-11-22-a"])]
    owner: Annotated[str, msgspec.Meta(description="Whom they are for.", examples=["OUT-7"])]
    wanted: Annotated[int, msgspec.Meta(description="How many were asked for.", examples=[1_000])]
    got: Annotated[
        int, msgspec.Meta(description="How many there were: fewer where the register had no more.", examples=[1_000])
    ]
    confirmed: Annotated[bool, msgspec.Meta(description="Whether they are the owner's.")]
    until: Annotated[
        str, msgspec.Meta(description="Until when to confirm, RFC 3339; then it ends.", examples=["2026-11-22T10:00:00+08:00"])
    ]
    numbers: Annotated[list[Numbers], msgspec.Meta(description="The numbers, in runs.")]


class Owner(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Who hands numbers back."""

    owner: Annotated[str, msgspec.Meta(description="Code of the outlet or partner.", max_length=32, examples=["OUT-7"])]


class HandedBackNumbers(msgspec.Struct, kw_only=True):
    """What came of handing numbers back."""

    owner: Annotated[str, msgspec.Meta(description="Who had them.", examples=["OUT-7"])]
    handed_back: Annotated[int, msgspec.Meta(description="How many unused numbers came back; they rest now.", examples=[801])]


def as_range(own: NumberRange, span: Span) -> Range:
    """Return a range as the API shows it."""
    return Range(id=show_ref(own.ref), numbers=as_numbers(span), format=own.format, brand=own.brand, specimen=own.specimen)


def as_numbers(span: Span) -> Numbers:
    """Return consecutive numbers as the API shows them."""
    return Numbers(first=span.first, last=span.last, count=span.count)


def as_stock(each: Stock) -> OwnStock:
    """Return a stock as the API shows it."""
    return OwnStock(
        owner=each.owner,
        entered=each.entered,
        reserved=each.reserved,
        allocated=each.allocated,
        resting=each.resting,
        used=each.used,
        printed=each.printed,
        voided=each.voided,
        left=each.left,
    )


def as_reserved(told: Allocated) -> Reserved:
    """Return a reservation as the API shows it."""
    made = told.reservation
    return Reserved(
        key=made.key,
        owner=made.owner,
        wanted=made.wanted,
        got=made.count,
        confirmed=bool(made.confirmed_ms),
        until=moment(made.until_ms).isoformat(timespec="seconds"),
        numbers=[as_numbers(each) for each in told.spans],
    )
