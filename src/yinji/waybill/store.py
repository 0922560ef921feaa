"""SQL of waybills, and of the numbers of their further packages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final, NamedTuple

from sqlalchemy import Column, Index, Row, bindparam, case, func, select, union_all, update

from yinji.db.schema import BINARY, MOMENT, NUMBER, SMALL, TEXT, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref, Shard
from yinji.waybill.model import NumberState, Waybill, WaybillKind

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
    Column("outlet", TEXT, nullable=False),
    Column("channel", TEXT, nullable=False),
    Column("kind", SMALL, nullable=False),
    Column("state", SMALL, nullable=False),
    Column("prints", NUMBER, nullable=False),
    Column("owner", TEXT, nullable=False),
    Column("item_version", SMALL, nullable=False),
    Column("packages", NUMBER, nullable=False),
    Index("ux_waybill_waybills_number", "org_id", "shard", "number", unique=True),
)

SUBS: Final = table(
    "waybill_subs",
    *place(),
    Column("parcel", BINARY, primary_key=True, nullable=False),
    Column("n", SMALL, primary_key=True, nullable=False, autoincrement=False),
    Column("number", TEXT, nullable=False),
    Index("ux_waybill_subs_number", "org_id", "shard", "number", unique=True),
)

TIME_BYTES: Final = 6
"""A reference begins with its moment in milliseconds (RFC 9562, 5.7)."""

_REFS_MAX: Final = 5_000
"""References in one statement: well under SQLite's 32,766 parameters (sqlite.org, limits)."""

_WAYBILL: Final = tuple(column for column in WAYBILLS.columns if column.name != "org_id")
_SUB: Final = (SUBS.c.parcel, SUBS.c.n, SUBS.c.number)
_SHARDED: Final = (WAYBILLS.c.org_id == bindparam("of_org"), WAYBILLS.c.shard == bindparam("of_shard"))
_LIVE: Final = WAYBILLS.c.state != int(NumberState.VOIDED)
_NUMBERED: Final = union_all(
    select(WAYBILLS.c.ref).where(*_SHARDED, WAYBILLS.c.number == bindparam("sought"), _LIVE),
    select(WAYBILLS.c.ref)
    .join_from(
        SUBS,
        WAYBILLS,
        (WAYBILLS.c.org_id == SUBS.c.org_id) & (WAYBILLS.c.shard == SUBS.c.shard) & (WAYBILLS.c.ref == SUBS.c.parcel),
    )
    .where(
        SUBS.c.org_id == bindparam("of_org"), SUBS.c.shard == bindparam("of_shard"), SUBS.c.number == bindparam("sought"), _LIVE
    ),
)
_PRINTING: Final = (
    update(WAYBILLS)
    .values(
        prints=WAYBILLS.c.prints + 1,
        state=case((WAYBILLS.c.state == int(NumberState.ISSUED), int(NumberState.PRINTED)), else_=WAYBILLS.c.state),
    )
    .where(*_SHARDED, _LIVE)
    .returning(WAYBILLS.c.owner, WAYBILLS.c.prints, WAYBILLS.c.specimen)
)
_PRINT_BATCH: Final = _PRINTING.where(
    WAYBILLS.c.ref >= bindparam("from_ref"), WAYBILLS.c.ref < bindparam("to_ref"), WAYBILLS.c.batch == bindparam("of_batch")
)
_PRINT_SOME: Final = _PRINTING.where(WAYBILLS.c.ref.in_(bindparam("refs", expanding=True)))


def add_waybills(work: Work, org: Ref, waybills: Sequence[Waybill], *, entry: Entry) -> None:
    """Write a batch of waybills, and the numbers of their further packages."""
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
                bill.outlet,
                bill.channel,
                int(bill.kind),
                int(bill.state),
                bill.prints,
                bill.owner,
                bill.item_version,
                1 + len(bill.subs),
            )
            for bill in waybills
        ],
    )
    work.add_rows(SUBS, [(org, bill.shard, bill.ref, n, number) for bill in waybills for n, number in enumerate(bill.subs, 2)])
    work.append(entry)


class Met(NamedTuple):
    """A waybill that a change met: its number's owner, how often it was printed, whether it is a specimen."""

    owner: str
    prints: int
    specimen: bool


class Standing(NamedTuple):
    """How a waybill's number stands, locked until the work ends."""

    ref: Ref
    state: NumberState
    owner: str
    specimen: bool


def print_batch(work: Work, *, org: Ref, shard: Shard, batch: Ref, entry: Entry) -> tuple[list[Met], Entry]:
    """Count one more print of each waybill of a batch but the voided; return what was met, and the entry with their count."""
    moment, after = _moment_of(batch)
    given = {"of_org": org, "of_shard": shard, "of_batch": batch, "from_ref": moment, "to_ref": after}
    met = _met(work.changed_rows(_PRINT_BATCH, given))
    stated = replace(entry, count=len(met))
    work.append(stated)
    return met, stated


