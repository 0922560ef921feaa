"""Middleware before the pages that inspect labels: a form that is read in memory needs a place."""

from __future__ import annotations

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from yinji.access.queries.rules import network_of
from yinji.doors.http.desk import desk_of
from yinji.doors.http.form_in_memory import is_in_memory


class Seated(ASGIMiddleware):
    """Lets in as many forms that are read in memory as there are places. It stands before whatever reads a body."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Take a place, go on."""
        if not is_in_memory(scope):
            await next_app(scope, receive, send)
            return
        client = scope.get("client")
        with desk_of(scope["litestar_app"].state).seats.reading(network_of(client[0] if client else "")):
            await next_app(scope, receive, send)
