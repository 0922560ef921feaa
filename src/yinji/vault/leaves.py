"""Leases of key leaves: a process takes 4,096 at a time and can derive no others while it seals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from threading import Lock
from typing import Final

from yinji.db.database import Database
from yinji.db.work import forbid_open_work
from yinji.kernel.ids import Ref, Shard
from yinji.keys.tree import BLOCK_LEAVES, block_key, block_leaves
from yinji.vault import store
from yinji.vault.periods import Periods


class Leaves:
    """Hands out record keys. A leaf is handed out once; what a process leaves unused stays unused."""

    def __init__(self, data: Database, periods: Periods) -> None:
        """Lease nothing yet."""
        self._data = data
        self._periods = periods
        self._open: Final[dict[tuple[Ref, Shard, int], Iterator[tuple[int, bytes]]]] = {}
        self._one_at_a_time = Lock()

    def take(self, count: int, *, org: Ref, shard: Shard, period: int) -> list[tuple[int, bytes]]:
        """Return ``count`` pairs of leaf number and 32-byte secret. Commits leases by itself."""
        place = (org, shard, period)
        taken: list[tuple[int, bytes]] = []
        with self._one_at_a_time:
            while len(taken) < count:
                if place not in self._open:
                    self._open[place] = self._lease(*place)
                some = list(islice(self._open[place], count - len(taken)))
                if not some:
                    del self._open[place]
                taken += some
        return taken

    def _lease(self, org: Ref, shard: Shard, period: int) -> Iterator[tuple[int, bytes]]:
        forbid_open_work("vault.leaves")
        secrets = self._periods.begin(org, period)
        with self._data.work() as work:
            block = store.lease_block(work, org=org, shard=shard, period=period)
        leaves = block_leaves(secrets.suite, block_key(secrets.suite, secrets.tree, block))
        return zip(range(block * BLOCK_LEAVES, (block + 1) * BLOCK_LEAVES), leaves, strict=True)
