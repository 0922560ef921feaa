"""The texts a workbook keeps apart from its rows: millions of them, packed side by side in memory and never on a disk."""

from __future__ import annotations

from array import array
from typing import Final

from yinji.doors.intake.reading.cell_values import unescaped
from yinji.doors.intake.reading.package import Package
from yinji.doors.intake.reading.xml_events import LocalNames, feed
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

TEXT_CHARACTERS_MAX: Final = 32_768
"""One more than a cell of a spreadsheet may have (Excel specifications and limits). A longer text is cut to it: it is refused as too
long all the same, because no setting allows so many."""


class SharedTexts:
    """Texts by their number. A list of strings would take five times the memory: a million orders have three million texts."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("I", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        if number < 0:
            raise IndexError(number)
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode("utf-8", "surrogatepass")

    @property
    def size(self) -> int:
        """The memory they take, in bytes."""
        return len(self._bytes) + self._ends.itemsize * len(self._ends)

    def add(self, text: str) -> None:
        """Append one."""
        self._bytes += unescaped(text[:TEXT_CHARACTERS_MAX]).encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))


def read_shared_texts(package: Package, part: str, *, bytes_max: int) -> SharedTexts:
    """Return the texts; raises FILE_BROKEN, or FILE_TOO_LARGE where they need more memory than ``bytes_max``."""
    reading = _Reading()
    for _ in feed(package, part, start=reading.start, end=reading.end, text=reading.text):
        if reading.texts.size > bytes_max:
            raise Fault(Refusal.FILE_TOO_LARGE, f"{package.name}:{part}")
    return reading.texts


class _Reading:
    """Handlers for one pass. A text may come in runs of one look each; how it is spoken, in small print above it, is left out."""

    def __init__(self) -> None:
        self.texts = SharedTexts()
        self._names = LocalNames()
        self._runs: list[str] = []
        self._length = 0
        self._inside = self._spoken = False

    def start(self, name: str, _: dict[str, str]) -> None:
        tag = self._names[name]
        if tag == "t":
            self._inside = not self._spoken
        elif tag == "si":
            self._length = 0
            self._runs.clear()
        elif tag == "rPh":
            self._spoken = True

    def end(self, name: str) -> None:
        tag = self._names[name]
        if tag == "t":
            self._inside = False
        elif tag == "si":
            self.texts.add("".join(self._runs))
        elif tag == "rPh":
            self._spoken = False

    def text(self, data: str) -> None:
        if self._inside and self._length < TEXT_CHARACTERS_MAX:
            self._length += len(data)
            self._runs.append(data)
