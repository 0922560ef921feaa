"""Labels in CPCL (Zebra, CPCL Programming Manual: sessions, PAGE-WIDTH, LINE, BOX, COMPRESSED-GRAPHICS, BARCODE, PRINT)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.label.layout.template import DOTS_PER_MM
from yinji.label.writers.head.pieces import BarCode, Fill, Outline, Picture, QrCode
from yinji.label.writers.head.scribe import Scribe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yinji.label.passed import Label
    from yinji.label.writers.head.pieces import Piece

_FINE, _COARSE = 300, 200
"""How a session names its dots an inch; 200 is what the manual calls a head of 203."""

_MODEL: Final = 2


class CpclScribe(Scribe):
    """Each label is one session, printed once."""

    def written(self, pieces: Iterable[Piece]) -> bytes:
        """Return pieces as commands."""
        return b"".join(map(_command, pieces))

    def framed(self, label: Label, body: bytes) -> bytes:  # noqa: ARG002 - the signature of all languages
        """Return a session: its height in dots, one copy, to the mark between labels."""
        sheet = self.composer.sheet
        dpi = _COARSE if sheet.head == DOTS_PER_MM else _FINE
        begin = f"! 0 {dpi} {dpi} {sheet.height} 1\r\nPAGE-WIDTH {sheet.width}\r\n".encode("ascii")
        return b"%b%bFORM\r\nPRINT\r\n" % (begin, body)


def _command(piece: Piece) -> bytes:
    match piece:
        case Picture(left, top, rows):
            return b"CG %d %d %d %d %b\r\n" % (piece.row_bytes, len(rows), left, top, b"".join(rows))
        case Fill(left, top, width, height) if width >= height:
            return b"LINE %d %d %d %d %d\r\n" % (left, top, left + width, top, height)
        case Fill(left, top, width, height):
            return b"LINE %d %d %d %d %d\r\n" % (left, top, left, top + height, width)
        case Outline(left, top, width, height, thick):
            return b"BOX %d %d %d %d %d\r\n" % (left, top, left + width, top + height, thick)
        case BarCode(left, top, module, height, number):
            return b"BARCODE 128 %d 1 %d %d %d %b\r\n" % (module, height, left, top, number.encode("ascii"))
        case QrCode(left, top, module, _, payload):
            told = left, top, _MODEL, module, len(payload), payload.encode("ascii")
            return b"BARCODE QR %d %d M %d U %d\r\nMM,B%04d%b\r\nENDQR\r\n" % told
