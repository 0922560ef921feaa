"""Charts as SVG, made on the server: lines, bars, meters, ranges of numbers, plans and dots of labels as pictures.

Holds: arithmetic from figures to places, and the SVG around it. Pure; knows no framework, no page and no language.
Promises: whatever the figures, every place lies inside the picture; each has a title and a description for a screen reader; no
style attribute and no script, so that a strict content policy holds; colours are classes of `static/console.css`.
Never: draws a figure that it was not given.
"""

from __future__ import annotations

from yinji.doors.http.charts.bars import Bar, bars
from yinji.doors.http.charts.dots import outline
from yinji.doors.http.charts.line import Point, line
from yinji.doors.http.charts.meter import meter
from yinji.doors.http.charts.plan import Spot, plan
from yinji.doors.http.charts.ranges import Span, number_range
from yinji.doors.http.charts.svg import Drawing

__all__ = ["Bar", "Drawing", "Point", "Span", "Spot", "bars", "line", "meter", "number_range", "outline", "plan"]
