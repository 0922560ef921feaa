"""The pieces of a label, in dots of a print head from the upper left corner."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Fill(NamedTuple):
    """A black rectangle."""

    left: int
    top: int
    width: int
    height: int


class Outline(NamedTuple):
    """A rectangle whose lines are ``thick`` dots thick, inside its width and height."""

    left: int
    top: int
    width: int
    height: int
    thick: int


class Picture(NamedTuple):
    """Rows of dots, eight a byte, ink 1; every row has as many bytes, and each ends in paper."""

    left: int
    top: int
    rows: tuple[bytes, ...]

    @property
    def row_bytes(self) -> int:
        """How many bytes a row takes."""
        return len(self.rows[0])


class BarCode(NamedTuple):
    """A Code 128 of a waybill number: its first bar's corner, the dots of a module, its height."""

    left: int
    top: int
    module: int
    height: int
    number: str


class QrCode(NamedTuple):
    """A QR code at level M, in byte mode and of the smallest version: corner without quiet zone, dots of a module, modules a side."""

    left: int
    top: int
    module: int
    side: int
    payload: str


Piece: TypeAlias = Fill | Outline | Picture | BarCode | QrCode


def trimmed(left: int, top: int, rows: list[bytes]) -> Picture | None:
    """Return rows without the paper around their ink, ``left`` a whole number of bytes; None where there is no ink."""
    inked = [row for row in rows if any(row)]
    if not inked:
        return None
    wide, both = len(rows[0]), 0
    for row in inked:
        both |= int.from_bytes(row, "big")
    joined = both.to_bytes(wide, "big")
    first, last = wide - len(joined.lstrip(b"\0")), len(joined.rstrip(b"\0"))
    begin, end = rows.index(inked[0]), len(rows)
    while not any(rows[end - 1]):
        end -= 1
    return Picture(left + first * 8, top + begin, tuple([row[first:last] for row in rows[begin:end]]))
