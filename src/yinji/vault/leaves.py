"""Leases of key leaves: a process takes 4,096 at a time and can derive no others while it seals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from threading import Lock
from typing import Final

from yinji.db.database import Database
from yinji.db.work import forbid_open_work
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.refusals import Refusal
from yinji.keys.period_state import PeriodKeys
from yinji.keys.tree import BLOCK_LEAVES, BLOCK_LEVELS, LEVELS, block_leaves
from yinji.vault.periods import store as period_store
from yinji.vault.periods.service import Periods


class Leaves:
    """Hands out record keys. A leaf is handed out once; what a process leaves unused stays unused."""

    def __init__(self, data: Database, periods: Periods) -> None:
        """Lease nothing yet."""
        self._data = data
        self._periods = periods
        self._open: Final[dict[tuple[Ref, Shard, int], tuple[PeriodKeys, Iterator[tuple[int, bytes]]]]] = {}
        self._one_at_a_time = Lock()
        periods.tell(self._let_go)

    def take(self, count: int, *, org: Ref, shard: Shard, period: int) -> list[tuple[int, bytes]]:
        """Return ``count`` pairs of leaf number and 32-byte secret. Commits leases by itself.

        When the period's keys moved, what is left of the leased block is let go: it was derived from a former revision.
        """
        place = (org, shard, period)
        taken: list[tuple[int, bytes]] = []
        keys = self._periods.begin(org, period)
        with self._one_at_a_time:
            while len(taken) < count:
                leased = self._open.get(place)
                if leased is None or leased[0] is not keys:
                    leased = self._open[place] = (keys, self._lease(org, period, keys))
                some = list(islice(leased[1], count - len(taken)))
                if not some:
                    self._open.pop(place, None)
                taken += some
        return taken

    def _let_go(self, org: Ref, period: int) -> None:
        """Let go of blocks of keys that are no longer the period's; what is left of them stays unused."""
        for place in [each for each in self._open if each[0] == org and each[2] == period]:
            self._open.pop(place, None)

    def _lease(self, org: Ref, period: int, keys: PeriodKeys) -> Iterator[tuple[int, bytes]]:
        forbid_open_work("vault.leaves")
        with self._data.work() as work:
            block = period_store.lease_block(work, org=org, period=period)
        secret = keys.records.node(LEVELS - BLOCK_LEVELS, block)
        if secret is None:
            raise Fault(Refusal.KEYS_STALE, str(period))  # a leaf below was erased: the database forgot that it was handed out
        leaves = block_leaves(keys.suite, secret)
        return zip(range(block * BLOCK_LEAVES, (block + 1) * BLOCK_LEAVES), leaves, strict=True)
