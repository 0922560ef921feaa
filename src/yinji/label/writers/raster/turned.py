"""Numbers that run up and down the edges of a label: a few bytes wide and some hundred rows high, so drawn column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.label.layout.template import Turn, Weight, dots
from yinji.label.writers import placing
from yinji.label.writers.raster.sheet import BYTE, FILTER

if TYPE_CHECKING:
    from yinji.label.layout.template import NumberText
    from yinji.label.writers.raster.glyphs import Inkwell
    from yinji.label.writers.raster.sheet import Sheet


_SIGNS: Final = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""What a number in groups is made of."""


class _TurnedInk(NamedTuple):
    """A turned glyph: its dots, the last one lowest, where that is from the glyph's origin, and how far the next one is."""

    ink: int
    offset: int
    advance: float


class TurnedNumber:
    """One such number of a template."""

    def __init__(self, text: NumberText, sheet: Sheet, well: Inkwell) -> None:
        """Prepare its place."""
        self._text = text
        self._sheet = sheet
        self._well = well
        self._place = sheet.grid.place(text.area)
        frame = sheet.frame(self._place)
        self._first = frame.left // BYTE
        self._bytes = -(-(frame.left + frame.width) // BYTE) - self._first
        self._top, self._rows = frame.top, frame.height
        self._glyphs: dict[int, dict[str, _TurnedInk]] = {}

    def draw(self, page: bytearray, groups: str, width: int) -> None:
        """Draw a number in groups, ``width`` thousandths of the em long, on a sheet."""
        narrow = self._narrow(groups, width).to_bytes(self._rows * self._bytes, "big")
        stride, read = self._sheet.stride, int.from_bytes
        start, end = self._top * stride + len(FILTER) + self._first, (self._top + self._rows) * stride
        for at in range(self._bytes):
            ink, column = read(narrow[at :: self._bytes], "big"), slice(start + at, end, stride)
            page[column] = ((read(page[column], "big") | ink) ^ ink).to_bytes(self._rows, "big")

    def strip(self, groups: str, width: int) -> tuple[int, int, int, bytes]:
        """Return a number in groups by itself: first byte of a row, first row, bytes a row, and the rows, ink 1."""
        rows = self._narrow(groups, width).to_bytes(self._rows * self._bytes, "big")
        return self._first, self._top, self._bytes, rows

    def _narrow(self, groups: str, width: int) -> int:
        """Return the number as rows of the few bytes that its place takes."""
        at = placing.number(self._place, dots(self._text.size), width, self._text)
        if (glyphs := self._glyphs.get(at.size)) is None:
            glyphs = self._glyphs[at.size] = {character: self._drawn(character, at.size) for character in _SIGNS}
        row_bits, way = self._bytes * BYTE, 1 if self._text.turn is Turn.DOWN else -1
        right = row_bits - (round(at.x * self._sheet.scale) - self._first * BYTE)
        above = self._rows - (self._sheet.row(at.y) - self._top)
        bits, along = 0, 0.5
        for ink, offset, advance in map(glyphs.__getitem__, groups):
            if ink:
                bits |= ink << (above - way * int(along)) * row_bits + right + offset
            along += advance
        return bits

    def _drawn(self, character: str, size: int) -> _TurnedInk:
        """Return a glyph in rows of the place."""
        inks = self._well.inks(Weight.BOLD, size)
        advance, upright = inks.draw(self._well.fonts.bold.run(character))
        drawn, ink = upright.turned(down=self._text.turn is Turn.DOWN), 0
        for row in drawn.ints:
            ink = ink << self._bytes * BYTE | row
        below = -(drawn.top + len(drawn.rows))
        return _TurnedInk(ink, below * self._bytes * BYTE - drawn.left - drawn.width, advance)
