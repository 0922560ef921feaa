"""SQL of the vault: sealed parties, blind indexes, leases of key leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Column, func, select
from sqlalchemy.dialects import postgresql, sqlite

from yinji.db.schema import BINARY, NUMBER, SMALL, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.purpose import PartyRole
from yinji.vault.model import Known, PartyRow, SealedParcel

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

PERIODS: Final = table(
    "vault_periods",
    *place(),
    Column("period", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("key_check", BINARY, nullable=False),
    tended=True,  # says that a key exists, nothing that anybody did
)

ROLE_CODES: Final = {PartyRole.RECIPIENT: 1, PartyRole.SENDER: 2}

_PARTY: Final = (
    PARTIES.c.org_id,
    PARTIES.c.parcel,
    PARTIES.c.ref,
    PARTIES.c.period,
    PARTIES.c.leaf,
    PARTIES.c.sealed_values,
    PARTIES.c.sealed_masks,
)


def add_parcels(work: Work, parcels: Sequence[SealedParcel], *, entry: Entry) -> None:
    """Write sealed parcels: two parties, their index rows, one order row each."""
    work.add_rows(PARTIES, [row for parcel in parcels for row in parcel.parties])
    work.add_rows(PHONES, [row for parcel in parcels for row in parcel.phones])
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


def party(reading: Reading, *, org: Ref, shard: Shard, parcel: Ref, role: PartyRole) -> PartyRow | None:
    """Return a party's row, or None."""
    row = reading.first(select(*_PARTY).where(*_is(org, shard, parcel, role)))
    return PartyRow._make(row) if row else None


def recipients(reading: Reading, *, org: Ref, shard: Shard, parcels: Sequence[Ref]) -> list[PartyRow]:
    """Return the recipients' rows of some parcels."""
    found = reading.rows_among(
        _PARTY,
        fixed=((PARTIES.c.org_id, org), (PARTIES.c.shard, shard), (PARTIES.c.role, ROLE_CODES[PartyRole.RECIPIENT])),
        key=(PARTIES.c.parcel,),
        values=[(parcel,) for parcel in parcels],
    )
    return [PartyRow(*row) for row in found]


def orders(reading: Reading, *, org: Ref, shard: Shard, keys: Sequence[tuple[int, bytes]]) -> dict[bytes, Known]:
    """Return, by tag, those of ``keys`` (bucket, tag) that have a waybill already."""
    found = reading.rows_among(
        (ORDERS.c.tag, ORDERS.c.parcel, ORDERS.c.digest),
        fixed=((ORDERS.c.org_id, org), (ORDERS.c.shard, shard)),
        key=(ORDERS.c.bucket, ORDERS.c.tag),
        values=keys,
    )
    return {bytes(tag): Known(Ref(bytes(parcel)), bytes(digest)) for tag, parcel, digest in found}


def parcels_by_phone(reading: Reading, *, org: Ref, shard: Shard, keys: Sequence[tuple[int, bytes]]) -> list[Ref]:
    """Return the parcels whose recipient's phone has one of the tags (bucket, tag), newest first."""
    found = reading.rows_among(
        (PHONES.c.bucket, PHONES.c.parcel),
        fixed=((PHONES.c.org_id, org), (PHONES.c.shard, shard)),
        key=(PHONES.c.bucket, PHONES.c.tag),
        values=keys,
    )
    return [Ref(bytes(parcel)) for _, parcel in sorted(found, reverse=True)]


def add_period(work: Work, *, org: Ref, shard: Shard, period: int, check: bytes) -> None:
    """Write that a period was begun; raises Clash where it stands already."""
    work.add_rows(PERIODS, [(org, shard, period, check)])


def period_check(reading: Reading, *, org: Ref, shard: Shard, period: int) -> bytes | None:
    """Return the check value of a period that was begun, or None."""
    row = reading.first(
        select(PERIODS.c.key_check).where(PERIODS.c.org_id == org, PERIODS.c.shard == shard, PERIODS.c.period == period)
    )
    return bytes(row.key_check) if row else None


def newest_bucket(reading: Reading, *, org: Ref, shard: Shard) -> int | None:
    """Return the newest bucket that holds a phone, or None where there is none."""
    row = reading.first(select(func.max(PHONES.c.bucket)).where(PHONES.c.org_id == org, PHONES.c.shard == shard))
    return int(row[0]) if row and row[0] is not None else None


def totals(reading: Reading) -> tuple[int, int]:
    """Return how many parties of parcels and how many order rows there are on the node."""
    parties = reading.first(select(func.count()).select_from(PARTIES).where(PARTIES.c.parcel != PARTIES.c.org_id))
    orders_ = reading.first(select(func.count()).select_from(ORDERS))
    return (int(parties[0]) if parties else 0), (int(orders_[0]) if orders_ else 0)


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
