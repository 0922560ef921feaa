"""SQL of number ranges, their blocks, and waybills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Column, Index, Row, func, select, update

from yinji.db.schema import BINARY, MOMENT, NUMBER, SMALL, TEXT, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref, Shard
from yinji.waybill.model import Block, Draw, NumberRange, Waybill

RANGES: Final = table(
    "waybill_ranges",
    *place(),
    Column("ref", BINARY, primary_key=True, nullable=False),
    Column("prefix", TEXT, nullable=False),
    Column("digits", SMALL, nullable=False),
    Column("first", NUMBER, nullable=False),
    Column("last", NUMBER, nullable=False),
    Column("next", NUMBER, nullable=False),
    Column("specimen", SMALL, nullable=False),
)
BLOCKS: Final = table(
    "waybill_blocks",
    *place(),
    Column("range_ref", BINARY, primary_key=True, nullable=False),
    Column("first", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("last", NUMBER, nullable=False),
    Column("next", NUMBER, nullable=False),
)
WAYBILLS: Final = table(
    "waybill_waybills",
    *place(),
    Column("ref", BINARY, primary_key=True, nullable=False),
    Column("number", TEXT, nullable=False),
    Column("merchant", TEXT, nullable=False),
    Column("destination", TEXT, nullable=False),
    Column("pieces", NUMBER, nullable=False),
    Column("token", BINARY, nullable=False),
    Column("rules", TEXT, nullable=False),
    Column("made_ms", MOMENT, nullable=False),
    Column("batch", BINARY, nullable=False),
    Column("item", NUMBER, nullable=False),
    Column("specimen", SMALL, nullable=False),
    Index("ux_waybill_waybills_number", "org_id", "shard", "number", unique=True),
)

TIME_BYTES: Final = 6
"""A reference begins with its moment in milliseconds (RFC 9562, 5.7)."""

_WAYBILL: Final = (
    WAYBILLS.c.ref,
    WAYBILLS.c.shard,
    WAYBILLS.c.number,
    WAYBILLS.c.merchant,
    WAYBILLS.c.destination,
    WAYBILLS.c.pieces,
    WAYBILLS.c.token,
    WAYBILLS.c.rules,
    WAYBILLS.c.made_ms,
    WAYBILLS.c.batch,
    WAYBILLS.c.item,
    WAYBILLS.c.specimen,
)


def add_range(work: Work, org: Ref, shard: Shard, wanted: NumberRange, *, entry: Entry) -> None:
    """Write a range. Ranges stand in the first shard; the blocks carved from them in the shard that prints."""
    row = (wanted.ref, wanted.prefix, wanted.digits, wanted.first, wanted.last, wanted.first, int(wanted.specimen))
    work.add_rows(RANGES, [(org, shard, *row)])
    work.append(entry)


def ranges(reading: Reading, org: Ref) -> list[tuple[NumberRange, int]]:
    """Return an organisation's ranges in the order they were entered, each with the first number not yet carved."""
    rows = reading.rows(select(RANGES).where(RANGES.c.org_id == org).order_by(RANGES.c.ref))
    return [(_range(row), row.next) for row in rows]


def all_ranges_alone(work: Work) -> list[NumberRange]:
    """Return every range on this node, whoever owns it, and let nobody else enter one until the work ends.

    A number must be one parcel's among all of them.
    """
    work.alone(RANGES)
    return [_range(row) for row in work.rows(select(RANGES))]


def _range(row: Row[Any]) -> NumberRange:
    return NumberRange(Ref(row.ref), row.prefix, row.digits, row.first, row.last, bool(row.specimen))


def open_blocks(work: Work, *, org: Ref, shard: Shard, of: Sequence[Ref]) -> list[Block]:
    """Return the shard's blocks of the ranges ``of`` that still hold numbers, locked until the work ends."""
    rows = work.rows(
        select(BLOCKS)
        .where(BLOCKS.c.org_id == org, BLOCKS.c.shard == shard, BLOCKS.c.range_ref.in_(of), BLOCKS.c.next <= BLOCKS.c.last)
        .order_by(BLOCKS.c.range_ref, BLOCKS.c.first)
        .with_for_update()
    )
    return [Block(Ref(bytes(row.range_ref)), row.first, row.last, row.next) for row in rows]


def locked_ranges(work: Work, org: Ref) -> list[tuple[NumberRange, int]]:
    """Return an organisation's ranges and the first number not yet carved, locked until the work ends."""
    rows = work.rows(select(RANGES).where(RANGES.c.org_id == org).order_by(RANGES.c.ref).with_for_update())
    return [(_range(row), row.next) for row in rows]


