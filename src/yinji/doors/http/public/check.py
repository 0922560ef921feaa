"""``/check``: anybody checks a label: one file in, the verdict on the page, nothing kept.

No file and no temporary file is written, no log has its name; a day's count by address is all that stays (`access.queries`), and goes with
the day. One file is judged at a time a process; whoever comes meanwhile is asked to come back. It works without scripts.
"""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response, get, post

from yinji.access.queries.model import Closed
from yinji.doors.http.console.inspect import ACCEPT, ASKING_WORDS, BUSY_SECONDS, FIELD
from yinji.doors.http.cookies import session_cookie
from yinji.doors.http.desk import Manned
from yinji.doors.http.form_in_memory import form_of, in_memory
from yinji.doors.http.inspected import VERDICT_WORDS, verdict
from yinji.doors.http.look import Problem
from yinji.doors.http.pages import page
from yinji.doors.http.problems import status_of
from yinji.doors.http.visitor import Asking, Visitor, unsigned
from yinji.flows.inspect_upload import inspect_in_public
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said

HERE: Final = "/check"
_SECOND_MS: Final = 1_000

WORDS: Final = (
    VERDICT_WORDS
    | ASKING_WORDS
    | {
        "title": Said("检查一张面单", "Check a label"),
        "help": Said(
            "看看一张快递面单有没有露出姓名、电话、门牌或证件号。文件只在内存里，查完即弃。",
            "See whether a waybill shows a name, a phone, a room or a document number. The file stays in memory, and is gone afterwards.",
        ),
        "closed": Said("检查暂时停止", "No file is taken for a while"),
        "closed_text": Said("从您这里来的文件太多了，请谅解。", "Too many files came from where you are."),
        "again_at": Said("请在此时之后再试", "Please try again after"),
        "beijing": Said("（北京时间）。", " (Beijing time)."),
        "about": Said("本页怎样对待您的文件", "What becomes of your file"),
        "about_text": Said(
            "不写入磁盘，不记日志，不问您是谁；为了不让机器占满，当天只记次数。结论供参考，不是执法意见。",
            "It is written to no disk and no log, and nobody asks who you are; to keep machines away the day's files are counted. The verdict "
            "is information, not an act of an authority.",
        ),
        "label": Said("怎样看面单", "How to read a label"),
    }
)


@get(HERE, opt=unsigned())
async def show_check(request: Request[Any, Any, Any], visitor: Asking) -> Response[str]:
    """Show the empty form. Its token belongs to the cookie that goes with it, which is nobody's session."""
    answer = _form(visitor)
    if not visitor.known:
        answer.set_cookie(session_cookie(request.scope, visitor.token))
    return answer


@post(HERE, opt=unsigned() | in_memory(), status_code=200)
async def check(request: Request[Any, Any, Any], visitor: Asking, desk: Manned) -> Response[str]:
    """Judge one file and show the verdict. No redirect: the answer has no address, for nothing is kept."""
    content = form_of(request).get(FIELD, b"")
    if not content:
        return _form(visitor, Refuse(Refusal.SHEET_UNKNOWN))
    address = request.client.host if request.client else ""
    told = await visitor.threads.run(desk.seats.judged, inspect_in_public, visitor.house, content, address=address)
    match told:
        case Closed():
            return _form(visitor, closed=told)
        case Refuse():
            return _form(visitor, told)
    return page("public/checked.html", WORDS, visitor, public=HERE, again=HERE, **verdict(told, visitor.language))


def _form(visitor: Visitor, refused: Refuse | None = None, *, closed: Closed | None = None) -> Response[str]:
    code = Refusal.QUERY_CLOSED if closed else refused.code if refused else None
    answer = page(
        "public/check.html",
        WORDS,
        visitor,
        status=status_of(code) if code else 200,
        public=HERE,
        here=HERE,
        accept=ACCEPT,
        busy=code is Refusal.NODE_CROWDED,
        problems=[Problem.of(refused)] if refused and code is not Refusal.NODE_CROWDED else [],
        closed=closed.until_ms if closed else None,
    )
    if closed:
        waits = closed.until_ms - visitor.house.clock.now_ms()
        answer.headers["retry-after"] = str(max(1, -(-waits // _SECOND_MS)))  # whole seconds, upwards (RFC 9110, 10.2.3)
    elif code is Refusal.NODE_CROWDED:
        answer.headers["retry-after"] = str(BUSY_SECONDS)
    return answer


HANDLERS: Final = [show_check, check]
