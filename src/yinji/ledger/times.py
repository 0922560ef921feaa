"""What the times of a log show: where they run backwards, and what witnesses' clocks say against them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from yinji.ledger.model import Broken, Finding, Steps

TOLERANCE_MS: Final = 5 * 60 * 1_000
"""By how much the clocks of node and witness may differ: a proposal; machines that keep time differ by seconds."""

LATE_MS: Final = 8 * 24 * 3_600 * 1_000
"""A checkpoint cosigned later than this after its last entry is told: a weekly round of the witnesses, and a day of grace."""

NAMED_MAX: Final = 20
"""Steps and warnings that are named one by one; all are counted."""


class Times:
    """Follows the moments of entries, in their order. Moments are milliseconds, big-endian in eight bytes, as entries hold them."""

    def __init__(self, cosigned_s: Mapping[int, int]) -> None:
        """``cosigned_s`` is when, in seconds, a witness first cosigned a checkpoint, by the checkpoint's size."""
        self._cosigned = sorted((size, at_s) for size, at_s in cosigned_s.items() if size)
        self._size = 0
        self._last = b""
        self._highest = b""
        self._highest_at = 0
        self._count = self._behind = 0
        self._named: list[Finding] = []
        self._largest: Finding | None = None
        self._against: list[Finding] = []

    @property
    def steps(self) -> Steps:
        """Where times ran backwards."""
        return Steps(self._count, self._behind, tuple(self._named), self._largest)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The first step, the largest where it is another, and what witnesses' clocks contradict."""
        own = dict.fromkeys([*self._named[:1], *([self._largest] if self._largest else [])])
        return (*own, *self._against[:NAMED_MAX])

    def extend(self, moments: Sequence[bytes]) -> None:
        """Follow the next entries."""
        done = 0
        while done < len(moments):
            until = len(moments)
            if self._cosigned:
                until = min(until, done + self._cosigned[0][0] - self._size)
            self._stretch(moments[done:until])
            self._compare()
            done = until

    def _stretch(self, moments: Sequence[bytes]) -> None:
        if moments[0] >= self._highest and sorted(moments) == list(moments):
            self._size += len(moments)
            self._last = self._highest = moments[-1]
            self._highest_at = self._size - 1
            return
        for moment in moments:
            if moment < self._last:
                self._step(_number(self._last) - _number(moment))
            if moment < self._highest:
                self._behind += 1
            else:
                self._highest, self._highest_at = moment, self._size
            self._last = moment
            self._size += 1

    def _step(self, by_ms: int) -> None:
        found = Finding(Broken.BACKWARDS, self._size, self._size, by_ms)
        self._count += 1
        if self._largest is None or by_ms > self._largest.by_ms:
            self._largest = found
        if len(self._named) < NAMED_MAX:
            self._named.append(found)

    def _compare(self) -> None:
        """Compare with the witness who cosigned what ends here: nothing under it can be from after that."""
        while self._cosigned and self._cosigned[0][0] == self._size:
            _, at_s = self._cosigned.pop(0)
            ahead_ms = _number(self._highest) - at_s * 1_000
            at = self._highest_at
            if ahead_ms > TOLERANCE_MS and not any(known.first == at for known in self._against):
                self._against.append(Finding(Broken.AHEAD, at, at, ahead_ms))
            if -ahead_ms > LATE_MS:
                self._against.append(Finding(Broken.LATE, self._size - 1, self._size - 1, -ahead_ms))


def _number(moment: bytes) -> int:
    return int.from_bytes(moment, "big")