def print_some(work: Work, *, org: Ref, shard: Shard, refs: Sequence[Ref], entry: Entry) -> tuple[list[Met], Entry]:
    """Count one more print of some waybills but the voided; return what was met, and the entry with their count."""
    met: list[Met] = []
    for at in range(0, len(refs), _REFS_MAX):
        given = {"of_org": org, "of_shard": shard, "refs": list(refs[at : at + _REFS_MAX])}
        met += _met(work.changed_rows(_PRINT_SOME, given))
    stated = replace(entry, count=len(met))
    work.append(stated)
    return met, stated


def locked(work: Work, *, org: Ref, shard: Shard, refs: Sequence[Ref]) -> list[Standing]:
    """Return how some waybills' numbers stand, and let nobody move them until the work ends."""
    found: list[Standing] = []
    for at in range(0, len(refs), _REFS_MAX):
        rows = work.rows(
            select(WAYBILLS.c.ref, WAYBILLS.c.state, WAYBILLS.c.owner, WAYBILLS.c.specimen)
            .where(WAYBILLS.c.org_id == org, WAYBILLS.c.shard == shard, WAYBILLS.c.ref.in_(refs[at : at + _REFS_MAX]))
            .order_by(WAYBILLS.c.ref)
            .with_for_update()
        )
        found += [Standing(Ref(bytes(row.ref)), NumberState(row.state), row.owner, bool(row.specimen)) for row in rows]
    return found


