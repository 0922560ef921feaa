"""SQL of periods and of leases of their key leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Column, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from yinji.db.schema import BINARY, MOMENT, NUMBER, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard
from yinji.vault.model import KeyMoment, PeriodRow

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
    Column("revision", NUMBER, nullable=False),
    Column("dropped_ms", MOMENT, nullable=False),
    Column("stamp", BINARY, nullable=False),
    Column("ahead_of", BINARY, nullable=False),
    tended=True,  # says that a key exists and which; what is done with it brings its own entry
)

_PERIOD: Final = tuple(PERIODS.c[name] for name in PeriodRow._fields)
_OF_ORG: Final = select(*_PERIOD).where(PERIODS.c.org_id == bindparam("of_org")).order_by(PERIODS.c.period)


def add_period(work: Work, row: PeriodRow, *, org: Ref, shard: Shard) -> None:
    """Write that a period was begun; raises Clash where it stands already."""
    work.add_rows(PERIODS, [(org, shard, *row)])


def period(reading: Reading, *, org: Ref, shard: Shard, period: int) -> PeriodRow | None:
    """Return a period that was begun, or None."""
    statement = select(*_PERIOD).where(PERIODS.c.org_id == org, PERIODS.c.shard == shard, PERIODS.c.period == period)
    row = reading.first(statement)
    return _period_row(row) if row else None


def periods(reading: Reading, *, org: Ref) -> list[PeriodRow]:
    """Return every period of an organisation that was ever begun."""
    return [_period_row(row) for row in reading.rows(_OF_ORG, {"of_org": org})]


def share_periods(work: Work, *, org: Ref) -> None:
    """Keep the revisions of an organisation's periods as they are until the work ends. Others may share."""
    if work.dialect == "postgresql":
        work.rows(select(PERIODS.c.period).where(PERIODS.c.org_id == org).with_for_update(read=True))


def move_periods(work: Work, moments: Sequence[KeyMoment], *, org: Ref) -> None:
    """State the keys that some periods have: from here on whoever holds others is refused."""
    for of, revision, stamp in moments:
        own = (PERIODS.c.org_id == org, PERIODS.c.period == of)
        work.change(update(PERIODS).where(*own).values(revision=revision, stamp=stamp, ahead_of=b""))


def lead_periods(work: Work, stamps: Sequence[tuple[int, bytes]], *, org: Ref) -> None:
    """State the next revision of some periods under a stamp (period, 16 random bytes) that their keys are to get: nobody but who
    still holds the present ones brings them there.
    """
    for of, stamp in stamps:
        own = (PERIODS.c.org_id == org, PERIODS.c.period == of)
        work.change(update(PERIODS).where(*own).values(revision=PERIODS.c.revision + 1, ahead_of=PERIODS.c.stamp, stamp=stamp))


def advance_period(work: Work, moment: KeyMoment, *, org: Ref, ahead_of: bytes) -> None:
    """State a period's next revision, if it is the one after the stamp ``ahead_of``; whoever was first has done it."""
    own = (PERIODS.c.org_id == org, PERIODS.c.period == moment.period, PERIODS.c.revision == moment.revision - 1)
    fresh = {"revision": moment.revision, "stamp": moment.stamp, "ahead_of": b""}
    work.change(update(PERIODS).where(*own, PERIODS.c.stamp == ahead_of).values(fresh))


def end_period(work: Work, *, org: Ref, period: int, at_ms: int) -> None:
    """State that a period's keys are destroyed."""
    work.change(update(PERIODS).where(PERIODS.c.org_id == org, PERIODS.c.period == period).values(dropped_ms=at_ms))


def lease_block(work: Work, *, org: Ref, period: int, blocks: int = 1) -> int:
    """Take the next block of a period's key leaves, or skip more; no two processes get the same, whatever their shards:
    one tree serves them all.
    """
    make = sqlite.insert if work.dialect == "sqlite" else postgresql.insert
    statement = (
        make(LEAF_BLOCKS)
        .values(org_id=org, shard=FIRST_SHARD, period=period, next_block=blocks)
        .on_conflict_do_update(
            index_elements=["org_id", "shard", "period"], set_={"next_block": LEAF_BLOCKS.c.next_block + blocks}
        )
        .returning(LEAF_BLOCKS.c.next_block)
    )
    return int(work.changed_rows(statement)[0].next_block) - 1


def _period_row(row: Any) -> PeriodRow:  # noqa: ANN401 - SQLAlchemy's row of unknown columns
    return PeriodRow(row.period, bytes(row.key_check), row.revision, row.dropped_ms, bytes(row.stamp), bytes(row.ahead_of))
