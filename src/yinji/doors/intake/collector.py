"""The garbage collector during bulk work: batches make many short-lived records and no cycles worth looking for so often."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

BULK_THRESHOLDS: Final = (100_000, 50, 100)
"""Allocations before a young collection, and collections before an older one: with Python's own (700, 10, 10) a fifth of a
bulk run went into looking at fonts, rules and divisions again and again (measured, `yinji bench issue`)."""

_LOCK: Final = threading.Lock()
_running: list[tuple[int, int, int]] = []
"""The thresholds before each run of bulk work that goes on; runs may overlap in one process, and the last one gives back the first's."""


@contextmanager
def calm_collector() -> Iterator[None]:
    """Leave what is loaded out of every collection, and collect seldom, until the last bulk work ends."""
    with _LOCK:
        _running.append(gc.get_threshold())
        gc.freeze()
        gc.set_threshold(*BULK_THRESHOLDS)
    try:
        yield
    finally:
        with _LOCK:
            before = _running[0]
            _running.pop()
            if not _running:
                gc.set_threshold(*before)
                gc.unfreeze()