def move(work: Work, *, org: Ref, shard: Shard, refs: Sequence[Ref], to: NumberState, entry: Entry) -> None:
    """Move the numbers of waybills, which the caller has locked and found ready, into another state."""
    for at in range(0, len(refs), _REFS_MAX):
        work.change(
            update(WAYBILLS)
            .where(WAYBILLS.c.org_id == org, WAYBILLS.c.shard == shard, WAYBILLS.c.ref.in_(refs[at : at + _REFS_MAX]))
            .values(state=int(to))
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
    return _whole(reading, org, found)


def waybill_by_number(reading: Reading, *, org: Ref, shard: Shard, number: str) -> Waybill | None:
    """Return the waybill with this number, or None."""
    row = reading.first(
        select(*_WAYBILL).where(WAYBILLS.c.org_id == org, WAYBILLS.c.shard == shard, WAYBILLS.c.number == number)
    )
    return _whole(reading, org, [row])[0] if row else None


def waybills_by_number(reading: Reading, *, org: Ref, shard: Shard, numbers: Sequence[str]) -> list[Waybill]:
    """Return the waybills with some of these numbers."""
    found = reading.rows_among(
        _WAYBILL,
        fixed=((WAYBILLS.c.org_id, org), (WAYBILLS.c.shard, shard)),
        key=(WAYBILLS.c.number,),
        values=[(number,) for number in numbers],
    )
    return _whole(reading, org, found)


def parcel_numbered(reading: Reading, *, org: Ref, shard: Shard, number: str) -> Ref | None:
    """Return the parcel with this number, or with a further package of this number, unless it was voided: one statement for all of it."""
    row = reading.first(_NUMBERED, {"of_org": org, "of_shard": shard, "sought": number})
    return Ref(bytes(row.ref)) if row else None


def parcels_by_sub(reading: Reading, *, org: Ref, shard: Shard, numbers: Sequence[str]) -> dict[str, Ref]:
    """Return the parcel of each of these numbers that is a further package's."""
    found = reading.rows_among(
        (SUBS.c.number, SUBS.c.parcel),
        fixed=((SUBS.c.org_id, org), (SUBS.c.shard, shard)),
        key=(SUBS.c.number,),
        values=[(number,) for number in numbers],
    )
    return {number: Ref(bytes(parcel)) for number, parcel in found}


def waybills_of_batch(reading: Reading, *, org: Ref, shard: Shard, batch: Ref) -> list[Waybill]:
    """Return a batch's waybills in the order of its items: their references begin with the batch's own moment."""
    moment, after = _moment_of(batch)
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
    return _whole(reading, org, [tuple(row) for row in rows])


def each_waybill(reading: Reading, *, at_once: int = 1_000) -> Iterator[Waybill]:
    """Walk every waybill of the node in the order of organisation, shard and reference, ``at_once`` in memory."""
    wanted = select(WAYBILLS.c.org_id, *_WAYBILL).order_by(WAYBILLS.c.org_id, WAYBILLS.c.shard, WAYBILLS.c.ref)
    for rows in _groups(reading.each(wanted, at_once=at_once), at_once):
        for org in dict.fromkeys(row[0] for row in rows):
            yield from _whole(reading, Ref(bytes(org)), [tuple(row)[1:] for row in rows if row[0] == org])


def each_number(reading: Reading, org: Ref) -> Iterator[tuple[str, Shard, str, NumberState, int, bool]]:
    """Walk the numbers of an organisation's waybills: number, shard, owner, state, prints, specimen."""
    own = WAYBILLS.c
    wanted = select(own.number, own.shard, own.owner, own.state, own.prints, own.specimen).where(own.org_id == org)
    states = {int(state): state for state in NumberState}
    for number, shard, owner, state, prints, specimen in map(tuple, reading.each(wanted)):
        yield number, shard, owner, states[state], prints, bool(specimen)


def each_sub(reading: Reading, org: Ref) -> Iterator[tuple[str, Shard]]:
    """Walk the numbers of an organisation's further packages, with their shard."""
    for number, shard in map(tuple, reading.each(select(SUBS.c.number, SUBS.c.shard).where(SUBS.c.org_id == org))):
        yield number, Shard(shard)


def waiting(reading: Reading, *, org: Ref, shard: Shard, before_ms: int, after: Ref | None, at_once: int) -> list[Waybill]:
    """Return real waybills issued before a moment whose number is issued or printed and no more, in order, after ``after``."""
    wanted = (
        select(*_WAYBILL)
        .where(
            WAYBILLS.c.org_id == org,
            WAYBILLS.c.shard == shard,
            WAYBILLS.c.ref > (after or b""),
            WAYBILLS.c.ref < before_ms.to_bytes(TIME_BYTES, "big"),
            WAYBILLS.c.state.in_((int(NumberState.ISSUED), int(NumberState.PRINTED))),
            WAYBILLS.c.specimen == 0,
        )
        .order_by(WAYBILLS.c.ref)
        .limit(at_once)
    )
    return [_waybill(row) for row in reading.rows(wanted)]


def count_unprinted(reading: Reading, *, org: Ref, shard: Shard, since_ms: int) -> int:
    """Return how many real waybills were issued since a moment and never printed; references begin with it, so the key finds them."""
    wanted = (
        select(func.count())
        .select_from(WAYBILLS)
        .where(
            WAYBILLS.c.org_id == org,
            WAYBILLS.c.shard == shard,
            WAYBILLS.c.ref >= since_ms.to_bytes(TIME_BYTES, "big"),
            WAYBILLS.c.state == int(NumberState.ISSUED),
            WAYBILLS.c.prints == 0,
            WAYBILLS.c.specimen == 0,
        )
    )
    row = reading.first(wanted)
    return int(row[0]) if row else 0


def count(reading: Reading, org: Ref) -> int:
    """Return how many numbers an organisation's waybills and their further packages have."""
    every = (select(func.count()).select_from(each).where(each.c.org_id == org) for each in (WAYBILLS, SUBS))
    return sum(int(row[0]) for each in every if (row := reading.first(each)))


def _met(rows: Iterable[Row[Any]]) -> list[Met]:
    return [Met(row.owner, row.prints, bool(row.specimen)) for row in rows]


def _groups(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    walk = iter(rows)
    while group := list(islice(walk, size)):
        yield group


def _moment_of(batch: Ref) -> tuple[bytes, bytes]:
    """Return the references between which a batch's waybills lie: they begin with the batch's own moment."""
    moment = bytes(batch[:TIME_BYTES])
    return moment, (int.from_bytes(moment, "big") + 1).to_bytes(TIME_BYTES, "big")


def _whole(reading: Reading, org: Ref, rows: Sequence[Sequence[Any]]) -> list[Waybill]:
    """Return waybills with the numbers of their further packages; one query more only where one has any."""
    bills = [_waybill(row) for row in rows]
    several = [(bill.shard, bill.ref) for bill, row in zip(bills, rows, strict=True) if row[-1] > 1]
    if not several:
        return bills
    found = reading.rows_among(_SUB, fixed=((SUBS.c.org_id, org),), key=(SUBS.c.shard, SUBS.c.parcel), values=several)
    subs: dict[bytes, list[str]] = {}
    for parcel, _, number in sorted(found, key=lambda row: row[1]):
        subs.setdefault(bytes(parcel), []).append(number)
    return [replace(bill, subs=tuple(subs[bill.ref])) if bill.ref in subs else bill for bill in bills]


def columns_of_waybill() -> tuple[Column[Any], ...]:
    """Return the columns that `waybill_of_row` reads, in their order."""
    return _WAYBILL


def waybill_of_row(row: Sequence[Any]) -> Waybill:
    """Return a waybill as its row says, without the numbers of its further packages."""
    return _waybill(row)


def _waybill(row: Sequence[Any]) -> Waybill:
    (shard, ref, number, merchant, destination, pieces, token, rules, made_ms, batch, item, specimen, *later) = row
    outlet, channel, kind, state, prints, owner, item_version, _ = later
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
        outlet=outlet,
        channel=channel,
        kind=WaybillKind(kind),
        state=NumberState(state),
        prints=prints,
        owner=owner,
        item_version=item_version,
    )
