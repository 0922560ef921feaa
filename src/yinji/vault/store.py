"""SQL of the vault: sealed parties and blind indexes. That of periods stands in `periods/`, that of erasures in `erasing/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Column, Table, and_, bindparam, exists, func, or_, select, update

from yinji.db.schema import BINARY, NUMBER, SMALL, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.purpose import PartyRole
from yinji.keys.index_keys import SLICE_BITS
from yinji.vault.buckets import UNDATED
from yinji.vault.model import IndexRow, PartyRow, SealedParcel

PARTIES: Final = table(
    "vault_parties",
    *place(),
    Column("parcel", BINARY, primary_key=True, nullable=False),
    Column("role", SMALL, primary_key=True, nullable=False, autoincrement=False),
    Column("ref", BINARY, nullable=False),
    Column("period", NUMBER, nullable=False),
    Column("leaf", NUMBER, nullable=False),
    Column("sealed_values", BINARY, nullable=False),
    Column("sealed_masks", BINARY, nullable=False),
)


def _index(name: str) -> Table:
    return table(
        name,
        *place(),
        Column("bucket", NUMBER, primary_key=True, nullable=False, autoincrement=False),
        Column("tag", BINARY, primary_key=True, nullable=False),
        Column("parcel", BINARY, primary_key=True, nullable=False),
    )


PHONES: Final = _index("vault_phones")
TAILS: Final = _index("vault_tails")
ORDERS: Final = table(
    "vault_orders",
    *place(),
    Column("bucket", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("tag", BINARY, primary_key=True, nullable=False),
    Column("parcel", BINARY, nullable=False),  # not in the key: an order has one waybill
)
INDEXES: Final = (PHONES, ORDERS, TAILS)
"""In the order of their uses' numbers."""

ROLE_CODES: Final = {PartyRole.RECIPIENT: 1, PartyRole.SENDER: 2}
ROLES: Final = {code: role for role, code in ROLE_CODES.items()}
_RECIPIENT: Final = ROLE_CODES[PartyRole.RECIPIENT]
_ROLE_LAST: Final = max(ROLES)
_LAST_PIECE: Final = (1 << SLICE_BITS) - 1

_PARTY: Final = (
    PARTIES.c.org_id,
    PARTIES.c.parcel,
    PARTIES.c.ref,
    PARTIES.c.period,
    PARTIES.c.leaf,
    PARTIES.c.sealed_values,
    PARTIES.c.sealed_masks,
    PARTIES.c.role,
)
_LIVES: Final = exists().where(
    PARTIES.c.org_id == ORDERS.c.org_id,
    PARTIES.c.shard == ORDERS.c.shard,
    PARTIES.c.parcel == ORDERS.c.parcel,
    PARTIES.c.role == _RECIPIENT,
)
"""An order whose recipient is there."""

_UNDATED: Final = (
    select(ORDERS.c.bucket)
    .where(ORDERS.c.org_id == bindparam("of_org"), ORDERS.c.shard == bindparam("of_shard"), ORDERS.c.bucket == UNDATED)
    .limit(1)
)
"""Asked twice a batch, so built once: to build it takes three times as long as to ask it."""


def add_parcels(work: Work, parcels: Sequence[SealedParcel], *, entry: Entry) -> None:
    """Write sealed parcels: two parties, a row of each index."""
    work.add_rows(PARTIES, [row for parcel in parcels for row in parcel.parties])
    work.add_rows(PHONES, [parcel.phone for parcel in parcels])
    work.add_rows(TAILS, [parcel.tail for parcel in parcels])
    work.add_rows(ORDERS, [parcel.order for parcel in parcels])
    work.append(entry)


def keep_party(
    work: Work, row: tuple[object, ...], *, org: Ref, shard: Shard, parcel: Ref, role: PartyRole, entry: Entry
) -> None:
    """Write one sealed party that belongs to no order, in place of the one before: a node's own sender."""
    work.alone(PARTIES)
    work.change(PARTIES.delete().where(*_is(org, shard, parcel, role)))
    work.add_rows(PARTIES, [row])
    work.append(entry)


def replace_parties(work: Work, rows: Sequence[tuple[Any, ...]], *, entry: Entry) -> None:
    """Write parties sealed anew in place of the same parties' rows."""
    for row in rows:
        org, shard, parcel, role, ref, period, leaf, values, masks = row
        work.change(
            update(PARTIES)
            .where(*_is(org, shard, parcel, ROLES[role]), PARTIES.c.ref == ref)
            .values(period=period, leaf=leaf, sealed_values=values, sealed_masks=masks)
        )
    work.append(entry)


def party(reading: Reading, *, org: Ref, shard: Shard, parcel: Ref, role: PartyRole) -> PartyRow | None:
    """Return a party's row, or None."""
    row = reading.first(select(*_PARTY).where(*_is(org, shard, parcel, role)))
    return PartyRow._make(row) if row else None


