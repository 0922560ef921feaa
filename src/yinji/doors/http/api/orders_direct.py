"""The short way to ``POST /waybills``: the same reading, group and answer, without the framework's routing around them.

A single create costs less than the framework's own part of it (measured, `yinji bench api`), so this one operation is answered before
routing (design, section 10). Only what is plain goes this way: no query, a body whose length is said and allowed, a key that this process
read a moment ago and that reaches. Everything else, every refusal of a key among it, goes the framework's way; both are tested alike.
"""

from __future__ import annotations

import asyncio
from typing import Final, NamedTuple

import msgspec
from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPResponseBodyEvent, HTTPResponseStartEvent, Receive, Scope, Send

from yinji.access.api_keys.model import Scope as KeyScope
from yinji.doors.http.api.grouping import grouping_of
from yinji.doors.http.api.orders import answer_orders
from yinji.doors.http.connection import header, language_of
from yinji.doors.http.desk import Desk, desk_of
from yinji.doors.http.observing import trace_of
from yinji.doors.http.problems import MEDIA_TYPE, problem_headers, problem_of, refusal_of
from yinji.doors.http.visitor import Visitor
from yinji.flows.hold_api_keys import KEYED_MAX, Keyed, KeyedHouses
from yinji.kernel.ids import Ref, show_ref
from yinji.kernel.said import Language

PATH: Final = "/api/v1/waybills"
_BEARER: Final = "Bearer "
_JSON: Final = [(b"content-type", b"application/json")]
_ENCODER: Final = msgspec.json.Encoder()
_OK: Final = 200
_Headers = list[tuple[bytes, bytes]]
_INTERNAL: Final = 500


def with_direct_orders(app: Litestar, routed: ASGIApp, *, body_max: int) -> ASGIApp:
    """Return an application that answers plain single requests itself and hands on all others. ``body_max`` in bytes."""
    visitors = _Visitors(desk_of(app.state), body_max)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        visitor = visitors.of(scope) or await visitors.read_anew(scope) if _is_ours(scope) else None
        if visitor is None:
            await routed(scope, receive, send)
            return
        body = await _body(receive)
        if body is None:  # whoever asked has gone
            return
        status, headers, said = await _answered(app, scope, visitor, body)
        await _send(send, status, headers, said)

    return answer


def _key_in(scope: Scope) -> str:
    """Return the text of the key that a request brings, or ""."""
    authorization = header(scope, b"authorization")
    return authorization[len(_BEARER) :].strip() if authorization.startswith(_BEARER) else ""


def _is_ours(scope: Scope) -> bool:
    return bool(
        scope["type"] == ScopeType.HTTP and scope["path"] == PATH and scope["method"] == "POST" and not scope["query_string"]
    )


class _Known(NamedTuple):
    """A key that came a moment ago, who its visitor is in each language asked for, and how the log names its account."""

    keyed: Keyed
    account: str
    visitors: dict[Language, Visitor]


class _Visitors:
    """Who comes by the short way. What does not change from one request of a key to the next is made once."""

    def __init__(self, desk: Desk, body_max: int) -> None:
        self._threads = desk.threads
        self._house = desk.house
        self._keys = KeyedHouses(desk.house)
        self._reading: dict[Ref, asyncio.Task[object]] = {}
        self._body_max = body_max
        self._known: dict[Ref, _Known] = {}

    async def read_anew(self, scope: Scope) -> Visitor | None:
        """Return who asks with a key that was read a while ago and must be read again: once for all who wait for it.

        Every few seconds a busy program's key is read anew, while as many of its requests as it has connections are on their way: were
        each to read it by itself, these few would be the slowest of all.
        """
        text, keys = _key_in(scope), self._house.api_keys
        known = keys.read_before(text) if text and keys.remembered(text) is None else None
        if known is None:
            return None
        reading = self._reading.get(known)
        if reading is None:
            reading = self._reading[known] = asyncio.create_task(self._threads.run(keys.recognise, text))
            reading.add_done_callback(lambda done: self._was_read(known, done))
        await asyncio.wait((reading,))
        return self.of(scope)  # what was refused, or failed, is told by the framework's way

    def _was_read(self, known: Ref, done: asyncio.Task[object]) -> None:
        del self._reading[known]
        if not done.cancelled():
            done.exception()  # looked at, so that nobody warns of it

    def of(self, scope: Scope) -> Visitor | None:
        """Return who asks, None for anybody whom the framework's way must look at."""
        length, text = header(scope, b"content-length"), _key_in(scope)
        if not (length.isascii() and length.isdigit()) or int(length) > self._body_max or not text:
            return None
        keyed = self._keys.remembered(text)
        if keyed is None or KeyScope.WAYBILLS_ISSUE not in keyed.key.scopes:
            return None
        known, language = self._of_key(keyed), language_of(scope)
        scope["path_template"] = PATH
        trace_of(scope).account = known.account
        visitor = known.visitors.get(language)
        if visitor is None:
            visitor = known.visitors[language] = Visitor(keyed.house, self._threads, language, key=keyed.key)
        return visitor

    def _of_key(self, keyed: Keyed) -> _Known:
        known = self._known.get(keyed.key.ref)
        if known is None or known.keyed is not keyed:  # the key was read anew: it may say something else now
            if len(self._known) >= KEYED_MAX:
                self._known.clear()
            known = self._known[keyed.key.ref] = _Known(keyed, show_ref(keyed.house.account.ref), {})
        return known


async def _body(receive: Receive) -> bytes | None:
    pieces: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        pieces.append(message.get("body", b""))  # both may be left out (ASGI 3, HTTP request event)
        if not message.get("more_body", False):
            return b"".join(pieces) if len(pieces) > 1 else pieces[0]


async def _answered(app: Litestar, scope: Scope, visitor: Visitor, body: bytes) -> tuple[int, _Headers, bytes]:
    try:
        told = await answer_orders(body, visitor, grouping_of(app.state), dry_run=False)
    except Exception as error:  # noqa: BLE001 - the last stop, as `answer_error` is for the framework's way
        refuse, trace = refusal_of(error), trace_of(scope)
        problem = problem_of(refuse, visitor.language, request=trace.request)
        trace.code = refuse.code.name
        trace.at = refuse.at if problem.status >= _INTERNAL else ""
        headers = {"content-type": MEDIA_TYPE, **problem_headers(problem, visitor.language)}
        return problem.status, [(name.encode(), value.encode()) for name, value in headers.items()], _ENCODER.encode(problem)
    return _OK, _JSON, _ENCODER.encode(told)


async def _send(send: Send, status: int, headers: _Headers, body: bytes) -> None:
    raw = [*headers, (b"content-length", str(len(body)).encode())]
    start: HTTPResponseStartEvent = {"type": "http.response.start", "status": status, "headers": raw}
    end: HTTPResponseBodyEvent = {"type": "http.response.body", "body": body, "more_body": False}
    await send(start)
    await send(end)
