"""Who asks, and how a handler asks the house on their behalf.

A handler takes ``visitor: Asking`` and calls ``await visitor.ask(flow, argument, name=value)``: the flow runs in a thread, with the
house as the visitor's account sees it as its first argument, and a `Refuse` that it returns is raised as `Refused`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from litestar import Request
from litestar.di import NamedDependency
from litestar.types import Scope as Connection

from yinji.access.api_keys.model import ApiKey, Scope
from yinji.access.sessions.model import Session
from yinji.doors.http.problems import Refused
from yinji.doors.http.threads import Threads
from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Misuse
from yinji.kernel.said import Language

_P = ParamSpec("_P")
_T = TypeVar("_T")

NEEDS: Final = "yinji_needs"
"""Key of a handler's ``opt``: what it asks of its visitor. `app` refuses to start with a handler that does not say."""

_VISITOR: Final = "yinji_visitor"


@dataclass(frozen=True, slots=True)
class Needs:
    """What a handler asks of its visitor: nothing (``signed`` false), to be signed in, or a scope of their API key too."""

    signed: bool
    scope: Scope | None = None


def unsigned() -> dict[str, Any]:
    """Return the ``opt`` of a handler that anybody reaches."""
    return {NEEDS: Needs(signed=False)}


def signed(scope: Scope | None = None) -> dict[str, Any]:
    """Return the ``opt`` of a handler for whoever is signed in; ``scope`` is what an API key must have been given."""
    return {NEEDS: Needs(signed=True, scope=scope)}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asks. ``house`` is the node as their account sees it; with nobody signed in, ``account`` is unknown."""

    house: House
    threads: Threads
    language: Language
    key: ApiKey | None = None
    session: Session | None = None
    token: str = field(default="", repr=False)
    """What the browser's session or, before signing in, its form is known by; forms carry what follows from it."""

    @property
    def known(self) -> bool:
        """True where somebody is signed in. Otherwise the house is nobody's: only what is public may be asked of it."""
        return self.key is not None or self.session is not None

    async def ask(self, flow: Callable[Concatenate[House, _P], _T | Refuse], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Return what a flow answers, run in a thread with this visitor's house; raises `Refused` where it refuses."""
        answer = await self.threads.run(flow, self.house, *args, **kwargs)
        if isinstance(answer, Refuse):
            raise Refused(answer)
        return answer


def keep_visitor(connection: Connection, visitor: Visitor) -> None:
    """Remember who asks, for the handler. Called by the middleware that signs in."""
    connection["state"][_VISITOR] = visitor


Asking = NamedDependency[Visitor]
"""How a handler takes its visitor: ``visitor: Asking``."""


async def provide_visitor(request: Request[Any, Any, Any]) -> Visitor:
    """Give a handler its visitor."""
    found = request.scope["state"].get(_VISITOR)
    if not isinstance(found, Visitor):
        raise Misuse("a handler stands outside the routers that sign visitors in")
    return found