def parties(reading: Reading, *, org: Ref, shard: Shard, of: Sequence[tuple[Ref, PartyRole]]) -> list[PartyRow]:
    """Return the rows of some parties, each named by parcel and role; order is not kept."""
    found = reading.rows_among(
        _PARTY,
        fixed=((PARTIES.c.org_id, org), (PARTIES.c.shard, shard)),
        key=(PARTIES.c.parcel, PARTIES.c.role),
        values=[(parcel, ROLE_CODES[role]) for parcel, role in of],
    )
    return [PartyRow(*row) for row in found]


def recipients(reading: Reading, *, org: Ref, shard: Shard, parcels: Sequence[Ref]) -> list[PartyRow]:
    """Return the recipients' rows of some parcels."""
    return parties(reading, org=org, shard=shard, of=[(parcel, PartyRole.RECIPIENT) for parcel in parcels])


def parties_after(
    reading: Reading, *, org: Ref, shard: Shard, after: bytes, limit: int, role: int = _ROLE_LAST, period: int | None = None
) -> list[PartyRow]:
    """Return up to ``limit`` parties after ``role`` of the parcel ``after``, in order: of one period, or of any."""
    beyond = or_(PARTIES.c.parcel > after, and_(PARTIES.c.parcel == after, PARTIES.c.role > role))
    statement = select(*_PARTY).where(PARTIES.c.org_id == org, PARTIES.c.shard == shard, PARTIES.c.parcel >= after, beyond)
    if period is not None:
        statement = statement.where(PARTIES.c.period == period)
    rows = reading.rows(statement.order_by(PARTIES.c.parcel, PARTIES.c.role).limit(limit))
    return [PartyRow._make(row) for row in rows]


def parties_by_period(reading: Reading, *, org: Ref) -> dict[int, int]:
    """Return how many parties of an organisation stand in each period."""
    counted = select(PARTIES.c.period, func.count().label("n")).where(PARTIES.c.org_id == org).group_by(PARTIES.c.period)
    return {int(row.period): int(row.n) for row in reading.rows(counted)}


