"""The zones of a waybill's lower part: contents, money, QR code, signature, foot."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from yinji.label.glyphs.typeface import ASCENT, DESCENT
from yinji.label.layout.fitting import LEADING
from yinji.label.layout.shrinking import fit
from yinji.label.layout.template import Align, Area, Bars, Box, Caption, NumberText, Part, Weight
from yinji.label.layout.zones import LINE, SMALL, framed_badge, quarter, reversed_badge

_CAPTION: Final = 6.5
"""How wide a caption of two characters is, with the white behind it."""

_ROW: Final = 3.25


def captioned(
    field: str, says: str, area: Area, first: float, *, always: bool = False, weight: Weight = Weight.REGULAR
) -> Part:
    """Return a text behind its caption, which is there with the text only, unless ``always``.

    In a place for several lines the text begins at the top, and the caption stands on its first line.
    """
    x, y, w, h = area
    steps = fit(h, first)
    top = h >= 2 * LEADING * first
    high = 2 * ASCENT * first - (ASCENT - DESCENT) * SMALL if top else h
    box = Box(field, Area(x + _CAPTION, y, w - _CAPTION, h), steps, weight, top=top)
    caption = Caption(says, Area(x, y, _CAPTION, quarter(high)), SMALL)
    if always:
        return Part(captions=(caption,), boxes=(box,))
    return Part(boxes=(replace(box, around=Part(captions=(caption,))),))


def contents(area: Area) -> Part:
    """Return contents, pieces, weight, and the remark in what is left."""
    x, y, w, h = area
    half, high = quarter(w / 2), quarter(min(h * 0.36, 8.0))
    row = y + high + 0.25
    rest = Area(x, row + _ROW + 0.25, w, y + h - row - _ROW - 0.25)
    return (
        captioned("contents", "内件", Area(x, y, w, high), 3.0, always=True)
        + captioned("pieces_shown", "件数", Area(x, row, half, _ROW), 2.5, always=True, weight=Weight.BOLD)
        + captioned("weight_shown", "重量", Area(x + half, row, half, _ROW), 2.5, weight=Weight.BOLD)
        + captioned("remark", "备注", rest, 2.75)
    )


def money(area: Area) -> Part:
    """Return cash on delivery (reversed: it must not be missed), freight collect, insured value and the agreed check."""
    x, y, w, h = area
    high, half = quarter(h / 2) - 0.25, quarter(w / 2) - 0.25
    right, low = x + w - half, y + h - high
    return Part(
        boxes=(
            reversed_badge(Area(x, y, half, high), "collect_goods_shown", 2.75),
            framed_badge(Area(right, y, half, high), "collect_freight_shown", 2.75),
            framed_badge(Area(x, low, half, high), "insured_shown", 2.5),
            framed_badge(Area(right, low, half, high), "agreed_check", 2.5),
        )
    )


def qr(area: Area) -> Part:
    """Return the QR code and what it is for."""
    x, y, w, h = area
    says = Caption("扫码了解本面单", Area(x, y + h - 2.75, w, 2.5), SMALL, align=Align.CENTRE)
    return Part(captions=(says,), qrs=(Area(x, y, w, h - 2.75),))


def signature(area: Area, *who: str) -> Part:
    """Return the clause, and a place for each of ``who`` to sign."""
    x, y, w, h = area
    half = quarter(w * 0.46)
    clause = Box("clause", Area(x, y + 0.25, half - 0.5, h - 0.25), fit(h - 0.25, 1.875), top=True, repeats=True)
    return Part(boxes=(clause,)) + places_to_sign(Area(x + half, y, w - half, h), *who)


def places_to_sign(area: Area, *who: str) -> Part:
    """Return a place for each of ``who`` to sign, a line to the left of each."""
    x, y, w, h = area
    each = quarter(w / len(who))
    starts = [x + at * each for at in range(len(who))]
    return Part(
        rules=tuple(Area(start, y, LINE, h) for start in starts),
        captions=tuple(
            Caption(says, Area(start + 1.0, y + 0.25, each - 1.0, 3.0), SMALL) for says, start in zip(who, starts, strict=True)
        ),
    )


def foot(area: Area, *, text: float) -> Part:
    """Return who carries it and whom to call, beside the small Code 128 and its number; ``text`` is the left part's width."""
    x, y, w, h = area
    bars = Area(x + text + 1.0, y, w - text - 1.0, h)
    low = 3.0
    return carriers(Area(x, y, text, h)) + Part(
        bars=(Bars(Area(bars.x, y, bars.w, h - low), 2),),
        numbers=(NumberText(Area(bars.x, y + h - low, bars.w, low), 2.5),),
    )


def carriers(area: Area) -> Part:
    """Return courier and hotline, a row each, and the outlet in what is left."""
    x, y, w, h = area
    row = 2.875
    rest = h - 2 * row
    return Part(
        boxes=(
            Box("courier_shown", Area(x, y, w, row), fit(row, 2.125, lines=1), repeats=True),
            Box("hotline", Area(x, y + row, w, row), fit(row, 2.125, lines=1), repeats=True),
            Box("outlet", Area(x, y + 2 * row, w, rest), fit(rest, 2.125), top=True, repeats=True),
        )
    )
