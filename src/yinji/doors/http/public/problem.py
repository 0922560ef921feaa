"""``/problems/NAME``: what a problem's type means. RFC 9457, 3.1.1 asks that a type leads to a page for people."""

from __future__ import annotations

from typing import Final

from litestar import Response, get
from litestar.params import FromPath

from yinji.doors.http.look import Problem
from yinji.doors.http.pages import page
from yinji.doors.http.problems import TYPES, Refused
from yinji.doors.http.visitor import Asking, unsigned
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said

WORDS: Final = {
    "title": Said("问题", "Problem"),
    "help": Said("一个问题编号的含义，以及遇到时怎么办。", "What a problem means, and what to do when it is met."),
    "name": Said("名称", "Name"),
}


@get(f"{TYPES}{{name:str}}", opt=unsigned())
async def show_problem(visitor: Asking, name: FromPath[str]) -> Response[str]:
    """Show reason and remedy of one code."""
    if name not in Refusal.__members__:
        raise Refused(Refuse(Refusal.PATH_UNKNOWN))
    refuse = Refuse(Refusal[name])
    return page("public/problem.html", WORDS, visitor, problem=Problem.of(refuse), name=name)
