"""``/console/templates``: every size a label can be printed in, as a specimen of invented persons at true size."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from litestar import Response, get
from litestar.params import FromPath

from yinji.access.desks import Desk
from yinji.doors.http.console.template_words import SIZES, ZONES, zone_of
from yinji.doors.http.console.waybill import pdf
from yinji.doors.http.look import Fact, Kind, Mark, Tag
from yinji.doors.http.pages import page
from yinji.doors.http.problems import Refused
from yinji.doors.http.visitor import Asking, Visitor, signed
from yinji.flows.draw_specimen import draw_specimen
from yinji.flows.house import House
from yinji.flows.set_press import press_of
from yinji.flows.sit_at_desk import kept_from
from yinji.kernel.decision import Refuse
from yinji.kernel.said import Said
from yinji.label.layout import sizes, template_of
from yinji.label.layout.template import Template
from yinji.label.press import HEADS, Press

HERE: Final = "/console/templates"

WORDS: Final = {
    "title": Said("面单模板", "Label templates"),
    "help": Said(
        "每种面单的样张，按实际尺寸显示；人是虚构的。",
        "A specimen of every label, shown at true size. Its persons are invented.",
    ),
    "specimen_of": Said("样张", "Specimen"),
    "try": Said("试排与检查", "Try texts, see the findings"),
    "pdf": Said("打印一张样张（PDF）", "Print one specimen (PDF)"),
    "browser": Said("从浏览器打印", "Print from the browser"),
    "calibrate": Said("校准打印机", "Calibrate the printer"),
    "calibrate_help": Said(
        "尺寸不对？先印一张校准单，量一量。", "Is the size not right? Print a calibration sheet first, and measure it."
    ),
}
_NAMES: Final = {
    "use": Said("用途", "For"),
    "paper": Said("纸张", "Paper"),
    "plies": Said("联", "Plies"),
    "head": Said("打印头", "Print head"),
    "zones": Said("内容", "What stands there"),
    "own": Said("本节点", "This node"),
}
_OWN: Final = Tag(Said("本节点制单用的尺寸", "the size that this node issues"), Mark.DONE)
_OTHER: Final = Said("可在制单页或命令里选用", "may be chosen at the issue page or by command")


@get("/templates", opt=signed())
async def show_templates(visitor: Asking) -> Response[str]:
    """Show every size."""
    at_desk(visitor)
    own = visitor.house.settings.label_size
    shown = [(template_of(size), SIZES[size][0], facts_of(visitor.house, size)) for size in sizes()]
    return page("console/templates.html", WORDS, visitor, here=HERE, shown=shown, own=own)


@get("/templates/{size:str}/specimen.pdf", opt=signed())
async def give_specimen(visitor: Asking, size: FromPath[str]) -> Response[bytes]:
    """Give the specimen of a size as a document of one page."""
    at_desk(visitor)
    return pdf(await visitor.ask(_document, visitor, size), "specimen.pdf")


@get("/templates/{size:str}/specimen.png", opt=signed())
async def show_specimen(visitor: Asking, size: FromPath[str]) -> Response[bytes]:
    """Give the specimen of a size as the dots of its print head."""
    at_desk(visitor)
    return png(await visitor.ask(_picture, visitor, size))


def at_desk(visitor: Visitor) -> None:
    """See that the visitor may work with templates; raises `Refused`."""
    if refused := kept_from(visitor.house, Desk.TEMPLATES):
        raise Refused(refused)


def press_for(visitor: Visitor, size: str) -> Press:
    """Return the calling thread's press of a size; raises Fault(LABEL_SIZE_UNKNOWN). Call it inside a flow."""
    template_of(size)  # an unknown size is refused before a name of a visitor's own making is kept
    return visitor.threads.own(f"press {size}", lambda: press_of(visitor.house.settings, size))


def png(picture: bytes) -> Response[bytes]:
    """Return a picture of a label, kept nowhere."""
    return Response(picture, media_type="image/png", headers={"cache-control": "no-store"})


def facts_of(house: House, size: str) -> list[Fact]:
    """Return what is to be known of a size."""
    template, dpi = template_of(size), int(house.settings.printer_dpi)
    own = size == house.settings.label_size
    dots = f"{dpi} dpi · {HEADS[dpi]}"
    return [
        Fact(_NAMES["use"], SIZES[size][1], wide=True),
        Fact(_NAMES["paper"], f"{template.width:g} × {template.height:g} mm"),
        Fact(_NAMES["plies"], _plies(template)),
        Fact(_NAMES["head"], Said(f"{dots} 点/毫米", f"{dots} dots a millimetre")),
        Fact(_NAMES["own"], _OWN if own else _OTHER, Kind.TAG if own else Kind.TEXT),
        Fact(_NAMES["zones"], _zones(template), wide=True),
    ]


def _plies(template: Template) -> Said:
    if len(template.plies) == 1:
        return Said("一联", "one")
    ends = pairwise((0.0, *template.tears, template.height))
    told = [(ply.name, f"{low - top:g} mm") for ply, (top, low) in zip(template.plies, ends, strict=True)]
    zh, en = (" + ".join(f"{name[at]} {high}" for name, high in told) for at in range(2))
    return Said(zh, en)


def _zones(template: Template) -> Said:
    part = template.whole
    there = {zone_of(box.field) for box in part.boxes} | {"codes"} | ({"qr"} if part.qrs else set())
    said = [name for zone, name in ZONES.items() if zone in there]
    first, *others = (each.en for each in said)
    en = ", ".join((first, *(each if each[:2].isupper() else each.lower() for each in others)))
    return Said("、".join(each.zh for each in said), en)


def _document(house: House, visitor: Visitor, size: str) -> bytes | Refuse:
    press = press_for(visitor, size)
    label = draw_specimen(house, press, size)
    return label if isinstance(label, Refuse) else press.to_pdf([label])


def _picture(house: House, visitor: Visitor, size: str) -> bytes | Refuse:
    press = press_for(visitor, size)
    label = draw_specimen(house, press, size)
    return label if isinstance(label, Refuse) else press.to_png(label)
