"""``/language/zh``: answer this browser in that language from now on. ``?to=/t`` goes back to a public page, one of a closed list."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, get
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect

from yinji.doors.http.language import COOKIE
from yinji.doors.http.visitor import unsigned
from yinji.kernel.said import Language

_YEAR_SECONDS: Final = 365 * 24 * 60 * 60
_HOME: Final = "/console"
_PUBLIC: Final = frozenset({"/t", "/l", "/check"})


@get("/language/{language:str}", opt=unsigned(), status_code=303)
async def choose_language(language: FromPath[str], request: Request[Any, Any, Any]) -> Redirect:
    """Remember the choice, a year, and go to the console's first page, or back to a public one. No other address is taken."""
    chosen, wanted = Language(language) if language in set(Language) else Language.ZH, request.query_params.get("to", "")
    answer = Redirect(wanted if wanted in _PUBLIC else _HOME, status_code=303)
    answer.set_cookie(Cookie(key=COOKIE, value=chosen.value, path="/", max_age=_YEAR_SECONDS, httponly=True, samesite="lax"))
    return answer
