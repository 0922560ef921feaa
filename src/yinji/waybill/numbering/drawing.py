"""Drawing numbers for a batch: which numbers, and what drawing them changes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from yinji.kernel.ids import FIRST_SHARD, Ref, Shard
from yinji.waybill.model import Block, BlockMove, Draw, Interval, NumberRange, Taken
from yinji.waybill.numbering.intervals import change, is_free_for
from yinji.waybill.rules import printer


def fitting(packages: Sequence[int], available: int) -> int:
    """Return how many orders, from the first on, get all their numbers where so many are available."""
    used = 0
    for at, count in enumerate(packages):
        used += count
        if used > available:
            return at
    return len(packages)


def available(intervals: Iterable[Interval], blocks: Iterable[Block], owners: Sequence[str]) -> int:
    """Return how many numbers ``owners`` may issue from intervals and blocks together."""
    free = [is_free_for(owner) for owner in owners]
    return sum(block.left for block in blocks if block.owner in owners) + sum(
        each.size for each in intervals if any(holds(each) for holds in free)
    )


def draw(
    packages: Sequence[int],
    *,
    ranges: Mapping[Ref, NumberRange],
    intervals: Sequence[Interval],
    blocks: Sequence[Block],
    owners: Sequence[str],
    block_numbers: int,
    shard: Shard = FIRST_SHARD,
    stored: Sequence[Interval] | None = None,
) -> Draw:
    """Draw a number for each package of each order, as ``owners`` may: the first owner's before the next one's.

    Of each owner first what is left of the shard's blocks, then blocks of ``block_numbers`` carved afresh from its intervals. An order
    gets all its numbers or none; where they run dry, the orders that come last get none. ``stored`` are the intervals as they
    are written, where that is not as they stand.
    """
    served = packages[: fitting(packages, available(intervals, blocks, owners))]
    cutter = _Cutter(sum(served), intervals, block_numbers, shard)
    for owner in owners:
        cutter.from_blocks([block for block in blocks if block.owner == owner])
        cutter.from_intervals(owner)
    numbers = cutter.numbers(ranges)
    if len(served) == cutter.count:
        taken = [Taken(number, specimen, (), owner) for number, specimen, owner in numbers]
    else:
        taken = [_taken(list(islice(numbers, count))) for count in served]
    written = intervals if stored is None else stored
    return Draw(tuple(taken), tuple(cutter.moved), tuple(cutter.carved), change(written, cutter.intervals))


def _taken(own: list[tuple[str, bool, str]]) -> Taken:
    (number, specimen, owner), *others = own
    return Taken(number, specimen, tuple(other for other, _, _ in others), owner)


class _Cutter:
    """Takes a known count of numbers off blocks and intervals, one source after the other."""

    def __init__(self, count: int, intervals: Sequence[Interval], block_numbers: int, shard: Shard) -> None:
        self.count = count
        self.intervals = list(intervals)
        self.moved: list[BlockMove] = []
        self.carved: list[Block] = []
        self._missing = count
        self._runs: list[tuple[Block, int]] = []
        self._block_numbers = block_numbers
        self._shard = shard

    def from_blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if self._missing and block.left:
                self.moved.append(BlockMove(block, self._used(block)))

    def from_intervals(self, owner: str) -> None:
        free = is_free_for(owner)
        for at, each in enumerate(self.intervals):
            while self._missing and free(each) and each.size:
                last = min(each.first + self._block_numbers - 1, each.last)
                self.carved.append(self._used(Block(each.range_ref, each.first, last, each.first, owner, self._shard)))
                each = self.intervals[at] = each._replace(first=last + 1)  # noqa: PLW2901 - what is left of it
        self.intervals = [each for each in self.intervals if each.size]

    def numbers(self, ranges: Mapping[Ref, NumberRange]) -> Iterator[tuple[str, bool, str]]:
        for block, end in self._runs:
            own = ranges[block.range_ref]
            specimen, owner, number = own.specimen, block.owner, printer(own)
            for serial in range(block.next, end):
                yield number(serial), specimen, owner

    def _used(self, block: Block) -> Block:
        end = min(block.last + 1, block.next + self._missing)
        self._missing -= end - block.next
        self._runs.append((block, end))
        return block._replace(next=end)
