"""Embedding a typeface: one subset a document, holding just the characters that the document uses."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from yinji.label.glyphs.cff_write import build
from yinji.label.glyphs.typeface import NOTDEF_GLYPH
from yinji.label.writers.pdf.file import stream

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yinji.label.glyphs.typeface import Typeface

OBJECTS: Final = 5
"""How many objects a font takes: font, descendant, descriptor, font file, ToUnicode."""

_TAG_LETTERS: Final = 6
_LINES_PER_BLOCK: Final = 100  # ISO 32000-1, 9.10.3: at most 100 entries between beginbfchar and endbfchar
_MAP_HEAD: Final = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
)
_MAP_TAIL: Final = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def font_objects(typeface: Typeface, characters: Iterable[str], first: int) -> list[bytes]:
    """Return the bodies of a font's objects, numbered from ``first``."""
    glyphs = typeface.glyphs_of(characters)
    cids = [0, *[glyph.cid for glyph in glyphs]]
    name = f"{tag(cids)}+{typeface.name}"
    cff = build(name, cids, [NOTDEF_GLYPH.outline, *[glyph.outline for glyph in glyphs]])
    mapping = to_unicode([glyph.to_unicode for glyph in glyphs]).encode("ascii")
    widths = "".join([glyph.width for glyph in glyphs])
    return [
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{first + 1} 0 R]"
        f"/ToUnicode {first + 4} 0 R>>".encode("ascii"),
        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/DW 1000/W[{widths}]/FontDescriptor {first + 2} 0 R>>".encode("ascii"),
        f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[-1100 -350 3000 1800]/ItalicAngle 0/Ascent 880"
        f"/Descent -120/CapHeight 733/StemV 80/FontFile3 {first + 3} 0 R>>".encode("ascii"),
        stream(b"/Subtype/CIDFontType0C", cff),
        stream(b"", mapping),
    ]


def to_unicode(lines: list[str]) -> str:
    """Return the map from character ids to characters, of lines ``<cid> <UTF-16>``."""
    blocks = [lines[at : at + _LINES_PER_BLOCK] for at in range(0, len(lines), _LINES_PER_BLOCK)]
    body = "".join([f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar\n" for block in blocks])
    return f"{_MAP_HEAD}{body}{_MAP_TAIL}"


def tag(cids: list[int]) -> str:
    """Return six capitals that differ where the glyphs do (ISO 32000-1, 9.6.4), and only there."""
    number = int.from_bytes(blake2b(repr(cids).encode("ascii"), digest_size=8).digest(), "big")
    letters = []
    for _ in range(_TAG_LETTERS):
        number, letter = divmod(number, 26)
        letters.append(chr(ord("A") + letter))
    return "".join(letters)
