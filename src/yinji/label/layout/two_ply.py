"""Two-ply privacy waybills (二联单), torn between the plies: 100 x 150 (90 + 60) and 100 x 180 mm (110 + 70), sizes of vendor
documents. The upper ply goes with the courier, the lower one stays with the parcel; each has all it needs by itself.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.layout import zones
from yinji.label.layout.lower_zones import carriers, contents, money, places_to_sign, qr
from yinji.label.layout.shrinking import fit
from yinji.label.layout.template import SPECIMEN, Align, Area, Bars, Box, Mark, NumberText, Part, Ply, Template, Weight

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PAGE: Final = 100.0
_LEFT: Final = 3.0
_WIDTH: Final = 94.0
_QR: Final = 23.5
_WIDE_BARS_FROM: Final = 18.0
"""Bars of four dots make a code so long that it must be 12 mm high, 15 % of its length (ISO/IEC 15417)."""

_DELIVERY: Final = Said("派件联", "delivery ply")
_KEPT: Final = Said("收件联", "recipient's ply")


def _zones(top: float, heights: Sequence[float]) -> list[Area]:
    """Return zones one under the other, a line's thickness apart."""
    tops = accumulate((each + zones.LINE for each in heights), initial=top)
    return [Area(_LEFT, y, _WIDTH, below - y - zones.LINE) for y, below in pairwise(tops)]


def _delivery(height: float, heights: Sequence[float], way: Callable[[Area], Part]) -> Ply:
    """Return the upper ply; ``heights`` of head, sorting, destination, code, recipient, sender, signature."""
    top, sort, place, code, to, sender, sign = _zones(2.5, heights)
    parties = Area(_LEFT, to.y, _WIDTH, sender.y + sender.h - to.y)
    inner, half = zones.between(parties), zones.quarter(_WIDTH / 2)
    letters = min(zones.quarter(to.h / 4.5), 5.0)  # of the recipient's address: three lines fit
    part = (
        zones.head(top._replace(h=top.h - 0.5))
        + zones.under(top)
        + way(sort)
        + zones.destination(place)
        + zones.code(code, dots_max=4 if code.h >= _WIDE_BARS_FROM else 3, number=4.25)
        + zones.edges(parties)
        + zones.party(inner._replace(y=to.y, h=to.h), "recipient", "收", name=4.75, address=letters)
        + zones.under(Area(_LEFT + zones.EDGE, to.y, _WIDTH - 2 * zones.EDGE, to.h))
        + zones.party(inner._replace(y=sender.y, h=sender.h - 2.75), "sender", "寄", name=3.0, address=2.75)
        + zones.other_hands(inner._replace(y=sender.y + sender.h - 2.75, h=2.75))
        + zones.under(parties)
        + money(Area(_LEFT, sign.y + 0.75, half - 1.25, sign.h - 1.0))
        + places_to_sign(Area(_LEFT + half, sign.y, half, sign.h), "签收人", "签收时间")
    )
    mark = Mark(SPECIMEN, Area(_LEFT, to.y, _WIDTH, height - to.y - 2.0), 11.0)
    return Ply(_DELIVERY, Area(0, 0, _PAGE, height), part, mark)


def _kept(start: float, heights: Sequence[float]) -> Ply:
    """Return the lower ply; ``heights`` of head, recipient, sender, contents, foot."""
    top, to, sender, goods, low = _zones(start + 1.75, heights)
    left = _WIDTH - _QR - 1.0
    column = _LEFT + left + 1.0
    bottom = goods.y + goods.h
    part = (
        _short_head(top)
        + zones.party(to._replace(w=left), "recipient", "收", name=3.5, address=3.0)
        + zones.under(to._replace(w=left))
        + zones.party(sender._replace(w=left), "sender", "寄", name=2.75, address=2.5)
        + zones.under(sender._replace(w=left))
        + contents(goods._replace(y=goods.y + 0.5, w=left, h=goods.h - 0.5))
        + Part(rules=(Area(column - 0.5, to.y, zones.LINE, bottom - to.y),))
        + qr(Area(column, to.y + 0.25, _QR, 23.5))
        + carriers(Area(column + 0.25, to.y + 24.5, _QR - 0.25, bottom - to.y - 24.75))
        + zones.under(Area(_LEFT, to.y, _WIDTH, bottom - to.y))
        + _service(low)
    )
    mark = Mark(SPECIMEN, Area(_LEFT, to.y, left, low.y + low.h - to.y), 10.0)
    return Ply(_KEPT, Area(0, start, _PAGE, low.y + low.h + 2.0 - start), part, mark)


def _short_head(area: Area) -> Part:
    """Return carrier, product, class of the label and package beside a Code 128 with its number."""
    x, y, w, h = area
    carrier, mark, low = zones.quarter(w * 3 / 8), 16.5, 3.25
    row, code = y + h - low, Area(x + carrier + 1.5, y, w - carrier - 1.5, h)
    return Part(
        boxes=(
            Box("carrier", Area(x, y, carrier - mark - 0.5, h - low), fit(h - low, 5.0), Weight.BOLD, repeats=True),
            *zones.class_of_label(Area(x + carrier - mark, y + zones.quarter((h - low - 4.25) / 2), mark, zones.CLASS_HEIGHT)),
            Box("product", Area(x, row, 22.0, low - 0.25), fit(low - 0.25, 2.25, lines=1), repeats=True),
            Box("package_shown", Area(x + 22.5, row, carrier - 22.5, low - 0.25), fit(low - 0.25, 2.25, lines=1),
                Weight.BOLD, Align.RIGHT, repeats=True),
        ),
        bars=(Bars(code._replace(h=h - low - 0.25), 3),),
        numbers=(NumberText(code._replace(y=row - 0.25, h=low), 2.75),),
    ) + zones.under(area)  # fmt: skip


def _service(area: Area) -> Part:
    """Return the clause, the outlet that takes what comes back, the insured value and the marks of inspection."""
    x, y, w, h = area
    badge, high = 12.5, 3.5
    right = x + w - 2 * badge - 0.5
    left = w - 2 * badge - 2.0
    return Part(
        boxes=(
            Box("clause", Area(x, y + 0.5, left, h - 3.25), fit(h - 3.25, 1.875), top=True, repeats=True),
            zones.framed_badge(Area(right, y + 0.75, 2 * badge + 0.5, high), "insured_shown", 2.5),
            zones.framed_badge(Area(right, y + high + 1.25, badge, high), "inspected_shown", 2.5),
            zones.framed_badge(Area(x + w - badge, y + high + 1.25, badge, high), "screened_shown", 2.5),
        )
    ) + zones.way_back(Area(x, y + h - 2.75, left, 2.75))


def _template(name: str, height: float, tear: float, upper: Sequence[float], lower: Sequence[float]) -> Template:
    way = zones.returned if name.endswith("-return") else zones.sorting
    return Template(name, _PAGE, height, (_delivery(tear, upper, way), _kept(tear, lower)))


_SHORT: Final = (9.5, 11.75, 10.5, 16.25, 16.75, 12.5, 7.0)
_SHORT_KEPT: Final = (10.5, 12.0, 10.0, 14.5, 8.0)
SHORT: Final = _template("100x150", 150.0, 90.0, _SHORT, _SHORT_KEPT)
RETURN: Final = _template("100x150-return", 150.0, 90.0, _SHORT, _SHORT_KEPT)
LONG: Final = _template("100x180", 180.0, 110.0, (9.5, 17.0, 13.0, 19.0, 22.5, 15.0, 8.5), (12.0, 13.5, 12.0, 19.0, 8.5))
