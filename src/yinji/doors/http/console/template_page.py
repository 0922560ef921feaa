"""``/console/templates/{size}``: one template: texts tried on it, the label they make or what the lints find, and what stands where.

A draft that is refused is shown as findings and as the empty plan of the template, the places that were found marked: never as a
picture (`flows.try_template` says why). One that passes is drawn into the page itself, dot by dot, under 样张: its texts have no
address from which they could be fetched again, and stand in no log.
"""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath

from yinji.doors.http.charts import Drawing, Spot, outline, plan
from yinji.doors.http.console.asked import Form
from yinji.doors.http.console.template_trial import fields_of, switches_of, trial_of
from yinji.doors.http.console.template_words import FIELDS, SIZES, ZONES, place_of, zone_of
from yinji.doors.http.console.templates_page import HERE, at_desk, facts_of, press_for
from yinji.doors.http.console.waybill import pdf
from yinji.doors.http.look import Choice, Column, Kind, Row
from yinji.doors.http.pages import page
from yinji.doors.http.visitor import Asking, Visitor, signed
from yinji.flows.house import House
from yinji.flows.try_template import Trial, Tried, try_template, usual_trial
from yinji.kernel.said import Said
from yinji.label.layout import sizes, template_of
from yinji.label.layout.template import Template
from yinji.label.lints.finding import Finding
from yinji.label.writers.raster import Raster
from yinji.law import standing

WORDS: Final = {
    "title": Said("试排面单模板", "Try a label template"),
    "help": Said(
        "填入面单上会印的文字，看它怎样排、规则怎么说。所填内容不保存、不入日志。",
        "Type what a label would say: see how it is set and what the rules find. Nothing typed is kept or logged.",
    ),
    "sizes": Said("尺寸", "Sizes"),
    "specimen": Said("样张（实际尺寸）", "The specimen, at true size"),
    "texts": Said("要试的文字", "Texts to try"),
    "texts_help": Said(
        "按面单上的样子填，已经隐藏过的：王*、1******5678。请不要填真实的人。",
        "As they would stand on the label, masked already, such as 1******5678. Please type nobody real.",
    ),
    "switches": Said("还印什么", "What else is printed"),
    "check": Said("检查", "Check"),
    "pdf": Said("印这张样张（PDF）", "Print this specimen (PDF)"),
    "passes": Said("通过全部规则", "Every rule passes"),
    "passes_text": Said(
        "这样的面单可以输出。这里画的是样张；真实面单还要与寄递用户的原文比对。",
        "A label like this may leave. What is drawn is a specimen; a real label is also searched for its persons' own texts.",
    ),
    "refused": Said("不输出：{count} 项发现", "It does not leave: {count} found"),
    "refused_text": Said(
        "没有通过规则的面单不画出来，也不能打印。下面的平面图标出了位置。",
        "What the rules refuse is neither drawn nor printed. The plan marks the places.",
    ),
    "remedy": Said("怎么办", "What to do"),
    "law": Said("法律规定", "law"),
    "zones": Said("什么印在哪里", "What stands where"),
    "zones_help": Said(
        "平面图上的数字对应表里的行，距离从左上角量起。",
        "Figures of the plan are rows of the table; distances are from the upper left.",
    ),
    "plan": Said("模板平面图", "Plan of the template"),
    "about": Said("这种面单", "This label"),
    "calibrate": Said("校准打印机", "Calibrate the printer"),
    "browser": Said("从浏览器打印样张", "Print the specimen from the browser"),
    "specimen_pdf": Said("打印样张（PDF）", "Print the specimen (PDF)"),
}
_COLUMNS: Final = (
    Column("key", Said("图上", "Plan"), Kind.COUNT),
    Column("zone", Said("区", "Zone")),
    Column("fields", Said("内容", "What it says")),
    Column("ply", Said("联", "Ply")),
    Column("down", Said("距上边 mm", "From the top, mm"), Kind.COUNT),
)


@get("/templates/{size:str}", opt=signed())
async def show_template(visitor: Asking, size: FromPath[str]) -> Response[str]:
    """Show one template, with the specimen's own texts to begin from."""
    at_desk(visitor)
    template = template_of(size)
    trial = await visitor.ask(usual_trial, size)
    return _page(visitor, template, trial, {"tried": None})


@post("/templates/{size:str}", opt=signed(), status_code=200)
async def try_texts(visitor: Asking, size: FromPath[str], data: Form) -> Response[str]:
    """Show what typed texts become."""
    at_desk(visitor)
    template, trial = template_of(size), trial_of(data)
    return _page(visitor, template, trial, await visitor.ask(_tried, visitor, size, trial))


@post("/templates/{size:str}/tried", opt=signed(), status_code=200)
async def try_live(visitor: Asking, size: FromPath[str], data: Form) -> Response[str]:
    """Return the part of the page that answers, for the script that asks while somebody types."""
    at_desk(visitor)
    template, trial = template_of(size), trial_of(data)
    values = await visitor.ask(_tried, visitor, size, trial)
    return page("console/template_tried.html", WORDS, visitor, label=template, name=SIZES[size][0], here=HERE, **values)


