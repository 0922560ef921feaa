"""Bars: figures of one kind side by side (hours of a day, outlets), each with its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from yinji.doors.http.charts.scale import spread, steps
from yinji.doors.http.charts.svg import Drawing, element, percent, picture, said

HEIGHT: Final = 208
_TOP: Final = 0.1
_FOOT: Final = 0.88
_GAP: Final = 0.28
"""The share of a bar's place that stays empty."""
_NARROW: Final = 6
_WIDE: Final = 12


class Bar(NamedTuple):
    """One bar. ``mark`` is empty, "care" or "wrong": it then has a colour and a cap of its own, and says so in ``text``."""

    text: str
    value: int
    mark: str = ""


def bars(given: Sequence[Bar], *, title: str, description: str, key: str, unit: str = "") -> Drawing:
    """Return a bar for each of ``given``, from 0; what is below 0 is drawn as 0 and keeps its figure in its title."""
    ticks = steps(max((bar.value for bar in given), default=0), whole=True, wanted=3)
    inside = _ticks(ticks) + "".join(_bar(bar, place, len(given), ticks[-1], unit) for place, bar in enumerate(given))
    inside += _names(given)
    return picture(title=title, description=description, inside=inside, classes="chart bars", height=HEIGHT, key=key)


def _ticks(ticks: Sequence[float]) -> str:
    drawn = []
    for tick in ticks:
        y = percent(_FOOT - (_FOOT - _TOP) * tick / ticks[-1])
        drawn.append(element("line", x1="0", x2="100%", y1=y, y2=y, class_="base" if tick == 0 else "rule"))
    drawn.append(said("text", f"{ticks[-1]:,.0f}", x="0", y=percent(_TOP), dy="-4", class_="tick"))
    return "".join(drawn)


def _bar(bar: Bar, place: int, many: int, top: float, unit: str) -> str:
    share = min(1.0, max(0.0, bar.value / top)) * (_FOOT - _TOP)
    left, width = (place + _GAP / 2) / many, (1 - _GAP) / many
    name = said("title", f"{bar.text}  {bar.value:,}{unit}")
    drawn = element(
        "rect",
        name,
        x=percent(left),
        y=percent(_FOOT - share),
        width=percent(width),
        height=percent(share),
        class_=f"bar {bar.mark}".strip(),
    )
    if bar.mark:
        y = percent(_FOOT - share)
        drawn += element("line", x1=percent(left), x2=percent(left + width), y1=y, y2=y, class_=f"cap {bar.mark}")
    return drawn


def _names(given: Sequence[Bar]) -> str:
    drawn = []
    for most, classes in ((_NARROW, "day narrow"), (_WIDE, "day wide")):
        for place in spread(len(given), most, to_last=False):
            x = percent((place + 1 / 2) / len(given))
            drawn.append(said("text", given[place].text, x=x, y="100%", dy="-4", text_anchor="middle", class_=classes))
    return "".join(drawn)
