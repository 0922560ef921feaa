"""SQL of number ranges, their intervals and blocks, reservations, and counters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, Row, and_, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from yinji.db.schema import BINARY, MOMENT, NUMBER, SMALL, TEXT, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.faults import Fault
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Block, BlockMove, Change, Interval, NumberRange, NumberState, Reservation

RANGES: Final = table(
    "waybill_ranges",
    *place(),
    Column("ref", BINARY, primary_key=True, nullable=False),
    Column("prefix", TEXT, nullable=False),
    Column("digits", SMALL, nullable=False),
    Column("first", NUMBER, nullable=False),
    Column("last", NUMBER, nullable=False),
    Column("specimen", SMALL, nullable=False),
    Column("format", TEXT, nullable=False),
    Column("brand", TEXT, nullable=False),
    Column("suffix", TEXT, nullable=False),
)
BLOCKS: Final = table(
    "waybill_blocks",
    *place(),
    Column("range_ref", BINARY, primary_key=True, nullable=False),
    Column("first", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("last", NUMBER, nullable=False),
    Column("next", NUMBER, nullable=False),
    Column("owner", TEXT, nullable=False),
)
INTERVALS: Final = table(
    "waybill_intervals",
    *place(),
    Column("range_ref", BINARY, primary_key=True, nullable=False),
    Column("first", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("last", NUMBER, nullable=False),
    Column("state", SMALL, nullable=False),
    Column("owner", TEXT, nullable=False),
    Column("until_ms", MOMENT, nullable=False),
    Column("holder", BINARY, nullable=False),
)
RESERVATIONS: Final = table(
    "waybill_reservations",
    *place(),
    Column("key", TEXT, primary_key=True, nullable=False),
    Column("ref", BINARY, nullable=False),
    Column("owner", TEXT, nullable=False),
    Column("wanted", NUMBER, nullable=False),
    Column("made_ms", MOMENT, nullable=False),
    Column("until_ms", MOMENT, nullable=False),
    Column("confirmed_ms", MOMENT, nullable=False),
)
RESERVED: Final = table(
    "waybill_reserved",
    *place(),
    Column("key", TEXT, primary_key=True, nullable=False),
    Column("range_ref", BINARY, primary_key=True, nullable=False),
    Column("first", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("last", NUMBER, nullable=False),
)
COUNTS: Final = table(
    "waybill_counts",
    *place(),
    Column("owner", TEXT, primary_key=True, nullable=False),
    Column("printed", NUMBER, nullable=False),
    Column("voided", NUMBER, nullable=False),
)

_MOVE: Final = (
    update(BLOCKS)
    .where(
        BLOCKS.c.org_id == bindparam("of_org"),
        BLOCKS.c.shard == bindparam("of_shard"),
        BLOCKS.c.range_ref == bindparam("of_range"),
        BLOCKS.c.first == bindparam("of_first"),
        BLOCKS.c.next == bindparam("was_next"),
        BLOCKS.c.last == bindparam("was_last"),
    )
    .values(next=bindparam("to_next"), last=bindparam("to_last"))
)
_BLOCK: Final = (BLOCKS.c.range_ref, BLOCKS.c.first, BLOCKS.c.last, BLOCKS.c.next, BLOCKS.c.owner, BLOCKS.c.shard)
_OPEN: Final = (
    select(*_BLOCK)
    .where(
        BLOCKS.c.org_id == bindparam("of_org"),
        BLOCKS.c.shard == bindparam("of_shard"),
        BLOCKS.c.range_ref.in_(bindparam("ranges", expanding=True)),
        BLOCKS.c.owner.in_(bindparam("owners", expanding=True)),
        BLOCKS.c.next <= BLOCKS.c.last,
    )
    .order_by(BLOCKS.c.range_ref, BLOCKS.c.first)
)
_WAITING: Final = _OPEN.with_for_update()
_PASSING: Final = _OPEN.with_for_update(skip_locked=True)
_RANGES_OF: Final = select(RANGES).where(RANGES.c.org_id == bindparam("of_org")).order_by(RANGES.c.ref)


def add_range(work: Work, org: Ref, own: NumberRange, *, entry: Entry) -> None:
    """Write a range and the one interval it begins as. Both stand in the first shard, blocks in the shard that prints."""
    row = (own.ref, own.prefix, own.digits, own.first, own.last, int(own.specimen), own.format, own.brand, own.suffix)
    work.add_rows(RANGES, [(org, FIRST_SHARD, *row)])
    work.add_rows(INTERVALS, [_interval_row(org, Interval(own.ref, own.first, own.last, NumberState.GENERATED))])
    work.append(entry)


def ranges(reading: Reading, org: Ref) -> list[NumberRange]:
    """Return an organisation's ranges in the order they were entered."""
    return [_range(row) for row in reading.rows(_RANGES_OF, {"of_org": org})]


def all_ranges_alone(work: Work) -> list[NumberRange]:
    """Return every range on this node, whoever owns it, and let nobody else enter one until the work ends.

    A number must be one parcel's among all of them.
    """
    work.alone(RANGES)
    return [_range(row) for row in work.rows(select(RANGES))]


