"""SQL of erasures, and of how far a rotation of index keys has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Column, Index, select, update

from yinji.db.schema import BINARY, MOMENT, NUMBER, SMALL, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref, Shard
from yinji.vault.model import Erasure, ErasureState

ERASURES: Final = table(
    "vault_erasures",
    *place(),
    Column("ref", BINARY, primary_key=True, nullable=False),
    Column("period", NUMBER, nullable=False),
    Column("leaf", NUMBER, nullable=False),
    Column("slots", BINARY, nullable=False),
    Column("digest", BINARY, nullable=False),
    Column("mark", BINARY, nullable=False),
    Column("deleted_ms", MOMENT, nullable=False),
    Column("erased_ms", MOMENT, nullable=False),
    Column("state", SMALL, nullable=False),
    Index("ix_vault_erasures_period", "org_id", "shard", "period", "state"),
)
REINDEXING: Final = table(
    "vault_reindexing",
    *place(),
    Column("after", BINARY, nullable=False),
    tended=True,  # how far it has come; its beginning and its end bring their entries
)
_SLOT_BYTES: Final = 4


def add_erasures(work: Work, erasures: Sequence[Erasure], *, org: Ref, entry: Entry) -> None:
    """Write erasures whose rows this very work deletes."""
    rows = [
        (org, each.shard, each.ref, each.period, each.leaf, _packed(each.slots), each.digest, each.mark, each.deleted_ms, 0,
         int(ErasureState.DELETED))
        for each in erasures
    ]  # fmt: skip
    work.add_rows(ERASURES, rows)
    work.append(entry)


def erasures(reading: Reading, *, org: Ref, state: ErasureState | None = None) -> list[Erasure]:
    """Return an organisation's erasures, oldest first: in one state, or all."""
    statement = select(ERASURES).where(ERASURES.c.org_id == org)
    if state is not None:
        statement = statement.where(ERASURES.c.state == int(state))
    return [_erasure(row) for row in reading.rows(statement.order_by(ERASURES.c.deleted_ms, ERASURES.c.ref))]


def leaves(reading: Reading, *, org: Ref, period: int, state: ErasureState) -> list[int]:
    """Return the leaves of a period's erasures in one state: where their rows are only deleted, their keys may still exist."""
    statement = select(ERASURES.c.leaf).where(
        ERASURES.c.org_id == org, ERASURES.c.period == period, ERASURES.c.state == int(state)
    )
    return [int(row.leaf) for row in reading.rows(statement)]


def end_erasure(work: Work, erasure: Erasure, *, org: Ref, at_ms: int, entry: Entry) -> bool:
    """Move an erasure to erased; False, and nothing changed, where it is already. In which slices it stood is forgotten with it."""
    own = (ERASURES.c.org_id == org, ERASURES.c.shard == erasure.shard, ERASURES.c.ref == erasure.ref)
    row = work.first(select(ERASURES.c.state).where(*own).with_for_update())
    if row is None or row.state != int(ErasureState.DELETED):
        return False
    work.change(update(ERASURES).where(*own).values(state=int(ErasureState.ERASED), erased_ms=at_ms, slots=b""))
    work.append(entry)
    return True


def reindexed_to(reading: Reading, *, org: Ref) -> dict[Shard, bytes]:
    """Return, by shard, the parcel up to which rows are tagged anew; empty where no rotation runs."""
    rows = reading.rows(select(REINDEXING.c.shard, REINDEXING.c.after).where(REINDEXING.c.org_id == org))
    return {Shard(row.shard): bytes(row.after) for row in rows}


def begin_reindexing(work: Work, *, org: Ref, shards: Sequence[Shard]) -> None:
    """Write that a rotation of index keys runs, at the first parcel of every shard."""
    work.add_rows(REINDEXING, [(org, shard, b"") for shard in shards])


def move_reindexing(work: Work, *, org: Ref, shard: Shard, after: bytes) -> None:
    """Write how far it has come."""
    work.change(update(REINDEXING).where(REINDEXING.c.org_id == org, REINDEXING.c.shard == shard).values(after=after))


def end_reindexing(work: Work, *, org: Ref) -> None:
    """Write that no rotation runs."""
    work.change(REINDEXING.delete().where(REINDEXING.c.org_id == org))


def _packed(slots: Sequence[tuple[int, int]]) -> bytes:
    return b"".join(number.to_bytes(_SLOT_BYTES, "big") for pair in slots for number in pair)


def _erasure(row: Any) -> Erasure:  # noqa: ANN401 - SQLAlchemy's row of unknown columns
    packed = bytes(row.slots)
    numbers = [int.from_bytes(packed[at : at + _SLOT_BYTES], "big") for at in range(0, len(packed), _SLOT_BYTES)]
    slots = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    ref, shard = Ref(bytes(row.ref)), Shard(row.shard)
    return Erasure(ref, shard, row.period, row.leaf, slots, bytes(row.digest), row.deleted_ms, bytes(row.mark))
