"""Text boxes, numbers and captions as strokes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.label.glyphs.typeface import EM
from yinji.label.layout.template import Align, Box, Caption, dots
from yinji.label.writers import placing
from yinji.label.writers.grid import first_baseline, leading
from yinji.label.writers.raster.sheet import Stroke

if TYPE_CHECKING:
    from yinji.label.glyphs.typeface import Typeface
    from yinji.label.layout.fitting import Setting
    from yinji.label.writers.placing import Line
    from yinji.label.writers.raster.glyphs import Inks, Inkwell
    from yinji.label.writers.raster.sheet import Sheet

_REMEMBERED_MAX: Final = 256


class TextBox:
    """Draws the settings of one box."""

    def __init__(self, box: Box, sheet: Sheet, well: Inkwell) -> None:
        """Prepare every step and every number of lines."""
        self._box = box
        self._sheet = sheet
        self._place = place = sheet.grid.place(box.area)
        self._steps: list[tuple[Inks, int, list[list[int]]]] = []
        self._remembered: dict[Setting, Stroke] = {}
        for step in box.steps:
            size = dots(step.size)
            firsts = [first_baseline(place, size, count, top=box.top) for count in range(1, step.lines + 1)]
            inks = well.inks(box.weight, size)
            tops = [
                [sheet.row(first - at * leading(size)) - inks.up for at in range(count)]
                for count, first in enumerate(firsts, 1)
            ]
            self._steps.append((inks, size, tops))

    def stroke(self, setting: Setting) -> Stroke:
        """Return a text as it stands in the box. Texts that many labels share are drawn once."""
        if not self._box.repeats:
            return self._drawn(setting)
        if (found := self._remembered.get(setting)) is None:
            if len(self._remembered) >= _REMEMBERED_MAX:
                self._remembered.clear()
            found = self._remembered[setting] = self._drawn(setting)
        return found

    def _drawn(self, setting: Setting) -> Stroke:
        inks, size, tops_of = self._steps[setting.step]
        tops = tops_of[len(setting.lines) - 1]
        scale, row_bits = self._sheet.scale, self._sheet.row_bits
        bits, before = 0, tops[0]
        for at, (line, top) in enumerate(zip(setting.lines, tops, strict=True)):
            x = self._start(setting.widths[at], size) if setting.widths and self._box.align is not Align.LEFT else self._place.x
            bits = bits << (top - before) * row_bits | inks.line(line, x * scale)
            before = top
        return self._sheet.stroke(tops[0], before + inks.rows - tops[0], bits, white=self._box.white)

    def _start(self, width: int, size: int) -> int:
        """Return where a line of a centred or right-aligned box begins, in dots of the page."""
        spare = self._place.w - width * size / EM
        return self._place.x + int(spare if self._box.align is Align.RIGHT else spare / 2)


def line(run: str, at: Line, inks: Inks, sheet: Sheet, *, white: bool = False) -> Stroke:
    """Return one line of glyphs."""
    return sheet.stroke(sheet.row(at.y) - inks.up, inks.rows, inks.line(run, at.x * sheet.scale), white=white)


def caption(each: Caption, sheet: Sheet, well: Inkwell, typeface: Typeface) -> Stroke:
    """Return a fixed text."""
    at = placing.caption(each, sheet.grid, typeface)
    return line(typeface.run(each.text), at, well.inks(each.weight, at.size), sheet, white=each.white)