def locked_ranges(work: Work, org: Ref) -> list[NumberRange]:
    """Return an organisation's ranges, locked: whoever cuts intervals holds this lock, and nobody else cuts meanwhile."""
    return [_range(row) for row in work.rows(_RANGES_OF.with_for_update(), {"of_org": org})]


def open_blocks(
    work: Work, *, org: Ref, shard: Shard, of: Sequence[Ref], owners: Sequence[str], passing: bool = False
) -> list[Block]:
    """Return the shard's blocks of the ranges ``of`` that still hold numbers of ``owners``, locked until the work ends.

    ``passing`` leaves out those that somebody else holds, instead of waiting for them.
    """
    given = {"of_org": org, "of_shard": shard, "ranges": list(of), "owners": list(owners)}
    return [_block(row) for row in work.rows(_PASSING if passing else _WAITING, given)]


def idle_blocks(work: Work, *, org: Ref, of: Sequence[Ref], owner: str) -> list[Block]:
    """Return the owner's blocks in every shard that hold numbers and that nobody is drawing from at this moment, locked.

    A block in use is passed over, not waited for: who waits here already holds the ranges.
    """
    rows = work.rows(
        select(*_BLOCK)
        .where(BLOCKS.c.org_id == org, BLOCKS.c.range_ref.in_(of), BLOCKS.c.owner == owner, BLOCKS.c.next <= BLOCKS.c.last)
        .order_by(BLOCKS.c.range_ref, BLOCKS.c.first)
        .with_for_update(skip_locked=True)
    )
    return [_block(row) for row in rows]


def blocks(reading: Reading, org: Ref) -> list[Block]:
    """Return every block of an organisation."""
    return [_block(row) for row in reading.rows(select(*_BLOCK).where(BLOCKS.c.org_id == org))]


def held(reading: Reading, org: Ref) -> list[tuple[Ref, str, int, int]]:
    """Return, of each range and owner, how many numbers were taken from their blocks and how many are left in them."""
    taken, left = func.sum(BLOCKS.c.next - BLOCKS.c.first), func.sum(BLOCKS.c.last + 1 - BLOCKS.c.next)
    rows = reading.rows(
        select(BLOCKS.c.range_ref, BLOCKS.c.owner, taken, left)
        .where(BLOCKS.c.org_id == org)
        .group_by(BLOCKS.c.range_ref, BLOCKS.c.owner)
    )
    return [(Ref(bytes(ref)), owner, int(used), int(unused)) for ref, owner, used, unused in map(tuple, rows)]


def intervals(reading: Reading, org: Ref) -> list[Interval]:
    """Return every interval of an organisation in order."""
    rows = reading.rows(select(INTERVALS).where(INTERVALS.c.org_id == org).order_by(INTERVALS.c.range_ref, INTERVALS.c.first))
    return [
        Interval(
            Ref(bytes(row.range_ref)), row.first, row.last, NumberState(row.state), row.owner, row.until_ms, bytes(row.holder)
        )
        for row in rows
    ]


def has_allocated(reading: Reading, *, org: Ref, owner: str) -> bool:
    """Tell whether an owner has allocated numbers that no shard has yet."""
    mine = (INTERVALS.c.org_id == org, INTERVALS.c.shard == FIRST_SHARD, INTERVALS.c.owner == owner)
    wanted = select(INTERVALS.c.first).where(*mine, INTERVALS.c.state == int(NumberState.ALLOCATED)).limit(1)
    return reading.first(wanted) is not None


def keep_change(work: Work, change: Change, *, org: Ref, entry: Entry) -> None:
    """Write what became of intervals; the caller holds the ranges."""
    work.remove_rows(INTERVALS, [_interval_row(org, each) for each in change.gone])
    work.add_rows(INTERVALS, [_interval_row(org, each) for each in change.come])
    work.append(entry)


def keep_blocks(work: Work, moves: Sequence[BlockMove], carved: Sequence[Block], *, org: Ref, entry: Entry) -> None:
    """Write what became of blocks; raises NUMBERS_DISAGREE where one is no longer what it was when numbers were taken from it."""
    for was, after in moves:
        found = _key(org, was) | {"was_next": was.next, "was_last": was.last}
        if after is None:
            met = work.change(delete(BLOCKS).where(_is(org, was)))
        else:
            met = work.change(_MOVE, found | {"to_next": after.next, "to_last": after.last})
        if met != 1:
            raise Fault(Refusal.NUMBERS_DISAGREE, f"{was.first}..{was.last}")
    work.add_rows(BLOCKS, [(org, each.shard, each.range_ref, each.first, each.last, each.next, each.owner) for each in carved])
    work.append(entry)


