"""A printer on the loopback: takes bytes, prints whole labels, answers as the languages do, and has every trouble a printer has."""

from __future__ import annotations

import re
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from yinji.label.languages import PrinterLanguage

_QUESTIONS = {
    PrinterLanguage.ZPL: [b"~HS\r\n"],
    PrinterLanguage.TSPL: [b"\x1b!?"],
    PrinterLanguage.CPCL: [b"\x1bh"],
    PrinterLanguage.ESCPOS: [b"\x10\x04\x04", b"\x1dr\x01"],
}
_ENDS = {
    PrinterLanguage.ZPL: b"^XZ\n",
    PrinterLanguage.TSPL: b"PRINT 1,1\r\n",
    PrinterLanguage.CPCL: b"PRINT\r\n",
    PrinterLanguage.ESCPOS: b"\x1dVB\0",
}


@dataclass
class FakePrinter:
    """Prints ``paper_max`` labels, hangs up in the middle of label ``breaks_at``; a ``mute`` one never answers."""

    language: PrinterLanguage = PrinterLanguage.ZPL
    paper_max: int = 1_000
    breaks_at: int = 0
    mute: bool = False
    head_open: bool = False
    busy_answers: int = 0
    printed: list[bytes] = field(default_factory=list)
    calls: int = 0

    def __enter__(self) -> Self:
        self._listens = socket.create_server(("127.0.0.1", 0))
        self.port = self._listens.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._listens.shutdown(socket.SHUT_RDWR)
        self._listens.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                wire, _ = self._listens.accept()
            except OSError:
                return
            self.calls += 1
            with wire:
                self._talk(wire)

    def _talk(self, wire: socket.socket) -> None:
        waiting = b""
        end, questions = _ENDS[self.language], _QUESTIONS[self.language]
        while True:
            try:
                some = wire.recv(65_536)
            except OSError:
                return
            if not some:
                return
            waiting += some
            while (cut := self._next(waiting, end, questions)) is not None:
                at, is_question = cut
                if is_question:
                    if not self.mute:
                        wire.sendall(self._answer())
                elif self.breaks_at and len(self.printed) + 1 >= self.breaks_at:
                    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # hangs up at once
                    return
                elif len(self.printed) < self.paper_max and b"^DFR" not in waiting[:at].rsplit(b"^XA", 1)[-1]:
                    self.printed.append(waiting[:at])
                waiting = waiting[at:]

    @staticmethod
    def _next(waiting: bytes, end: bytes, questions: list[bytes]) -> tuple[int, bool] | None:
        for question in questions:
            if waiting.startswith(question):
                return len(question), True
        at = waiting.find(end)
        return None if at < 0 else (at + len(end), False)

    def _answer(self) -> bytes:
        out = len(self.printed) >= self.paper_max
        busy = self.busy_answers > 0
        self.busy_answers -= busy
        match self.language:
            case PrinterLanguage.ZPL:
                first = b"030,%d,0,1040,%03d,0,0,0,000,0,0,0" % (out, busy)
                second = b"000,0,%d,0,0,2,4,0,00000000,1,000" % self.head_open
                return b"".join(b"\x02%b\x03\r\n" % each for each in (first, second, b"1234,0"))
            case PrinterLanguage.TSPL:
                return bytes((out << 2 | busy << 5 | self.head_open,))
            case PrinterLanguage.CPCL:
                return bytes((out << 1 | busy | self.head_open << 2,))
            case PrinterLanguage.ESCPOS:
                return bytes((0x12 | out * 0x6C,))


def numbers_on(printed: list[bytes]) -> list[str]:
    """Return the waybill number on each label of ZPL, in the order in which they came out."""
    return [match[1].decode() for each in printed if (match := re.search(rb"\^BCN[^\^]*\^FD([A-Z0-9]+)\^FS", each))]


@contextmanager
def closed_port() -> Iterator[int]:
    """A port at which nobody listens while this lasts."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
