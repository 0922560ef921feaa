"""The zones of a waybill's upper part: head, sorting code, destination, waybill number, parties.

Zones of GB/T 41833-2022 as reported: codes (码号区), destination (目的地信息区), recipient (收件人信息区), sender (寄件人信息区), contents
(内件信息区), signature (签收区). Each function returns one, fitted into an area; all lines stand on quarters of a millimetre.
"""

from __future__ import annotations

from typing import Final

from yinji.label.layout.shrinking import fit
from yinji.label.layout.template import QUARTER, Align, Area, Bars, Box, Caption, Disc, NumberText, Part, Turn, Weight

LINE: Final = QUARTER
EDGE: Final = 5.0
"""How wide the columns are in which the number runs along both edges."""

SMALL: Final = 2.25
CLASS_HEIGHT: Final = 4.25
"""Two lines of the least size: the ground of an exemption may be long."""

_GAP: Final = 1.5
_QUARTERS_A_MM: Final = 4


def quarter(millimetres: float) -> float:
    """Return a length rounded down to quarters of a millimetre."""
    return int(millimetres * _QUARTERS_A_MM) / _QUARTERS_A_MM


def under(area: Area) -> Part:
    """Return the line under a zone."""
    return Part(rules=(Area(area.x, area.y + area.h, area.w, LINE),))


def reversed_badge(area: Area, field: str, first: float, *, lines: int = 1, instead_of: str = "") -> Box:
    """Return a text in white on black; the black is drawn only where the text is there."""
    inner = Area(area.x + 0.5, area.y, area.w - 1.0, area.h)
    return Box(
        field, inner, fit(area.h, first, lines=lines), Weight.BOLD, Align.CENTRE, white=True, repeats=True,
        around=Part(fills=(area,)), instead_of=instead_of,
    )  # fmt: skip


def framed_badge(area: Area, field: str, first: float, *, instead_of: str = "") -> Box:
    """Return a text in a frame that is drawn only where the text is there."""
    inner = Area(area.x + 0.5, area.y, area.w - 1.0, area.h)
    return Box(
        field, inner, fit(area.h, first, lines=1), Weight.BOLD, Align.CENTRE, repeats=True,
        around=Part(frames=(area,)), instead_of=instead_of,
    )  # fmt: skip


def class_of_label(area: Area) -> tuple[Box, Box]:
    """Return the mark of a privacy label, and in its place the ground on which a label shows a person."""
    return (
        framed_badge(area, "privacy_shown", 2.5),
        reversed_badge(area, "exemption_shown", 2.5, lines=2, instead_of="privacy_shown"),
    )


