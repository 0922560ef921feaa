"""The times of entries: where they run backwards, and where a witness had seen an entry before the time that it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

TOLERANCE_MS: Final = 300_000
"""Five minutes between the clocks of node and witness are no contradiction."""


class Clocks:
    """Follows the moments of entries: eight bytes each, big-endian, so that they compare as they are."""

    def __init__(self, cosigned_s: Mapping[int, int]) -> None:
        """``cosigned_s`` is when a witness had seen the log at a size."""
        self._waiting = sorted(cosigned_s.items(), reverse=True)
        self._seen = 0
        self._before = self._latest = b""
        self._latest_at = 0
        self.steps = 0
        self.first: tuple[int, int] | None = None
        self.largest: tuple[int, int] | None = None
        self.ahead: tuple[int, int] | None = None

    def follow(self, moments: Sequence[bytes]) -> None:
        """Take in the next entries; a stretch that is in order and meets no witness costs one comparison each."""
        until = self._waiting[-1][0] if self._waiting else None
        alone = until is None or self._seen + len(moments) < until
        if alone and moments[0] >= self._latest and list(moments) == sorted(moments):
            self._seen += len(moments)
            self._before = self._latest = moments[-1]
            self._latest_at = self._seen - 1
            return
        for moment in moments:
            self._one(moment)

    def said(self) -> tuple[str, str]:
        """Return the warnings as sentences, empty where there is nothing to tell."""
        zh, en = "", ""
        if self.first is not None and self.largest is not None:
            (first, _), (largest, by_ms) = self.first, self.largest
            zh += f"。提醒：时间倒退 {self.steps} 处，首处在条目 {first}，最大一处在条目 {largest}，{by_ms} 毫秒"
            en += f". Warning: times run backwards {self.steps} times, first at entry {first}, most at entry {largest}, by {by_ms} ms"
        if self.ahead is not None:
            at, by_ms = self.ahead
            zh += f"。提醒：条目 {at} 的时间比见证人联署的时刻晚 {by_ms} 毫秒"
            en += f". Warning: entry {at} says a time {by_ms} ms after a witness had seen it"
        return zh, en

    def _one(self, moment: bytes) -> None:
        if moment < self._before:
            step = self._seen, _number(self._before) - _number(moment)
            self.steps += 1
            self.first = self.first or step
            self.largest = max(self.largest or step, step, key=lambda each: each[1])
        if moment >= self._latest:
            self._latest, self._latest_at = moment, self._seen
        self._before = moment
        self._seen += 1
        while self._waiting and self._waiting[-1][0] <= self._seen:
            _, at_s = self._waiting.pop()
            ahead_ms = _number(self._latest) - at_s * 1_000
            if ahead_ms > TOLERANCE_MS and self.ahead is None:
                self.ahead = self._latest_at, ahead_ms


def _number(moment: bytes) -> int:
    return int.from_bytes(moment, "big")
