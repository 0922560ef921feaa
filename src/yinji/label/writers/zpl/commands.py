"""Pieces as ZPL commands (Zebra, ZPL II Programming Guide: ^BC, ^BQ, ^GB, ^GF).

Mode A of ^BC chooses subsets by itself: of a waybill number it makes as many modules as `codes.code128`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.label.writers.head.pieces import BarCode, Fill, Outline, Picture, QrCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yinji.label.writers.head.pieces import Piece

_BQ_FALLS: Final = 1


def commands(pieces: Iterable[Piece]) -> str:
    """Return the commands that print some pieces."""
    return "".join(map(_command, pieces))


def _command(piece: Piece) -> str:
    match piece:
        case Picture():
            return _picture(piece)
        case Fill(left, top, width, height):
            return f"^FO{left},{top}^GB{width},{height},{min(width, height)}^FS\n"
        case Outline(left, top, width, height, thick):
            return f"^FO{left},{top}^GB{width},{height},{thick}^FS\n"
        case BarCode(left, top, module, height, number):
            return f"^FO{left},{top}^BY{module}^BCN,{height},N,N,N,A^FD{number}^FS\n"
        case QrCode():
            return qr(piece)


def qr(code: QrCode) -> str:
    """Return a QR code of model 2, level M, with its bytes counted.

    A printer moves ^BQ down by the height that the last ^BY gave; one dot is the least there is, and is taken off.
    """
    place = f"^FO{code.left},{code.top - _BQ_FALLS}^BY{code.module},3,{_BQ_FALLS}"
    return f"{place}^BQN,2,{code.module}^FDMM,B{len(code.payload):04d}{code.payload}^FS\n"


def _picture(picture: Picture) -> str:
    """Return ^GFA with Zebra's own compression in its simplest signs: ``,`` for paper to a row's end, ``:`` for the row above."""
    wide = picture.row_bytes
    total, full = wide * len(picture.rows), 2 * wide
    found, before = [], None
    for row in picture.rows:
        if row == before:
            found.append(":")
            continue
        before, digits = row, row.hex().upper()
        short = digits.rstrip("0")
        found.append(short if len(short) == full else short + ",")
    return f"^FO{picture.left},{picture.top}^GFA,{total},{total},{wide},{''.join(found)}^FS\n"
