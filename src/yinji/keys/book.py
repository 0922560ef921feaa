"""What the node remembers of its keys: how often they were used, and until when a backup of them lives."""

from __future__ import annotations

from collections import Counter
from threading import Lock
from typing import Final

from yinji.db.database import Database
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref
from yinji.keys import store

SEAL: Final = "seal"
OPEN: Final = "open"
TAG: Final = "tag"
SIGN: Final = "sign"

_KEPT_MAX: Final = 50_000
"""Uses that a process counts in memory before it writes them down; a crash loses as many at most."""


class KeyBook:
    """Counts uses by organisation, period and deed, and keeps the lifetimes of key backups.

    Counts are written down now and then: a hot row in every transaction would make processes wait for one another.
    """

    def __init__(self, data: Database) -> None:
        """Nothing is written before there is something to write."""
        self._data = data
        self._counts: Counter[tuple[Ref, int, str]] = Counter()
        self._one_at_a_time = Lock()

    def add(self, org: Ref, period: int, deed: str, count: int) -> None:
        """Count some uses of a period's keys (0 for keys of no period)."""
        with self._one_at_a_time:
            self._counts[org, period, deed] += count

    @property
    def full(self) -> bool:
        """True where it is time to write down."""
        return self._counts.total() >= _KEPT_MAX

    def keep(self) -> None:
        """Write the counts down, in a transaction of its own."""
        with self._one_at_a_time:
            counts, self._counts = self._counts, Counter()
        if counts:
            with self._data.work() as work:
                store.add_uses(work, counts)

    def counted(self, org: Ref) -> dict[tuple[int, str], int]:
        """Return how often an organisation's keys were used, by period and deed."""
        self.keep()
        with self._data.reading() as reading:
            return store.uses(reading, org)

    def note_backup(self, ref: Ref, *, made_ms: int, until_ms: int, entry: Entry) -> None:
        """Write that the key store was backed up, and until when that backup can be restored (ms since 1970)."""
        with self._data.work() as work:
            store.add_backup(work, ref, made_ms=made_ms, until_ms=until_ms, entry=entry)

    def undo_until(self) -> int:
        """Return until when a key backup could undo an erasure; 0 where none was made."""
        with self._data.reading() as reading:
            return store.backed_up_until(reading)
