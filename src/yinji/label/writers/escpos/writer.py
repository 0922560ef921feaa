"""Labels in ESC/POS (Epson, ESC/POS Command Reference: ESC @, GS v 0, GS h, GS w, GS H, GS k, FF).

In standard mode paper only moves on: a bar code can be the printer's own where nothing stands beside it, and the QR code, which has
texts to its left, cannot. The paper at both edges is left out: a head for 80 mm rolls prints 72 mm, which is what a label 76 mm wide
has between its margins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.faults import Misuse
from yinji.label.codes.code128 import draw
from yinji.label.layout.template import DOTS_PER_MM
from yinji.label.writers.head.composer import Composer
from yinji.label.writers.head.pieces import BarCode
from yinji.label.writers.head.subsets import subsets
from yinji.label.writers.raster.plotter import Plotter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.passed import Label

MARGIN_MM: Final = 2
"""What every template leaves free at its left and right."""

STRIP_ROWS: Final = 128
"""Rows of one GS v 0: small printers hold no more."""

_HEIGHT_MAX: Final = 255
_BEGIN: Final = b"\x1b@\x1ba\0"  # set up anew, aligned left
_CUT: Final = b"\x1dVB\0"  # feed to the cutter and cut; printers without one feed
_CODE_128: Final = 73


class EscPosScribe:
    """Each label begins with the printer set up anew and ends with a cut."""

    def __init__(self, setter: Typesetter, *, head: int) -> None:
        """Prepare a template; raises Misuse for a head that is not 203 dpi: receipt printers have no other for labels."""
        if head != DOTS_PER_MM:
            raise Misuse("ESC/POS is written for heads of 203 dpi")
        self.setter = setter
        self._plotter = Plotter(setter, head=head)
        self._composer = Composer(setter, head=head)
        self._first = MARGIN_MM * head // 8

    def prelude(self) -> bytes:
        """Return what a printer is told once: nothing."""
        return b""

    def write(self, labels: Iterable[Label]) -> Iterator[bytes]:
        """Return each label's commands, in their order; raises Misuse for one that was set for another press."""
        batch = list(labels)
        for label, raster in zip(batch, self._plotter.plot(batch), strict=True):
            each, rows = raster.row_bytes, raster.inked
            dots = [rows[at + self._first : at + each - self._first] for at in range(0, len(rows), each)]
            yield b"".join((_BEGIN, *self._strips(label, dots), _CUT))

    def _strips(self, label: Label, rows: list[bytes]) -> Iterator[bytes]:
        done = 0
        for code in self._composer.codes(label.number, label.token):
            if isinstance(code, BarCode) and code.height <= _HEIGHT_MAX and self._alone(code, rows):
                yield from _dots(rows[done : code.top])
                yield self._bars(code)
                done = code.top + code.height
        yield from _dots(rows[done:])

    def _alone(self, code: BarCode, rows: list[bytes]) -> bool:
        """Say whether nothing but the bars stands in their rows: they are all alike, and paper but for the bars."""
        own = set(rows[code.top : code.top + code.height])
        if len(own) != 1:
            return False
        (row,) = own
        dots, wide = int.from_bytes(row, "big"), len(row) * 8
        left = code.left - self._first * 8
        behind = wide - left - draw(code.number).modules * code.module
        return behind >= 0 and dots >> (wide - left) == 0 and not dots & ((1 << behind) - 1)

    def _bars(self, code: BarCode) -> bytes:
        """Return the place, height, module width, no text beneath, and the code itself, whose pairs of digits are bytes."""
        before, pairs, behind = subsets(code.number)
        data = b"{B%b{C" % before.encode("ascii") if before else b"{C"
        data += bytes(int(pairs[at : at + 2]) for at in range(0, len(pairs), 2))
        data += b"{B%b" % behind.encode("ascii") if behind else b""
        place = (code.left - self._first * 8).to_bytes(2, "little")
        height, width = bytes((code.height,)), bytes((code.module,))
        return b"\x1b$%b\x1dh%b\x1dw%b\x1dH\0\x1dk%b%b%b" % (
            place,
            height,
            width,
            bytes((_CODE_128,)),
            bytes((len(data),)),
            data,
        )


def _dots(rows: list[bytes]) -> Iterator[bytes]:
    """Return rows as strips: GS v 0 with bytes a row and rows, both counted in two bytes, the low one first."""
    for at in range(0, len(rows), STRIP_ROWS):
        some = rows[at : at + STRIP_ROWS]
        size = len(some[0]).to_bytes(2, "little") + len(some).to_bytes(2, "little")
        yield b"\x1dv0\0%b%b" % (size, b"".join(some))
