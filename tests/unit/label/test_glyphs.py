from __future__ import annotations

import unicodedata
from typing import Any

import uharfbuzz as hb
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.label.fonts import Fonts, find_fonts
from yinji.label.glyphs.cff_read import outlines
from yinji.label.glyphs.cff_write import build
from yinji.label.glyphs.typeface import NOTDEF_GLYPH, Typeface

CHARACTERS = st.sets(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA0) | st.sampled_from("AaGg019*-，（"), max_size=40)


class _Pen:
    """Writes down what is drawn."""

    def __init__(self) -> None:
        self.strokes: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *points: self.strokes.append((name, points))


def _drawn(face: hb.Face, glyph: int) -> list[Any]:
    pen = _Pen()
    hb.Font(face).draw_glyph_with_pen(glyph, pen)
    return pen.strokes


def _face_of(cff: bytes, typeface: Typeface, count: int) -> hb.Face:
    tables = {
        "CFF ": cff,
        "maxp": b"\x00\x00\x50\x00" + count.to_bytes(2, "big"),
        "head": bytes(typeface._face.reference_table("head").data),
    }
    return hb.Face.create_for_tables(lambda _, tag, __: tables.get(tag), None)


def _embedded(typeface: Typeface, characters: set[str]) -> tuple[bytes, list[Any]]:
    glyphs = typeface.glyphs_of(characters)
    all_outlines = [NOTDEF_GLYPH.outline, *[glyph.outline for glyph in glyphs]]
    return build("TEST+Font", [0, *[glyph.cid for glyph in glyphs]], all_outlines), glyphs


@settings(deadline=None, max_examples=30)
@given(characters=CHARACTERS)
def test_an_embedded_glyph_draws_what_the_font_draws(characters: set[str]) -> None:
    for typeface in find_fonts()[:2]:
        cff, glyphs = _embedded(typeface, characters)
        face = _face_of(cff, typeface, len(glyphs) + 1)
        for place, glyph in enumerate(glyphs, 1):
            assert _drawn(face, place) == _drawn(typeface._face, glyph.cid)


@settings(deadline=None, max_examples=30)
@given(characters=CHARACTERS)
def test_reading_gives_back_what_was_built(characters: set[str]) -> None:
    cff, glyphs = _embedded(find_fonts().regular, characters)
    assert outlines(cff) == [NOTDEF_GLYPH.outline, *[glyph.outline for glyph in glyphs]]


def test_two_characters_of_one_glyph_embed_it_once(fonts: Fonts) -> None:
    radicals, words = "⼀⼁⼃⼄⼆⼈⼉⼊⼋⼏", "一丨丿乙二人儿入八几"
    assert fonts.regular.run(radicals) == fonts.regular.run(words)
    glyphs = fonts.regular.glyphs_of({*radicals, *words})
    assert len(glyphs) == len(words)
    copied = {glyph.to_unicode[-5:-1] for glyph in glyphs}
    assert copied == {f"{ord(word):04x}" for word in words}  # copied text holds words, not the radicals that look like them


def test_a_character_of_plane_two_has_its_unicode(fonts: Fonts) -> None:
    (glyph,) = fonts.regular.glyphs_of({"𠀋"})
    assert glyph.to_unicode.endswith("<d840dc0b>")


def test_widths_are_the_fonts_own(fonts: Fonts) -> None:
    for typeface in fonts[:2]:
        font = hb.Font(typeface._face)
        assert typeface.width("王A1*") == sum(font.get_glyph_h_advance(int(typeface.run(c), 16)) for c in "王A1*")


def test_invisible_characters_count_as_missing_even_where_the_font_has_them(fonts: Fonts) -> None:
    assert fonts.regular.missing("好\n\u202e\u200b的") == "\n\u202e\u200b"
    has = [chr(code) for code in fonts.regular._face.unicodes if unicodedata.category(chr(code)).startswith("C")]
    assert fonts.regular.missing("".join(has)) == "".join(has)
    assert has
