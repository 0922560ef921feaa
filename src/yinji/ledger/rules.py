"""What a wrong root means: pure search for the smallest change that explains it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final

from yinji.ledger.model import Broken, Finding
from yinji.ledger.tree import Frontier

SEARCH_MAX: Final = 256
"""Leaves among which a change is searched for; one tile. Beyond, the stretch is named instead of the place."""

ANY_PAIR_MAX: Final = 48
"""Up to here every pair is tried as swapped (1,128 trees of 48), beyond only neighbours."""


def explain(base: Frontier, leaves: Sequence[bytes], root: bytes, *, following: bytes | None, kind: Broken) -> Finding:
    """Say why ``leaves`` after ``base`` do not give ``root``.

    Two leaves swapped, or one inserted (``following`` is the leaf that was pushed out of the stretch), are named exactly;
    anything else is ``kind`` somewhere in the stretch.
    """
    first, last = base.size, base.size + len(leaves) - 1
    if len(leaves) <= SEARCH_MAX:
        for at, other in _swaps(len(leaves)):
            tried = list(leaves)
            tried[at], tried[other] = tried[other], tried[at]
            if _root(base, tried) == root:
                return Finding(Broken.REORDERED, first + at, first + at)
        for at in range(len(leaves)) if following is not None else ():
            if _root(base, [*leaves[:at], *leaves[at + 1 :], following or b""]) == root:
                return Finding(Broken.INSERTED, first + at, first + at)
    return Finding(kind, first, max(first, last))


def _swaps(count: int) -> Iterator[tuple[int, int]]:
    yield from pairwise(range(count))
    if count <= ANY_PAIR_MAX:
        yield from combinations(range(count), 2)


def _root(base: Frontier, leaves: Sequence[bytes]) -> bytes:
    tried = base.copy()
    tried.extend(leaves)
    return tried.root()
