"""``/console/templates/calibration``: the calibration sheet of a size, and what to change when it measures wrong. It shows nobody."""

from __future__ import annotations

import re
from typing import Final

from litestar import Response, get, post
from litestar.params import FromQuery

from yinji.doors.http.console.asked import Form
from yinji.doors.http.console.template_words import SIZES
from yinji.doors.http.console.templates_page import HERE, at_desk, png, press_for
from yinji.doors.http.console.waybill import pdf
from yinji.doors.http.look import Choice
from yinji.doors.http.pages import page
from yinji.doors.http.visitor import Asking, Visitor, signed
from yinji.flows.house import House
from yinji.flows.lint_template import NUMBER, TOKEN
from yinji.kernel.said import Said
from yinji.label.layout import sizes, template_of
from yinji.label.layout.calibration import INSET, MEASURED, lying_mm
from yinji.label.measuring import LONGEST, MM, OFF_MAX, SHORTEST, Judged, Measured, judge

WORDS: Final = {
    "title": Said("校准打印机", "Calibrate the printer"),
    "help": Said(
        "印一张校准单，用直尺量，填回来，就知道该改什么。",
        "Print the sheet, hold a ruler against it, enter what it says: the page tells what to change.",
    ),
    "sizes": Said("纸张", "Paper"),
    "print": Said("1 打印", "1 Print"),
    "print_help": Said(
        "与面单用同一台打印机、同一种方式打印：命令和接口出 PDF，浏览器打印是另一条路，两条都试。",
        "Print it the way labels are printed, on the same printer. PDF and the browser are two ways: try the one you use.",
    ),
    "pdf": Said("校准单（PDF）", "The sheet (PDF)"),
    "png": Said("校准单（PNG）", "The sheet (PNG)"),
    "browser": Said("从浏览器打印", "Print from the browser"),
    "look": Said("2 先看", "2 Look first"),
    "looks": Said(
        "扫描条码与二维码，应当都能读出；单点和一点线应分得开；黑条里有白线，是打印头有坏点。",
        "Scan both codes: both should read. Single dots and lines of one dot should be told apart. A white line through the black "
        "bar is a dead dot of the head.",
    ),
    "measure": Said("3 量，填回来", "3 Measure, and enter"),
    "measure_help": Said("毫米，最多三位小数。直尺刻度的左沿、上沿是准的。", "Millimetres, up to three decimals. Strokes count from their left or upper edge."),
    "across": Said("横尺 0 到 {mm}", "Lying ruler, 0 to {mm}"),
    "down": Said("竖尺 0 到 {mm}", "Upright ruler, 0 to {mm}"),
    "left": Said("左上角标记到左边", "Upper left corner to the left edge"),
    "top": Said("左上角标记到上边", "Upper left corner to the upper edge"),
    "should": Said("应为 {mm}", "should be {mm}"),
    "judge": Said("看结果", "What does it say?"),
    "unread": Said("没有看懂：填 10 到 400 之间的毫米数，如 99.5；角标到纸边 0 到 30。",
                   "Not understood: lengths are 10 to 400 millimetres, such as 99.5; a corner stands 0 to 30 from the edge."),
    "holds": Said("打印准确", "The printer is true"),
    "change": Said("需要调整", "Something is to be changed"),
    "picture": Said("校准单", "The calibration sheet"),
    "back": Said("返回模板", "Back to the templates"),
}  # fmt: skip
_MILLIMETRES: Final = re.compile(r"([0-9]{1,3})(?:[.。,，]([0-9]{1,3}))?", re.ASCII)
_FIELDS: Final = ("across", "down", "left", "top")
_ONLY_IF_LOOKED: Final = frozenset({"left", "top"})


@get("/templates/calibration", opt=signed())
async def show_calibration(visitor: Asking, size: FromQuery[str] = "") -> Response[str]:
    """Show the sheet of a size, the node's own where none is named."""
    at_desk(visitor)
    return _page(visitor, size, {})


@post("/templates/calibration", opt=signed(), status_code=200)
async def judge_measured(visitor: Asking, data: Form, size: FromQuery[str] = "") -> Response[str]:
    """Say what to change."""
    at_desk(visitor)
    return _page(visitor, size, data, asked=True)


@get("/templates/calibration.pdf", opt=signed())
async def give_calibration(visitor: Asking, size: FromQuery[str] = "") -> Response[bytes]:
    """Give the sheet as a document."""
    at_desk(visitor)
    return pdf(await visitor.ask(_document, visitor, _own(visitor, size)), "calibration.pdf")


@get("/templates/calibration.png", opt=signed())
async def picture_calibration(visitor: Asking, size: FromQuery[str] = "") -> Response[bytes]:
    """Give the sheet as the dots of the print head."""
    at_desk(visitor)
    return png(await visitor.ask(_picture, visitor, _own(visitor, size)))


def _own(visitor: Visitor, size: str) -> str:
    return template_of(size or visitor.house.settings.label_size).name


def _page(visitor: Visitor, asked_size: str, form: dict[str, str], *, asked: bool = False) -> Response[str]:
    size = _own(visitor, asked_size)
    template, own = template_of(size), f"{HERE}/calibration"
    should = {"across": lying_mm(template), "down": MEASURED, "left": INSET, "top": INSET}
    judged = _judged(form, across=lying_mm(template)) if asked else None
    fields = [
        {
            "name": name,
            "text": _filled(WORDS[name], should[name]),
            "value": form.get(name, "")[:8],
            "hint": _filled(WORDS["should"], should[name]),
            "need": "optional" if name in _ONLY_IF_LOOKED else "required",
        }
        for name in _FIELDS
    ]
    return page(
        "console/template_calibration.html",
        WORDS,
        visitor,
        status=422 if asked and judged is None else 200,
        here=HERE,
        own=own,
        label=template,
        tabs=[Choice(SIZES[each][0], href=f"{own}?size={each}", chosen=each == size) for each in sizes()],
        fields=fields,
        asked=asked,
        judged=judged,
    )


def _filled(said: Said, mm: float) -> Said:
    return Said(*(each.format(mm=f"{mm:g} mm") for each in said))


def _judged(form: dict[str, str], *, across: int) -> Judged | None:
    """Return what a measurement comes to; None where a number cannot be read, or nobody could have measured it."""
    read = {name: _micrometres(form.get(name, "").strip()) for name in _FIELDS}
    if any(read[name] is None for name in _FIELDS if name not in _ONLY_IF_LOOKED or form.get(name, "").strip()):
        return None
    lengths, corners = [read["across"] or 0, read["down"] or 0], [read["left"], read["top"]]
    if min(lengths) < SHORTEST or max(lengths) > LONGEST or any(each is not None and each > OFF_MAX for each in corners):
        return None
    return judge(Measured(*lengths, *corners), across_mm=across, down_mm=MEASURED, inset_mm=INSET)


def _micrometres(text: str) -> int | None:
    """Return a length written as 99.5; None where it is none."""
    found = _MILLIMETRES.fullmatch(text)
    return int(found[1]) * MM + int((found[2] or "").ljust(3, "0")) if found else None


def _document(house: House, visitor: Visitor, size: str) -> bytes:  # noqa: ARG001 - a flow takes the house first
    return press_for(visitor, size).calibration_pdf(number=NUMBER, token=TOKEN)


def _picture(house: House, visitor: Visitor, size: str) -> bytes:  # noqa: ARG001 - as above
    return press_for(visitor, size).calibration_png(number=NUMBER, token=TOKEN)
