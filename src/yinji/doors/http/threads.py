"""Rooms are synchronous: their verbs run in a bounded pool of threads, never on the event loop.

What threads share: the `House` and its rooms. Databases hand each call a connection of its own; leases of key leaves and counts of
key uses are locked; what a key store has opened is remembered in dictionaries that are written whole. What each thread must have for
itself: a `Press` (fonts, shapers and glyph tables are not safe to share) and an `IssueRun`. `Threads.own` keeps one of each a thread.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Threads:
    """The threads of one process. As many as `serve_threads`: no more than a database has connections to give."""

    def __init__(self, count: int) -> None:
        """Start none yet: a thread starts with the first work for it."""
        self.count: Final = count
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="yinji-rooms")
        self._own = threading.local()

    async def run(self, verb: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Return what ``verb`` returns, raise what it raises; the loop goes on meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, partial(verb, *args, **kwargs))

    def own(self, name: str, make: Callable[[], _T]) -> _T:
        """Return the calling thread's own thing of this name, made when it is first asked for. Call it inside `run`."""
        kept: dict[str, Any] = self._own.__dict__
        if name not in kept:
            kept[name] = make()
        found: _T = kept[name]
        return found

    def close(self) -> None:
        """Wait for what is being done, start nothing more."""
        self._pool.shutdown(wait=True, cancel_futures=True)
