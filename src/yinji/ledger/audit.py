"""Re-reading every entry from storage, and comparing it with everything that was ever kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from yinji.db import Reading
from yinji.ledger import store
from yinji.ledger.entries import Misshapen, check_shape
from yinji.ledger.model import Broken, Finding
from yinji.ledger.rules import SEARCH_MAX, explain
from yinji.ledger.times import Times
from yinji.ledger.tree import TILE_HEIGHT, Frontier, leaf_hash, leaf_hashes

ROWS_AT_ONCE: Final = 4_096
"""Sixteen whole tiles: a query's cost is spread, and some two megabytes are in memory."""

_AT: Final = slice(8, 16)
"""Where a canonical entry keeps its moment."""


class Mark(NamedTuple):
    """A root that somebody stood by at a size."""

    size: int
    root: bytes


class Walk:
    """One pass over a log. Stops at the first entry that is wrong; what follows a wrong entry cannot be judged."""

    def __init__(self, reading: Reading, marks: Sequence[Mark], head: Frontier, times: Times) -> None:
        """``marks`` are ordered by size; ``head`` is the log's own, read before the walk; ``times`` follows the moments."""
        self._reading = reading
        self._marks = [mark for mark in marks if mark.size <= head.size]
        self._head = head
        self._frontier = Frontier()
        self._good = Frontier()
        self._since_good: list[bytes] = []
        self._times = times
        self.finding: Finding | None = None

    @property
    def good_until(self) -> int:
        """The size of the last mark that agreed."""
        return self._good.size

    def run(self) -> None:
        """Walk to the head or to the first thing wrong."""
        self.finding = self._pass_marks()
        while self.finding is None and self._frontier.size < self._head.size:
            self._chunk()
        if self.finding is None and self._frontier.packed() != self._head.packed():
            self.finding = self._explained(self._head.root())

    def _chunk(self) -> None:
        """Read one stretch: 1 no gap; 2 each body gives its leaf; 3 form, then time; 4 whole tiles; 5 marks."""
        first = self._frontier.size
        wanted = min(ROWS_AT_ONCE, self._head.size - first)
        rows = store.entries(self._reading, first, wanted)
        wrong = None
        if len(rows) != wanted or (rows and rows[-1][0] != first + wanted - 1):  # 1
            until = next((i for i, row in enumerate(rows) if row[0] != first + i), len(rows))
            rows, wrong = rows[:until], self._gap(first + until)
        bodies, kept = [row[1] for row in rows], [row[2] for row in rows]
        leaves = leaf_hashes(bodies)
        if leaves != kept:  # 2
            at = next(i for i, leaf in enumerate(leaves) if leaf != kept[i])
            kind = Broken.REORDERED if leaves[at] in kept else Broken.EDITED
            wrong = Finding(kind, first + at, first + at)
            bodies, leaves = bodies[:at], leaves[:at]
        misshapen = _misshapen(first, bodies)  # 3
        self._times.extend([body[_AT] for body in bodies])
        whole, unlike = self._extend(leaves)
        self.finding = self._tiles(first, leaves, whole) or unlike or misshapen or wrong  # 4, 5

    def _gap(self, at: int) -> Finding:
        following = store.first_from(self._reading, at)
        if following is None or following >= self._head.size:
            return Finding(Broken.TRUNCATED, at, self._head.size - 1)
        return Finding(Broken.MISSING, at, following - 1)

    def _extend(self, leaves: Sequence[bytes]) -> tuple[list[list[bytes]], Finding | None]:
        """Append, pausing at marks; return the hashes of whole tiles by level, and what the first wrong mark says."""
        whole: list[list[bytes]] = []
        found, done = None, 0
        while done < len(leaves):
            until = len(leaves)
            if self._marks:
                until = min(until, done + self._marks[0].size - self._frontier.size)
            for level, hashes in enumerate(self._frontier.extend(leaves[done:until])):
                whole += [[]] if level == len(whole) else []
                whole[level] += hashes
            if len(self._since_good) <= SEARCH_MAX:
                self._since_good += leaves[done:until][: SEARCH_MAX + 1]
            found = found or self._pass_marks()
            done = until
        return whole, found

    def _tiles(self, first: int, leaves: Sequence[bytes], whole: Sequence[Sequence[bytes]]) -> Finding | None:
        """Compare the hashes of whole tiles with the kept ones, every level; name the tile, and the place if it shows."""
        for level, hashes in enumerate(whole, start=1):
            width = 1 << (level * TILE_HEIGHT)
            number = first >> (level * TILE_HEIGHT)
            kept = store.nodes(self._reading, level, number, number + len(hashes))
            if kept == hashes:
                continue
            at = next((i for i, value in enumerate(hashes) if i >= len(kept) or kept[i] != value), 0)
            start = (number + at) * width
            if level == 1 and at < len(kept):
                block = leaves[start - first : start - first + width]
                found = explain(Frontier(), block, kept[at], following=None, kind=Broken.EDITED)
                return Finding(found.kind, start + found.first, start + found.last)
            return Finding(Broken.EDITED, start, start + width - 1)
        return None

    def _pass_marks(self) -> Finding | None:
        """Compare the root with every mark of this size; it is good only where all of them agree."""
        here = list(takewhile(lambda mark: mark.size == self._frontier.size, self._marks))
        if not here:
            return None
        del self._marks[: len(here)]
        root = self._frontier.root()
        if unlike := [mark.root for mark in here if mark.root != root]:
            self._marks.clear()  # what is built on a wrong beginning cannot be judged
            return self._explained(unlike[0])
        self._good, self._since_good = self._frontier.copy(), []
        return None

    def _explained(self, root: bytes) -> Finding:
        """Say what stands between the last good mark and a root that should be here."""
        end = self._frontier.size
        if end - self._good.size > SEARCH_MAX:
            return Finding(Broken.FORKED, self._good.size, end - 1)
        after = store.entries(self._reading, end, 1)
        following = leaf_hash(after[0][1]) if after else None
        return explain(self._good, self._since_good, root, following=following, kind=Broken.FORKED)


def _misshapen(first: int, bodies: Sequence[bytes]) -> Finding | None:
    at = 0
    try:
        for at, body in enumerate(bodies):  # noqa: B007 - the place where it stopped is the finding
            check_shape(body)
    except Misshapen:
        return Finding(Broken.EDITED, first + at, first + at)
    return None
