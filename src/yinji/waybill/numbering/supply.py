"""Numbers for a batch that is being issued: drawn in its transaction, and kept in it.

1 read the ranges; 2 lock what is open of the shard's own blocks: that is all, 4,095 times of 4,096; 3 where it does not suffice, lock
the ranges and read intervals and blocks again; 4 where these do not suffice either, take back what other shards hold idle; 5 draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from yinji.db.work import Work
from yinji.kernel.clock import Clock
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref, Shard
from yinji.waybill import rules
from yinji.waybill.model import Block, BlockMove, Draw, Interval
from yinji.waybill.numbering import drawing, store
from yinji.waybill.numbering.gathering import gathered
from yinji.waybill.numbering.intervals import Intervals, settled

BLOCK_NUMBERS: Final = 4_096
"""Numbers carved for a shard at a time, so that shards meet at a range's row only every 4,096 waybills."""


class _Wish(NamedTuple):
    """Whose numbers, for which shard, from which ranges, how many."""

    org: Ref
    shard: Shard
    of: list[Ref]
    owners: list[str]
    wanted: int


class _Supply(NamedTuple):
    """Where numbers can be drawn from. ``stored`` are the intervals as they are written, ``standing`` as they stand now."""

    blocks: list[Block]
    stored: Sequence[Interval] = ()
    standing: Intervals = ()
    moves: tuple[BlockMove, ...] = ()


def draw(
    work: Work,
    packages: Sequence[int],
    *,
    org: Ref,
    shard: Shard,
    specimen: bool,
    clock: Clock,
    outlet: str = "",
    brand: str = "",
) -> Draw:
    """Draw numbers for orders of so many packages each, locking where they come from; nothing is taken until `keep` keeps it.

    What ``outlet`` was allocated comes first, then what nobody was; another's never.
    """
    ranges = {own.ref: own for own in rules.usable(store.ranges(work, org), specimen=specimen, brand=brand)}  # 1
    owners = [outlet, ""] if outlet and not specimen else [""]
    wish = _Wish(org, shard, list(ranges), owners, sum(packages))
    supply = _Supply(store.open_blocks(work, org=org, shard=shard, of=wish.of, owners=owners))  # 2
    if not _suffices(work, wish, supply.blocks):
        supply = _refilled(work, wish, now_ms=clock.now_ms())
    drawn = drawing.draw(  # 5
        packages,
        ranges=ranges,
        intervals=supply.standing,
        blocks=supply.blocks,
        owners=owners,
        block_numbers=BLOCK_NUMBERS,
        shard=shard,
        stored=supply.stored,
    )
    return replace(drawn, moved=(*supply.moves, *drawn.moved)) if supply.moves else drawn


def keep(work: Work, drawn: Draw, *, org: Ref, entry: Entry) -> None:
    """Write what a draw changed; raises NUMBERS_DISAGREE where somebody else changed it meanwhile."""
    store.keep_blocks(work, drawn.moved, drawn.carved, org=org, entry=entry)
    if drawn.change.gone or drawn.change.come:
        store.keep_change(work, drawn.change, org=org, entry=entry)


def _suffices(work: Work, wish: _Wish, blocks: Sequence[Block]) -> bool:
    first = wish.owners[0]
    if sum(block.left for block in blocks if block.owner == first) >= wish.wanted:
        return True
    if first and store.has_allocated(work, org=wish.org, owner=first):
        return False
    return sum(block.left for block in blocks) >= wish.wanted


def _refilled(work: Work, wish: _Wish, *, now_ms: int) -> _Supply:
    store.locked_ranges(work, wish.org)  # 3
    # Whoever held the ranges may have carved a block for this shard meanwhile and left numbers in it.
    blocks = store.open_blocks(work, org=wish.org, shard=wish.shard, of=wish.of, owners=wish.owners, passing=True)
    among = frozenset(wish.of)
    stored = [each for each in store.intervals(work, wish.org) if each.range_ref in among]
    standing, moves = settled(stored, now_ms=now_ms), list[BlockMove]()
    for owner in wish.owners:
        if drawing.available(standing, blocks, wish.owners) < wish.wanted:  # 4
            standing, more = gathered(work, wish.org, standing, of=wish.of, owner=owner, apart_from=wish.shard)
            moves += more
    return _Supply(blocks, stored, standing, tuple(moves))
