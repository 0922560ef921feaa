"""``/console/sign-out``: end this session, or all of the account's."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, post
from litestar.response import Redirect

from yinji.doors.http.cookies import no_session_cookie
from yinji.doors.http.visitor import Asking, signed
from yinji.flows.hold_session import end_session, end_sessions
from yinji.flows.house import House

_AFTER = "/console/sign-in"


@post("/sign-out", opt=signed(), status_code=303)
async def sign_out(request: Request[Any, Any, Any], visitor: Asking) -> Response[Any]:
    """End the session of this browser."""
    if visitor.session is not None:
        await visitor.ask(end_session, visitor.session)
    return _left(request)


@post("/sign-out-everywhere", opt=signed(), status_code=303)
async def sign_out_everywhere(request: Request[Any, Any, Any], visitor: Asking) -> Response[Any]:
    """End every session of the account."""
    await visitor.ask(_end_sessions)
    return _left(request)


def _end_sessions(house: House) -> int:
    return end_sessions(house)


def _left(request: Request[Any, Any, Any]) -> Response[Any]:
    answer = Redirect(_AFTER, status_code=303)
    answer.set_cookie(no_session_cookie(request.scope))
    answer.headers["clear-site-data"] = '"cache", "storage"'
    return answer
