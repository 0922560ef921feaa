"""Several labels on one sheet: parted along blank gaps, or evenly, so that each part has waybill numbers of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.adapters.sheets.limits import LABELS_MAX
from yinji.label.inspection.model import WHOLE, Region, Symbology

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL.Image import Image

    from yinji.adapters.sheets.codes import ReadCode

_LOOKED_AT: Final = 400
"""Dots of the longer side at which gaps are looked for: a gap of three millimetres on A4 is four of them."""

_INK: Final = 128
_GAP_MIN: Final = 3  # of those dots
_ROW: Final = 0.12
"""Of a sheet: bar codes whose middles are nearer to each other stand in one row, or in one column."""


class _Bars(NamedTuple):
    across: float
    down: float
    number: int


def parts(picture: Image, codes: Sequence[ReadCode]) -> tuple[Region, ...]:
    """Return the regions of the labels on a grey sheet; the whole sheet where it holds one, or where nothing tells.

    Two bar codes of one number belong to one label: waybills of two plies have them.
    """
    bars = [
        _Bars(
            (each.seen.region.left + each.seen.region.right) / 2,
            (each.seen.region.top + each.seen.region.bottom) / 2,
            each.number,
        )
        for each in codes
        if each.seen.symbology is Symbology.CODE_128
    ]
    if len({each.number for each in bars}) <= 1:
        return (WHOLE,)
    small = picture.copy()
    small.thumbnail((_LOOKED_AT, _LOOKED_AT))
    inked = small.point(lambda value: 255 * (value < _INK), mode="1")
    return tuple(_parted(inked, WHOLE, bars)[:LABELS_MAX])


def _parted(inked: Image, whole: Region, bars: list[_Bars]) -> list[Region]:
    if len({each.number for each in bars}) <= 1:
        return [whole]
    for at, along in ((_down, "top bottom"), (_across, "left right")):
        start, end = along.split()
        for cut in [*_gaps(inked, whole, vertical=at is _across), *_even(whole, bars, at, start, end)]:
            before = [each for each in bars if at(each) < cut]
            after = [each for each in bars if at(each) >= cut]
            if before and after and not {each.number for each in before} & {each.number for each in after}:
                one, other = whole._replace(**{end: cut}), whole._replace(**{start: cut})
                return _parted(inked, one, before) + _parted(inked, other, after)
    return [whole]


def _down(bars: _Bars) -> float:
    return bars.down


def _across(bars: _Bars) -> float:
    return bars.across


def _gaps(inked: Image, whole: Region, *, vertical: bool) -> list[float]:
    """Return the middles of the blank gaps that run through a part of a sheet, the widest first, as places on the sheet."""
    width, height = inked.size
    box = (int(whole.left * width), int(whole.top * height), int(whole.right * width), int(whole.bottom * height))
    piece = inked.crop(box)
    if not piece.width or not piece.height:
        return []
    columns, rows = piece.getprojection()
    line = columns if vertical else rows
    found: list[tuple[int, float]] = []
    start: int | None = None
    for place, value in enumerate((*line, 1)):
        if not value:
            start = place if start is None else start
        elif start is not None:
            if place - start >= _GAP_MIN and start > 0 and place < len(line):
                found.append((place - start, (start + place) / 2))
            start = None
    first, whole_length = (box[0], width) if vertical else (box[1], height)
    return [(first + middle) / whole_length for _, middle in sorted(found, reverse=True)]


def _even(whole: Region, bars: list[_Bars], at: Callable[[_Bars], float], start: str, end: str) -> list[float]:
    """Return where a part is cut if its labels are of one size: evenly, by the rows or columns in which their bar codes stand."""
    rows: list[float] = []
    for place in sorted(map(at, bars)):
        if not rows or place - rows[-1] > _ROW:
            rows.append(place)
    first, last = getattr(whole, start), getattr(whole, end)
    return [first + (last - first) * cut / len(rows) for cut in range(1, len(rows))]
