"""Glyphs as dots: drawn once by FreeType for each size, by the same font file and face as the PDF's.

FreeType's monochrome rasteriser is told that there are no greys: it fits stems to dots and lets no thin stroke drop out, which
thresholding a grey picture does at the sizes of a label.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from yinji.label.glyphs.rare import MARK, read_signs
from yinji.label.glyphs.typeface import ASCENT, DESCENT, EM, HEX_PER_GLYPH
from yinji.label.layout.template import DOTS_PER_MM, Weight
from yinji.label.writers.placing import RARE_CONTOUR

if TYPE_CHECKING:
    from pathlib import Path

    from yinji.label.fonts import Fonts
    from yinji.label.writers.raster.sheet import Sheet

INK_BYTES_MAX: Final = 48 << 20
"""Of glyphs kept by one press. A batch with a thousand characters takes some 4 MB at 203 dpi."""

_BEGINNING: Final = 6 * HEX_PER_GLYPH
_BEGINNINGS_MAX: Final = 512
"""Of each weight and size, some 2 KB each."""

_FONTS_OPEN_MAX: Final = 64
_BEFORE, _BEHIND = 0.75, 3.5  # ems around a glyph's origin: long dashes are up to three ems wide
_ASIDE: Final = 2  # dots that hinting may add


class Dots(NamedTuple):
    """A drawn glyph: the upper left corner of its ink from its origin on the baseline, and its rows, filled up to bytes."""

    left: int
    top: int
    width: int
    rows: tuple[bytes, ...]

    @property
    def ints(self) -> list[int]:
        """Each row as a number, its last dot lowest."""
        spare = -self.width % 8
        return [int.from_bytes(row, "big") >> spare for row in self.rows]

    def turned(self, *, down: bool) -> Dots:
        """Return the glyph as it stands in a line that runs down, or else up."""
        cells, high, wide = self.ints, len(self.rows), self.width
        columns = [[cells[y] >> (wide - 1 - x) & 1 for y in range(high)] for x in range(wide)]
        turned = [column[::-1] for column in columns] if down else columns[::-1]
        spare = -high % 8
        rows = tuple((int("".join(map(str, row)), 2) << spare).to_bytes((high + spare) // 8, "big") for row in turned)
        if down:
            return Dots(-(self.top + high), self.left, high, rows)
        return Dots(self.top, -(self.left + wide), high, rows)


class Ink(NamedTuple):
    """A glyph in rows of a sheet: its dots with the last one lowest, where that stands, and how far the next glyph is."""

    bits: int
    offset: int
    advance: float


_NOTHING: Final = Dots(0, 0, 0, ())


@lru_cache(maxsize=_FONTS_OPEN_MAX)
def open_font(path: Path, face: int, pixels: float) -> ImageFont.FreeTypeFont:
    """Return a font at a size in dots."""
    return ImageFont.truetype(str(path), pixels, index=face, layout_engine=ImageFont.Layout.BASIC)


def glyph_dots(font: ImageFont.FreeTypeFont, character: str, *, contour: float = 0.0) -> Dots:
    """Return one glyph as dots; ``contour`` is a line of ink along its outline, in dots."""
    size = font.size
    origin = ceil(_BEFORE * size), ceil(ASCENT * size) + _ASIDE
    image = Image.new("1", (ceil((_BEFORE + _BEHIND) * size), origin[1] + ceil(DESCENT * size) + _ASIDE))
    ImageDraw.Draw(image).text(origin, character, fill=1, font=font, anchor="ls", stroke_width=contour / 2)
    if (ink := image.getbbox()) is None:
        return _NOTHING
    left, top, right, bottom = ink
    packed, each = image.crop(ink).tobytes(), -(-(right - left) // 8)
    rows = tuple(packed[at : at + each] for at in range(0, (bottom - top) * each, each))
    return Dots(left - origin[0], top - origin[1], right - left, rows)


class Inks(dict[str, Ink]):
    """The glyphs of one weight at one size, by their four signs in a run, in rows of one sheet; drawn when first asked for."""

    def __init__(self, well: Inkwell, weight: Weight, pixels: float) -> None:
        super().__init__()
        self._well = well
        self._weight = weight
        self._pixels = pixels
        self._beginnings: dict[tuple[str, float], tuple[int, float]] = {}
        self.up = ceil(ASCENT * pixels)
        self.down = ceil(DESCENT * pixels)
        self.rows = self.up + self.down
        """Of a line: so many above its baseline and so many below."""

    def draw(self, signs: str) -> tuple[float, Dots]:
        """Return how far the next glyph is, and a glyph's dots."""
        advance, drawn = self._well.drawn(self._weight, self._pixels, signs)
        return advance * self._pixels / EM, drawn

    def __missing__(self, signs: str) -> Ink:
        advance, drawn = self.draw(signs)
        sheet, bits = self._well.sheet, 0
        rows = drawn.ints[max(0, -self.up - drawn.top) : self.down - drawn.top]
        for row in rows:
            bits = bits << sheet.row_bits | row
        below = self.down - max(drawn.top, -self.up) - len(rows)
        offset = below * sheet.row_bits + sheet.edge - drawn.left - drawn.width
        self._well.take(bits.bit_length() // 8)
        self[signs] = ink = Ink(bits, offset, advance)
        return ink

    def line(self, run: str, x: float) -> int:
        """Return a line that begins at column ``x`` as the bits of `rows` rows.

        Lines often begin alike: an address with its city, the numbers of a batch. Such beginnings are kept.
        """
        if len(run) < 2 * _BEGINNING:
            return self._glyphs(run, x + 0.5)[0]
        beginning = run[:_BEGINNING], x
        if (found := self._beginnings.get(beginning)) is None:
            if len(self._beginnings) >= _BEGINNINGS_MAX:
                self._beginnings.clear()
            found = self._beginnings[beginning] = self._glyphs(run[:_BEGINNING], x + 0.5)
        bits, at = found
        return bits | self._glyphs(run[_BEGINNING:], at)[0]

    def _glyphs(self, run: str, at: float) -> tuple[int, float]:
        """Return glyphs that begin at ``at``, and where the next one would."""
        bits = 0
        for start in range(0, len(run), HEX_PER_GLYPH):
            ink, offset, advance = self[run[start : start + HEX_PER_GLYPH]]
            bits |= ink << (offset - int(at))
            at += advance
        return bits, at


class Inkwell:
    """The glyphs of one press: a bounded cache over all weights and sizes."""

    def __init__(self, fonts: Fonts, sheet: Sheet) -> None:
        """Begin empty."""
        self.fonts = fonts
        self.sheet = sheet
        self.bytes_max = INK_BYTES_MAX
        self.kept = 0
        self._inks: dict[tuple[Weight, int], Inks] = {}

    def inks(self, weight: Weight, size: int) -> Inks:
        """Return the glyphs of a weight, ``size`` in dots of the page."""
        if (found := self._inks.get((weight, size))) is None:
            found = self._inks[weight, size] = Inks(self, weight, size * self.sheet.head / DOTS_PER_MM)
        return found

    def take(self, count: int) -> None:
        """Note that so many bytes more are kept; where they would be too many, forget all glyphs first."""
        if self.kept + count > self.bytes_max:
            for inks in self._inks.values():
                inks.clear()
            self.kept = 0
        self.kept += count

    def drawn(self, weight: Weight, pixels: float, signs: str) -> tuple[int, Dots]:
        """Return a glyph's width in thousandths of the em, and its dots."""
        typeface = self.fonts.bold if weight is Weight.BOLD else self.fonts.regular
        character = typeface.character(signs)
        advance = typeface.advances[character]
        if not signs.startswith(MARK):
            return advance, glyph_dots(open_font(typeface.path, typeface.face, pixels), character)
        rare = self.fonts.rare[read_signs(signs).font]
        return advance, glyph_dots(open_font(rare.path, 0, pixels), character, contour=RARE_CONTOUR[weight] * pixels)
