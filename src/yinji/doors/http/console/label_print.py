"""Printing from the browser at exact size: a page that holds nothing but labels, each on a page of its own paper.

A specimen and a calibration sheet count nothing. A waybill's labels come as the answer to a counted reprint, as its PDF does: what
was counted is printed from that answer, and who loads it anew is asked by the browser whether to send, and so to count, again. The
pictures themselves are looks, which count no print, as opening the PDF does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from yinji.access.desks import Desk
from yinji.doors.http.console.asked import Form, ref_of
from yinji.doors.http.console.template_words import SIZES
from yinji.doors.http.console.templates_page import HERE as TEMPLATES
from yinji.doors.http.console.templates_page import at_desk, png
from yinji.doors.http.console.waybill import HERE, own_press
from yinji.doors.http.console.waybill_acts import refused_page
from yinji.doors.http.console.waybill_words import member
from yinji.doors.http.look import Word
from yinji.doors.http.pages import page
from yinji.doors.http.problems import Refused
from yinji.doors.http.visitor import Asking, Visitor, signed
from yinji.flows.house import House
from yinji.flows.node_look import look_of
from yinji.flows.print_again import AgainReason, draw_labels, print_labels
from yinji.flows.show_waybill import waybill_at
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, show_ref
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.layout import template_of

WORDS: Final = {
    "title": Said("从浏览器打印", "Print from the browser"),
    "help": Said(
        "每页一张，纸张与面单一样大。在打印窗口里选 100 %、无边距、无页眉页脚。",
        "One a page, on paper of the label's own size. Choose 100 %, no margins, no headers in the print window.",
    ),
    "print": Said("打印", "Print"),
    "how": Said("没有打印按钮时，用浏览器菜单里的“打印”。", "Where there is no button, the browser's own menu prints."),
    "counted": Said("这次补打已计数", "This reprint was counted"),
    "counted_text": Said(
        "原因已记入证据。刷新本页会再计一次。", "Its reason stands in the evidence. Loading this page anew counts another."
    ),
    "back": Said("返回", "Back"),
    "label": Said("面单", "Label"),
    "sheet": Said("校准单", "Calibration sheet"),
}


class Sheet(NamedTuple):
    """A label to be printed: where its picture is, and what it is called."""

    href: str
    name: Word


@get("/templates/{size:str}/print", opt=signed())
async def print_specimen(visitor: Asking, size: FromPath[str]) -> Response[str]:
    """Show the specimen of a size, ready to be printed."""
    at_desk(visitor)
    template = template_of(size)
    sheets = [Sheet(f"{TEMPLATES}/{size}/specimen.png", SIZES[template.name][0])]
    return _page(visitor, size, sheets, back=f"{TEMPLATES}/{size}")


@get("/templates/calibration/print", opt=signed())
async def print_calibration(visitor: Asking, size: FromQuery[str] = "") -> Response[str]:
    """Show the calibration sheet of a size, ready to be printed."""
    at_desk(visitor)
    size = template_of(size or visitor.house.settings.label_size).name
    here = f"{TEMPLATES}/calibration"
    return _page(visitor, size, [Sheet(f"{here}.png?size={size}", WORDS["sheet"])], back=f"{here}?size={size}")


@post("/waybills/{ref:str}/again/print", opt=signed(), status_code=200)
async def print_again_here(visitor: Asking, ref: FromPath[str], data: Form) -> Response[Any]:
    """Count a reprint with its reason, and show its labels, ready to be printed."""
    reason, wanted = member(AgainReason, data.get("reason", "")), ref_of(ref)
    if reason is None:
        raise Refused(Refuse(Refusal.BODY_UNREADABLE))
    made = await visitor.threads.run(_counted, visitor.house, visitor, wanted, reason)
    if isinstance(made, Refuse):
        return await refused_page(visitor, wanted, made)
    here = f"{HERE}/{show_ref(wanted)}"
    sheets = [Sheet(f"{here}/labels/{place}", WORDS["label"]) for place in range(1, made + 1)]
    return _page(visitor, visitor.house.settings.label_size, sheets, back=here, counted=True)


@get("/waybills/{ref:str}/labels/{place:int}", opt=signed())
async def picture_label(visitor: Asking, ref: FromPath[str], place: FromPath[int]) -> Response[bytes]:
    """Give the label of one package as it was printed last, as dots."""
    return png(await visitor.ask(_drawn, visitor, ref_of(ref), place))


def _page(visitor: Visitor, size: str, sheets: Sequence[Sheet], *, back: str, counted: bool = False) -> Response[str]:
    template = template_of(size)
    return page(
        "console/template_print.html" if not counted else "console/waybill_print.html",
        WORDS,
        visitor,
        label=template,
        sheets=sheets,
        back=back,
        counted=counted,
    )


def _counted(house: House, visitor: Visitor, ref: Ref, reason: AgainReason) -> int | Refuse:
    """Count the print; return how many labels there are."""
    bill = waybill_at(house, ref, desk=Desk.WAYBILL_ACTS)
    if isinstance(bill, Refuse):
        return bill
    labels, refused = print_labels(house, own_press(visitor), look_of(house), numbers=[bill.number], again=reason)
    return refused[0].refusal if refused else len(labels)


def _drawn(house: House, visitor: Visitor, ref: Ref, place: int) -> bytes | Refuse:
    bill = waybill_at(house, ref, desk=Desk.WAYBILLS)
    if isinstance(bill, Refuse):
        return bill
    if not 1 <= place <= 1 + len(bill.subs):
        return Refuse(Refusal.NUMBER_UNKNOWN)
    press = own_press(visitor)
    labels = draw_labels(house, press, look_of(house), bill)
    return labels if isinstance(labels, Refuse) else press.to_png(labels[place - 1])
