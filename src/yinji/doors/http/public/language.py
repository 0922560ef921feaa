"""``/language/zh``: answer this browser in that language from now on."""

from __future__ import annotations

from typing import Final

from litestar import get
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect

from yinji.doors.http.language import COOKIE
from yinji.doors.http.visitor import unsigned
from yinji.kernel.said import Language

_YEAR_SECONDS: Final = 365 * 24 * 60 * 60


@get("/language/{language:str}", opt=unsigned(), status_code=303)
async def choose_language(language: FromPath[str]) -> Redirect:
    """Remember the choice, a year, and go to the console's first page. No address is taken from whoever asks."""
    chosen = Language(language) if language in set(Language) else Language.ZH
    answer = Redirect("/console", status_code=303)
    answer.set_cookie(Cookie(key=COOKIE, value=chosen.value, path="/", max_age=_YEAR_SECONDS, httponly=True, samesite="lax"))
    return answer
