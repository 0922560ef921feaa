"""What a printer was told to draw, read as a picture is: many drivers send every letter as dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from yinji.adapters.sheets.codes import read_codes
from yinji.adapters.sheets.pixels import texts_on

if TYPE_CHECKING:
    from yinji.label.inspection.model import SeenCode, SeenText


class DrawnPictures:
    """Reads lines and codes off greys."""

    def texts(self, width: int, height: int, greys: bytes) -> tuple[SeenText, ...]:
        """Return the lines on a picture of eight-bit greys, row by row from the top; never raises."""
        if len(greys) != width * height:
            return ()
        return texts_on(Image.frombytes("L", (width, height), greys), ())[0]

    def codes(self, width: int, height: int, greys: bytes) -> tuple[SeenCode, ...]:
        """Return the codes on it, in dots of 203 dpi where a pixel is one; never raises."""
        if len(greys) != width * height:
            return ()
        found = read_codes([Image.frombytes("L", (width, height), greys)], dots_a_pixel=1.0)
        return tuple(each.seen for each in found)
