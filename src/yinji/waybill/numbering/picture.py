"""A range as neighbouring numbers in one state each, for a picture of it. Intervals and blocks in, pieces out. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import Enum
from itertools import pairwise
from typing import Final, NamedTuple

from yinji.waybill.model import Block, Interval, NumberRange, NumberState

PIECES_MAX: Final = 240
"""Pieces of one picture: more could not be told apart at the width of a page."""


class Use(Enum):
    """What numbers are, as a picture tells it: its own patterns' names."""

    USED = "used"
    RESERVED = "reserved"
    FREE = "free"
    SET_ASIDE = "set_aside"


class Piece(NamedTuple):
    """Serials ``first`` to ``last`` of a range, all of one use; in a picture that was made coarser, most of them."""

    first: int
    last: int
    use: Use


_USES: Final = {
    NumberState.RESERVED: Use.RESERVED,
    NumberState.HANDED_BACK: Use.SET_ASIDE,
    NumberState.QUARANTINED: Use.SET_ASIDE,
}


def pieces(own: NumberRange, intervals: Iterable[Interval], blocks: Iterable[Block]) -> tuple[Piece, ...]:
    """Return a range's numbers in their order; nothing is counted twice, as intervals and blocks tile it."""
    found = [Piece(each.first, each.last, _USES.get(each.state, Use.FREE)) for each in intervals if each.range_ref == own.ref]
    for each in blocks:
        if each.range_ref == own.ref:
            found += [Piece(each.first, each.next - 1, Use.USED), Piece(each.next, each.last, Use.FREE)]
    return _joined(sorted((each for each in found if each.first <= each.last), key=lambda each: each.first))


def shares(some: Iterable[Piece]) -> dict[Use, int]:
    """Return how many numbers there are of each use."""
    told: Counter[Use] = Counter()
    for each in some:
        told[each.use] += each.last - each.first + 1
    return {use: told[use] for use in Use}


def coarser(some: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return at most `PIECES_MAX` pieces: equal stretches, each by what most of it is."""
    if len(some) <= PIECES_MAX:
        return some
    first, last = some[0].first, some[-1].last
    edges = [first + (last + 1 - first) * at // PIECES_MAX for at in range(PIECES_MAX + 1)]
    made: list[Piece] = []
    for begin, end in pairwise(edges):
        inside = [
            Piece(max(each.first, begin), min(each.last, end - 1), each.use)
            for each in some
            if each.first < end and each.last >= begin
        ]
        told = shares(inside)
        made.append(Piece(begin, end - 1, max(told, key=lambda use: told[use])))
    return _joined(made)


def _joined(some: Iterable[Piece]) -> tuple[Piece, ...]:
    made: list[Piece] = []
    for each in some:
        if made and made[-1].use is each.use and made[-1].last + 1 == each.first:
            made[-1] = made[-1]._replace(last=each.last)
        else:
            made.append(each)
    return tuple(made)
