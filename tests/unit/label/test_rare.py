"""Characters that the label's own font lacks, drawn by a second font."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2 as pdfium
import pytest
import uharfbuzz as hb
from hypothesis import given
from hypothesis import strategies as st

from yinji.kernel.refusals import Refusal
from yinji.label import Fonts, Passed, Press, find_fonts
from yinji.label.fonts import PLACES, _first
from yinji.label.glyphs.rare import MARK, RareFont, RareGlyph, read_signs
from yinji.label.glyphs.typeface import Typeface
from yinji.label.writers.pdf.rare import switching

if TYPE_CHECKING:
    from datetime import date

RARE = "𪭢𠄣𧒽𫝀𬺰"  # plane 2; none is in the label's own font
PLANE_3 = "𰀡"


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    if len(find_fonts().rare) < 2:
        if os.environ.get("CI"):
            pytest.fail("install fonts-hanazono fonts-babelstone-han")
        pytest.skip("install fonts-hanazono fonts-babelstone-han (apt install fonts-hanazono fonts-babelstone-han)")


@given(font=st.integers(0, 3), glyph=st.integers(1, 65_535))
def test_four_signs_give_back_their_glyph(font: int, glyph: int) -> None:
    rare = RareGlyph(font, glyph)
    assert len(rare.signs) == 4
    assert rare.signs.startswith(MARK)
    assert rare.signs.isascii()
    assert not set(rare.signs) & set("<>() ")
    assert read_signs(rare.signs) == rare


def test_a_rare_name_is_printed_and_can_be_copied(press: Press, labelled: Any, drafted: Any) -> None:
    draft = drafted(recipient_name=f"{RARE[0]}*{RARE[1]}", recipient_address=f"四川省甘孜州{RARE[2:]}{PLANE_3}乡****")
    document = press.to_pdf(labelled(draft, drafted()))
    text = pdfium.PdfDocument(document)[0].get_textpage().get_text_range()
    for character in RARE + PLANE_3:
        assert character in text
    with pikepdf.open(BytesIO(document)) as opened:
        assert opened.check_pdf_syntax() == []
        assert {"/X0", "/X1"} <= set(opened.pages[0].Resources.Font.keys())


def test_a_usual_document_holds_no_rare_font(press: Press, labelled: Any) -> None:
    with pikepdf.open(BytesIO(press.to_pdf(labelled()))) as opened:
        assert set(opened.pages[0].Resources.Font.keys()) == {"/R", "/B"}


def test_a_rare_character_puts_its_own_ink_on_the_paper(press: Press, labelled: Any, drafted: Any) -> None:
    pages = [
        pdfium.PdfDocument(press.to_pdf(labelled(drafted(contents=f"甲{middle}乙"))))[0].render(scale=4).to_pil().tobytes()
        for middle in (RARE[0], RARE[1], PLANE_3)
    ]
    assert len(set(pages)) == 3


def test_embedded_outlines_are_the_rare_fonts_own(fonts: Fonts) -> None:
    for font in fonts.rare:
        glyphs = {glyph for glyph in map(font.glyph, map(ord, RARE + PLANE_3)) if glyph}
        data, places = font.subset(glyphs)
        face = hb.Face(hb.Blob(data), 0)
        for glyph in glyphs:
            assert _drawn(hb.Font(face), places[glyph]) == _drawn(hb.Font(font._face), glyph) != []


def _drawn(font: hb.Font, glyph: int) -> list[Any]:
    strokes: list[Any] = []

    class Pen:
        def __getattr__(self, name: str) -> Any:
            return lambda *points: strokes.append((name, points))

    font.draw_glyph_with_pen(glyph, Pen())
    return strokes


def test_without_a_rare_font_the_character_is_refused_by_name(
    fonts_alone: Fonts, drafted: Any, probe_of_nobody: Any, on: date
) -> None:
    (answer,) = Press(fonts_alone).check([drafted(recipient_name=f"{RARE[0]}*")], [probe_of_nobody], on=on)
    assert isinstance(answer, tuple)
    assert [(finding.refusal, finding.where) for finding in answer] == [(Refusal.GLYPH_MISSING, "recipient.name")]
    assert f"U+{ord(RARE[0]):04X}" in answer[0].says.en


def test_what_no_font_has_is_refused(press: Press, drafted: Any, probe_of_nobody: Any, on: date) -> None:
    (answer,) = press.check([drafted(remark="好\U0001f9ff的")], [probe_of_nobody], on=on)
    assert not isinstance(answer, Passed)


def test_a_rare_font_is_never_asked_for_what_the_labels_own_has(fonts: Fonts) -> None:
    asked: list[int] = []

    class Asked(RareFont):
        def glyph(self, code: int) -> int | None:
            asked.append(code)
            return super().glyph(code)

    regular, _, face = _first(Path(place) for place in PLACES)
    typeface = Typeface(regular, face=face, rare=(Asked(fonts.rare[0].path),))
    typeface.run("王小明深圳123")
    assert asked == []
    assert typeface.run(RARE[0]).startswith(MARK)
    assert typeface.advances[RARE[0]] == 1000


def test_switching_returns_to_the_font_size_and_colour_around() -> None:
    signs = RareGlyph(1, 0x1234).signs
    assert switching(f"/B 24 Tf 1 0 0 1 5 6 Tm <4e00{signs}4e01> Tj\n") == (
        "/B 24 Tf 1 0 0 1 5 6 Tm <4e00> Tj /X1 24 Tf 0 G 0.67 w 2 Tr <1234> Tj 0 Tr /B 24 Tf <4e01> Tj\n"
    )
    assert "1 G" in switching(f"1 g /B 24 Tf 1 0 0 1 5 6 Tm <{signs}> Tj\n0 g\n")
    usual = "/R 24 Tf 29 TL 1 0 0 1 5 6 Tm <4e00> Tj T* <4e01> Tj\n"
    assert switching(usual) == usual
