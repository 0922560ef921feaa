from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import uharfbuzz as hb
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.label.fonts import Fonts, find_fonts
from yinji.label.glyphs.typeface import ASCENT, DESCENT, EM, MISSING
from yinji.label.layout import sizes, template_of
from yinji.label.layout.fitting import Fitter, break_lines
from yinji.label.layout.template import Align, Area, Box, Step
from yinji.label.layout.typesetter import Typesetter
from yinji.label.writers.grid import Grid
from yinji.label.writers.pdf.pieces import piece_maker

if TYPE_CHECKING:
    from yinji.label.layout.template import Template

TEMPLATES: dict[str, Template] = {size: template_of(size) for size in sizes()}
SETTERS: dict[str, Typesetter] = {}
BOXES = [(size, at) for size, template in TEMPLATES.items() for at in range(len(template.boxes))]
LETTERS = "王小明深圳市南山区创新大道号弄栋，。（）《》、·*-0123456789ABCgjyMW abc…—"
TEXTS = st.text(alphabet=LETTERS, max_size=130)
MARGIN = 1  # a dot: baselines are whole dots
_SHOWN = re.compile(r"1 0 0 1 (\d+) (-?\d+) Tm |<([0-9a-f]*)> Tj|(\d+) Tf|(\d+) TL|(T\*)")


def _lines(piece: str) -> list[tuple[int, int, int, str]]:
    """Read page content back: x, baseline, size and glyphs of every line shown."""
    x = y = size = lead = 0
    shown = []
    for at_x, at_y, run, font, spacing, down in _SHOWN.findall(piece):
        if at_x:
            x, y = int(at_x), int(at_y)
        size, lead = int(font or size), int(spacing or lead)
        y -= lead if down else 0
        if run:
            shown.append((x, y, size, run))
    return shown


@settings(deadline=None, max_examples=300)
@given(text=TEXTS, which=st.sampled_from(BOXES))
def test_text_never_leaves_its_box(text: str, which: tuple[str, int]) -> None:
    size_name, at = which
    template = TEMPLATES[size_name]
    setter = SETTERS.setdefault(size_name, Typesetter(template, find_fonts()))
    box = template.boxes[at]
    typeface = setter.typeface(box.weight)
    setting = setter._fitters[at].set(text)
    if setting is None:
        return
    grid = Grid(template.width, template.height)
    place = grid.place(box.area)
    shown = _lines(piece_maker(box, grid)(setting))
    assert "".join(run for *_, run in shown) == typeface.run(text)  # nothing lost, nothing twice
    start = 0
    for x, y, size, run in shown:
        line = text[start : start + len(run) // 4]
        start += len(line)
        assert place.x <= x
        assert x + typeface.width(line) * size / EM <= place.x + place.w + MARGIN
        assert y + ASCENT * size <= place.y + place.h + MARGIN
        assert y - DESCENT * size >= place.y - MARGIN


@given(text=TEXTS.filter(bool), capacity=st.integers(1000, 40_000), lines_max=st.integers(1, 6))
def test_lines_hold_what_they_can_and_lose_nothing(text: str, capacity: int, lines_max: int) -> None:
    width = find_fonts().regular.width
    reached = [width(text[: n + 1]) for n in range(len(text))]
    ends = break_lines(text, reached, capacity, lines_max)
    if not ends:
        return
    lines = [text[start:end] for start, end in pairwise([0, *ends])]
    assert "".join(lines) == text
    assert len(lines) <= lines_max
    assert all(0 < width(line) <= capacity for line in lines)


def _fitter(fonts: Fonts, width: float, *steps: Step, align: Align = Align.LEFT) -> Fitter:
    area = Area(0.0, 0.0, width, 30.0)
    return Fitter(Box("test", area, steps, align=align), fonts.regular)


def test_a_line_does_not_begin_with_a_closing_mark(fonts: Fonts) -> None:
    fitter = _fitter(fonts, 12.0, Step(3.0, 3))
    setting = fitter.set("深圳南山，创新大道")
    assert setting is not None
    assert [len(line) // 4 for line in setting.lines] == [3, 4, 2]


def test_a_number_is_not_cut_where_a_line_can_hold_it(fonts: Fonts) -> None:
    setting = _fitter(fonts, 12.0, Step(3.0, 3)).set("深圳南1234号")
    assert setting is not None
    assert [len(line) // 4 for line in setting.lines] == [3, 5]


def test_the_marks_of_a_mask_stay_together(fonts: Fonts) -> None:
    setting = _fitter(fonts, 12.0, Step(3.0, 3)).set("深圳南6-****")
    assert setting is not None
    assert [len(line) // 4 for line in setting.lines] == [3, 6]


def test_text_shrinks_before_it_is_refused(fonts: Fonts) -> None:
    fitter = _fitter(fonts, 12.0, Step(3.0), Step(2.0), Step(1.5, 2))
    assert [(s.step if (s := fitter.set("长" * n)) else None) for n in (4, 6, 8, 16, 17)] == [0, 1, 2, 2, None]


def test_a_glyph_wider_than_an_em_is_measured(fonts: Fonts) -> None:
    assert _fitter(fonts, 12.0, Step(3.0)).set("深圳⸺⸺") is None  # two-em dashes


def test_ink_that_would_leave_its_line_counts_as_missing(fonts_alone: Fonts) -> None:
    everything = [
        chr(code) for code in (*range(0x20, 0x250), *range(0x3000, 0x3100), *range(0x4E00, 0x9FFF), *range(0xFF00, 0xFF60))
    ]
    for typeface in fonts_alone[:2]:
        font = hb.Font(typeface._face)
        drawn = [typeface.run(character) for character in everything]
        for glyph in (run for run in drawn if run != MISSING):
            ink = font.get_glyph_extents(int(glyph, 16))
            assert ink.y_bearing <= ASCENT * EM
            assert ink.y_bearing + ink.height >= -DESCENT * EM
        assert typeface.missing("〱ÀÅ|gjpqy（王") == "〱"


def test_lines_in_the_middle_are_as_equal_as_may_be(fonts: Fonts) -> None:
    setting = _fitter(fonts, 12.0, Step(3.0, 2), align=Align.CENTRE).set("蜂鸟驿站五")
    assert setting is not None
    assert [len(line) // 4 for line in setting.lines] == [3, 2]  # not four and one
