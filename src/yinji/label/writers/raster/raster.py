"""A finished label as dots: what is sent to a print head, shown by e-paper, or wrapped as a picture."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from yinji.label.writers.raster.sheet import FILTER

_INK: Final = bytes(255 - each for each in range(256))


class Raster:
    """One label, one bit a dot. ``width`` and ``height`` in dots, ``head`` dots in a millimetre.

    Rows run from the top; each is filled up to whole bytes, its first dot in the highest bit of its first byte.
    """

    def __init__(self, scanlines: bytes, *, width: int, height: int, head: int) -> None:
        """Take rows as PNG has them: a byte of zero before each, 1 for paper and 0 for ink."""
        self.scanlines = scanlines
        self.width = width
        self.height = height
        self.head = head

    @property
    def row_bytes(self) -> int:
        """How many bytes a row takes."""
        return len(self.scanlines) // self.height - len(FILTER)

    @cached_property
    def rows(self) -> bytes:
        """The rows, 1 for paper and 0 for ink: as PNG, BMP and TSPL have them."""
        found = bytearray(self.scanlines)
        del found[:: self.row_bytes + len(FILTER)]
        return bytes(found)

    @property
    def inked(self) -> bytes:
        """The rows, 1 for ink and 0 for paper: as ZPL, CPCL and ESC/POS have them; what fills a row up is paper."""
        rows = self.rows.translate(_INK)
        spare = -self.width % 8
        if not spare:
            return rows
        found, last = bytearray(rows), self.row_bytes
        found[last - 1 :: last] = bytes(each >> spare << spare for each in found[last - 1 :: last])
        return bytes(found)

    def is_ink(self, x: int, y: int) -> bool:
        """True if the dot in column ``x`` of row ``y`` is black."""
        return not self.rows[y * self.row_bytes + x // 8] >> (7 - x % 8) & 1
