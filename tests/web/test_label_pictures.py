"""Pictures of labels in a page: the outline of dots, and the plan of a template."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from yinji.doors.http.charts import Spot, outline, plan
from yinji.doors.http.console.template_words import FIELDS, SIZES, SWITCHES, TEXTS, ZONES, place_of, zone_of
from yinji.flows.try_template import TEXT_MAX, Switch
from yinji.label.layout import sizes, template_of

WIDTH = 9
pictures = st.lists(st.integers(0, (1 << WIDTH) - 1), max_size=8)


def filled(path: str, height: int) -> list[int]:
    """The rows that a path along whole numbers fills by even and odd: each upright edge turns what is right of it."""
    rows, x, y = [0] * height, 0, 0
    for word, one, other in re.findall(r"([Mhvz])(-?\d+)?(?: (\d+))?", path):
        if word == "M":
            x, y = int(one), int(other)
        elif word == "h":
            x += int(one)
        elif word == "v":
            y, before = y + int(one), y
            for row in range(*sorted((before, y))):
                rows[row] ^= (1 << (WIDTH - x)) - 1
    return rows


@given(pictures)
def test_an_outline_fills_exactly_the_dots_it_was_drawn_around(rows: list[int]) -> None:
    assert filled(outline(rows, width=WIDTH), len(rows)) == rows


def test_paper_has_no_outline_and_one_dot_has_four_edges() -> None:
    assert outline([], width=WIDTH) == outline([0, 0], width=WIDTH) == ""
    assert outline([0, 1 << (WIDTH - 3)], width=WIDTH) == "M2 1h1v1h-1v-1z"


def test_a_plan_is_valid_svg_that_marks_what_was_found_and_escapes_what_it_says() -> None:
    spots = [Spot(1, 2, 3, 4, "<name>", "1", "wrong"), Spot(5, 6, 7, 8, "qr", look="code")]
    drawn = plan(spots, width=76, height=130, tears=(65.0,), title="t", description="d", key="k", classes="mm-76x130")
    root = etree.fromstring(drawn)
    assert root.get("viewBox") == "0 0 76 130"
    assert [each.get("class") for each in root.iter("rect")] == ["spot code", "spot wrong"]
    assert [each.text for each in root.iter("text")] == ["1"]
    assert "&lt;name&gt;" in drawn
    assert not re.search(r"style=| on\w+=", drawn)


def test_every_field_of_every_template_has_its_zone_and_its_words() -> None:
    fields = {box.field for size in sizes() for box in template_of(size).boxes}
    assert fields == FIELDS.keys()
    assert {zone_of(field) for field in fields} | {"codes", "qr"} == ZONES.keys()
    assert zone_of("nothing") == ""


def test_every_size_text_and_switch_has_its_words() -> None:
    assert tuple(SIZES) == sizes()
    assert TEXTS.keys() == TEXT_MAX.keys()
    assert list(SWITCHES) == list(Switch)
    assert place_of("recipient.phone").en == "recipient's phone"
    assert place_of("label").zh == "整张面单"
    assert place_of("elsewhere") == "elsewhere"
