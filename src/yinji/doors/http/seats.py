"""How many files of labels one process takes in hand: some are read at once, one is judged at once. Reading pixels takes a core for
seconds; whoever comes meanwhile is asked calmly to come back.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, Final, ParamSpec, TypeVar

from yinji.doors.http.problems import Refused
from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal

_P = ParamSpec("_P")
_T = TypeVar("_T")

READ_AT_ONCE: Final = 8
"""Bodies of 8 MiB that are in memory at once, the one that is judged among them."""

READ_FROM_ONE: Final = 2
"""Of them, from one network: whoever sends slowly on purpose keeps nobody else out."""


class Seats:
    """Places of one process. A place is free again when the work is done, not when whoever asked has gone."""

    def __init__(self) -> None:
        """All are free."""
        self._judging = threading.Lock()
        self._reading: list[str] = []

    @contextmanager
    def reading(self, network: str) -> Iterator[None]:
        """Read a body that comes from ``network``, on the loop; raises `Refused` (NODE_CROWDED) where enough are being read."""
        if len(self._reading) >= READ_AT_ONCE or self._reading.count(network) >= READ_FROM_ONE:
            raise Refused(Refuse(Refusal.NODE_CROWDED))
        self._reading.append(network)
        try:
            yield
        finally:
            self._reading.remove(network)

    def judged(
        self, flow: Callable[Concatenate[House, _P], _T], house: House, *args: _P.args, **kwargs: _P.kwargs
    ) -> _T | Refuse:
        """Judge a file, in a thread; NODE_CROWDED where another is being judged."""
        if not self._judging.acquire(blocking=False):
            return Refuse(Refusal.NODE_CROWDED)
        try:
            return flow(house, *args, **kwargs)
        finally:
            self._judging.release()
