"""Eight bits a dot to draw on: greys, and a few colours behind them; written as a PNG with a palette."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING, Final

from isal import isal_zlib

if TYPE_CHECKING:
    from yinji.label.writers.raster.glyphs import Dots

RED: Final = 252
AMBER: Final = 253
BLUE: Final = 254
WHITE: Final = 255
INK: Final = 40
_COLOURS: Final = {RED: (200, 16, 46), AMBER: (204, 122, 0), BLUE: (0, 90, 160), WHITE: (255, 255, 255)}
_GREY_MAX: Final = 251
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PALETTE: Final = b"".join(bytes(_COLOURS.get(each, (each, each, each))) for each in range(256))
_INDEXED: Final = 3  # ISO/IEC 15948, table 9

_DIGITS: Final = ("75557", "26227", "71747", "71717", "55711", "74717", "74757", "71111", "75757", "75717")
"""Ten digits, five rows each of three dots, a row written as an octal digit: to be read without any font."""


class Canvas:
    """So many dots by so many, white at first."""

    def __init__(self, width: int, height: int) -> None:
        """Begin white."""
        self.width = width
        self.height = height
        self.dots = bytearray([WHITE]) * (width * height)

    def fill(self, left: int, top: int, right: int, bottom: int, value: int) -> None:
        """Fill a box; what of it lies outside is left out."""
        left, right = max(0, left), min(self.width, right)
        if left < right:
            row = bytes([value]) * (right - left)
            for y in range(max(0, top), min(self.height, bottom)):
                self.dots[y * self.width + left : y * self.width + right] = row

    def frame(self, box: tuple[int, int, int, int], value: int, thick: int) -> None:
        """Draw the outline of a box, inwards."""
        left, top, right, bottom = box
        self.fill(left, top, right, top + thick, value)
        self.fill(left, bottom - thick, right, bottom, value)
        self.fill(left, top, left + thick, bottom, value)
        self.fill(right - thick, top, right, bottom, value)

    def greys(self, width: int, height: int, rows: bytes) -> None:
        """Lay a picture of greys into the upper left corner."""
        plain = rows.translate(_GREYS)
        for y in range(height):
            self.dots[y * self.width : y * self.width + width] = plain[y * width : (y + 1) * width]

    def number(self, number: int, left: int, top: int, scale: int, value: int) -> int:
        """Draw a number in a white box, its digits three by five steps; return how wide the box is."""
        digits = str(number)
        wide = (4 * len(digits) + 1) * scale
        self.fill(left, top, left + wide, top + 7 * scale, WHITE)
        for place, digit in enumerate(digits):
            for row in range(5):
                bits = int(_DIGITS[int(digit)][row])
                for column in range(3):
                    if bits >> (2 - column) & 1:
                        x, y = left + (1 + 4 * place + column) * scale, top + (1 + row) * scale
                        self.fill(x, y, x + scale, y + scale, value)
        return wide

    def glyph(self, dots: Dots, x: int, baseline: int, value: int) -> None:
        """Draw one glyph from its origin."""
        for down, row in enumerate(dots.ints):
            y = baseline + dots.top + down
            for across in range(dots.width):
                if row >> (dots.width - 1 - across) & 1:
                    self.fill(x + dots.left + across, y, x + dots.left + across + 1, y + 1, value)

    def png(self) -> bytes:
        """Return the picture as a PNG, with nothing else in it."""
        rows = b"".join(b"\0" + self.dots[y * self.width : (y + 1) * self.width] for y in range(self.height))
        head = pack(">IIBBBBB", self.width, self.height, 8, _INDEXED, 0, 0, 0)
        chunks = ((b"IHDR", head), (b"PLTE", _PALETTE), (b"IDAT", isal_zlib.compress(rows, 1)), (b"IEND", b""))
        return _SIGNATURE + b"".join(_chunk(name, data) for name, data in chunks)


_GREYS: Final = bytes(min(each, _GREY_MAX) if each < WHITE else WHITE for each in range(256))


def _chunk(name: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + name + data + pack(">I", isal_zlib.crc32(data, isal_zlib.crc32(name)))
