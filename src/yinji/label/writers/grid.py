"""From millimetres, downwards, to printer dots, upwards: the coordinates in which every writer places what it draws.

One unit is one dot of 203 dpi, so that every coordinate is a whole number and every edge falls on a dot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from yinji.label.glyphs.typeface import ASCENT, DESCENT
from yinji.label.layout.fitting import LEADING, block_height
from yinji.label.layout.template import dots

if TYPE_CHECKING:
    from yinji.label.layout.template import Area


class Place(NamedTuple):
    """A rectangle in dots, from the lower left corner of the page."""

    x: int
    y: int
    w: int
    h: int

    @property
    def path(self) -> str:
        """The rectangle as a path."""
        return f"{self.x} {self.y} {self.w} {self.h} re"


class Grid:
    """The dots of one page."""

    def __init__(self, width: float, height: float) -> None:
        """Measure a page in millimetres."""
        self.width = dots(width)
        self.height = dots(height)

    def place(self, area: Area) -> Place:
        """Return an area in dots."""
        height = dots(area.h)
        return Place(dots(area.x), self.height - dots(area.y) - height, dots(area.w), height)


def first_baseline(place: Place, size: int, lines: int, *, top: bool) -> int:
    """Return the height of the first baseline of a block of lines that stands at the top or in the middle of its place."""
    slack = 0.0 if top else (place.h - block_height(size, lines)) / 2
    return round(place.y + place.h - slack - ASCENT * size)


def leading(size: int) -> int:
    """Return the distance of baselines in dots, rounded down so that a block never outgrows its box."""
    return int(LEADING * size)


def middle_baseline(place: Place, size: int) -> int:
    """Return the baseline that stands a line of capitals and digits in the middle of its place."""
    return round(place.y + (place.h - (ASCENT - DESCENT) * size) / 2)
