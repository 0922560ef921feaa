"""SQL of the evidence, and nothing else.

The tables of the logs are tended: evidence about evidence would have no end. Those of witnesses are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from sqlalchemy import (
    Column,
    Identity,
    PrimaryKeyConstraint,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import NullType

from yinji.db import Reading, Work
from yinji.db.schema import BINARY, MOMENT, NUMBER, SMALL, TEXT, table
from yinji.kernel.entry import Entry
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.ledger.cosignatures import Watched
from yinji.ledger.notes import COSIGNATURE, PublicKey
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

WITNESSES: Final = table(
    "ledger_witnesses",
    Column("name", TEXT, nullable=False),
    Column("key", BINARY, nullable=False),
    Column("made_ms", MOMENT, nullable=False),
    PrimaryKeyConstraint("name", "key"),
)
"""Witnesses of this node's logs. Kept with the data; the cosignatures stand beside the checkpoints of each log."""

COSIGNATURES: Final = table(
    "ledger_cosignatures",
    Column("log", TEXT, nullable=False),
    Column("size", NUMBER, nullable=False),
    Column("key", BINARY, nullable=False),
    Column("line", TEXT, nullable=False),
    PrimaryKeyConstraint("log", "size", "key"),
)

WATCHED: Final = table(
    "ledger_watched",
    Column("origin", TEXT, primary_key=True, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("key", BINARY, nullable=False),
    Column("size", NUMBER, nullable=False),
    Column("root", BINARY, nullable=False),
    Column("cosigned_s", NUMBER, nullable=False),
)
"""Logs of others that this node witnesses, each with the largest tree it cosigned, and when."""

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
    """Return all kept checkpoints, cosignatures under them: size and note, smallest first."""
    statement = select(CHECKPOINTS.c.size, CHECKPOINTS.c.note).where(CHECKPOINTS.c.log == reading.log)
    rows = [(int(row.size), str(row.note)) for row in reading.rows(statement.order_by(CHECKPOINTS.c.size))]
    lines: dict[int, str] = {}
    for size, _, line in cosignatures(reading):
        lines[size] = lines.get(size, "") + line
    return [(size, note + lines.get(size, "")) for size, note in rows]


def last_checkpoint(reading: Reading) -> tuple[int, str] | None:
    """Return size and note of the largest kept checkpoint, cosignatures under it."""
    statement = select(CHECKPOINTS.c.size, CHECKPOINTS.c.note).where(CHECKPOINTS.c.log == reading.log)
    return _noted(reading, statement)


def witnessed_checkpoint(reading: Reading, *, over: int) -> tuple[int, str] | None:
    """Return the largest checkpoint that a witness cosigned and that covers place ``over``."""
    cosigned = select(COSIGNATURES.c.size).where(COSIGNATURES.c.log == reading.log)
    statement = select(CHECKPOINTS.c.size, CHECKPOINTS.c.note).where(
        CHECKPOINTS.c.log == reading.log, CHECKPOINTS.c.size > over, CHECKPOINTS.c.size.in_(cosigned)
    )
    return _noted(reading, statement)


def newest_checkpoints(reading: Reading, *, limit: int | None = None) -> list[tuple[int, str]]:
    """Return the largest checkpoints without their cosignatures, largest first."""
    statement = select(CHECKPOINTS.c.size, CHECKPOINTS.c.note).where(CHECKPOINTS.c.log == reading.log)
    return [(int(row.size), str(row.note)) for row in reading.rows(statement.order_by(CHECKPOINTS.c.size.desc()).limit(limit))]


def cosignatures(reading: Reading) -> list[tuple[int, bytes, str]]:
    """Return every cosignature of the log: size, witness's key, signature line."""
    statement = select(COSIGNATURES.c.size, COSIGNATURES.c.key, COSIGNATURES.c.line).where(COSIGNATURES.c.log == reading.log)
    rows = reading.rows(statement.order_by(COSIGNATURES.c.size, COSIGNATURES.c.key))
    return [(int(row.size), bytes(row.key), str(row.line)) for row in rows]


def cosigned_size(reading: Reading, key: bytes) -> int:
    """Return the largest size of the log that the witness with ``key`` cosigned, as far as it was kept here; 0 for none."""
    statement = select(func.max(COSIGNATURES.c.size)).where(COSIGNATURES.c.log == reading.log, COSIGNATURES.c.key == key)
    row = reading.first(statement)
    return 0 if row is None or row[0] is None else int(row[0])


def add_cosignature(work: Work, size: int, key: bytes, line: str, *, entry: Entry) -> None:
    """Keep a cosignature beside its checkpoint."""
    work.change(insert(COSIGNATURES), {"log": work.log, "size": size, "key": key, "line": line})
    work.append(entry)


def add_witness(work: Work, key: PublicKey, *, made_ms: int, entry: Entry) -> None:
    """Enter a witness."""
    work.change(insert(WITNESSES), {"name": key.name, "key": key.raw, "made_ms": made_ms})
    work.append(entry)


def witnesses(reading: Reading) -> tuple[PublicKey, ...]:
    """Return the witnesses, by name."""
    rows = reading.rows(select(WITNESSES).order_by(WITNESSES.c.name, WITNESSES.c.key))
    return tuple(PublicKey(str(row.name), bytes(row.key), COSIGNATURE) for row in rows)


def add_watched(work: Work, watched: Watched, *, entry: Entry) -> None:
    """Enter a log that this node witnesses from now on."""
    work.add_rows(
        WATCHED, [(watched.origin, watched.key.name, watched.key.raw, watched.size, watched.root, watched.cosigned_s)]
    )
    work.append(entry)


def watched(reading: Reading) -> tuple[Watched, ...]:
    """Return the logs that this node witnesses, by origin."""
    return tuple(_watched(row) for row in reading.rows(select(WATCHED).order_by(WATCHED.c.origin)))


def locked_watched(work: Work, origin: str) -> Watched | None:
    """Return what was last seen of a log, and hold it until the transaction ends."""
    row = work.first(select(WATCHED).where(WATCHED.c.origin == origin).with_for_update())
    return None if row is None else _watched(row)


def move_watched(work: Work, before: Watched, after: Watched, *, entry: Entry) -> None:
    """Keep what was seen now; raises a Fault where it moved meanwhile, so that a witness never goes back."""
    statement = (
        update(WATCHED)
        .where(WATCHED.c.origin == before.origin, WATCHED.c.size == before.size, WATCHED.c.root == before.root)
        .values(size=after.size, root=after.root, cosigned_s=after.cosigned_s)
    )
    if work.change(statement) != 1:
        raise Fault(Refusal.EVIDENCE_UNWRITTEN, before.origin)
    work.append(entry)


def _noted(reading: Reading, statement: Select[Any]) -> tuple[int, str] | None:
    row = reading.first(statement.order_by(CHECKPOINTS.c.size.desc()).limit(1))
    if row is None:
        return None
    under = select(COSIGNATURES.c.line).where(COSIGNATURES.c.log == reading.log, COSIGNATURES.c.size == row.size)
    lines = [str(each.line) for each in reading.rows(under.order_by(COSIGNATURES.c.key))]
    return int(row.size), "".join((str(row.note), *lines))


def _watched(row: Any) -> Watched:  # noqa: ANN401 - SQLAlchemy's row of unknown columns
    key = PublicKey(str(row.name), bytes(row.key))
    return Watched(str(row.origin), key, int(row.size), bytes(row.root), int(row.cosigned_s))


def _number(reading: Reading, statement: Any) -> int:  # noqa: ANN401 - a select of one number has no simple type
    row = reading.first(statement)
    return 0 if row is None else int(row[0])


def _frontier(row: Any, log: str) -> Frontier:  # noqa: ANN401 - SQLAlchemy's row of unknown columns
    try:
        return Frontier.unpacked(int(row.size), bytes(row.frontier))
    except ValueError:
        raise Fault(Refusal.EVIDENCE_BROKEN, f"{log} head") from None
