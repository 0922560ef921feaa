"""The collection slip (揽收单), on the 76 x 130 mm media a courier's printer holds: one half stays with the sender, the other goes
with the courier. It says what was collected, not to whom it goes: of the recipient only masked name and destination.
"""

from __future__ import annotations

from typing import Final

from yinji.kernel.said import Said
from yinji.label.layout import zones
from yinji.label.layout.lower_zones import captioned, signature
from yinji.label.layout.shrinking import fit
from yinji.label.layout.template import SPECIMEN, Align, Area, Bars, Box, Caption, Mark, NumberText, Part, Ply, Template, Weight

_LEFT: Final = 2.0
_WIDTH: Final = 72.0
_HALF: Final = 36.0
_HEIGHT: Final = 65.0
_ROW: Final = 3.5


def _head(top: float, says: str) -> Part:
    carrier, mark = 27.0, Area(_LEFT + 28.5, top, 18.5, 8.0)
    right = Area(_LEFT + 48.5, top - 0.5, 23.5, 3.0)
    return Part(
        fills=(mark,),
        captions=(
            Caption("揽收单", Area(mark.x, top + 0.25, mark.w, 4.25), 3.25, Weight.BOLD, Align.CENTRE, white=True),
            Caption(says, Area(mark.x, top + 4.5, mark.w, 3.0), 2.25, align=Align.CENTRE, white=True),
        ),
        boxes=(
            Box("carrier", Area(_LEFT, top, carrier, 8.0), fit(8.0, 4.5), Weight.BOLD, repeats=True),
            Box("printed_at", right, fit(3.0, 2.25), align=Align.RIGHT, repeats=True),
            Box("package_shown", right._replace(y=top + 2.5), fit(3.0, 2.25), Weight.BOLD, Align.RIGHT, repeats=True),
        ),
        masters=(NumberText(Area(_LEFT + 48.5, top + 5.5, 23.5, 2.5), 2.0, align=Align.RIGHT),),
    )


def _row(top: float, *cells: tuple[str, str], height: float = _ROW, width: float = _WIDTH) -> Part:
    """Return captioned fields side by side."""
    each = zones.quarter(width / len(cells))
    areas = [Area(_LEFT + at * each, top, each - 0.5, height) for at in range(len(cells))]
    parts = [captioned(field, says, area, 2.375) for (field, says), area in zip(cells, areas, strict=True)]
    return sum(parts, Part())


def _half(start: float, name: Said) -> Ply:
    at = start + 2.0
    part = (
        _head(at, name.zh)
        + zones.under(Area(_LEFT, at, _WIDTH, 8.5))
        + Part(
            bars=(Bars(Area(_LEFT, at + 9.5, _WIDTH, 9.0), 3),),
            numbers=(NumberText(Area(_LEFT, at + 18.75, _WIDTH, 3.75), 3.25),),
        )
        + zones.under(Area(_LEFT, at, _WIDTH, 22.75))
        + _row(at + 23.5, ("sender.name", "寄件"), ("sender.phone", "电话"))
        + _row(at + 27, ("recipient.name", "收件"), ("destination", "到达"), height=4.25)
        + captioned("contents", "内件", Area(_LEFT, at + 31.5, _WIDTH, 3.5), 2.5, always=True)
        + _row(at + 35, ("pieces_shown", "件数"), ("weight_shown", "重量"), width=46.0)
        + Part(boxes=zones.class_of_label(Area(_LEFT + 48.0, at + 35, 24.0, 3.25)))
        + _money(at + 38.75)
        + zones.other_hands(Area(_LEFT, at + 42.75, _WIDTH, 2.75))
        + zones.under(Area(_LEFT, at, _WIDTH, 45.75))
        + _row(at + 46.5, ("outlet", "网点"), ("courier", "揽收"))
        + Part(boxes=(Box("hotline", Area(_LEFT, at + 50, _HALF, 3.0), fit(3.0, 2.25, lines=1), repeats=True),))
        + _acts(at + 50)
        + zones.under(Area(_LEFT, at, _WIDTH, 53.75))
        + signature(Area(_LEFT, at + 54, _WIDTH, 7.75), "寄件人签字", "收派员签字")
    )
    mark = Mark(SPECIMEN, Area(_LEFT, at + 23, _WIDTH, 38.0), 10.0)
    return Ply(name, Area(0, start, 76.0, _HEIGHT), part, mark)


def _money(top: float) -> Part:
    fields = ("freight_shown", "collect_freight_shown", "collect_goods_shown", "insured_shown")
    each = _WIDTH / len(fields)
    areas = [Area(_LEFT + at * each, top, each - 0.5 * (at < len(fields) - 1), _ROW) for at in range(len(fields))]
    return Part(boxes=tuple(zones.framed_badge(area, field, 2.375) for field, area in zip(fields, areas, strict=True)))


def _acts(top: float) -> Part:
    right = _LEFT + _WIDTH
    areas = (Area(right - 25.5, top + 0.25, 12.5, 3.0), Area(right - 12.5, top + 0.25, 12.5, 3.0))
    return Part(
        boxes=tuple(
            zones.framed_badge(area, field, 2.375)
            for field, area in zip(("inspected_shown", "screened_shown"), areas, strict=True)
        )
    )


SLIP: Final = Template(
    "76x130-slip",
    76.0,
    130.0,
    (_half(0.0, Said("寄件人存根", "sender's half")), _half(_HEIGHT, Said("收派员存根", "courier's half"))),
)
