"""The short way to ``POST /waybills``: the same reading, group and answer, without the framework's routing around them.

A single create costs less than the framework's own part of it (measured, `yinji bench api`), so this one operation is answered before
routing (design, section 10). Only what is plain goes this way: no query, a body whose length is said and allowed, a key that this process
read a moment ago and that reaches. Everything else, every refusal of a key among it, goes the framework's way; both are tested alike.
"""

from __future__ import annotations

from typing import Final

import msgspec
from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPResponseBodyEvent, HTTPResponseStartEvent, Receive, Scope, Send

from yinji.access.api_keys.model import Scope as KeyScope
from yinji.doors.http.api.grouping import grouping_of
from yinji.doors.http.api.orders import answer_orders
from yinji.doors.http.connection import header, language_of
from yinji.doors.http.desk import desk_of
from yinji.doors.http.observing import trace_of
from yinji.doors.http.problems import MEDIA_TYPE, problem_headers, problem_of, refusal_of
from yinji.doors.http.visitor import Visitor
from yinji.flows.hold_api_keys import KeyedHouses
from yinji.kernel.ids import show_ref

PATH: Final = "/api/v1/waybills"
_BEARER: Final = "Bearer "
_JSON: Final = {"content-type": "application/json"}
_OK: Final = 200
_INTERNAL: Final = 500


def with_direct_orders(app: Litestar, routed: ASGIApp, *, body_max: int) -> ASGIApp:
    """Return an application that answers plain single requests itself and hands on all others. ``body_max`` in bytes."""
    keys = KeyedHouses(desk_of(app.state).house)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        visitor = _visitor(app, scope, keys, body_max) if _is_ours(scope) else None
        if visitor is None:
            await routed(scope, receive, send)
            return
        body = await _body(receive)
        if body is None:  # whoever asked has gone
            return
        status, headers, said = await _answered(app, scope, visitor, body)
        await _send(send, status, headers, said)

    return answer


def _is_ours(scope: Scope) -> bool:
    return bool(
        scope["type"] == ScopeType.HTTP and scope["path"] == PATH and scope["method"] == "POST" and not scope["query_string"]
    )


def _visitor(app: Litestar, scope: Scope, keys: KeyedHouses, body_max: int) -> Visitor | None:
    """Return who asks, None for anybody whom the framework's way must look at."""
    length, authorization = header(scope, b"content-length"), header(scope, b"authorization")
    if not length.isdigit() or int(length) > body_max or not authorization.startswith(_BEARER):
        return None
    keyed = keys.remembered(authorization[len(_BEARER) :].strip())
    if keyed is None or KeyScope.WAYBILLS_ISSUE not in keyed.key.scopes:
        return None
    scope["path_template"] = PATH
    trace_of(scope).account = show_ref(keyed.house.account.ref)
    return Visitor(keyed.house, desk_of(app.state).threads, language_of(scope), key=keyed.key)


async def _body(receive: Receive) -> bytes | None:
    pieces: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        pieces.append(message["body"])
        if not message["more_body"]:
            return b"".join(pieces) if len(pieces) > 1 else pieces[0]


async def _answered(app: Litestar, scope: Scope, visitor: Visitor, body: bytes) -> tuple[int, dict[str, str], bytes]:
    try:
        told = await answer_orders(body, visitor, grouping_of(app.state), dry_run=False)
    except Exception as error:  # noqa: BLE001 - the last stop, as `answer_error` is for the framework's way
        refuse, trace = refusal_of(error), trace_of(scope)
        problem = problem_of(refuse, visitor.language, request=trace.request)
        trace.code = refuse.code.name
        trace.at = refuse.at if problem.status >= _INTERNAL else ""
        headers = {"content-type": MEDIA_TYPE, **problem_headers(problem, visitor.language)}
        return problem.status, headers, msgspec.json.encode(problem)
    return _OK, _JSON, msgspec.json.encode(told)


async def _send(send: Send, status: int, headers: dict[str, str], body: bytes) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    raw.append((b"content-length", str(len(body)).encode()))
    start: HTTPResponseStartEvent = {"type": "http.response.start", "status": status, "headers": raw}
    end: HTTPResponseBodyEvent = {"type": "http.response.body", "body": body, "more_body": False}
    await send(start)
    await send(end)