def keep_draw(work: Work, drawn: Draw, *, org: Ref, shard: Shard, entry: Entry) -> None:
    """Write what a draw changed."""
    for block in drawn.advanced:
        work.change(
            update(BLOCKS)
            .where(
                BLOCKS.c.org_id == org,
                BLOCKS.c.shard == shard,
                BLOCKS.c.range_ref == block.range_ref,
                BLOCKS.c.first == block.first,
            )
            .values(next=block.next)
        )
    for ref, serial in drawn.ranges_next.items():
        work.change(update(RANGES).where(RANGES.c.org_id == org, RANGES.c.ref == ref).values(next=serial))
    work.add_rows(BLOCKS, [(org, shard, block.range_ref, block.first, block.last, block.next) for block in drawn.carved])
    work.append(entry)


def add_waybills(work: Work, org: Ref, waybills: Sequence[Waybill], *, entry: Entry) -> None:
    """Write a batch of waybills."""
    work.add_rows(
        WAYBILLS,
        [
            (
                org,
                bill.shard,
                bill.ref,
                bill.number,
                bill.merchant,
                bill.destination,
                bill.pieces,
                bill.token,
                bill.rules,
                bill.made_ms,
                bill.batch,
                bill.item,
                int(bill.specimen),
            )
            for bill in waybills
        ],
    )
    work.append(entry)


def forget(work: Work, *, org: Ref, shard: Shard, refs: Sequence[Ref], entry: Entry) -> None:
    """Take the mark of the label's token away from some waybills: a label that is found leads nowhere."""
    for ref in refs:
        work.change(
            update(WAYBILLS).where(WAYBILLS.c.org_id == org, WAYBILLS.c.shard == shard, WAYBILLS.c.ref == ref).values(token=b"")
        )
    work.append(entry)


def waybills(reading: Reading, *, org: Ref, shard: Shard, refs: Sequence[Ref]) -> list[Waybill]:
    """Return the waybills of some references."""
    found = reading.rows_among(
        _WAYBILL,
        fixed=((WAYBILLS.c.org_id, org), (WAYBILLS.c.shard, shard)),
        key=(WAYBILLS.c.ref,),
        values=[(ref,) for ref in refs],
    )
    return [_waybill(row) for row in found]


def waybill_by_number(reading: Reading, *, org: Ref, shard: Shard, number: str) -> Waybill | None:
    """Return the waybill with this number, or None."""
    row = reading.first(
        select(*_WAYBILL).where(WAYBILLS.c.org_id == org, WAYBILLS.c.shard == shard, WAYBILLS.c.number == number)
    )
    return _waybill(row) if row else None


def waybills_by_number(reading: Reading, *, org: Ref, shard: Shard, numbers: Sequence[str]) -> list[Waybill]:
    """Return the waybills with some of these numbers."""
    found = reading.rows_among(
        _WAYBILL,
        fixed=((WAYBILLS.c.org_id, org), (WAYBILLS.c.shard, shard)),
        key=(WAYBILLS.c.number,),
        values=[(number,) for number in numbers],
    )
    return [_waybill(row) for row in found]


def waybills_of_batch(reading: Reading, *, org: Ref, shard: Shard, batch: Ref) -> list[Waybill]:
    """Return a batch's waybills in the order of its items: their references begin with the batch's own moment."""
    moment = bytes(batch[:TIME_BYTES])
    after = (int.from_bytes(moment, "big") + 1).to_bytes(TIME_BYTES, "big")
    rows = reading.rows(
        select(*_WAYBILL)
        .where(
            WAYBILLS.c.org_id == org,
            WAYBILLS.c.shard == shard,
            WAYBILLS.c.ref >= moment,
            WAYBILLS.c.ref < after,
            WAYBILLS.c.batch == batch,
        )
        .order_by(WAYBILLS.c.item)
    )
    return [_waybill(row) for row in rows]


def each_waybill(reading: Reading) -> Iterator[Waybill]:
    """Walk every waybill of the node in the order of organisation, shard and reference."""
    for row in reading.each(select(*_WAYBILL).order_by(WAYBILLS.c.org_id, WAYBILLS.c.shard, WAYBILLS.c.ref)):
        yield _waybill(row)


def count(reading: Reading, org: Ref) -> int:
    """Return how many waybills an organisation has."""
    row = reading.first(select(func.count()).select_from(WAYBILLS).where(WAYBILLS.c.org_id == org))
    return int(row[0]) if row else 0


def taken_in_blocks(reading: Reading, org: Ref, *, of: Sequence[Ref]) -> int:
    """Return how many numbers were taken from the organisation's blocks of the ranges ``of``."""
    taken = func.sum(BLOCKS.c.next - BLOCKS.c.first)
    row = reading.first(select(taken).where(BLOCKS.c.org_id == org, BLOCKS.c.range_ref.in_(of)))
    return int(row[0] or 0) if row else 0


def _waybill(row: Sequence[Any]) -> Waybill:
    ref, shard, number, merchant, destination, pieces, token, rules, made_ms, batch, item, specimen = row
    return Waybill(
        ref=Ref(bytes(ref)),
        shard=Shard(shard),
        number=number,
        merchant=merchant,
        destination=destination,
        pieces=pieces,
        token=bytes(token),
        rules=rules,
        made_ms=made_ms,
        batch=Ref(bytes(batch)),
        item=item,
        specimen=bool(specimen),
    )
