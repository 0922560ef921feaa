"""Rare characters in a page's content and in a document: other fonts, switched to for a character or two.

Usual labels have none and never come here. The fonts are of one weight, thinner than a label's: a contour of ink is added, so that
a print head does not lose their strokes, and more of it where the text around is bold.
"""

from __future__ import annotations

import re
import zlib
from array import array
from typing import TYPE_CHECKING, Final

from yinji.label.glyphs.rare import EM, MARK, read_signs
from yinji.label.glyphs.typeface import HEX_PER_GLYPH
from yinji.label.writers.pdf.embedding import tag, to_unicode
from yinji.label.writers.pdf.file import stream
from yinji.label.writers.pdf.grid import RESOURCE
from yinji.label.writers.placing import RARE_CONTOUR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yinji.label.glyphs.rare import RareFont

OBJECTS: Final = 6
"""How many objects a rare font takes: font, descendant, descriptor, font file, ToUnicode, CIDToGIDMap."""

_READ: Final = re.compile(rf"([01]) g|/([RB]) (\d+) Tf|<([^<>]*{MARK}[^<>]*)>")
_CONTOUR: Final = {RESOURCE[weight]: contour for weight, contour in RARE_CONTOUR.items()}


def resource(font: int) -> str:
    """Return the name of a rare font in the page resources."""
    return f"X{font}"


def switching(texts: str) -> str:
    """Return page content (inside BT … ET) whose runs switch to the rare fonts where they must."""
    grey, weight, size = "0", "R", "1"

    def written(found: re.Match[str]) -> str:
        nonlocal grey, weight, size
        if found[1]:
            grey = found[1]
        elif found[2]:
            weight, size = found[2], found[3]
        else:
            return _switched(found[4], grey, weight, size)
        return found[0]

    return _READ.sub(written, texts)


def _switched(run: str, grey: str, weight: str, size: str) -> str:
    contour = _CONTOUR[weight] * int(size)
    out, plain = "", ""
    for at in range(0, len(run), HEX_PER_GLYPH):
        signs = run[at : at + HEX_PER_GLYPH]
        if not signs.startswith(MARK):
            plain += signs
            continue
        rare = read_signs(signs)
        out += f"<{plain}> Tj /{resource(rare.font)} {size} Tf {grey} G {contour:.2f} w 2 Tr <{rare.glyph:04x}> Tj 0 Tr /{weight} {size} Tf "
        plain = ""
    return f"{out}<{plain}>"


def rare_objects(font: RareFont, glyphs: Mapping[str, int], first: int) -> list[bytes]:
    """Return the bodies of a rare font's objects, numbered from ``first``; ``glyphs`` by the characters a document shows."""
    cids = sorted(set(glyphs.values()))
    data, places = font.subset(set(cids))
    name = f"{tag(cids)}+{font.name}"
    widths = "".join(f"{cid}[{font.advance(cid)}]" for cid in cids if font.advance(cid) != EM)
    pairs = [f"<{cid:04x}> <{character.encode('utf-16-be').hex()}>" for character, cid in sorted(glyphs.items())]
    return [
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{first + 1} 0 R]"
        f"/ToUnicode {first + 4} 0 R>>".encode("ascii"),
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/DW 1000/W[{widths}]/FontDescriptor {first + 2} 0 R/CIDToGIDMap {first + 5} 0 R>>".encode("ascii"),
        f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[-100 -300 1100 1100]/ItalicAngle 0/Ascent 880"
        f"/Descent -120/CapHeight 733/StemV 60/FontFile2 {first + 3} 0 R>>".encode("ascii"),
        _deflated(f"/Length1 {len(data)}", data),
        stream(b"", to_unicode(pairs).encode("ascii")),
        _deflated("", _places(places)),
    ]


def _places(places: dict[int, int]) -> bytes:
    """Return where each character id's glyph is in the subset, two bytes each."""
    table = array("H", bytes(2 * (max(places) + 1)))
    for cid, glyph in places.items():
        table[cid] = glyph
    table.byteswap()
    return table.tobytes()


def _deflated(entries: str, data: bytes) -> bytes:
    return stream(f"{entries}/Filter/FlateDecode".encode("ascii"), zlib.compress(data, 9))
