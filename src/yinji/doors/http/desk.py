"""What one process has: the house, its threads, how it looks at the node. Handlers that need no visitor take ``desk: Manned``."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Final

from litestar import Request
from litestar.di import NamedDependency

from yinji.doors.http.seats import Seats
from yinji.doors.http.threads import Threads
from yinji.doors.intake.uploads.jobs import Jobs
from yinji.flows.house import House
from yinji.flows.ready_node import ready_node
from yinji.kernel.faults import Misuse
from yinji.kernel.refusals import Refusal

DESK: Final = "yinji_desk"

REMEMBERED_SECONDS: Final = 1.0
"""How long readiness is told again without a look: asking often must not become work for the databases."""


class Readiness:
    """The last look at the node's parts, and when it was taken."""

    def __init__(self) -> None:
        """Nobody has looked yet."""
        self._taken = float("-inf")
        self._parts: dict[str, Refusal | None] = {}

    async def parts(self, house: House, threads: Threads) -> dict[str, Refusal | None]:
        """Return why each part cannot be used, None where it can."""
        now = time.monotonic()
        if now - self._taken >= REMEMBERED_SECONDS:
            self._parts = await threads.run(ready_node, house)
            self._taken = now
        return self._parts


@dataclass(frozen=True, slots=True)
class Desk:
    """One process's house, as the node's own operator, and its threads. Not for a visitor's acts: those go through `Visitor`."""

    house: House
    threads: Threads
    jobs: Jobs
    readiness: Readiness = field(default_factory=Readiness)
    seats: Seats = field(default_factory=Seats)


def desk_of(app_state: Any) -> Desk:  # noqa: ANN401 - the framework's state is a bag
    """Return the desk that `app` put there."""
    found = app_state.get(DESK)
    if not isinstance(found, Desk):
        raise Misuse("an application is made by make_app")
    return found


Manned = NamedDependency[Desk]
"""How a handler takes the desk: ``desk: Manned``."""


async def provide_desk(request: Request[Any, Any, Any]) -> Desk:
    """Give a handler the desk."""
    return desk_of(request.app.state)
