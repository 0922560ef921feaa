"""SQL of legal holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Column, select

from yinji.db.schema import BINARY, MOMENT, TEXT, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref, Shard
from yinji.vault.model import Hold

HOLDS: Final = table(
    "vault_holds",
    *place(),
    Column("parcel", BINARY, primary_key=True, nullable=False),
    Column("ground", TEXT, primary_key=True, nullable=False),
    Column("placed_ms", MOMENT, nullable=False),
)


def keep_still(work: Work) -> None:
    """Keep every hold as it is until the work ends: nobody places or lifts one meanwhile. To be called before anything is read:
    whoever deletes persons and whoever places a hold both ask it, so that one of the two waits for the other and sees what it did.
    """
    work.alone(HOLDS)


def add_hold(work: Work, hold: Hold, *, org: Ref, shard: Shard, entry: Entry) -> None:
    """Write a hold; raises Clash where the same ground holds the parcel already."""
    work.add_rows(HOLDS, [(org, shard, hold.parcel, hold.ground, hold.placed_ms)])
    work.append(entry)


def lift_hold(work: Work, *, org: Ref, shard: Shard, parcel: Ref, ground: str, entry: Entry) -> bool:
    """Take a hold away; False, and nothing changed, where there is none."""
    own = (HOLDS.c.org_id == org, HOLDS.c.shard == shard, HOLDS.c.parcel == parcel, HOLDS.c.ground == ground)
    if work.first(select(HOLDS.c.ground).where(*own).with_for_update()) is None:
        return False
    work.change(HOLDS.delete().where(*own))
    work.append(entry)
    return True


def holds(reading: Reading, *, org: Ref) -> list[Hold]:
    """Return every hold of an organisation, oldest first."""
    statement = select(HOLDS.c.parcel, HOLDS.c.ground, HOLDS.c.placed_ms).where(HOLDS.c.org_id == org)
    rows = reading.rows(statement.order_by(HOLDS.c.placed_ms, HOLDS.c.parcel))
    return [Hold(Ref(bytes(row.parcel)), row.ground, row.placed_ms) for row in rows]


def grounds_of(reading: Reading, *, org: Ref, shard: Shard, parcel: Ref) -> set[str]:
    """Return every ground that holds a parcel."""
    own = (HOLDS.c.org_id == org, HOLDS.c.shard == shard, HOLDS.c.parcel == parcel)
    return {str(row.ground) for row in reading.rows(select(HOLDS.c.ground).where(*own))}


def grounds(reading: Reading, *, org: Ref, shard: Shard, parcels: Sequence[Ref]) -> dict[Ref, str]:
    """Return, for those of some parcels that are held, a ground."""
    found = reading.rows_among(
        (HOLDS.c.parcel, HOLDS.c.ground),
        fixed=((HOLDS.c.org_id, org), (HOLDS.c.shard, shard)),
        key=(HOLDS.c.parcel,),
        values=[(parcel,) for parcel in parcels],
    )
    return {Ref(bytes(parcel)): ground for parcel, ground in found}
