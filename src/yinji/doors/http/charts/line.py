"""A line over an area, for a course over days: a share, a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from yinji.doors.http.charts.scale import spread, steps
from yinji.doors.http.charts.svg import Drawing, element, percent, picture, said

HEIGHT: Final = 208
_TOP: Final = 0.1
_FOOT: Final = 0.88
"""The plot lies between these shares of the height: above stands the highest tick's text, below the days."""
_CLEAR: Final = 0.12
"""The share of the height that the last day's figure needs above or below its dot."""
_NARROW: Final = 4
_WIDE: Final = 7
"""Texts along the foot that a phone and a desk have room for."""
_GRID: Final = 1000


class Point(NamedTuple):
    """One day. ``text`` names it, ``value`` is None where nothing is known: the line breaks there, it does not fall to 0."""

    text: str
    value: float | None


def line(
    points: Sequence[Point],
    *,
    title: str,
    description: str,
    key: str,
    unit: str = "",
    lowest: float = 0.0,
    highest: float | None = None,
) -> Drawing:
    """Return the course of ``points``. ``highest`` fixes the top (100 for a share in percent); else it is round.

    ``lowest`` is what the foot stands for. Above 0 it is written there and nothing is filled: an area that does not begin at 0 lies.
    """
    known = [point.value for point in points if point.value is not None]
    top = highest if highest is not None else max(known, default=0.0)
    whole = all(float(value).is_integer() for value in known)
    ticks = [lowest + tick for tick in steps(top - lowest, whole=whole)]
    places = [(place / max(1, len(points) - 1), _up(point.value, ticks)) for place, point in enumerate(points)]
    inside = (
        _rules(ticks)
        + _plot(places, filled=lowest == 0)
        + _ticks(ticks, unit)
        + _last(points, places, unit)
        + _days(points)
        + _spots(points, places, unit)
    )
    return picture(title=title, description=description, inside=inside, classes="chart line", height=HEIGHT, key=key)


def _up(value: float | None, ticks: Sequence[float]) -> float | None:
    """Return the share of the height at which a value stands; what is out of the axis stands at its end."""
    if value is None:
        return None
    return _FOOT - (_FOOT - _TOP) * _share(value, ticks)


def _share(value: float, ticks: Sequence[float]) -> float:
    return min(1.0, max(0.0, (value - ticks[0]) / (ticks[-1] - ticks[0])))


def _rules(ticks: Sequence[float]) -> str:
    drawn = []
    for tick in ticks:
        y = percent(_FOOT - (_FOOT - _TOP) * _share(tick, ticks))
        drawn.append(element("line", x1="0", x2="100%", y1=y, y2=y, class_="base" if tick == ticks[0] else "rule"))
    return "".join(drawn)


def _ticks(ticks: Sequence[float], unit: str) -> str:
    """Return the figures of the rules, drawn over the course; a foot at 0 needs none."""
    named = [tick for tick in ticks if tick]
    places = [percent(_FOOT - (_FOOT - _TOP) * _share(tick, ticks)) for tick in named]
    texts = [f"{tick:,.10g}{unit}" for tick in named]
    return "".join(said("text", text, x="0", y=y, dy="-4", class_="tick") for text, y in zip(texts, places, strict=True))


def _plot(places: Sequence[tuple[float, float | None]], *, filled: bool) -> str:
    """Return line and area in a grid of their own that stretches with the picture; strokes keep their width."""
    drawn = []
    for run in _runs(places):
        path = "L".join(f"{x * _GRID:.1f} {y * _GRID:.1f}" for x, y in run)
        foot = f"{_FOOT * _GRID:.1f}"
        if filled:
            under = f"M{run[0][0] * _GRID:.1f} {foot}L{path}L{run[-1][0] * _GRID:.1f} {foot}Z"
            drawn.append(element("path", d=under, class_="area"))
        drawn.append(element("path", d=f"M{path}", class_="course"))
    grid = element(
        "svg", "".join(drawn), width="100%", height="100%", viewBox=f"0 0 {_GRID} {_GRID}", preserveAspectRatio="none"
    )
    return grid if drawn else ""


def _runs(places: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in places:
        if y is not None:
            runs[-1].append((x, y))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _last(points: Sequence[Point], places: Sequence[tuple[float, float | None]], unit: str) -> str:
    """Return the dot and the figure of the last known day: what a reader looks for first. It stands away from the course."""
    known = [place for place, (_, y) in enumerate(places) if y is not None]
    if not known:
        return ""
    (x, y), before = places[known[-1]], places[known[-2]][1] if len(known) > 1 else None
    height = y or 0.0
    falls = before is not None and before < height < _FOOT - _CLEAR
    shift = 20 if falls or height < _TOP + _CLEAR else -10
    dot = element("circle", cx=percent(x), cy=percent(height), r=4, class_="dot")
    text = f"{points[known[-1]].value:,.10g}{unit}"
    anchor = "end" if x > 1 / 2 else "start"
    return dot + said("text", text, x=percent(x), y=percent(height), dy=shift, text_anchor=anchor, class_="figure")


def _days(points: Sequence[Point]) -> str:
    narrow, wide = spread(len(points), _NARROW, to_last=True), spread(len(points), _WIDE, to_last=True)
    drawn = []
    for places, classes in ((narrow, "day narrow"), (wide, "day wide")):
        for place in places:
            x = place / max(1, len(points) - 1)
            anchor = "start" if place == 0 else "end" if place == len(points) - 1 else "middle"
            drawn.append(said("text", points[place].text, x=percent(x), y="100%", dy="-4", text_anchor=anchor, class_=classes))
    return "".join(drawn)


def _spots(points: Sequence[Point], places: Sequence[tuple[float, float | None]], unit: str) -> str:
    """Return what a pointer finds: each known day's own figure."""
    width = 1 / max(1, len(points))
    drawn = []
    for point, (x, y) in zip(points, places, strict=True):
        if y is not None:
            left = min(1 - width, max(0.0, x - width / 2))
            name = said("title", f"{point.text}  {point.value:,.10g}{unit}")
            drawn.append(element("rect", name, x=percent(left), y="0", width=percent(width), height="88%", class_="spot"))
    return "".join(drawn)
