"""A range of waybill numbers as a picture: what is used, reserved, free, set aside, in the order of the numbers.

Each kind has a pattern of its own beside its colour: solid, stripes, empty, dots.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from yinji.doors.http.charts.scale import visible
from yinji.doors.http.charts.svg import Drawing, element, percent, picture, said

HEIGHT: Final = 28
_LEAST: Final = 0.006
"""The share of the width that a single number takes at least: two pixels on a phone."""

State: TypeAlias = Literal["used", "reserved", "free", "set_aside"]


class Span(NamedTuple):
    """Neighbouring numbers in one state. ``first`` and ``last`` as printed, ``many`` how many they are, ``text`` for the pointer."""

    state: State
    many: int
    text: str


def number_range(spans: Sequence[Span], *, title: str, description: str, key: str) -> Drawing:
    """Return the range, its spans from left to right; a span of one number in a million is still seen."""
    shares = visible([span.many for span in spans], _LEAST)
    inside, at = _patterns(key), 0.0
    for span, share in zip(spans, shares, strict=True):
        if share > 0:
            fill = {"fill": f"url(#{key}-{span.state})"} if span.state in {"reserved", "set_aside"} else {}
            place = {"x": percent(at), "y": "2", "width": percent(share), "height": "24"}
            name = said("title", f"{span.text}  {span.many:,}")
            inside += element("rect", name, class_=f"span {span.state}", **place, **fill)
        at += share
    inside += element("rect", x="0", y="2", width="100%", height="24", class_="edge")
    return picture(title=title, description=description, inside=inside, classes="chart range", height=HEIGHT, key=key)


def _patterns(key: str) -> str:
    stripes = element("rect", width="6", height="6", class_="ground") + element(
        "path", d="M-1 1 1 -1M0 6 6 0M5 7 7 5", class_="stripe"
    )
    dots = element("rect", width="6", height="6", class_="ground") + element("circle", cx="3", cy="3", r="1.4", class_="speck")
    size = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
    made = element("pattern", stripes, id=f"{key}-reserved", **size) + element("pattern", dots, id=f"{key}-set_aside", **size)
    return element("defs", made)
