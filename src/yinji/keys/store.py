"""SQL of how often keys were used, and of the backups of the key store. Keys themselves are never in a database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Column, func, select
from sqlalchemy.dialects import postgresql, sqlite

from yinji.db.schema import BINARY, MOMENT, NUMBER, TEXT, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import FIRST_SHARD, Ref

USES: Final = table(
    "keys_uses",
    *place(),
    Column("period", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("deed", TEXT, primary_key=True, nullable=False),
    Column("uses", NUMBER, nullable=False),
    tended=True,  # a count
)


BACKUPS: Final = table(
    "keys_backups",
    Column("ref", BINARY, primary_key=True, nullable=False),
    Column("made_ms", MOMENT, nullable=False),
    Column("until_ms", MOMENT, nullable=False),
)


def add_backup(work: Work, ref: Ref, *, made_ms: int, until_ms: int, entry: Entry) -> None:
    """Write that the key store was backed up, and until when that backup can be restored."""
    work.add_rows(BACKUPS, [(ref, made_ms, until_ms)])
    work.append(entry)


def backed_up_until(reading: Reading) -> int:
    """Return until when the longest-lived key backup can be restored (ms since 1970); 0 where none was made."""
    row = reading.first(select(func.max(BACKUPS.c.until_ms)))
    return int(row[0]) if row and row[0] is not None else 0


def add_uses(work: Work, counts: Mapping[tuple[Ref, int, str], int]) -> None:
    """Add to the counts of organisation, period and deed."""
    make = sqlite.insert if work.dialect == "sqlite" else postgresql.insert
    for (org, period, deed), count in counts.items():
        statement = make(USES).values(org_id=org, shard=FIRST_SHARD, period=period, deed=deed, uses=count)
        added = {"uses": USES.c.uses + count}
        work.change(statement.on_conflict_do_update(index_elements=["org_id", "shard", "period", "deed"], set_=added))


def uses(reading: Reading, org: Ref) -> dict[tuple[int, str], int]:
    """Return how often the keys of each period were used, by deed."""
    total = func.sum(USES.c.uses).label("uses")
    rows = reading.rows(
        select(USES.c.period, USES.c.deed, total).where(USES.c.org_id == org).group_by(USES.c.period, USES.c.deed)
    )
    return {(row.period, row.deed): int(row.uses) for row in rows}
