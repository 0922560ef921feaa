"""How a box shrinks: type sizes that fall by an eighth each, with as many lines as the box's height holds."""

from __future__ import annotations

from typing import Final

from yinji.label.glyphs.typeface import ASCENT, DESCENT
from yinji.label.layout.fitting import LEADING
from yinji.label.layout.template import DOTS_PER_MM, Step

LEAST: Final = 1.625
"""13 dots of a 203 dpi head: below it the strokes of an ideograph run together."""

_FALLS: Final = 0.88
_LINES_MAX: Final = 6


def fit(height: float, first: float, *, least: float = LEAST, lines: int = _LINES_MAX) -> tuple[Step, ...]:
    """Return the steps of a box ``height`` high whose text begins ``first`` high, in millimetres, at most ``lines`` lines each.

    >>> fit(6.0, 4.0, least=2.5)
    (Step(size=4.0, lines=1), Step(size=3.5, lines=1), Step(size=3.125, lines=1), Step(size=2.75, lines=1), Step(size=2.375, lines=2))
    """
    sizes = [first]
    while sizes[-1] > least:
        sizes.append(max(LEAST, _whole(sizes[-1] * _FALLS)))
    held = [(size, min(lines, _lines(height, size))) for size in sizes]
    return tuple(Step(size, count) for size, count in held if count > 0)


def _whole(millimetres: float) -> float:
    return round(millimetres * DOTS_PER_MM) / DOTS_PER_MM


def _lines(height: float, size: float) -> int:
    """Return how many lines of a size a height holds."""
    return int((height - (ASCENT + DESCENT) * size + 1e-9) // (LEADING * size)) + 1