def sampled_parties(reading: Reading, *, limit: int) -> list[PartyRow]:
    """Return up to ``limit`` parties of the node, at even distances."""
    counted = reading.first(select(func.count()).select_from(PARTIES))
    step = max(1, -(-(int(counted[0]) if counted else 0) // limit))
    order = (PARTIES.c.org_id, PARTIES.c.shard, PARTIES.c.parcel, PARTIES.c.role)
    numbered = select(*_PARTY, func.row_number().over(order_by=order).label("n")).subquery()
    chosen = select(*(numbered.c[column.name] for column in _PARTY)).where((numbered.c.n - 1) % step == 0)
    return [PartyRow._make(row) for row in reading.rows(chosen)]


def delete_parties(work: Work, rows: Sequence[PartyRow], *, shard: Shard, entry: Entry) -> int:
    """Delete some parties' rows; return how many there were."""
    met = sum(
        work.change(
            PARTIES.delete().where(*_is(Ref(row.org_id), shard, Ref(row.parcel), ROLES[row.role]), PARTIES.c.ref == row.ref)
        )
        for row in rows
    )
    work.append(entry)
    return met


def rows_of_slice(reading: Reading, use: int, *, org: Ref, shard: Shard, bucket: int, piece: int) -> list[IndexRow]:
    """Return the index rows of one slice of one bucket: their tags begin with its byte."""
    index = INDEXES[use]
    statement = select(index.c.bucket, index.c.tag, index.c.parcel).where(
        index.c.org_id == org, index.c.shard == shard, index.c.bucket == bucket, index.c.tag >= bytes((piece,))
    )
    if piece < _LAST_PIECE:  # no byte comes after it
        statement = statement.where(index.c.tag < bytes((piece + 1,)))
    return [IndexRow(row.bucket, bytes(row.tag), Ref(bytes(row.parcel))) for row in reading.rows(statement)]


def replace_index_rows(
    work: Work,
    use: int,
    *,
    org: Ref,
    shard: Shard,
    gone: Sequence[IndexRow],
    fresh: Sequence[IndexRow],
    entry: Entry,
) -> None:
    """Take index rows away and write others."""
    index = INDEXES[use]
    work.remove_rows(index, [(org, shard, *row) for row in (*gone, *fresh)])  # another run may have written the fresh ones
    work.add_rows(index, [(org, shard, *row) for row in fresh])
    work.append(entry)


def clear_indexes(work: Work, *, org: Ref, shard: Shard, entry: Entry) -> None:
    """Delete every index row of a shard: they are about to be made anew from the parties."""
    for index in INDEXES:
        work.change(index.delete().where(index.c.org_id == org, index.c.shard == shard))
    work.append(entry)


def delete_buckets(work: Work, *, org: Ref, shard: Shard, first: int, end: int, entry: Entry) -> None:
    """Delete every index row of the buckets from ``first`` to ``end`` (exclusive)."""
    for index in INDEXES:
        work.change(
            index.delete().where(index.c.org_id == org, index.c.shard == shard, index.c.bucket >= first, index.c.bucket < end)
        )
    work.append(entry)


def any_undated(reading: Reading, *, org: Ref, shards: int) -> bool:
    """Tell whether any order stands in the bucket of the undated."""
    return any(reading.first(_UNDATED, {"of_org": org, "of_shard": shard}) is not None for shard in range(shards))


def living_orders(reading: Reading, *, org: Ref, shard: Shard, first: int, end: int, limit: int) -> list[IndexRow]:
    """Return up to ``limit`` order rows of the buckets from ``first`` to ``end`` (exclusive) whose recipients are there."""
    statement = (
        select(ORDERS.c.bucket, ORDERS.c.tag, ORDERS.c.parcel)
        .where(ORDERS.c.org_id == org, ORDERS.c.shard == shard, ORDERS.c.bucket >= first, ORDERS.c.bucket < end, _LIVES)
        .limit(limit)
    )
    return [IndexRow(row.bucket, bytes(row.tag), Ref(bytes(row.parcel))) for row in reading.rows(statement)]


def delete_orphan_orders(work: Work, *, org: Ref, shard: Shard, entry: Entry) -> None:
    """Delete every order row whose recipient is gone."""
    work.change(ORDERS.delete().where(ORDERS.c.org_id == org, ORDERS.c.shard == shard, ~_LIVES))
    work.append(entry)


def replace_labels(work: Work, labels: Sequence[tuple[PartyRow, bytes]], *, shard: Shard, entry: Entry) -> None:
    """Write sealed masks in place of those that some parties have."""
    for row, sealed in labels:
        own = _is(Ref(row.org_id), shard, Ref(row.parcel), ROLES[row.role])
        work.change(update(PARTIES).where(*own, PARTIES.c.ref == row.ref).values(sealed_masks=sealed))
    work.append(entry)


def orders(reading: Reading, *, org: Ref, shard: Shard, keys: Sequence[tuple[int, bytes]]) -> dict[bytes, Ref]:
    """Return, by tag, the parcels of those of ``keys`` (bucket, tag) that have a waybill already."""
    found = reading.rows_among(
        (ORDERS.c.tag, ORDERS.c.parcel),
        fixed=((ORDERS.c.org_id, org), (ORDERS.c.shard, shard)),
        key=(ORDERS.c.bucket, ORDERS.c.tag),
        values=keys,
    )
    return {bytes(tag): Ref(bytes(parcel)) for tag, parcel in found}


def parcels_by(reading: Reading, use: int, *, org: Ref, shard: Shard, keys: Sequence[tuple[int, bytes]]) -> list[Ref]:
    """Return the parcels that stand under one of the tags (bucket, tag) of an index, newest bucket first, each once."""
    index = INDEXES[use]
    found = reading.rows_among(
        (index.c.bucket, index.c.parcel),
        fixed=((index.c.org_id, org), (index.c.shard, shard)),
        key=(index.c.bucket, index.c.tag),
        values=keys,
    )
    return list(dict.fromkeys(Ref(bytes(parcel)) for _, parcel in sorted(found, reverse=True)))


def rows_by_bucket(reading: Reading, use: int, *, org: Ref) -> dict[int, int]:
    """Return how many rows each bucket of an index holds."""
    index = INDEXES[use]
    counted = select(index.c.bucket, func.count().label("rows")).where(index.c.org_id == org).group_by(index.c.bucket)
    return {int(row.bucket): int(row.rows) for row in reading.rows(counted)}


def rows_by_tag(reading: Reading, use: int, *, org: Ref, bucket: int) -> list[int]:
    """Return how many rows stand under each tag of a bucket."""
    index = INDEXES[use]
    counted = select(func.count().label("rows")).where(index.c.org_id == org, index.c.bucket == bucket).group_by(index.c.tag)
    return [int(row.rows) for row in reading.rows(counted)]


def newest_bucket(reading: Reading, *, org: Ref, shard: Shard) -> int | None:
    """Return the newest bucket that holds a phone, or None where there is none."""
    row = reading.first(select(func.max(PHONES.c.bucket)).where(PHONES.c.org_id == org, PHONES.c.shard == shard))
    return int(row[0]) if row and row[0] is not None else None


def totals(reading: Reading) -> tuple[int, int]:
    """Return how many parties of parcels and how many order rows there are on the node."""
    parties_ = reading.first(select(func.count()).select_from(PARTIES).where(PARTIES.c.parcel != PARTIES.c.org_id))
    orders_ = reading.first(select(func.count()).select_from(ORDERS))
    return (int(parties_[0]) if parties_ else 0), (int(orders_[0]) if orders_ else 0)


def _is(org: Ref, shard: Shard, parcel: Ref, role: PartyRole) -> tuple[Any, ...]:
    return (
        PARTIES.c.org_id == org,
        PARTIES.c.shard == shard,
        PARTIES.c.parcel == parcel,
        PARTIES.c.role == ROLE_CODES[role],
    )
