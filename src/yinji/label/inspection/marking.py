"""The marked picture: what was found, framed and numbered, on a sheet on which nobody can be read any more.

The whole sheet is made coarse first, so that what no reader found is hidden too; lines that were read are covered; codes are
outlines, since whoever scans one reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.label.inspection.canvas import AMBER, BLUE, INK, RED, WHITE, Canvas
from yinji.label.inspection.model import Outcome, Region, Source
from yinji.label.writers.raster.glyphs import glyph_dots, open_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yinji.kernel.said import Language
    from yinji.label.fonts import Fonts
    from yinji.label.glyphs.typeface import Typeface
    from yinji.label.inspection.model import Judged, SeenLabel

_CELLS: Final = 44
"""Cells along the longer side: one is as high as a label's largest line of a person (3 mm of 130), and holds none of its strokes."""

_CELL_MIN: Final = 8
_WIDE_MIN: Final = 480  # dots: narrower sheets get a legend that is wider than they are
_COVER: Final = 0.15  # of a line's height, above and below it
_EM: Final = 1000
_LEGEND: Final = 1 / 42  # of the width: the size of the legend's letters
_LEGEND_MIN, _LEGEND_MAX = 14, 34
_LEADING: Final = 1.5
_FRAMES_MAX: Final = 99
_SIDE_MAX: Final = 1_400
"""Dots of the longer side of a marked picture: coarse as it is, it needs no more."""


class Pixels(NamedTuple):
    """A sheet: width, height, and its greys from the top."""

    width: int
    height: int
    greys: bytes


class Marks(NamedTuple):
    """One label of the sheet: what was seen on it and what was said about it."""

    seen: SeenLabel
    judged: Judged


def marked(pixels: Pixels, labels: Sequence[Marks], *, fonts: Fonts | None, language: Language) -> bytes:
    """Return the marked sheet as a PNG. Without ``fonts`` it has numbers and no legend."""
    sheet = _smaller(pixels)
    wide = max(sheet.width, _WIDE_MIN)
    size = min(_LEGEND_MAX, max(_LEGEND_MIN, round(wide * _LEGEND)))
    face = fonts.regular if fonts else None
    rows = _rows(labels, language, face, wide, size) if face else []
    canvas = Canvas(wide, sheet.height + (round((len(rows) + 1) * size * _LEADING) if rows else 0))
    canvas.greys(sheet.width, sheet.height, _coarse(sheet))
    _cover(canvas, sheet, labels)
    _frame(canvas, sheet, labels)
    for place, (value, line) in enumerate(rows, 1):
        if face:
            baseline = sheet.height + round(place * size * _LEADING)
            _write(canvas, line, face, size=size, baseline=baseline, value=value)
    return canvas.png()


def _rows(labels: Sequence[Marks], language: Language, face: Typeface, wide: int, size: int) -> list[tuple[int, str]]:
    """Return the legend in lines that fit, each with its colour."""
    return [(value, line) for value, text in _legend(labels, language) for line in _broken(text, face, wide, size)]


def _smaller(pixels: Pixels) -> Pixels:
    step = -(-max(pixels.width, pixels.height) // _SIDE_MAX)
    if step <= 1:
        return pixels
    rows = [pixels.greys[y * pixels.width : (y + 1) * pixels.width : step] for y in range(0, pixels.height, step)]
    return Pixels(len(rows[0]), len(rows), b"".join(rows))


def _coarse(sheet: Pixels) -> bytes:
    """Return a sheet's greys, each the mean of its cell."""
    cell = max(_CELL_MIN, max(sheet.width, sheet.height) // _CELLS)
    found = []
    for top in range(0, sheet.height, cell):
        rows = [sheet.greys[y * sheet.width : (y + 1) * sheet.width] for y in range(top, min(top + cell, sheet.height))]
        line = b"".join(_mean([row[x : x + cell] for row in rows]) for x in range(0, sheet.width, cell))
        found.append(line * len(rows))
    return b"".join(found)


def _mean(pieces: list[bytes]) -> bytes:
    count = sum(map(len, pieces))
    return bytes([sum(map(sum, pieces)) // max(count, 1)]) * len(pieces[0])


def _cover(canvas: Canvas, sheet: Pixels, labels: Sequence[Marks]) -> None:
    for seen, _ in labels:
        for text in seen.texts:
            if text.source is not Source.HIDDEN:
                left, top, right, bottom = _box(text.region.within(seen.at), sheet)
                more = round((bottom - top) * _COVER)
                canvas.fill(left - more, top - more, right + more, bottom + more, INK)
        for code in seen.codes:
            box = _box(code.region.within(seen.at), sheet)
            canvas.fill(*box, WHITE)
            canvas.frame(box, BLUE, _thick(sheet))


def _frame(canvas: Canvas, sheet: Pixels, labels: Sequence[Marks]) -> None:
    thick, number = _thick(sheet), 0
    for seen, judged in labels:
        for shown in judged.shown:
            number += 1
            value = RED if shown.outcome is Outcome.FAILS else AMBER
            for region in shown.regions:
                left, top, right, bottom = _box(region.within(seen.at), sheet)
                box = (left - 2 * thick, top - 2 * thick, right + 2 * thick, bottom + 2 * thick)
                canvas.frame(box, value, thick)
                if number <= _FRAMES_MAX:
                    canvas.number(number, max(0, box[0]), max(0, box[1]), thick, value)


def _legend(labels: Sequence[Marks], language: Language) -> list[tuple[int, str]]:
    shown = [each for _, judged in labels for each in judged.shown][:_FRAMES_MAX]
    return [
        (RED if each.outcome is Outcome.FAILS else AMBER, f"{number} {each.says.in_(language)} [{each.rule}]")
        for number, each in enumerate(shown, 1)
    ]


def _broken(text: str, face: Typeface, width: int, size: int) -> list[str]:
    """Return a text in lines that fit."""
    lines, line, room = [], "", float(width - 2 * size)
    for sign in text:
        advance = face.advances[sign] * size / _EM
        if room < advance:
            lines.append(line)
            line, room = "  ", float(width - 3 * size)
        line, room = line + sign, room - advance
    return [*lines, line]


def _write(canvas: Canvas, line: str, face: Typeface, *, size: int, baseline: int, value: int) -> None:
    font, x = open_font(face.path, face.face, size), float(size)
    for sign in line:
        canvas.glyph(glyph_dots(font, sign), round(x), baseline, value)
        x += face.advances[sign] * size / _EM


def _box(region: Region, sheet: Pixels) -> tuple[int, int, int, int]:
    return (
        int(region.left * sheet.width),
        int(region.top * sheet.height),
        int(region.right * sheet.width) + 1,
        int(region.bottom * sheet.height) + 1,
    )


def _thick(sheet: Pixels) -> int:
    return max(2, max(sheet.width, sheet.height) // 400)
