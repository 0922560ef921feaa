"""Bar codes and QR codes off pixels, by ZXing."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Final, NamedTuple

import zxingcpp

from yinji.adapters.sheets.limits import CODES_MAX
from yinji.kernel.private import Private
from yinji.label.codes.code128 import draw
from yinji.label.codes.grammar import WAYBILL_NUMBER
from yinji.label.inspection.model import Region, SeenCode, Symbology

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.Image import Image

_KINDS: Final = {
    zxingcpp.BarcodeFormat.Code128: Symbology.CODE_128,
    zxingcpp.BarcodeFormat.QRCode: Symbology.QR,
    zxingcpp.BarcodeFormat.DataMatrix: Symbology.DATA_MATRIX,
}
_BARS_HIGH: Final = 0.06
"""Of a bar code's length: half of how high it is taken to be, above and below the line in which it was read."""

_QR_BASE: Final = 17
_QR_STEP: Final = 4
"""A QR code of version v has 17 + 4 v modules a side (ISO/IEC 18004)."""


class ReadCode(NamedTuple):
    """One code. ``turned`` is by how many degrees it stands clockwise from upright. ``number`` tells codes of one content together."""

    seen: SeenCode
    turned: int
    number: int


def read_codes(pictures: Iterable[Image], *, dots_a_pixel: float | None = None) -> tuple[ReadCode, ...]:
    """Return the codes that can be decoded in the first of some grey pictures of one thing in which there are any.

    ``dots_a_pixel``: dots of 203 dpi in one pixel of the first picture, where it is known.
    """
    for place, picture in enumerate(pictures):
        found = [
            each
            for each in zxingcpp.read_barcodes(picture, try_rotate=True, try_downscale=True, try_invert=True)
            if each.valid and each.format != zxingcpp.BarcodeFormat.DXFilmEdge  # a few stripes; never on paper
        ][:CODES_MAX]
        if found:
            contents: dict[str, int] = {}
            return tuple(
                ReadCode(
                    _seen(each, picture, dots_a_pixel if not place else None),
                    each.orientation,
                    contents.setdefault(each.text, len(contents)),
                )
                for each in found
            )
    return ()


def _seen(code: zxingcpp.Barcode, picture: Image, dots_a_pixel: float | None) -> SeenCode:
    kind = _KINDS.get(code.format, Symbology.OTHER)
    return SeenCode(kind, Private(code.text), _region(code, *picture.size), _module(code, dots_a_pixel))


def _region(code: zxingcpp.Barcode, width: int, height: int) -> Region:
    """Return where a code stands. A bar code is read along one line: it is taken to be as high as bar codes are at least."""
    position = code.position
    points = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    across, down = [point.x for point in points], [point.y for point in points]
    long = max(max(across) - min(across), max(down) - min(down))
    thin = _BARS_HIGH * long
    wide = thin if max(across) - min(across) < 2 * thin else 0.0
    high = thin if max(down) - min(down) < 2 * thin else 0.0
    return Region(
        max(0.0, (min(across) - wide) / width),
        max(0.0, (min(down) - high) / height),
        min(1.0, (max(across) + wide) / width),
        min(1.0, (max(down) + high) / height),
    )


def _module(code: zxingcpp.Barcode, dots_a_pixel: float | None) -> float | None:
    """Return the width of one module in dots: the length of the code over the modules that its content needs.

    Another printer may have needed more of them for the same content; its modules are then finer than is said here, never wider.
    """
    modules = _modules(code)
    if dots_a_pixel is None or modules is None:
        return None
    corner, other = code.position.top_left, code.position.top_right
    return hypot(corner.x - other.x, corner.y - other.y) * dots_a_pixel / modules


def _modules(code: zxingcpp.Barcode) -> int | None:
    if code.format == zxingcpp.BarcodeFormat.QRCode:
        version = str(code.extra.get("Version", "")) if isinstance(code.extra, dict) else ""
        return _QR_BASE + _QR_STEP * int(version) if version.isascii() and version.isdigit() else None
    if code.format == zxingcpp.BarcodeFormat.Code128 and WAYBILL_NUMBER.fullmatch(code.text):
        return draw(code.text).modules
    return None
