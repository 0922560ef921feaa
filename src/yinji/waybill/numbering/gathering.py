"""Taking back what shards hold and do not use at this moment, so that it can be given to somebody else.

Locks are taken in one order: a shard's own blocks first, then the organisation's ranges. Whoever holds the ranges passes over blocks
that others hold, so that nobody waits for one who waits for him.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from yinji.db.work import Work
from yinji.kernel.ids import Ref, Shard
from yinji.waybill.model import BlockMove, Interval
from yinji.waybill.numbering import store
from yinji.waybill.numbering.intervals import Intervals, merged, tail, without_tail


def gathered(
    work: Work, org: Ref, intervals: Iterable[Interval], *, of: Sequence[Ref], owner: str, apart_from: Shard | None = None
) -> tuple[Intervals, list[BlockMove]]:
    """Return ``intervals`` with what ``owner`` has left in idle blocks of the ranges ``of``, and what becomes of these blocks.

    Nothing is written; the caller holds the ranges. ``apart_from`` is a shard whose blocks stay as they are.
    """
    idle = [each for each in store.idle_blocks(work, org=org, of=of, owner=owner) if each.shard != apart_from]
    return merged([*intervals, *map(tail, idle)]), [BlockMove(each, without_tail(each)) for each in idle]