def reservation(reading: Reading, *, org: Ref, key: str) -> Reservation | None:
    """Return the reservation made under ``key``, or None."""
    mine = (RESERVATIONS.c.org_id == org, RESERVATIONS.c.shard == FIRST_SHARD, RESERVATIONS.c.key == key)
    row = reading.first(select(RESERVATIONS).where(*mine))
    if row is None:
        return None
    got = reading.rows(
        select(RESERVED.c.range_ref, RESERVED.c.first, RESERVED.c.last)
        .where(RESERVED.c.org_id == org, RESERVED.c.shard == FIRST_SHARD, RESERVED.c.key == key)
        .order_by(RESERVED.c.range_ref, RESERVED.c.first)
    )
    return Reservation(
        ref=Ref(bytes(row.ref)),
        key=row.key,
        owner=row.owner,
        wanted=row.wanted,
        made_ms=row.made_ms,
        until_ms=row.until_ms,
        confirmed_ms=row.confirmed_ms,
        got=tuple((Ref(bytes(range_ref)), first, last) for range_ref, first, last in map(tuple, got)),
    )


def add_reservation(work: Work, made: Reservation, *, org: Ref, entry: Entry) -> None:
    """Write a reservation and what it got."""
    row = (made.key, made.ref, made.owner, made.wanted, made.made_ms, made.until_ms, made.confirmed_ms)
    work.add_rows(RESERVATIONS, [(org, FIRST_SHARD, *row)])
    work.add_rows(RESERVED, [(org, FIRST_SHARD, made.key, *piece) for piece in made.got])
    work.append(entry)


def confirm(work: Work, *, org: Ref, key: str, at_ms: int, entry: Entry) -> None:
    """Write that a reservation was confirmed."""
    work.change(
        update(RESERVATIONS)
        .where(RESERVATIONS.c.org_id == org, RESERVATIONS.c.shard == FIRST_SHARD, RESERVATIONS.c.key == key)
        .values(confirmed_ms=at_ms)
    )
    work.append(entry)


def _adding(insert: Any) -> Any:  # noqa: ANN401 - the two dialects' inserts share no public type
    names = ("printed", "voided")
    marks: dict[str, Any] = {name: bindparam(f"more_{name}") for name in names}
    added = insert.values(org_id=bindparam("of_org"), shard=bindparam("of_shard"), owner=bindparam("of_owner"), **marks)
    sums = {name: COUNTS.c[name] + added.excluded[name] for name in names}
    return added.on_conflict_do_update(index_elements=["org_id", "shard", "owner"], set_=sums)


_ADDING: Final = {"sqlite": _adding(sqlite.insert(COUNTS)), "postgresql": _adding(postgresql.insert(COUNTS))}


def add_counts(
    work: Work, *, org: Ref, shard: Shard, printed: Mapping[str, int], voided: Mapping[str, int], entry: Entry
) -> None:
    """Add to what was counted, of each owner, of waybills printed and voided."""
    for owner in sorted({*printed, *voided}):
        more = {"more_printed": printed.get(owner, 0), "more_voided": voided.get(owner, 0)}
        work.change(_ADDING[work.dialect], {"of_org": org, "of_shard": shard, "of_owner": owner} | more)
    work.append(entry)


def counts(reading: Reading, org: Ref) -> dict[str, tuple[int, int]]:
    """Return, of each owner, how many waybills were printed and how many voided."""
    printed, voided = func.sum(COUNTS.c.printed), func.sum(COUNTS.c.voided)
    rows = reading.rows(select(COUNTS.c.owner, printed, voided).where(COUNTS.c.org_id == org).group_by(COUNTS.c.owner))
    return {owner: (int(prints), int(voids)) for owner, prints, voids in map(tuple, rows)}


def taken_in_blocks(reading: Reading, org: Ref) -> int:
    """Return how many numbers were taken from the organisation's blocks."""
    row = reading.first(select(func.sum(BLOCKS.c.next - BLOCKS.c.first)).where(BLOCKS.c.org_id == org))
    return int(row[0] or 0) if row else 0


def _key(org: Ref, own: Block) -> dict[str, Any]:
    return {"of_org": org, "of_shard": own.shard, "of_range": own.range_ref, "of_first": own.first}


def _is(org: Ref, own: Block) -> Any:  # noqa: ANN401 - a clause of SQLAlchemy
    same = (BLOCKS.c.org_id == org, BLOCKS.c.shard == own.shard, BLOCKS.c.range_ref == own.range_ref)
    return and_(*same, BLOCKS.c.first == own.first, BLOCKS.c.next == own.next, BLOCKS.c.last == own.last)


def _interval_row(org: Ref, each: Interval) -> tuple[Any, ...]:
    state = int(each.state)
    return (org, FIRST_SHARD, each.range_ref, each.first, each.last, state, each.owner, each.until_ms, each.holder)


def _range(row: Row[Any]) -> NumberRange:
    return NumberRange(
        Ref(bytes(row.ref)),
        row.prefix,
        row.digits,
        row.first,
        row.last,
        bool(row.specimen),
        row.format,
        row.brand,
        row.suffix,
    )


def _block(row: Sequence[Any]) -> Block:
    range_ref, first, last, following, owner, shard = row
    return Block(Ref(bytes(range_ref)), first, last, following, owner, Shard(shard))
