"""Leases: which process does a chore, until when. Tended rows: they hold no business fact."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, select, update
from sqlalchemy.dialects import postgresql, sqlite

from yinji.db.database import Database
from yinji.db.schema import MOMENT, TEXT, table

LEASES: Final = table(
    "db_leases",
    Column("name", TEXT, primary_key=True, nullable=False),
    Column("until_ms", MOMENT, nullable=False),
    tended=True,
    passing=True,
)

_INSERTS: Final[dict[str, Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def take_lease(database: Database, name: str, *, now_ms: int, for_ms: int) -> bool:
    """Take the lease ``name`` until ``for_ms`` milliseconds from now; False where somebody has it.

    A conditional update decides: of many who ask at once, on any engine, one is told True. A clock that was set back by more
    than ``for_ms`` finds the lease too far in the future to be true, and takes it.
    """
    with database.reading() as reading:
        row = reading.first(select(LEASES.c.until_ms).where(LEASES.c.name == name))
    if row is not None and now_ms < row.until_ms <= now_ms + for_ms:
        return False
    with database.work() as work:
        if row is None:
            fresh = _INSERTS[work.dialect](LEASES).values(name=name, until_ms=0).on_conflict_do_nothing()
            work.change(fresh)
        free = (LEASES.c.until_ms <= now_ms) | (LEASES.c.until_ms > now_ms + for_ms)
        return work.change(update(LEASES).where(LEASES.c.name == name, free).values(until_ms=now_ms + for_ms)) == 1
