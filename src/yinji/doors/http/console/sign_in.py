"""``/console/sign-in``: account and secret, then the page that was wanted."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from yinji.doors.http.cookies import session_cookie, session_token
from yinji.doors.http.look import Problem
from yinji.doors.http.pages import page
from yinji.doors.http.problems import status_of
from yinji.doors.http.visitor import Asking, unsigned
from yinji.flows.hold_session import SignedInAnew, begin_session
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private
from yinji.kernel.said import Said

WORDS: Final = {
    "title": Said("登录", "Sign in"),
    "help": Said(
        "用为您开立的账号登录；密钥只在开立账号时显示过一次。",
        "Sign in with the account that was opened for you; its secret was shown once, when it was opened.",
    ),
    "account": Said("账号", "Account"),
    "secret": Said("密钥", "Secret"),
    "go": Said("登录", "Sign in"),
    "track": Said("收件人、寄件人：查询快件", "Recipients and senders: track a parcel"),
}

HOME: Final = "/console"

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/sign-in", opt=unsigned())
async def show_sign_in(request: Request[Any, Any, Any], visitor: Asking) -> Response[str]:
    """Show the form. Its token belongs to the cookie that goes with it, which is nobody's session."""
    answer = page("console/sign_in.html", WORDS, visitor, next=_inside(request.query_params.get("next", "")), problem=None)
    if not visitor.known:
        answer.set_cookie(session_cookie(request.scope, visitor.token))
    return answer


@post("/sign-in", opt=unsigned(), status_code=303)
async def sign_in(request: Request[Any, Any, Any], visitor: Asking, data: Form) -> Response[Any]:
    """Begin a session, under a token made now: what the browser brought before is worth nothing afterwards."""
    wanted, secret = _inside(data.get("next", "")), Private(data.pop("secret", ""))
    former = session_token(request.scope) if visitor.known else ""
    begun = await visitor.threads.run(begin_session, visitor.house, data.get("account", ""), secret, former=former)
    if isinstance(begun, Refuse):
        problem = Problem.of(begun)
        return page("console/sign_in.html", WORDS, visitor, status=status_of(begun.code), next=wanted, problem=problem)
    answer = Redirect(wanted, status_code=303)
    answer.set_cookie(session_cookie(request.scope, _handed_over(begun)))
    return answer


def _handed_over(begun: SignedInAnew) -> str:
    """Hand the token to the browser, the one place where it is kept."""
    return begun.token.open()


def _inside(wanted: str) -> str:
    """Return the page that was wanted where it is one of the console's; an address elsewhere would be somebody's trap."""
    plain = wanted.startswith(f"{HOME}/") and all(each.isascii() and (each.isalnum() or each in "/-_.") for each in wanted)
    return wanted if plain else HOME
