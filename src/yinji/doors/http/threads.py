"""Rooms are synchronous: their verbs run in a bounded number of threads, never on the event loop.

What threads share: the `House` and its rooms. Databases hand each call a connection of its own; leases of key leaves and counts of
key uses are locked; what a key store has opened is remembered in dictionaries that are written whole. What each thread must have for
itself: a `Press` (fonts, shapers and glyph tables are not safe to share) and an `IssueRun`. `Threads.own` keeps one of each a thread.

The thread that worked last works next: its press has set these texts before, and its connection has the pages in memory. Taken in turn,
as a common pool takes them, eight threads warm eight presses and each is cold again when its turn comes (measured: `yinji bench api`).
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from typing import Any, Final, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


class _Task:
    """One verb to be run, and who waits for its answer on which loop."""

    __slots__ = ("_answer", "_error", "_found", "_loop", "_verb")

    def __init__(self, verb: Callable[[], Any], loop: asyncio.AbstractEventLoop, answer: asyncio.Future[Any]) -> None:
        self._verb = verb
        self._loop = loop
        self._answer = answer
        self._found: Any = None
        self._error: BaseException | None = None

    def run(self) -> None:
        """Run it, unless whoever asked has gone before it was begun."""
        if self._answer.cancelled():
            return
        try:
            self._found = self._verb()
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._error = error

    def tell(self) -> None:
        """Give the answer to its loop, if there is one left."""
        with suppress(RuntimeError):  # the loop was closed meanwhile: nobody waits
            self._loop.call_soon_threadsafe(self._settle)

    def drop(self) -> None:
        """Tell whoever waits that this is not done any more."""
        with suppress(RuntimeError):  # as above
            self._loop.call_soon_threadsafe(self._answer.cancel)

    def _settle(self) -> None:
        if self._answer.done():
            return
        if self._error is not None:
            self._answer.set_exception(self._error)
        else:
            self._answer.set_result(self._found)


_Inbox = SimpleQueue[_Task | None]


class Threads:
    """The threads of one process. As many as `serve_threads`: no more than a database has connections to give."""

    def __init__(self, count: int) -> None:
        """Start none yet: a thread starts with the first work for it that no idle one can take."""
        self.count: Final = count
        self._own = threading.local()
        self._lock = threading.Lock()
        self._idle: list[_Inbox] = []
        self._begun: list[threading.Thread] = []
        self._waiting: deque[_Task] = deque()
        self._closed = False

    async def run(self, verb: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Return what ``verb`` returns, raise what it raises; the loop goes on meanwhile."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[_T] = loop.create_future()
        self._give(_Task(partial(verb, *args, **kwargs), loop, answer))
        return await answer

    def own(self, name: str, make: Callable[[], _T]) -> _T:
        """Return the calling thread's own thing of this name, made when it is first asked for. Call it inside `run`."""
        kept: dict[str, Any] = self._own.__dict__
        if name not in kept:
            kept[name] = make()
        found: _T = kept[name]
        return found

    def close(self) -> None:
        """Wait for what is being done, start nothing more."""
        with self._lock:
            self._closed = True
            dropped, idle = list(self._waiting), list(self._idle)
            self._waiting.clear()
            self._idle.clear()
        for task in dropped:
            task.drop()
        for inbox in idle:
            inbox.put(None)
        for thread in self._begun:
            thread.join()

    def _give(self, task: _Task) -> None:
        with self._lock:
            if self._closed:
                raise RuntimeError("these threads were closed")
            if not self._idle and len(self._begun) >= self.count:
                self._waiting.append(task)
                return
            inbox = self._idle.pop() if self._idle else self._start()
        inbox.put(task)

    def _start(self) -> _Inbox:
        inbox: _Inbox = SimpleQueue()
        # A daemon, because whoever forgets `close` should still be able to end; `close` waits for what is being done.
        thread = threading.Thread(target=self._work, args=(inbox,), name=f"yinji-rooms_{len(self._begun)}", daemon=True)
        self._begun.append(thread)
        thread.start()
        return inbox

    def _work(self, inbox: _Inbox) -> None:
        """Do what is given. A thread is idle again before its answer is told: who asks next on hearing it finds this thread."""
        task = inbox.get()
        while task is not None:
            task.run()
            following = self._following(inbox)
            task.tell()
            task = following or inbox.get()

    def _following(self, inbox: _Inbox) -> _Task | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            if self._closed:
                inbox.put(None)
            else:
                self._idle.append(inbox)
        return None
