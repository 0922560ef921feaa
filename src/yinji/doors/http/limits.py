"""What one process takes on: so many requests at once, each for so long. Bodies are bounded by the framework (`serve_body_mib`)."""

from __future__ import annotations

import asyncio
from typing import Final

import msgspec
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPResponseBodyEvent, HTTPResponseStartEvent, Message, Receive, Scope, Send

from yinji.doors.http.connection import language_of
from yinji.doors.http.problems import MEDIA_TYPE, problem_headers, problem_of
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal

ALWAYS_ANSWERED: Final = frozenset({"/healthz", "/readyz"})
"""Whoever asks whether the process lives is answered however crowded it is."""


class Limited:
    """An application that answers 503 to what it cannot take on, or does not finish in time."""

    def __init__(self, app: ASGIApp, *, at_once: int, seconds: float) -> None:
        """``at_once`` requests are in hand at most, each for ``seconds``."""
        self._app = app
        self._at_once = at_once
        self._seconds = seconds
        self._in_hand = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != ScopeType.HTTP or scope["path"] in ALWAYS_ANSWERED:
            await self._app(scope, receive, send)
            return
        if self._in_hand >= self._at_once:
            await _refuse(Refusal.NODE_CROWDED, scope, send)
            return
        self._in_hand += 1
        try:
            await self._in_time(scope, receive, send)
        finally:
            self._in_hand -= 1

    async def _in_time(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        timer = asyncio.timeout(self._seconds)
        try:
            async with timer:
                await self._app(scope, receive, noting)
        except TimeoutError:
            if begun or not timer.expired():
                raise  # half an answer cannot be taken back: the connection is cut
            await _refuse(Refusal.REQUEST_SLOW, scope, send)


async def _refuse(code: Refusal, scope: Scope, send: Send) -> None:
    """Answer without the framework: it may be what is busy."""
    language = language_of(scope)
    problem = problem_of(Refuse(code), language)
    headers = {"content-type": MEDIA_TYPE, **problem_headers(problem, language)}
    start: HTTPResponseStartEvent = {
        "type": "http.response.start",
        "status": problem.status,
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    body: HTTPResponseBodyEvent = {"type": "http.response.body", "body": msgspec.json.encode(problem), "more_body": False}
    await send(start)
    await send(body)
