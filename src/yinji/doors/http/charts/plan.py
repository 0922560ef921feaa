"""The plan of a label: its places as empty boxes at true size. No text of a label stands in it, so it is no label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from yinji.doors.http.charts.svg import Drawing, element, said

_FIGURE_MM: Final = 2.6
_INSIDE_MM: Final = 0.5


class Spot(NamedTuple):
    """A place in millimetres from the upper left corner. ``text`` is for the pointer, ``key`` what is written in it; ``look`` is "",
    "code" or "wrong".
    """

    x: float
    y: float
    w: float
    h: float
    text: str
    key: str = ""
    look: str = ""


def plan(
    spots: Sequence[Spot],
    *,
    width: float,
    height: float,
    tears: Iterable[float],
    title: str,
    description: str,
    key: str,
    classes: str,
) -> Drawing:
    """Return the plan of a label ``width`` x ``height`` mm; ``classes`` give it its size. ``key`` is unique within the page."""
    inside = said("title", title, id=f"{key}-t") + said("desc", description, id=f"{key}-d")
    inside += "".join(element("line", x1=0, x2=width, y1=y, y2=y, class_="tear") for y in tears)
    inside += "".join(_box(each) for each in sorted(spots, key=lambda each: each.look == "wrong"))
    inside += "".join(_figure(each) for each in spots if each.key)
    box = f"0 0 {width:g} {height:g}"
    return Drawing(
        element("svg", inside, class_=f"plan {classes}", viewBox=box, role="img", aria_labelledby=f"{key}-t {key}-d")
    )


def _box(spot: Spot) -> str:
    name = said("title", spot.text)
    return element("rect", name, x=spot.x, y=spot.y, width=spot.w, height=spot.h, class_=f"spot {spot.look}".strip())


def _figure(spot: Spot) -> str:
    return said("text", spot.key, x=spot.x + _INSIDE_MM, y=spot.y + _FIGURE_MM)
