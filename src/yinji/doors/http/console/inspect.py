"""``/console/inspect``: anybody's label, judged at a desk. One entry says that it was done; the file is not kept.

The router's paths are whole, since it is shared with the public page: `HANDLERS` of both stand behind the same places (`seats`).
"""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response, get, post

from yinji.doors.http.desk import Manned
from yinji.doors.http.form_in_memory import form_of, in_memory
from yinji.doors.http.inspected import VERDICT_WORDS, verdict
from yinji.doors.http.look import Problem
from yinji.doors.http.pages import page
from yinji.doors.http.problems import Refused, status_of
from yinji.doors.http.visitor import Asking, Visitor, signed
from yinji.flows.inspect_upload import SHEETS_MAX, UPLOAD_BYTES_MAX, inspect_at_desk, may_inspect
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said

HERE: Final = "/console/inspect"
FIELD: Final = "label"
ACCEPT: Final = "application/pdf,image/png,image/jpeg"
UPLOAD_MIB: Final = UPLOAD_BYTES_MAX >> 20

BUSY_SECONDS: Final = 5
"""When to come back: a photograph is judged by then."""

ASKING_WORDS: Final = {
    "hint": Said(
        f"PDF、PNG 或 JPEG，不超过 {UPLOAD_MIB} MB、{SHEETS_MAX} 页",
        f"PDF, PNG or JPEG, up to {UPLOAD_MIB} MB and {SHEETS_MAX} pages",
    ),
    "photograph": Said("给面单拍照", "Take a photograph of the label"),
    "photograph_hint": Said("整张面单在画面里，光线均匀", "the whole label in the picture, evenly lit"),
    "go": Said("检查", "Check it"),
    "go_photograph": Said("检查照片", "Check the photograph"),
    "file": Said("文件", "A file"),
    "camera": Said("拍照", "A photograph"),
    "busy": Said("正在检查另一份", "Another file is being judged"),
    "busy_text": Said(
        "请过几秒钟再试；刚才的文件没有留下，要重新选。",
        "Please try again in some seconds. Your file was not kept: choose it again.",
    ),
    "seconds": Said("照片要几秒钟；一次只查一份。", "A photograph takes some seconds; one file is judged at a time."),
}
WORDS: Final = (
    VERDICT_WORDS
    | ASKING_WORDS
    | {
        "title": Said("面单检查", "Inspect labels"),
        "help": Said(
            "检查任何公司的面单露出了什么。文件只在内存里，查完即弃；证据里留一条，不含任何人。",
            "What anybody's label shows. The file stays in memory until it is judged; one entry says so, and names nobody.",
        ),
    }
)


@get(HERE, opt=signed())
async def show_inspect(visitor: Asking) -> Response[str]:
    """Show the empty form."""
    return await _form(visitor)


@post(HERE, opt=signed() | in_memory(), status_code=200)
async def inspect_file(request: Request[Any, Any, Any], visitor: Asking, desk: Manned) -> Response[str]:
    """Judge one file and show the verdict. No redirect: the answer has no address, for nothing is kept."""
    content = form_of(request).get(FIELD, b"")
    if not content:
        return await _form(visitor, Refuse(Refusal.SHEET_UNKNOWN))
    told = await visitor.threads.run(desk.seats.judged, inspect_at_desk, visitor.house, content)
    if isinstance(told, Refuse):
        return await _form(visitor, told)
    return page("console/inspected.html", WORDS, visitor, again=HERE, **verdict(told, visitor.language))


async def _form(visitor: Visitor, refused: Refuse | None = None) -> Response[str]:
    kept_from = await visitor.threads.run(may_inspect, visitor.house)
    if kept_from is not None:
        raise Refused(kept_from)
    busy = refused is not None and refused.code is Refusal.NODE_CROWDED
    problems = [Problem.of(refused)] if refused and not busy else []
    status = status_of(refused.code) if refused else 200
    answer = page("console/inspect.html", WORDS, visitor, status=status, here=HERE, accept=ACCEPT, problems=problems, busy=busy)
    if busy:
        answer.headers["retry-after"] = str(BUSY_SECONDS)
    return answer