def head(area: Area) -> Part:
    """Return carrier mark, product, class of the label, time, package, reprint mark and master number."""
    x, y, w, h = area
    carrier, mark = Area(x, y, quarter(w * 3 / 8), h), quarter(w / 4)
    middle, right = x + carrier.w + _GAP, x + carrier.w + mark + 2 * _GAP
    last, half = area.w - carrier.w - mark - 2 * _GAP, h - CLASS_HEIGHT - 0.5
    product, kind = Area(middle, y, mark, half), Area(middle, y + h - CLASS_HEIGHT, mark, CLASS_HEIGHT)
    return Part(
        frames=(carrier,),
        fills=(product,),
        boxes=(
            Box("carrier", Area(carrier.x + 0.75, y, carrier.w - 1.5, h), fit(h, h * 5 / 8 // QUARTER * QUARTER),
                Weight.BOLD, Align.CENTRE, repeats=True),
            Box("product", Area(middle + 0.5, y, mark - 1.0, half), fit(half, 2.75, lines=1),
                Weight.BOLD, Align.CENTRE, white=True, repeats=True),
            *class_of_label(kind),
            Box("printed_at", Area(right, y - 0.5, last, 3.0), fit(3.0, 2.25), align=Align.RIGHT, repeats=True),
            framed_badge(Area(right, y + 3.0, 10.0, 2.75), "reprint_shown", 2.0),
            Box("package_shown", Area(right + 10.5, y + 2.5, last - 10.5, 3.5), fit(3.5, 2.625, lines=1),
                Weight.BOLD, Align.RIGHT, repeats=True),
        ),
        masters=(NumberText(Area(right, y + h - 2.5, last, 2.5), 2.0, align=Align.RIGHT),),
    )  # fmt: skip


def sorting(area: Area) -> Part:
    """Return the three-part code, as large as the zone."""
    return _sorting(area) + under(area)


def _sorting(area: Area) -> Part:
    first = min(quarter(area.h / 1.3), 14.0)
    box = Box("sorting_code", area, fit(area.h, first, least=3.5), Weight.BOLD, Align.CENTRE, repeats=True, if_empty="人工分拣")
    return Part(boxes=(box,))


def returned(area: Area) -> Part:
    """Return the mark 退, the three-part code of the way back, and the number that the parcel came with."""
    x, y, w, h = area
    mark = Area(x, y + QUARTER, h - 0.5, h - 0.5)
    left, low = x + h + 1.0, 3.5
    return (
        Part(
            fills=(mark,),
            captions=(Caption("退", mark, quarter(h * 0.8), Weight.BOLD, Align.CENTRE, white=True),),
            boxes=(
                Box("original", Area(left + 11.0, y + h - low, x + w - left - 11.0, low), fit(low, 2.625, lines=1), Weight.BOLD,
                    around=Part(captions=(Caption("原单号", Area(left, y + h - low, 10.0, low), 2.625),))),
            ),
        )
        + _sorting(Area(left, y, x + w - left, h - low))
        + under(area)
    )  # fmt: skip


def destination(area: Area) -> Part:
    """Return the destination (大头笔), the badge of a door or station, the hub (集包地), and the marks of inspection."""
    x, y, w, h = area
    low, door = 4.0, quarter(w / 4)
    high = h - low - QUARTER
    row, act = y + high, 12.5
    side = Area(x + w - door, y + 0.5, door, high - 0.5)
    acts = x + w - 2 * act - 0.5
    return Part(
        boxes=(
            Box("destination", Area(x, y, w - door - 1.0, high), fit(high, min(quarter(high / 1.3), 7.0), least=2.5),
                Weight.BOLD, repeats=True),
            reversed_badge(side, "door", 4.5, lines=2),
            Box("centre", Area(x + 9.0, row, acts - x - 10.0, low), fit(low, 3.0, lines=1), Weight.BOLD, repeats=True,
                around=Part(captions=(Caption("集包地", Area(x, row, 9.0, low), 2.5),))),
            framed_badge(Area(acts, row + QUARTER, act, 3.5), "inspected_shown", 2.625),
            framed_badge(Area(acts + act + 0.5, row + QUARTER, act, 3.5), "screened_shown", 2.625),
        ),
    ) + under(area)  # fmt: skip


def code(area: Area, *, dots_max: int, number: float = 4.25) -> Part:
    """Return the large Code 128 with the number under it."""
    x, y, w, h = area
    low = quarter(number * 1.1) + QUARTER
    return Part(
        bars=(Bars(Area(x, y + 1.0, w, h - low - 1.25), dots_max),),
        numbers=(NumberText(Area(x, y + h - low, w, low), number),),
    ) + under(area)


def edges(area: Area) -> Part:
    """Return the number along both edges, its feet to the middle, and the lines beside it."""
    x, y, w, h = area
    right = x + w - EDGE
    return Part(
        rules=(Area(x + EDGE, y, LINE, h), Area(right, y, LINE, h)),
        numbers=(NumberText(Area(x, y, EDGE, h), 2.75, Turn.UP), NumberText(Area(right + LINE, y, EDGE, h), 2.75, Turn.DOWN)),
    )


def between(area: Area) -> Area:
    """Return the place between the edges."""
    return Area(area.x + EDGE + 1.0, area.y, area.w - 2 * EDGE - 1.75, area.h)


def party(area: Area, role: str, mark: str, *, name: float, address: float) -> Part:
    """Return a party: badge, masked name, masked phone or a virtual number in a reversed badge, masked address."""
    x, y, w, h = area
    high, disc = quarter(name * 1.4), quarter(name * 1.25)
    left = x + disc + 1.0
    inner = x + w - left
    call = quarter(inner * 0.58)
    at = Area(x + w - call, y + 0.5, call, high)
    rest = h - high - 1.0
    return Part(
        discs=(Disc(mark, x, y + 0.5, disc, quarter(disc * 0.65)),),
        boxes=(
            Box(f"{role}.name", Area(left, y + 0.5, inner - call - 0.5, high), fit(high, name), Weight.BOLD),
            Box(f"{role}.phone", at, fit(high, name, lines=2), Weight.BOLD, Align.RIGHT),
            Box(f"{role}.virtual_number", Area(at.x + 0.75, at.y, at.w - 1.5, at.h), fit(high, name, lines=2), Weight.BOLD,
                Align.CENTRE, white=True, around=Part(fills=(at,)), instead_of=f"{role}.phone"),
            Box(f"{role}.address", Area(left, y + high + 0.75, inner, rest), fit(rest, address), top=True),
        ),
    )  # fmt: skip


def other_hands(area: Area) -> Part:
    """Return where the parcel was really picked up, and who handed it over in the sender's place."""
    x, y, w, h = area
    hand = quarter(w * 0.3)
    return Part(
        boxes=(
            Box("collected_at", Area(x + 9.0, y, w - hand - 9.5, h), fit(h, 2.0, lines=1),
                around=Part(captions=(Caption("实际揽收", Area(x, y, 9.0, h), 2.0),))),
            Box("handed_by", Area(x + w - hand + 5.0, y, hand - 5.0, h), fit(h, 2.0, lines=1),
                around=Part(captions=(Caption("代寄", Area(x + w - hand, y, 5.0, h), 2.0),))),
        ),
    )  # fmt: skip


def way_back(area: Area) -> Part:
    """Return the outlet that takes what comes back."""
    return Part(boxes=(Box("return_shown", area, fit(area.h, 2.0, lines=1), repeats=True),))
