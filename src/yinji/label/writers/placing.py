"""Where codes, numbers and fixed texts stand: what every writer must place alike."""

from __future__ import annotations

from math import atan2, cos, sin
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.label.codes import code128
from yinji.label.codes.qr import QUIET_MODULES
from yinji.label.glyphs.typeface import EM
from yinji.label.layout.template import DOTS_PER_MM, QUARTER, Align, Area, Turn, Weight, dots
from yinji.label.writers.grid import Place, middle_baseline

if TYPE_CHECKING:
    from yinji.label.glyphs.typeface import Typeface
    from yinji.label.layout.template import Box, Caption, Disc, Mark, NumberText
    from yinji.label.writers.grid import Grid

LINE_OF_FRAMES: Final = 2  # dots

RARE_CONTOUR: Final = {Weight.REGULAR: 0.012, Weight.BOLD: 0.028}
"""How wide a line of ink runs along the outlines of rare characters, in ems, by the weight around: their fonts have thin strokes."""

_BAR_LEAST: Final = 2
"""In dots of a 203 dpi head, 0.25 mm: a thermal head's single dot bleeds into its neighbour."""

_QR_LEAST: Final = 3
"""In dots of a 203 dpi head, 0.375 mm a module: what a telephone reads at arm's length."""

_ROUNDING: Final = 0.005
"""Of a dot."""

_IDEOGRAPH_MIDDLE: Final = 0.38  # em above the baseline: an ideograph reaches from -0.12 to 0.88
_BADGE_MARGIN: Final = 3.0  # mm
_DASH: Final = 2.0
_BETWEEN_DASHES: Final = 1.5


class Line(NamedTuple):
    """A line of text: where its baseline begins, in dots of the page, and how large its letters are."""

    x: int
    y: int
    size: int


class Slanted(NamedTuple):
    """A line that rises: the middle of its baseline's start, its size, and cosine and sine of its angle."""

    x: float
    y: float
    size: int
    cos: float
    sin: float


class Head:
    """A print head: how lengths of a page, in dots of 203 dpi, become its own whole dots."""

    def __init__(self, dots_per_mm: int) -> None:
        """Take a head with so many dots in a millimetre."""
        self.unit = DOTS_PER_MM / dots_per_mm
        """Of a page, one dot of the head."""

    def dots(self, length: float) -> int:
        """Return how many dots of the head a length of the page holds."""
        return int(length / self.unit + _ROUNDING)

    def bars(self, place: Place, *, dots_max: int, modules: int) -> tuple[int, int]:
        """Return how wide a bar is and how far from the left of its place the first one stands, in dots of the head.

        Bars are as wide as the place allows, the code in its middle; raises ValueError where they would be too thin.
        """
        held = self.dots(place.w)
        width = min(self.dots(dots_max), held // (modules + 2 * code128.QUIET_MODULES))
        if width < self.dots(_BAR_LEAST):
            raise ValueError(f"{modules} modules do not fit {place.w} dots")
        return width, (held - modules * width) // 2

    def qr(self, place: Place, *, side: int) -> tuple[int, int, int]:
        """Return how wide a module is, how far the code stands from the left of its place, and how far from its foot.

        All in dots of the head; raises ValueError where modules would be too small.
        """
        wide, high = self.dots(place.w), self.dots(place.h)
        module = min(wide, high) // (side + 2 * QUIET_MODULES)
        if module < self.dots(_QR_LEAST):
            raise ValueError(f"a QR code of {side} modules does not fit")
        return module, (wide - module * side) // 2, (high - module * side) // 2


def number(place: Place, size: int, width: int, text: NumberText) -> Line:
    """Return a number in its place, smaller where it would be longer than the place; ``width`` in thousandths of the em."""
    turn = text.turn
    length = place.w if turn is Turn.ACROSS else place.h
    size = min(size, length * EM // width)
    along = (length - width * size // EM) // (2 if text.align is Align.CENTRE else 1)
    if turn is Turn.ACROSS:
        return Line(place.x + along, middle_baseline(place, size), size)
    across = middle_baseline(Place(0, 0, place.h, place.w), size)
    if turn is Turn.UP:
        return Line(place.x + place.w - across, place.y + along, size)
    return Line(place.x + across, place.y + place.h - along, size)


def caption(caption: Caption, grid: Grid, typeface: Typeface) -> Line:
    """Return a fixed text in its place."""
    place, size = grid.place(caption.area), dots(caption.size)
    spare = place.w - typeface.width(caption.text) * size / EM
    x = place.x + int({Align.LEFT: 0.0, Align.CENTRE: spare / 2, Align.RIGHT: spare}[caption.align])
    return Line(x, middle_baseline(place, size), size)


def disc(disc: Disc, grid: Grid) -> Line:
    """Return the character in the middle of a disc."""
    place = grid.place(Area(disc.x, disc.y, disc.diameter, disc.diameter))
    size = dots(disc.size)
    return Line(place.x + (place.w - size) // 2, round(place.y + place.h / 2 - _IDEOGRAPH_MIDDLE * size), size)


def badge(box: Box, grid: Grid, bold: Typeface) -> tuple[Place, Line]:
    """Return the badge for parcels that no machine sorts: the black, and the white letters on it."""
    margin = dots(_BADGE_MARGIN)
    outer = grid.place(box.area)
    size = min(dots(box.steps[0].size), (outer.w - 2 * margin) * EM // bold.width(box.if_empty)) * 4 // 5
    width = bold.width(box.if_empty) * size // EM
    left = outer.x + (outer.w - width) // 2
    fill = outer._replace(x=left - margin, w=width + 2 * margin, y=outer.y + 4, h=outer.h - 8)
    return fill, Line(left, middle_baseline(outer, size), size)


def mark(mark: Mark, grid: Grid, bold: Typeface) -> Slanted:
    """Return the specimen mark, from the lower left to the upper right corner of its area."""
    area, size = grid.place(mark.area), dots(mark.size)
    angle = atan2(area.h, area.w)
    along, across = bold.width(mark.text) * size / EM / 2, _IDEOGRAPH_MIDDLE * size
    c, s = cos(angle), sin(angle)
    x = area.x + area.w / 2 - along * c + across * s
    y = area.y + area.h / 2 - along * s - across * c
    return Slanted(x, y, size, c, s)


def dashes(y: float, width: float) -> list[Area]:
    """Return a tear line from edge to edge, in millimetres."""
    step = _DASH + _BETWEEN_DASHES
    return [Area(at * step, y, min(_DASH, width - at * step), QUARTER) for at in range(int((width - QUARTER) / step) + 1)]
