"""Which writer speaks which language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from yinji.kernel.faults import Misuse
from yinji.label.languages import PrinterLanguage
from yinji.label.writers.cpcl.writer import CpclScribe
from yinji.label.writers.escpos.writer import EscPosScribe
from yinji.label.writers.tspl.writer import TsplScribe
from yinji.label.writers.zpl.native import ZplNative
from yinji.label.writers.zpl.writer import ZplScribe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.passed import Label


class StreamWriter(Protocol):
    """Writes linted labels as a printer's commands."""

    def prelude(self) -> bytes:
        """Return what a printer is told once, before the first label of a job."""
        ...

    def write(self, labels: Iterable[Label]) -> Iterator[bytes]:
        """Return each label's commands, in their order; raises Misuse for one that was set for another press."""
        ...


def writer_for(setter: Typesetter, language: PrinterLanguage, *, head: int, font: str = "", tag_bits: int = 0) -> StreamWriter:
    """Return the writer of a language for a head with so many dots in a millimetre.

    ``font`` names a Chinese font in a ZPL printer, by which it sets texts itself; without one, and in all other languages, texts are
    pictures. ``tag_bits`` are those of a radio tag's content (ZPL, with pictures). Raises Misuse for what a language has not.
    """
    if language is PrinterLanguage.ZPL and not font:
        return ZplScribe(setter, head=head, tag_bits=tag_bits)
    if tag_bits:
        raise Misuse("radio tags are written in ZPL, with texts as pictures")
    if language is PrinterLanguage.ZPL:
        return ZplNative(setter, head=head, font=font)
    if font:
        raise Misuse("only ZPL is written with fonts of the printer")
    return _PICTURED[language](setter, head=head)


_PICTURED: Final[dict[PrinterLanguage, Callable[..., StreamWriter]]] = {
    PrinterLanguage.TSPL: TsplScribe,
    PrinterLanguage.CPCL: CpclScribe,
    PrinterLanguage.ESCPOS: EscPosScribe,
}
