"""The dots of one label on its way to a raster: rows packed eight dots a byte, and strokes that ink or clear some of them.

A row begins with one byte of zero, the filter type that PNG wants there (ISO/IEC 15948, 9.2), so that a finished sheet is
deflated as it is. A dot of paper is 1, a dot of ink 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.label.layout.template import DOTS_PER_MM
from yinji.label.writers.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yinji.label.writers.grid import Place

BYTE: Final = 8
FILTER: Final = b"\0"
"""PNG: this row is as it is."""


class Stroke(NamedTuple):
    """Dots to ink, or to clear: ``bits`` are whole rows, the first dot highest, that lie between two places of the sheet.

    Where ``each`` is not 0, all rows are alike: ``bits`` is one of them, ``each`` the bytes it takes.
    """

    start: int
    end: int
    bits: int
    white: bool = False
    each: int = 0


class Frame(NamedTuple):
    """A rectangle in dots of the head, from the upper left corner."""

    left: int
    top: int
    width: int
    height: int


class Sheet:
    """The size of a label in dots of a print head, and where things are in its rows."""

    def __init__(self, width: float, height: float, *, head: int) -> None:
        """Measure a sheet of so many millimetres for a head with ``head`` dots in a millimetre."""
        self.grid = Grid(width, height)
        self.head = head
        self.scale = head / DOTS_PER_MM
        self.width = round(width * head)
        self.height = round(height * head)
        self.stride = -(-self.width // BYTE) + len(FILTER)
        self.row_bits = self.stride * BYTE
        self.edge = self.row_bits - len(FILTER) * BYTE
        """The bit of column x is ``edge - 1 - x``, counted from the end of a row."""

    def blank(self) -> bytes:
        """Return a sheet of paper."""
        return (FILTER + b"\xff" * (self.stride - len(FILTER))) * self.height

    def frame(self, place: Place) -> Frame:
        """Return a place of the page; what is on both grids keeps its edges."""
        left, right = round(place.x * self.scale), round((place.x + place.w) * self.scale)
        return Frame(left, top := self.row(place.y + place.h), right - left, self.row(place.y) - top)

    def row(self, y: float) -> int:
        """Return the row whose upper edge is ``y`` dots of the page above its foot."""
        return round((self.grid.height - y) * self.scale)

    def stroke(self, top: int, rows: int, bits: int, *, white: bool = False) -> Stroke:
        """Return rows of dots from ``top`` on as a stroke; raises ValueError where they are not all on the sheet."""
        if top < 0 or top + rows > self.height:
            raise ValueError(f"rows {top} to {top + rows} of {self.height}")
        return Stroke(top * self.stride, (top + rows) * self.stride, bits, white)

    def fill(self, left: int, top: int, width: int, rows: int, *, white: bool = False) -> Stroke:
        """Return a rectangle."""
        return self.alike(top, rows, ((1 << width) - 1) << (self.edge - left - width), white=white)

    def alike(self, top: int, rows: int, row: int, *, white: bool = False) -> Stroke:
        """Return one row of dots so many times as a stroke; raises ValueError as `stroke` does."""
        return self.stroke(top, rows, row, white=white)._replace(each=self.stride)


def draw(page: bytearray, strokes: Iterable[Stroke]) -> None:
    """Draw strokes on a sheet, one after the other."""
    read = int.from_bytes
    for start, end, bits, white, each in strokes:
        if each:
            _draw_alike(page, start, end, bits, white, each)
            continue
        dots = read(page[start:end], "big")
        page[start:end] = (dots | bits if white else (dots | bits) ^ bits).to_bytes(end - start, "big")


def _draw_alike(page: bytearray, start: int, end: int, row: int, white: bool, each: int) -> None:  # noqa: PLR0917 - a stroke
    """Draw rows that are alike; where those on the sheet are alike as well, that is one row's work."""
    rows = (end - start) // each
    below = page[start : start + each]
    if page[start:end] == below * rows:
        dots = int.from_bytes(below, "big")
        page[start:end] = (dots | row if white else (dots | row) ^ row).to_bytes(each, "big") * rows
    else:
        bits = int.from_bytes(row.to_bytes(each, "big") * rows, "big")
        draw(page, [Stroke(start, end, bits, white)])
