"""SQL of the evidence, and nothing else. Its tables are tended: evidence about evidence would have no end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from sqlalchemy import Column, Identity, PrimaryKeyConstraint, bindparam, delete, func, insert, select, type_coerce, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import NullType

from yinji.db import Reading, Work
from yinji.db.schema import BINARY, NUMBER, SMALL, TEXT, table
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.ledger.tree import TILE_HEIGHT, Frontier

PENDING: Final = table(
    "ledger_pending",
    Column("turn", NUMBER, Identity(), primary_key=True),
    Column("log", TEXT, nullable=False),
    Column("body", BINARY, nullable=False),
    tended=True,
    clustered=False,  # the turn is SQLite's own row id
)
"""Entries of committed work that have no place yet. ``turn`` keeps cause before effect; it proves nothing is missing."""

ENTRIES: Final = table(
    "ledger_entries",
    Column("log", TEXT, nullable=False),
    Column("seq", NUMBER, nullable=False),
    Column("body", BINARY, nullable=False),
    Column("leaf", BINARY, nullable=False),
    PrimaryKeyConstraint("log", "seq"),
    tended=True,
)

NODES: Final = table(
    "ledger_nodes",
    Column("log", TEXT, nullable=False),
    Column("level", SMALL, nullable=False),
    Column("number", NUMBER, nullable=False),
    Column("hash", BINARY, nullable=False),
    PrimaryKeyConstraint("log", "level", "number"),
    tended=True,
)
"""Hashes of whole tiles: level 1 over 256 entries, level 2 over 65,536, and so on. Leaves stand beside their entries."""

HEADS: Final = table(
    "ledger_heads",
    Column("log", TEXT, primary_key=True, nullable=False),
    Column("size", NUMBER, nullable=False),
    Column("frontier", BINARY, nullable=False),
    tended=True,
)

CHECKPOINTS: Final = table(
    "ledger_checkpoints",
    Column("log", TEXT, nullable=False),
    Column("size", NUMBER, nullable=False),
    Column("note", TEXT, nullable=False),
    PrimaryKeyConstraint("log", "size"),
    tended=True,
)

_RAW: Final = NullType()
"""Both drivers give bytes for a binary column; asking SQLAlchemy to make bytes of them again costs a tenth of a re-reading."""

_HEAD: Final = select(HEADS.c.size, HEADS.c.frontier).where(HEADS.c.log == bindparam("log"))
_LOCKED_HEAD: Final = _HEAD.with_for_update()
_ENTRIES: Final = (
    select(ENTRIES.c.seq, type_coerce(ENTRIES.c.body, _RAW), type_coerce(ENTRIES.c.leaf, _RAW))
    .where(ENTRIES.c.log == bindparam("log"), ENTRIES.c.seq >= bindparam("since"), ENTRIES.c.seq < bindparam("until"))
    .order_by(ENTRIES.c.seq)
)
_MOVE_HEAD: Final = (
    update(HEADS)
    .where(HEADS.c.log == bindparam("of_log"), HEADS.c.size == bindparam("before"))
    .values(size=bindparam("after"), frontier=bindparam("peaks"))
)


def add_pending(work: Work, bodies: Sequence[bytes]) -> None:
    """Keep entries, in order, until they get their place."""
    statement = insert(PENDING).inline()
    work.change(statement, [{"log": work.log, "body": body} for body in bodies])


def take_pending(work: Work, *, limit: int) -> list[bytes]:
    """Remove up to ``limit`` waiting entries and return them in their turn. The head must be locked."""
    turns = select(PENDING.c.turn).where(PENDING.c.log == work.log).order_by(PENDING.c.turn).limit(limit)
    taken = work.changed_rows(delete(PENDING).where(PENDING.c.turn.in_(turns)).returning(PENDING.c.turn, PENDING.c.body))
    return [bytes(row.body) for row in sorted(taken, key=lambda row: int(row.turn))]


def pending_count(reading: Reading) -> int:
    """Return how many entries wait for their place."""
    return _number(reading, select(func.count()).select_from(PENDING).where(PENDING.c.log == reading.log))


def locked_head(work: Work) -> Frontier:
    """Return the log's frontier and hold it until the transaction ends; a log that is new begins empty."""
    row = work.first(_LOCKED_HEAD, {"log": work.log})
    if row is None:
        values = {"log": work.log, "size": 0, "frontier": b""}
        dialect = sqlite if work.dialect == "sqlite" else postgresql
        work.change(dialect.insert(HEADS).on_conflict_do_nothing(), values)
        row = work.first(_LOCKED_HEAD, {"log": work.log})
    return _frontier(row, work.log)


def head(reading: Reading) -> Frontier:
    """Return the log's frontier as it stands."""
    row = reading.first(_HEAD, {"log": reading.log})
    return Frontier() if row is None else _frontier(row, reading.log)


