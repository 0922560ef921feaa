"""One weight of a font: which glyph draws a character, how wide it is, and its outline on a shelf."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import uharfbuzz as hb

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.label.glyphs.cff_read import Outline, Widths, outlines
from yinji.label.glyphs.rare import ASCENT, DESCENT, EM, MARK, RareGlyph, find_glyph, keeps_to_its_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from yinji.label.glyphs.rare import RareFont

__all__ = ["ASCENT", "DESCENT", "EM", "Glyph", "Typeface"]

MISSING: Final = "\ufffd"
"""What a character without glyph becomes: the only sign in a run of glyphs that is not ASCII."""

HEX_PER_GLYPH: Final = 4

_IDEOGRAPHS: Final = range(0x20000, 0x3FFFE)
"""Planes 2 and 3, which hold nothing else."""

_DROPPED: Final = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vmtx", "vhea", "name", "OS/2", "post", "cmap", "STAT", "DSIG")
_NOTDEF: Final = Outline(b"\x0e", Widths(EM, 0))  # endchar: an empty glyph of full width


class Glyph(NamedTuple):
    """What a document writes about one character it uses."""

    cid: int
    outline: Outline
    to_unicode: str
    width: str


class _Glyphs(dict[int, str]):
    """Code point to glyph id in four hex digits, looked up once: the table for `str.translate`.

    Where the font lacks a character, a rare font's glyph in four signs (`rare`), which ``rare`` remembers.
    """

    def __init__(self, font: hb.Font, fallbacks: Sequence[RareFont]) -> None:
        super().__init__()
        self._font = font
        self._fallbacks = fallbacks
        self.rare: dict[str, RareGlyph] = {}
        self.characters: dict[str, str] = {}

    def __missing__(self, code: int) -> str:
        self[code] = found = MISSING if _invisible(code) else self._find(code)
        self.characters[found] = chr(code)
        return found

    def _find(self, code: int) -> str:
        glyph = self._font.get_nominal_glyph(code)
        if glyph and keeps_to_its_line(self._font, glyph):
            return f"{glyph:04x}"
        if (rare := find_glyph(self._fallbacks, code)) is None:
            return MISSING
        self.rare[chr(code)] = rare
        return rare.signs


def _invisible(code: int) -> bool:
    """True for control, format, surrogate, private and unassigned characters.

    An ideograph that Python's Unicode tables do not know yet is none of these: the font decides.
    """
    return code not in _IDEOGRAPHS and unicodedata.category(chr(code)).startswith("C")


class _Advances(dict[str, int]):
    """Character to its width in thousandths of the em, looked up once."""

    def __init__(self, font: hb.Font, glyphs: _Glyphs, fallbacks: Sequence[RareFont]) -> None:
        super().__init__()
        self._font = font
        self._glyphs = glyphs
        self._fallbacks = fallbacks

    def __missing__(self, character: str) -> int:
        signs = self._glyphs[ord(character)]
        if signs.startswith(MARK):
            rare = self._glyphs.rare[character]
            found = self._fallbacks[rare.font].advance(rare.glyph)
        else:
            found = self._font.get_glyph_h_advance(int(signs, 16))
        self[character] = found
        return found


class _Shelf(dict[str, Glyph]):
    """Character to what a document needs of it; filled for many characters at once by `Typeface.glyphs_of`."""


def _plain(character: str) -> tuple[bool, str]:
    """Order characters so that 一 comes before the radical ⼀, which only looks like it."""
    return unicodedata.normalize("NFKC", character) != character, character


class Typeface:
    """One weight of a font file. Keeps what it once looked up; holds no text, only single characters."""

    def __init__(self, path: Path, *, face: int, rare: Sequence[RareFont] = ()) -> None:
        """Open face number ``face`` of the file; raises Fault(FONT_MISSING) where it is no CFF font of 1,000 units.

        ``rare`` fonts are asked, in order, for the characters that this one lacks.
        """
        try:
            self._face = hb.Face(hb.Blob.from_file_path(str(path)), face)
        except (OSError, hb.HarfBuzzError) as error:
            raise Fault(Refusal.FONT_MISSING, at=str(path)) from error
        if "CFF " not in self._face.table_tags or self._face.upem != EM:
            raise Fault(Refusal.FONT_MISSING, at=f"{path} (CFF, 1000)")
        font = hb.Font(self._face)
        self.name = "".join(
            c for c in str(self._face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)) if c.isalnum() or c == "-"
        )
        self.path = path
        self.face = face
        self._table = _Glyphs(font, rare)
        self.advances: dict[str, int] = _Advances(font, self._table, rare)
        self._shelf = _Shelf()

    def run(self, text: str) -> str:
        """Return the glyphs of ``text``, four hex digits (or signs, see `rare`) each. Not ASCII where a character has no glyph (see `missing`)."""
        return text.translate(self._table)

    def character(self, signs: str) -> str:
        """Return a character that four digits or signs of a run stand for; characters that share a glyph look alike."""
        return self._table.characters[signs]

    def missing(self, text: str) -> str:
        """Return the characters of ``text`` that this font cannot draw, each once, in order."""
        return "".join(dict.fromkeys(c for c in text if self._table[ord(c)] == MISSING))

    def rare_of(self, characters: Iterable[str]) -> dict[str, RareGlyph]:
        """Return those of some characters, once set, that a rare font draws."""
        rare = self._table.rare
        return {character: rare[character] for character in characters if character in rare} if rare else {}

    def width(self, text: str) -> int:
        """Return the width of ``text`` in thousandths of the em; every character has a glyph."""
        return sum(map(self.advances.__getitem__, text))

    def glyphs_of(self, characters: Iterable[str]) -> list[Glyph]:
        """Return the glyphs of a set of drawable characters, ascending by character id, each id once; rare ones left out."""
        wanted = set(characters).difference(self._table.rare)
        if new := wanted.difference(self._shelf):
            self._shelve(new)
        by_cid = {glyph[0]: glyph for glyph in map(self._shelf.__getitem__, wanted)}
        if len(by_cid) < len(wanted):  # characters that share a glyph: the plainest stands for it when text is copied
            by_cid = {glyph[0]: glyph for glyph in map(self._shelf.__getitem__, sorted(wanted, key=_plain, reverse=True))}
        return [by_cid[cid] for cid in sorted(by_cid)]

    def _shelve(self, characters: set[str]) -> None:
        cids = {character: int(self._table[ord(character)], 16) for character in characters}
        fetched = dict(zip(sorted({0, *cids.values()}), self._fetch({0, *cids.values()}), strict=True))
        for character, cid in cids.items():
            points = character.encode("utf-16-be").hex()
            advance = self.advances[character]
            self._shelf[character] = Glyph(
                cid, fetched[cid], f"<{cid:04x}> <{points}>", "" if advance == EM else f"{cid}[{advance}]"
            )

    def _fetch(self, cids: set[int]) -> Iterator[Outline]:
        """Take outlines out of the font file, without hints and subroutines; .notdef (0) is ours."""
        wanted: Any = hb.SubsetInput()
        wanted.glyph_set.set(cids)
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.DESUBROUTINIZE
        for tag in _DROPPED:
            wanted.drop_table_tag_set.add(int.from_bytes(tag.encode(), "big"))
        table = hb.subset(self._face, wanted).reference_table("CFF ").data
        yield _NOTDEF
        yield from outlines(bytes(table))[1:]


NOTDEF_GLYPH: Final = Glyph(0, _NOTDEF, "", "")
