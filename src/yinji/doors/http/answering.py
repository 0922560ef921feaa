"""The last stop of every error: a problem document for programs, a page for people, a line in the log; never a trace."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from yinji.doors.http.connection import header, language_of
from yinji.doors.http.desk import desk_of
from yinji.doors.http.observing import trace_of
from yinji.doors.http.pages import page
from yinji.doors.http.problems import MEDIA_TYPE, Problem, problem_headers, problem_of, refusal_of
from yinji.doors.http.visitor import Visitor
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said

API: Final = "/api/"
SIGN_IN: Final = "/console/sign-in"
_CONSOLE: Final = "/console"

WORDS: Final = {
    "title": Said("没有办成", "This was not done"),
    "help": Said(
        "原因和办法写在下面；办不成时，把请求编号交给管理员。",
        "Why, and what to do, stand below; if that does not help, give the request's number to whoever keeps the node.",
    ),
    "home": Said("回到首页", "Back to the home page"),
    "request": Said("请求编号", "Request"),
}


def answer_error(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Answer what went wrong. Registered for every exception there is."""
    refuse, language, trace = refusal_of(error), language_of(request.scope), trace_of(request.scope)
    trace.code = refuse.code.name
    problem = problem_of(refuse, language, request=trace.request)
    if problem.status >= 500:  # noqa: PLR2004 - a server's error (RFC 9110, 15.6)
        trace.at = refuse.at
    headers = problem_headers(problem, language) | _allowed(error)
    if not _is_person(request):
        return Response(msgspec.json.encode(problem), media_type=MEDIA_TYPE, status_code=problem.status, headers=headers)
    if refuse.code is Refusal.SESSION_OVER and request.method in {"GET", "HEAD"}:
        return Redirect(f"{SIGN_IN}?next={quote(request.scope['path'])}", status_code=303)
    answer = _as_page(request, problem, refuse)
    answer.headers.update(headers)
    return answer


def _as_page(request: Request[Any, Any, Any], problem: Problem, refuse: Refuse) -> Response[str]:
    desk = desk_of(request.app.state)
    nobody = Visitor(desk.house, desk.threads, language_of(request.scope))
    return page("problem.html", WORDS, nobody, status=problem.status, problem=problem, code=refuse.code.value)


def _is_person(request: Request[Any, Any, Any]) -> bool:
    path = request.scope["path"]
    return not path.startswith(API) and (path.startswith(_CONSOLE) or "text/html" in header(request.scope, b"accept"))


def _allowed(error: Exception) -> dict[str, str]:
    """Keep which methods a path takes: RFC 9110, 15.5.6 asks for it."""
    given = error.headers if isinstance(error, HTTPException) and error.headers else {}
    return {name.lower(): value for name, value in given.items() if name.lower() == "allow"}