def place(work: Work, before: int, frontier: Frontier, rows: Sequence[tuple[bytes, bytes]], nodes: list[list[bytes]]) -> None:
    """Write entries (body, leaf hash) from place ``before`` on, the new whole tiles' hashes, and the grown frontier.

    Raises a Fault where a place is taken or the head moved: then the evidence is not what it was, and the act must not
    happen.
    """
    log = work.log
    try:
        work.add_rows(ENTRIES, [(log, before + i, body, leaf) for i, (body, leaf) in enumerate(rows)])
        for level, hashes in enumerate(nodes, start=1):
            first = before >> (level * TILE_HEIGHT)
            work.add_rows(NODES, [(log, level, first + i, value) for i, value in enumerate(hashes)])
    except IntegrityError:
        raise Fault(Refusal.EVIDENCE_BROKEN, f"{log} {before}") from None
    moved = {"of_log": log, "before": before, "after": frontier.size, "peaks": frontier.packed()}
    if work.change(_MOVE_HEAD, moved) != 1:
        raise Fault(Refusal.EVIDENCE_UNWRITTEN, log)


def entries(reading: Reading, since: int, limit: int) -> Sequence[tuple[int, bytes, bytes]]:
    """Return up to ``limit`` entries from place ``since`` on, in order: place, body, leaf hash."""
    rows = reading.rows(_ENTRIES, {"log": reading.log, "since": since, "until": since + limit})
    return cast("Sequence[tuple[int, bytes, bytes]]", rows)


def first_from(reading: Reading, seq: int) -> int | None:
    """Return the first place at or after ``seq`` that holds an entry."""
    row = reading.first(select(func.min(ENTRIES.c.seq)).where(ENTRIES.c.log == reading.log, ENTRIES.c.seq >= seq))
    return None if row is None or row[0] is None else int(row[0])


def first_beyond_head(reading: Reading) -> int | None:
    """Return the first place at or after the head that holds an entry. One statement, so that a writer cannot confuse it."""
    statement = (
        select(func.min(ENTRIES.c.seq))
        .select_from(ENTRIES.outerjoin(HEADS, HEADS.c.log == ENTRIES.c.log))
        .where(ENTRIES.c.log == reading.log, ENTRIES.c.seq >= func.coalesce(HEADS.c.size, 0))
    )
    row = reading.first(statement)
    return None if row is None or row[0] is None else int(row[0])


def leaves(reading: Reading, first: int, end: int) -> list[bytes]:
    """Return the leaf hashes of places ``first`` to ``end`` (exclusive)."""
    statement = select(ENTRIES.c.leaf).where(ENTRIES.c.log == reading.log, ENTRIES.c.seq >= first, ENTRIES.c.seq < end)
    return [bytes(row[0]) for row in reading.rows(statement.order_by(ENTRIES.c.seq))]


def nodes(reading: Reading, level: int, first: int, end: int) -> list[bytes]:
    """Return the hashes of whole tiles of ``level`` from number ``first`` to ``end`` (exclusive)."""
    statement = select(NODES.c.hash).where(
        NODES.c.log == reading.log, NODES.c.level == level, NODES.c.number >= first, NODES.c.number < end
    )
    return [bytes(row[0]) for row in reading.rows(statement.order_by(NODES.c.number))]


def add_checkpoint(work: Work, size: int, note: str) -> None:
    """Keep a signed checkpoint."""
    work.change(insert(CHECKPOINTS), {"log": work.log, "size": size, "note": note})


def checkpoints(reading: Reading) -> list[tuple[int, str]]:
    """Return all kept checkpoints: size and note, smallest first."""
    statement = select(CHECKPOINTS.c.size, CHECKPOINTS.c.note).where(CHECKPOINTS.c.log == reading.log)
    return [(int(row.size), str(row.note)) for row in reading.rows(statement.order_by(CHECKPOINTS.c.size))]


def last_checkpoint(reading: Reading) -> tuple[int, str] | None:
    """Return size and note of the largest kept checkpoint."""
    statement = select(CHECKPOINTS.c.size, CHECKPOINTS.c.note).where(CHECKPOINTS.c.log == reading.log)
    row = reading.first(statement.order_by(CHECKPOINTS.c.size.desc()).limit(1))
    return None if row is None else (int(row.size), str(row.note))


def _number(reading: Reading, statement: Any) -> int:  # noqa: ANN401 - a select of one number has no simple type
    row = reading.first(statement)
    return 0 if row is None else int(row[0])


def _frontier(row: Any, log: str) -> Frontier:  # noqa: ANN401 - SQLAlchemy's row of unknown columns
    try:
        return Frontier.unpacked(int(row.size), bytes(row.frontier))
    except ValueError:
        raise Fault(Refusal.EVIDENCE_BROKEN, f"{log} head") from None