@post("/templates/{size:str}/tried.pdf", opt=signed(), status_code=200)
async def print_tried(visitor: Asking, size: FromPath[str], data: Form) -> Response[Any]:
    """Give the specimen that typed texts make; where they are refused, the page that says why."""
    at_desk(visitor)
    template, trial = template_of(size), trial_of(data)
    printed = await visitor.ask(_printed, visitor, size, trial)
    if printed is None:
        return _page(visitor, template, trial, await visitor.ask(_tried, visitor, size, trial), status=422)
    return pdf(printed, "specimen.pdf")


def _page(visitor: Visitor, template: Template, trial: Trial, values: dict[str, Any], *, status: int = 200) -> Response[str]:
    size = template.name
    return page(
        "console/template.html",
        WORDS,
        visitor,
        status=status,
        here=HERE,
        label=template,
        name=SIZES[size][0],
        tabs=[Choice(SIZES[each][0], href=f"{HERE}/{each}", chosen=each == size) for each in sizes()],
        facts=facts_of(visitor.house, size),
        fields=fields_of(trial),
        switches=switches_of(trial),
        columns=[each for each in _COLUMNS if each.key != "ply" or len(template.plies) > 1],
        rows=_rows(template),
        drawing=_plan(template, visitor, key="plan"),
        **values,
    )


def _tried(house: House, visitor: Visitor, size: str, trial: Trial) -> dict[str, Any]:
    """Return what a page shows of a trial: the label's outline, or the findings and where they are."""
    press, template = press_for(visitor, size), template_of(size)
    tried: Tried = try_template(house, press, size, trial)
    if tried.label is None:
        found = [_told(at, each) for at, each in enumerate(tried.findings, 1)]
        marked = _plan(template, visitor, key="found", findings=tried.findings)
        return {"tried": tried, "found": found, "marked": marked}
    (raster,) = press.rasters([tried.label])
    return {"tried": tried, "dots": {"width": raster.width, "height": raster.height, "path": _outline(raster)}}


def _outline(raster: Raster) -> str:
    ink, each, spare = raster.inked, raster.row_bytes, -raster.width % 8
    rows = [int.from_bytes(ink[at : at + each], "big") >> spare for at in range(0, len(ink), each)]
    return outline(rows, width=raster.width)


def _printed(house: House, visitor: Visitor, size: str, trial: Trial) -> bytes | None:
    press = press_for(visitor, size)
    tried = try_template(house, press, size, trial)
    return None if tried.label is None else press.to_pdf([tried.label])


def _told(at: int, found: Finding) -> dict[str, Any]:
    return {"key": at, "finding": found, "place": place_of(found.where), "standing": standing(found.weight, found.confidence)}


def _plan(template: Template, visitor: Visitor, *, key: str, findings: tuple[Finding, ...] = ()) -> Drawing:
    """Return the plan of a template: its zones by their figures, or the places that were found by theirs."""
    part, language = template.whole, visitor.language
    figures: dict[str, str] = {}
    for at, found in enumerate(findings, 1):
        figures[found.where] = " ".join(filter(None, (figures.get(found.where), str(at))))
    keys = {zone: str(at) for at, zone in enumerate(ZONES, 1)}
    spots, begun = [], set[tuple[int, str]]()
    for number, ply in enumerate(template.plies):
        for box in ply.part.boxes:
            zone = zone_of(box.field)
            first = (number, zone) not in begun
            begun.add((number, zone))
            text = figures.get(box.field, "") if findings else keys[zone] * first
            look = "wrong" if box.field in figures else ""
            spots.append(Spot(*box.area, FIELDS[box.field][1].in_(language), text, look))
    areas = [*(("codes", bars.area) for bars in part.bars), *(("qr", area) for area in part.qrs)]
    spots += [Spot(*area, ZONES[zone].in_(language), "" if findings else keys[zone], "code") for zone, area in areas]
    return plan(
        spots,
        width=template.width,
        height=template.height,
        tears=template.tears,
        title=WORDS["plan"].in_(language),
        description=SIZES[template.name][0].in_(language),
        key=key,
        classes=f"mm-{template.name}",
    )


def _rows(template: Template) -> list[Row]:
    """Return the zones of each ply: figure, name, what they say, where they begin."""
    rows = []
    for ply in template.plies:
        part = ply.part
        for at, (zone, name) in enumerate(ZONES.items(), 1):
            boxes = [box for box in part.boxes if zone_of(box.field) == zone]
            areas = {"codes": [bars.area for bars in part.bars], "qr": list(part.qrs)}.get(zone, [box.area for box in boxes])
            if areas:
                said = list(dict.fromkeys(FIELDS[box.field][1] for box in boxes))
                what = Said("、".join(each.zh for each in said), ", ".join(each.en for each in said)) if said else name
                top = min(area.y for area in areas)
                rows.append(Row({"key": at, "zone": name, "fields": what, "ply": ply.name, "down": f"{top:g}"}))
    return rows
