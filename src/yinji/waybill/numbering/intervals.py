"""Intervals of numbers: cut, joined, handed on. Pure.

Whatever is done to a range's intervals, afterwards they hold the same numbers: nothing is lost, nothing stands in two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from yinji.kernel.faults import Misuse
from yinji.kernel.ids import Ref
from yinji.waybill.model import MOVES, Block, Change, Interval, NumberState

Intervals: TypeAlias = tuple[Interval, ...]

_ENDING = frozenset({NumberState.RESERVED, NumberState.HANDED_BACK, NumberState.QUARANTINED})
"""States that end by themselves at ``until_ms``."""


def fresh(range_ref: Ref, first: int, last: int) -> Interval:
    """Return numbers that nobody has and anybody can reserve."""
    return Interval(range_ref, first, last, NumberState.GENERATED)


def merged(intervals: Iterable[Interval]) -> Intervals:
    """Return intervals in order, neighbours that differ in nothing joined. Raises Misuse where two share a number."""
    joined: list[Interval] = []
    for each in sorted(intervals):
        before = joined[-1] if joined else None
        if before is not None and before.range_ref == each.range_ref:
            if each.first <= before.last:
                raise Misuse(f"two intervals hold the number {each.first}")
            if each.first == before.last + 1 and before[3:] == each[3:]:
                joined[-1] = before._replace(last=each.last)
                continue
        joined.append(each)
    return tuple(joined)


def settled(intervals: Iterable[Interval], *, now_ms: int) -> Intervals:
    """Return intervals as they stand at ``now_ms``: what expired or has rested is anybody's again."""
    return merged(
        fresh(each.range_ref, each.first, each.last) if each.state in _ENDING and each.until_ms <= now_ms else each
        for each in intervals
    )


def is_free_for(owner: str) -> Callable[[Interval], bool]:
    """Return the test for numbers that ``owner`` may issue: those allocated to it, or the organisation's own unallocated ones."""
    state = NumberState.ALLOCATED if owner else NumberState.GENERATED
    return lambda each: each.state is state and each.owner == owner


def cut(intervals: Iterable[Interval], piece: tuple[Ref, int, int]) -> tuple[Intervals, Intervals]:
    """Return what of ``intervals`` lies within ``piece`` (range, first, last), and what lies outside."""
    range_ref, first, last = piece
    inside: list[Interval] = []
    outside: list[Interval] = []
    for each in intervals:
        if each.range_ref != range_ref or each.last < first or last < each.first:
            outside.append(each)
            continue
        inside.append(each._replace(first=max(first, each.first), last=min(last, each.last)))
        if each.first < first:
            outside.append(each._replace(last=first - 1))
        if last < each.last:
            outside.append(each._replace(first=last + 1))
    return tuple(inside), tuple(outside)


def first_of(intervals: Sequence[Interval], count: int, wanted: Callable[[Interval], bool]) -> tuple[Intervals, Intervals]:
    """Return the first ``count`` numbers that are ``wanted``, fewer where there are no more, and everything else."""
    got: list[Interval] = []
    rest: list[Interval] = []
    for each in intervals:
        left = count - sum(piece.size for piece in got)
        if left <= 0 or not wanted(each):
            rest.append(each)
        elif each.size <= left:
            got.append(each)
        else:
            got.append(each._replace(last=each.first + left - 1))
            rest.append(each._replace(first=each.first + left))
    return tuple(got), tuple(rest)


def moved(
    intervals: Iterable[Interval], to: NumberState, *, owner: str = "", until_ms: int = 0, holder: bytes = b""
) -> Intervals:
    """Return intervals in another state and hand; raises Misuse for a move that the table does not have."""
    pieces = tuple(intervals)
    for each in pieces:
        if to not in MOVES[each.state]:
            raise Misuse(f"a number does not go from {each.state.name} to {to.name}")
    return tuple(each._replace(state=to, owner=owner, until_ms=until_ms, holder=holder) for each in pieces)


def tail(block: Block) -> Interval:
    """Return what is left in a block as the interval that it came from: still its owner's."""
    state = NumberState.ALLOCATED if block.owner else NumberState.GENERATED
    return Interval(block.range_ref, block.next, block.last, state, block.owner)


def without_tail(block: Block) -> Block | None:
    """Return a block with nothing left in it; None where nothing was ever taken from it."""
    return block._replace(last=block.next - 1) if block.next > block.first else None


def change(before: Iterable[Interval], after: Iterable[Interval]) -> Change:
    """Return what must be written to come from one set of intervals to another, joined as far as they can be."""
    old, new = frozenset(before), frozenset(merged(after))
    return Change(tuple(sorted(old - new)), tuple(sorted(new - old)))
