"""Fonts for the characters that the label's own font lacks: ideographs of GB 18030 planes 2 and 3 in names and addresses.

They are asked only for what the label's own font lacks, and embedded only in documents that show one. Their outlines are
TrueType (the fonts there are, are), so a document holds a TrueType subset of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import uharfbuzz as hb

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EM: Final = 1000
"""Units of the em in which everything here is measured."""

ASCENT: Final = 1.01
DESCENT: Final = 0.29
"""How far ink may reach above and below the baseline, in ems: capitals with accents and ``|`` do. A character that reaches
further (repeat marks for vertical writing) would leave its line, and counts as missing."""

MARK: Final = "~"
"""Begins the four signs that stand for a glyph of a rare font; runs of the label's own font are hex digits only."""

FONTS_MAX: Final = 4
_SIGNS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_GLYPHS: Final = 1 << 16
_DROPPED: Final = (
    "BASE",
    "GDEF",
    "OS/2",
    "cmap",
    "gasp",
    "name",
    "post",
    "vhea",
    "vmtx",
    "prep",
    "cvt ",
    "fpgm",
    "FFTM",
    "DSIG",
    "meta",
)


def keeps_to_its_line(font: hb.Font, glyph: int) -> bool:
    """True if a glyph's ink stays between ascent and descent; ``font`` is scaled to `EM`."""
    ink = font.get_glyph_extents(glyph)
    return ink is None or (ink.y_bearing <= ASCENT * EM and ink.y_bearing + ink.height >= -DESCENT * EM)


class Subset(NamedTuple):
    """A TrueType file with some glyphs of a font, and which of its glyphs (values) stand for the font's own (keys)."""

    data: bytes
    places: dict[int, int]


class RareFont:
    """One font file, mapped into memory: what is not looked up is not read."""

    def __init__(self, path: Path) -> None:
        """Open a file; raises Fault(FONT_MISSING) where it is no TrueType font."""
        self.path = path
        try:
            self._face = hb.Face(hb.Blob.from_file_path(str(path)), 0)
        except (OSError, hb.HarfBuzzError) as error:
            raise Fault(Refusal.FONT_MISSING, at=str(path)) from error
        if "glyf" not in self._face.table_tags:
            raise Fault(Refusal.FONT_MISSING, at=f"{path} (TrueType)")
        self._font = hb.Font(self._face)
        self._font.scale = (EM, EM)
        name = str(self._face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME))
        self.name = "".join(c for c in name if c.isalnum() or c == "-")

    def glyph(self, code: int) -> int | None:
        """Return the glyph that draws a character; None where there is none, or where its ink would leave its line."""
        glyph = self._font.get_nominal_glyph(code)
        if not glyph:
            return None
        return glyph if keeps_to_its_line(self._font, glyph) else None

    def advance(self, glyph: int) -> int:
        """Return a glyph's width in thousandths of the em."""
        width: int = self._font.get_glyph_h_advance(glyph)
        return width

    def subset(self, glyphs: set[int]) -> Subset:
        """Return a font file with these glyphs and .notdef, without hints."""
        wanted: Any = hb.SubsetInput()
        wanted.glyph_set.set(glyphs)
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        for tag in _DROPPED:
            wanted.drop_table_tag_set.add(int.from_bytes(tag.encode(), "big"))
        plan = hb.SubsetPlan(self._face, wanted)
        return Subset(bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping))


class RareGlyph(NamedTuple):
    """A glyph and the number of its font."""

    font: int
    glyph: int

    @property
    def signs(self) -> str:
        """The four signs that stand for it in a run."""
        value = self.font * _GLYPHS + self.glyph
        return f"{MARK}{_SIGNS[value >> 12]}{_SIGNS[value >> 6 & 63]}{_SIGNS[value & 63]}"


def find_glyph(fonts: Sequence[RareFont], code: int) -> RareGlyph | None:
    """Return the first font's glyph of a character."""
    for at, font in enumerate(fonts):
        if glyph := font.glyph(code):
            return RareGlyph(at, glyph)
    return None


def read_signs(signs: str) -> RareGlyph:
    """Return the glyph that four signs stand for."""
    value = 0
    for sign in signs[1:]:
        value = value << 6 | _SIGNS.index(sign)
    return RareGlyph(*divmod(value, _GLYPHS))
