"""Charts keep their figures inside the picture, whatever the figures are."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from yinji.doors.http.charts import Bar, Drawing, Point, Span, bars, line, meter, number_range
from yinji.doors.http.charts.scale import spread, steps, visible

VALUES = st.none() | st.floats(-10, 1e9) | st.integers(0, 10**12)
STATES = st.sampled_from(["used", "reserved", "free", "set_aside"])


def parsed(drawing: Drawing) -> etree._Element:
    """The picture, read as XML: well formed, with a title and a description, without style or handler."""
    root = etree.fromstring(str(drawing))
    assert root.get("aria-labelledby").split() == [root[0].get("id"), root[1].get("id")]
    assert (root[0].tag, root[1].tag) == ("title", "desc")
    assert not [name for each in root.iter() for name in each.attrib if name == "style" or name.startswith("on")]
    return root


def shares(root: etree._Element) -> list[float]:
    """Every percentage that is a place in the picture."""
    written = [value for each in root.iter() for value in each.attrib.values()]
    return [float(value[:-1]) for value in written if re.fullmatch(r"-?[\d.]+%", value)]


@given(st.lists(st.tuples(st.text("日1<&\"'", max_size=5), VALUES), max_size=40))
def test_a_line_stays_inside_its_picture(figures: list[tuple[str, float | None]]) -> None:
    drawn = parsed(line([Point(*each) for each in figures], title="<a>", description='"b"', key="k"))
    assert all(-0.001 <= share <= 100.001 for share in shares(drawn))
    places = [float(each) for path in drawn.iter("path") for each in re.findall(r"-?[\d.]+", path.get("d"))]
    assert all(-0.001 <= place <= 1000.001 for place in places)


def test_an_unknown_day_breaks_the_line_and_is_not_drawn_as_nothing() -> None:
    drawn = parsed(line([Point("1", 4), Point("2", None), Point("3", 5)], title="t", description="d", key="k"))
    assert len([path for path in drawn.iter("path") if path.get("class") == "course"]) == 2
    assert len([rect for rect in drawn.iter("rect") if rect.get("class") == "spot"]) == 2


def test_an_area_that_does_not_begin_at_nothing_is_not_filled() -> None:
    points = [Point("1", 97.0), Point("2", 99.5)]
    assert "area" in line(points, title="t", description="d", key="k", highest=100)
    assert "area" not in line(points, title="t", description="d", key="k", lowest=90, highest=100)


@given(st.lists(st.integers(-5, 10**9), max_size=30))
def test_bars_stay_inside_and_are_as_high_as_their_figures(figures: list[int]) -> None:
    drawn = parsed(bars([Bar(str(place), value) for place, value in enumerate(figures)], title="t", description="d", key="k"))
    assert all(-0.001 <= share <= 100.001 for share in shares(drawn))
    heights = [float(rect.get("height")[:-1]) for rect in drawn.iter("rect")]
    assert [height for _, height in sorted(zip(figures, heights, strict=True))] == sorted(heights)


@given(st.lists(st.tuples(STATES, st.integers(0, 10**12)), max_size=60))
def test_a_range_is_filled_from_end_to_end_and_one_number_is_seen(spans: list[tuple[str, int]]) -> None:
    given_spans = [Span(state, many, "x") for state, many in spans]  # type: ignore[arg-type]  # drawn from the literal's values
    drawn = parsed(number_range(given_spans, title="t", description="d", key="k"))
    widths = [float(rect.get("width")[:-1]) for rect in drawn.iter("rect") if (rect.get("class") or "").startswith("span")]
    assert len(widths) == sum(1 for _, many in spans if many)
    assert all(width > 0 for width in widths)
    assert not widths or sum(widths) == pytest.approx(100, abs=0.1)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=50), st.floats(0.001, 0.1))
def test_shares_sum_to_the_whole_and_what_is_there_is_seen(sizes: list[int], least: float) -> None:
    found = visible(sizes, least)
    assert sum(found) == pytest.approx(1 if sum(sizes) else 0)
    assert all((share > 0) == (size > 0) for share, size in zip(found, sizes, strict=True))


@given(highest=st.floats(0.001, 1e12), whole=st.booleans())
def test_an_axis_reaches_over_the_highest_figure_in_equal_steps(highest: float, *, whole: bool) -> None:
    ticks = steps(highest, whole=whole)
    assert ticks[0] == 0
    assert ticks[-1] >= highest * (1 - 1e-6)
    assert 2 <= len(ticks) <= 8
    assert not whole or all(tick == int(tick) for tick in ticks)


@given(many=st.integers(0, 400), most=st.integers(2, 12), to_last=st.booleans())
def test_names_along_the_foot_are_few_and_equally_far_apart(many: int, most: int, *, to_last: bool) -> None:
    places = spread(many, most, to_last=to_last)
    assert len(places) <= most
    assert len({after - before for before, after in pairwise(places)}) <= 1
    assert not many or (places[-1] == many - 1 if to_last else places[0] == 0)


@pytest.mark.parametrize(
    ("left", "whole", "state"), [(0, 10, "wrong"), (2, 10, "care"), (3, 10, "done"), (0, 0, "wrong"), (12, 10, "done")]
)
def test_a_meter_says_when_little_is_left(left: int, whole: int, state: str) -> None:
    drawn = parsed(meter(left=left, whole=whole, low=3, title="t", description="d", key="k"))
    assert [rect.get("class") for rect in drawn.iter("rect")] == ["groove", f"fill {state}"]
    assert all(0 <= share <= 100 for share in shares(drawn))
