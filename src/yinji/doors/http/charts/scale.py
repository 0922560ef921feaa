"""From figures to places: round ends of an axis and the ticks between."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

_ROUND: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Steps people count in."""

_LEAST: Final = 1e-9
"""What is less is drawn as nothing: no figure of ours is, and arithmetic fails near the smallest floats."""


def steps(highest: float, *, whole: bool, wanted: int = 4) -> list[float]:
    """Return ticks from 0 to a round number at or above ``highest``, about ``wanted`` of them above 0. ``whole`` keeps to integers."""
    if not math.isfinite(highest) or highest < _LEAST:
        return [0.0, 1.0]
    rough = highest / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in _ROUND if each * power >= rough * (1 - 1e-9))
    if whole:
        step = max(1.0, math.ceil(step - 1e-9))
    return [step * place for place in range(math.ceil(highest / step - 1e-9) + 1)]


def spread(many: int, most: int, *, to_last: bool) -> list[int]:
    """Return at most ``most`` places of ``many``, equally far apart, the last among them or else the first."""
    apart = max(1, math.ceil(many / most))
    return list(range((many - 1) % apart if to_last and many else 0, many, apart))


def visible(sizes: Sequence[int], least: float) -> list[float]:
    """Return each size's share of the whole (they sum to 1), none but an empty one below ``least``.

    Three used numbers of a million must still be seen: what the small ones gain, the others give in proportion.
    ``least`` is lowered where there is no room for so many.
    """
    total = sum(sizes)
    if total <= 0:
        return [0.0 for _ in sizes]
    filled = sum(1 for size in sizes if size > 0)
    floor = min(least, 1 / (2 * filled))
    small = {place for place, size in enumerate(sizes) if 0 < size / total < floor}
    rest = sum(size for place, size in enumerate(sizes) if place not in small)
    room = 1 - floor * len(small)
    return [floor if place in small else size / rest * room for place, size in enumerate(sizes)]
