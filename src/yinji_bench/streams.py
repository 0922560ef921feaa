"""Labels to printers' languages: ``yinji bench streams``. Seconds are of the processor."""

from __future__ import annotations

from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Misuse
from yinji.label.fonts import find_fonts
from yinji.label.inspection.reading.streams import StreamReader
from yinji.label.languages import PrinterLanguage
from yinji.label.press import Press
from yinji_bench import sample

if TYPE_CHECKING:
    from yinji.label.passed import Label
    from yinji.label.writers.languages import StreamWriter

_FONT: Final = "E:SIMSUN.TTF"
_PICTURED: Final = 200
"""Labels a round of every language whose texts are pictures."""


def measure(count: int = 2_000, *, rounds: int = 5, font: str | None = None) -> dict[str, Any]:
    """Return labels a second, medians over ``rounds`` after one to warm up, every round with new people.

    All begin with linted, set labels. ``zpl_native_per_s`` has texts in a font of the printer, what is fixed stored once; the others
    have texts as pictures, and each label is whole by itself.
    """
    press = Press(find_fonts(font))
    native = press.writer(PrinterLanguage.ZPL, font=_FONT)
    pictured = {language.value: press.writer(language) for language in PrinterLanguage}
    rates: dict[str, list[float]] = {}
    sizes: dict[str, int] = {}
    read: list[float] = []
    for turn in range(rounds + 1):
        labels = sample.labels(press, count, turn)
        some = labels[: min(count, _PICTURED)]
        for name, writer, own in (("native", native, labels), *((name, writer, some) for name, writer in pictured.items())):
            seconds, stream = _written(writer, own)
            sizes[name] = len(stream) // len(own)
            if turn:
                rates.setdefault(name, []).append(len(own) / seconds)
            if turn and name == PrinterLanguage.ZPL.value:
                read.append(_read(stream, len(own)))
    per_s = {name: round(median(found), 1) for name, found in rates.items()}
    return {
        "labels": count,
        "rounds": rounds,
        "zpl_native_per_s": per_s.pop("native"),
        "pictured_per_s": per_s,
        "bytes_each": sizes,
        "stored_bytes": len(native.prelude()),
        "zpl_read_per_s": round(median(read), 1),
    }


def _written(writer: StreamWriter, labels: list[Label]) -> tuple[float, bytes]:
    start = process_time()
    streams = list(writer.write(labels))
    return process_time() - start, b"".join(streams)


def _read(stream: bytes, count: int) -> float:
    """Return labels a second that are read back, their pictures left unread."""
    start = process_time()
    sheets = StreamReader().sheets(stream)
    if isinstance(sheets, Refuse):
        raise Misuse("a stream of ours was refused")
    if len([label for sheet in sheets for label in sheet.labels()]) != count:
        raise Misuse("a stream was not read back whole")
    return count / (process_time() - start)
