"""SQL of counted tries. Tended rows that last a day: what they come to is said by entries of their own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Column, bindparam, delete, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from yinji.access.queries.model import Counted, Counts, Hour, Slot
from yinji.db.schema import BINARY, NUMBER, SMALL, table
from yinji.db.work import Reading, Work

SALTS: Final = table(
    "access_query_salts",
    Column("day", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("salt", BINARY, nullable=False),
    tended=True,
    passing=True,
)
COUNTS: Final = table(
    "access_query_counts",
    Column("day", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("counted", SMALL, primary_key=True, nullable=False, autoincrement=False),
    Column("slot", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("hour", NUMBER, nullable=False),
    Column("tries", NUMBER, nullable=False),
    Column("wrong", NUMBER, nullable=False),
    Column("wrong_today", NUMBER, nullable=False),
    tended=True,
    passing=True,
)
HOURS: Final = table(
    "access_query_hours",
    Column("hour", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("wrong", NUMBER, nullable=False),
    Column("closed", NUMBER, nullable=False),
    tended=True,
    passing=True,
)

_INSERTS: Final[dict[str, Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_TOLD: Final = (COUNTS.c.counted, COUNTS.c.slot, COUNTS.c.hour, COUNTS.c.tries, COUNTS.c.wrong, COUNTS.c.wrong_today)


def _adding(adding: Any) -> Any:  # noqa: ANN401 - the two dialects' inserts share no public type
    """Return the statement that adds to an hour's sums and tells how many slots were closed in it."""
    added = adding.values(hour=bindparam("of_hour"), wrong=bindparam("more_wrong"), closed=bindparam("more_closed"))
    sums = {"wrong": HOURS.c.wrong + added.excluded.wrong, "closed": HOURS.c.closed + added.excluded.closed}
    return added.on_conflict_do_update(index_elements=["hour"], set_=sums).returning(HOURS.c.closed)


_ADDING: Final = {name: _adding(insert(HOURS)) for name, insert in _INSERTS.items()}


def salt(reading: Reading, day: int) -> bytes | None:
    """Return a day's salt, None where nobody asked on it yet."""
    row = reading.first(select(SALTS.c.salt).where(SALTS.c.day == day))
    return bytes(row.salt) if row else None


def begin_day(work: Work, day: int, salt: bytes) -> None:
    """Keep a day's salt where another process has not."""
    work.change(_INSERTS[work.dialect](SALTS).values(day=day, salt=salt).on_conflict_do_nothing())


def forget_days(work: Work, *, day: int) -> int:
    """Forget salts and counts of every other day; return how many slots had been counted.

    The next day's are left: another process may have passed midnight before this one.
    """
    work.change(delete(SALTS).where(or_(SALTS.c.day < day, SALTS.c.day > day + 1)))
    return work.change(delete(COUNTS).where(or_(COUNTS.c.day < day, COUNTS.c.day > day + 1)))


def counts(reading: Reading, day: int, slots: Collection[Slot]) -> dict[Slot, Counts]:
    """Return what is counted in some slots; one that nothing fell into is not in it."""
    return {Slot(Counted(row.counted), row.slot): _counts(row) for row in reading.rows(_some(day, slots))}


def counts_alone(work: Work, day: int, slots: Collection[Slot], *, hour: int) -> dict[Slot, Counts]:
    """Return what is counted in some slots, made where nothing was; nobody else counts in them until the work ends."""
    fresh = [
        {"day": day, "counted": int(by), "slot": number, "hour": hour, "tries": 0, "wrong": 0, "wrong_today": 0}
        for by, number in sorted(slots)  # all in one order: no two tries wait for each other
    ]
    work.change(_INSERTS[work.dialect](COUNTS).on_conflict_do_nothing(), fresh)
    rows = work.rows(_some(day, slots).order_by(COUNTS.c.counted, COUNTS.c.slot).with_for_update())
    return {Slot(Counted(row.counted), row.slot): _counts(row) for row in rows}


def keep(work: Work, day: int, slot: Slot, counts: Counts) -> None:
    """Keep what a slot counts."""
    work.change(update(COUNTS).where(*_is(day, slot)).values(**counts._asdict()))


def give_back(work: Work, day: int, slot: Slot, *, hour: int) -> None:
    """Take one wrong proof off a slot: it was right. An hour that has passed since is not touched."""
    work.change(
        update(COUNTS)
        .where(*_is(day, slot), COUNTS.c.hour == hour, COUNTS.c.wrong > 0)
        .values(wrong=COUNTS.c.wrong - 1, wrong_today=COUNTS.c.wrong_today - 1)
    )


def add_to_hour(work: Work, hour: int, *, wrong: int, closed: int) -> int:
    """Add to an hour's sums; return how many slots were closed in it, these with it."""
    given = {"of_hour": hour, "more_wrong": wrong, "more_closed": closed}
    return int(work.changed_rows(_ADDING[work.dialect], given)[0].closed)


def take_hours(work: Work, *, before: int) -> list[Hour]:
    """Return the sums of hours that are over, and forget them."""
    over = delete(HOURS).where(HOURS.c.hour < before).returning(HOURS.c.hour, HOURS.c.wrong, HOURS.c.closed)
    return sorted(Hour(row.hour, row.wrong, row.closed) for row in work.changed_rows(over))


def _some(day: int, slots: Collection[Slot]) -> Any:  # noqa: ANN401 - a select's type names every column
    wanted = [(int(by), number) for by, number in slots]
    return select(*_TOLD).where(COUNTS.c.day == day, tuple_(COUNTS.c.counted, COUNTS.c.slot).in_(wanted))


def _is(day: int, slot: Slot) -> tuple[Any, ...]:
    return (COUNTS.c.day == day, COUNTS.c.counted == int(slot.by), COUNTS.c.slot == slot.number)


def _counts(row: Any) -> Counts:  # noqa: ANN401 - a row's type names every column
    return Counts(row.hour, row.tries, row.wrong, row.wrong_today)
