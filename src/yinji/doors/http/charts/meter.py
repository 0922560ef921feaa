"""A meter: how much of something is left, and where it becomes too little."""

from __future__ import annotations

from typing import Final

from yinji.doors.http.charts.svg import Drawing, element, percent, picture

HEIGHT: Final = 12


def meter(*, left: int, whole: int, low: int, title: str, description: str, key: str) -> Drawing:
    """Return a meter of ``left`` out of ``whole``, with a notch at ``low``: below it the fill is the one for care, at 0 for wrong."""
    share = min(1.0, max(0.0, left / whole)) if whole > 0 else 0.0
    notch = min(1.0, max(0.0, low / whole)) if whole > 0 else 0.0
    state = "wrong" if left <= 0 else "care" if left < low else "done"
    inside = element("rect", x="0", y="2", width="100%", height="8", class_="groove")
    inside += element("rect", x="0", y="2", width=percent(share), height="8", class_=f"fill {state}")
    if notch:
        inside += element("line", x1=percent(notch), x2=percent(notch), y1="0", y2="12", class_="notch")
    return picture(title=title, description=description, inside=inside, classes="chart meter", height=HEIGHT, key=key)
