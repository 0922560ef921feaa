"""SQL of the vault: sealed parties, blind indexes, leases of key leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Column, Row, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from yinji.db.schema import BINARY, NUMBER, SMALL, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.purpose import PartyRole
from yinji.vault.model import SealedParcel

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
PHONES: Final = table(
    "vault_phones",
    *place(),
    Column("bucket", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("tag", BINARY, primary_key=True, nullable=False),
    Column("parcel", BINARY, primary_key=True, nullable=False),
)
ORDERS: Final = table(
    "vault_orders",
    *place(),
    Column("bucket", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("tag", BINARY, primary_key=True, nullable=False),
    Column("digest", BINARY, nullable=False),
    Column("parcel", BINARY, nullable=False),
)
LEAF_BLOCKS: Final = table(
    "vault_leaf_blocks",
    *place(),
    Column("period", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("next_block", NUMBER, nullable=False),
    tended=True,
)

ROLE_CODES: Final = {PartyRole.RECIPIENT: 1, PartyRole.SENDER: 2}

_IN_MAX: Final = 400
"""Values in one IN list: two a pair, well under SQLite's 32,766 parameters and the planner's patience."""


def add_parcels(work: Work, parcels: Sequence[SealedParcel], *, entry: Entry) -> None:
    """Write sealed parcels: two parties, their index rows, one order row each."""
    work.add_rows(PARTIES, [row for parcel in parcels for row in parcel.parties])
    work.add_rows(PHONES, [row for parcel in parcels for row in parcel.phones])
    work.add_rows(ORDERS, [parcel.order for parcel in parcels])
    work.append(entry)


def add_party(work: Work, row: tuple[object, ...], *, entry: Entry) -> None:
    """Write one sealed party that belongs to no order: a node's own sender."""
    work.add_rows(PARTIES, [row])
    work.append(entry)


def drop_party(work: Work, *, org: Ref, shard: Shard, parcel: Ref, role: PartyRole, entry: Entry) -> None:
    """Remove one party's row, before another takes its place."""
    work.change(PARTIES.delete().where(*_is(org, shard, parcel, role)))
    work.append(entry)


def party(reading: Reading, *, org: Ref, shard: Shard, parcel: Ref, role: PartyRole) -> Row[Any] | None:
    """Return a party's row, or None."""
    return reading.first(select(PARTIES).where(*_is(org, shard, parcel, role)))


def recipients(reading: Reading, *, org: Ref, shard: Shard, parcels: Sequence[Ref]) -> list[Row[Any]]:
    """Return the recipients' rows of some parcels."""
    found: list[Row[Any]] = []
    for some in _slices(parcels):
        found += reading.rows(
            select(PARTIES).where(
                PARTIES.c.org_id == org,
                PARTIES.c.shard == shard,
                PARTIES.c.parcel.in_(some),
                PARTIES.c.role == ROLE_CODES[PartyRole.RECIPIENT],
            )
        )
    return found


def orders(reading: Reading, *, org: Ref, shard: Shard, keys: Sequence[tuple[int, bytes]]) -> list[Row[Any]]:
    """Return the rows of known orders among ``keys`` (bucket, tag)."""
    found: list[Row[Any]] = []
    by_bucket: dict[int, list[bytes]] = {}
    for bucket, tag in keys:
        by_bucket.setdefault(bucket, []).append(tag)
    for bucket, tags in by_bucket.items():
        for some in _slices(sorted(tags)):
            found += reading.rows(
                select(ORDERS).where(
                    ORDERS.c.org_id == org, ORDERS.c.shard == shard, ORDERS.c.bucket == bucket, ORDERS.c.tag.in_(some)
                )
            )
    return found


def parcels_by_phone(reading: Reading, *, org: Ref, shard: Shard, keys: Sequence[tuple[int, bytes]]) -> list[Ref]:
    """Return the parcels whose recipient's phone has one of the tags, newest bucket first."""
    found: list[Row[Any]] = []
    for some in _slices(keys):
        found += reading.rows(
            select(PHONES.c.bucket, PHONES.c.parcel).where(
                PHONES.c.org_id == org, PHONES.c.shard == shard, tuple_(PHONES.c.bucket, PHONES.c.tag).in_(some)
            )
        )
    return [Ref(row.parcel) for row in sorted(found, key=lambda row: (row.bucket, row.parcel), reverse=True)]


def lease_block(work: Work, *, org: Ref, shard: Shard, period: int) -> int:
    """Take the next block of key leaves of a shard and period; no two processes get the same."""
    make = sqlite.insert if work.dialect == "sqlite" else postgresql.insert
    statement = (
        make(LEAF_BLOCKS)
        .values(org_id=org, shard=shard, period=period, next_block=1)
        .on_conflict_do_update(index_elements=["org_id", "shard", "period"], set_={"next_block": LEAF_BLOCKS.c.next_block + 1})
        .returning(LEAF_BLOCKS.c.next_block)
    )
    return int(work.changed_rows(statement)[0].next_block) - 1


def _is(org: Ref, shard: Shard, parcel: Ref, role: PartyRole) -> tuple[Any, ...]:
    return (
        PARTIES.c.org_id == org,
        PARTIES.c.shard == shard,
        PARTIES.c.parcel == parcel,
        PARTIES.c.role == ROLE_CODES[role],
    )


def _slices(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[at : at + _IN_MAX] for at in range(0, len(values), _IN_MAX))
