"""A sheet as a document, and the ways in which a document says more than its paper shows."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from yinji_bench.inspected.as_picture import code_image
from yinji_bench.inspected.layouts import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

    from yinji_bench.inspected.layouts import Code, Sheet

_POINTS: Final = 72 / 25.4
_FONT: Final = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    b"/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 2 0 R/DW 1000/W[1 95 500 814"
    b" 939 500]>>]>>"
)
_DESCRIPTOR: Final = (
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120"
    b"/CapHeight 880/StemV 93>>"
)
"""A font that every reader brings itself: nothing is embedded."""


def as_pdf(sheet: Sheet) -> bytes:
    """Return a sheet as a document of one page."""
    high = sheet.high
    content = [_text(each, high) for each in sheet.items] + [_code(each, high) for each in sheet.codes]
    page, catalogue, more = b"", b"", []
    info = b""
    for way, said in sheet.hidden:
        if way in _ON_PAGE:
            content.append(_ON_PAGE[way](said, high))
        elif way == "info":
            info = b"/Keywords<%b>" % _utf16(said)
        elif way == "xmp":
            xmp = f"<x:xmpmeta><rdf:RDF><dc:title>{said}</dc:title></rdf:RDF></x:xmpmeta>".encode()
            more.append(_stream(b"/Type/Metadata/Subtype/XML", xmp))
            catalogue += b"/Metadata %d 0 R" % (5 + len(more))
        elif way == "note":
            page += b"/Annots[<</Type/Annot/Subtype/Text/F 2/Rect[10 10 20 20]/Contents<%b>>>]" % _utf16(said)
        elif way == "field":
            field = b"<</Type/Annot/Subtype/Widget/FT/Tx/F 2/Rect[0 0 0 0]/T(n)/V<%b>>>" % _utf16(said)
            more.append(field)
            page += b"/Annots[%d 0 R]" % (5 + len(more))
            catalogue += b"/AcroForm<</Fields[%d 0 R]>>" % (5 + len(more))
        else:
            raise ValueError(way)
    drawn = _stream(b"", "\n".join(content).encode("ascii"))
    media = b"/MediaBox[0 0 %.2f %.2f]" % (sheet.wide * _POINTS, high * _POINTS)
    return _document(
        [
            b"<</Type/Catalog/Pages 3 0 R%b>>" % catalogue,
            _DESCRIPTOR,
            b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            b"<</Type/Page/Parent 3 0 R%b/Contents 5 0 R/Resources<</Font<</F1 %b>>>>%b>>" % (media, _FONT, page),
            drawn,
            *more,
        ],
        info,
    )


def as_pdf_of_picture(picture: Image.Image, *, dpi: int = 203) -> bytes:
    """Return a document whose page is one picture: no text layer."""
    wide, high = (each / dpi * 72 for each in picture.size)
    image = _stream(
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % picture.size,
        picture.tobytes(),
    )
    return _document(
        [
            b"<</Type/Catalog/Pages 3 0 R>>",
            image,
            b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 %.2f %.2f]/Contents 5 0 R/Resources<</XObject<</P 2 0 R>>>>>>"
            % (wide, high),
            _stream(b"", b"%.2f 0 0 %.2f 0 0 cm /P Do" % (wide, high)),
        ]
    )


def _text(item: Item, high: float, more: str = "") -> str:
    x, y, size = item.x * _POINTS, (high - item.y) * _POINTS, item.size * _POINTS
    return f"q BT {more} /F1 {size:.2f} Tf {x:.2f} {y:.2f} Td <{item.text.encode('utf-16-be').hex()}> Tj ET Q"


def _code(code: Code, high: float) -> str:
    image = code_image(code)
    tall = code.high if code.kind == "128" else image.height * code.module
    each = tall / image.height
    rows = []
    for y in range(image.height):
        for x in range(image.width):
            if not image.getpixel((x, y)):
                left, low = (code.x + x * code.module) * _POINTS, (high - code.y - (y + 1) * each) * _POINTS
                rows.append(f"{left:.3f} {low:.3f} {code.module * _POINTS:.3f} {each * _POINTS:.3f} re")
    return "\n".join([*rows, "f"])


def _hidden(said: str) -> Item:
    return Item(said, 6, 120, 3.6)


_ON_PAGE: Final[dict[str, Callable[[str, float], str]]] = {
    "white": lambda said, high: _text(_hidden(said), high, "1 g"),
    "invisible": lambda said, high: _text(_hidden(said), high, "3 Tr"),
    "covered": lambda said, high: f"{_text(_hidden(said), high)} q 0 g 14 {(high - 122) * _POINTS:.2f} 120 16 re f Q",
    "tiny": lambda said, high: _text(_hidden(said)._replace(size=0.3), high),
    "outside": lambda said, high: _text(_hidden(said)._replace(y=high + 30), high),
    "clipped": lambda said, high: f"q 0 0 1 1 re W n {_text(_hidden(said), high)} Q",
    "behind": lambda said, _high: f"/Span<</ActualText<{_utf16(said).decode()}>>>BDC 0 0 1 1 re f EMC",
}


def _utf16(text: str) -> bytes:
    return b"FEFF" + text.encode("utf-16-be").hex().encode()


def _stream(dictionary: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (dictionary, len(packed), packed)


def _document(objects: Sequence[bytes], info: bytes = b"") -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    every = [*objects, b"<<%b>>" % info]
    for number, each in enumerate(every, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(every) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(every) + 1, len(every), start)
    return bytes(out)
