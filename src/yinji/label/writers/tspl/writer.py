"""Labels in TSPL (TSC, TSPL/TSPL2 Programming Language Manual: SIZE, CLS, BAR, BOX, BITMAP, BARCODE, QRCODE, PRINT)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.label.writers.head.pieces import BarCode, Fill, Outline, Picture, QrCode
from yinji.label.writers.head.scribe import Scribe
from yinji.label.writers.head.subsets import subsets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yinji.label.passed import Label
    from yinji.label.writers.head.pieces import Piece

_PAPER: Final = bytes(255 - each for each in range(256))
"""In BITMAP a dot of paper is 1."""

_OR: Final = 1
"""BITMAP's mode that only adds ink."""

_GAP: Final = 2  # mm between labels on the roll, what the trade's rolls have


class TsplScribe(Scribe):
    """Each label sets its size, clears the printer's picture, draws and prints once."""

    def written(self, pieces: Iterable[Piece]) -> bytes:
        """Return pieces as commands."""
        return b"".join(map(_command, pieces))

    def framed(self, label: Label, body: bytes) -> bytes:  # noqa: ARG002 - the signature of all languages
        """Return SIZE to PRINT."""
        template = self.composer.setter.template
        begin = f"SIZE {template.width:g} mm,{template.height:g} mm\r\nGAP {_GAP} mm,0 mm\r\nDIRECTION 0,0\r\nREFERENCE 0,0\r\nCLS\r\n"
        return b"%b%bPRINT 1,1\r\n" % (begin.encode("ascii"), body)


def _command(piece: Piece) -> bytes:
    match piece:
        case Picture(left, top, rows):
            dots = b"".join(rows).translate(_PAPER)
            return b"BITMAP %d,%d,%d,%d,%d,%b\r\n" % (left, top, piece.row_bytes, len(rows), _OR, dots)
        case Fill(left, top, width, height):
            return b"BAR %d,%d,%d,%d\r\n" % (left, top, width, height)
        case Outline(left, top, width, height, thick):
            return b"BOX %d,%d,%d,%d,%d\r\n" % (left, top, left + width, top + height, thick)
        case BarCode(left, top, module, height, number):
            bars = (left, top, height, module, module, bar_data(number))
            return b'BARCODE %d,%d,"128M",%d,0,0,%d,%d,"%b"\r\n' % bars
        case QrCode(left, top, module, _, payload):
            modules = (left, top, module, f"B{len(payload):04d}{quoted(payload)}".encode("ascii"))
            return b'QRCODE %d,%d,M,%d,M,0,M2,"%b"\r\n' % modules


def quoted(text: str) -> str:
    r"""Return a text that stands between quotation marks: one inside is written ``\\["]`` (manual, TEXT)."""
    return text.replace('"', '\\["]')


def bar_data(number: str) -> bytes:
    """Return a number with the subsets that "128M" is told by ``!104`` (start B), ``!105`` (start C), ``!099`` (to C), ``!100`` (to B)."""
    before, pairs, behind = subsets(number)
    start = f"!104{before}!099" if before else "!105"
    return f"{start}{pairs}{behind and '!100' + behind}".encode("ascii")
