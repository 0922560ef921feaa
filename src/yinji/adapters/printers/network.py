"""A printer on the network: bytes over TCP, by custom on port 9100. It answers on the same connection, if it answers."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.adapters.printers.asking import ANSWER_BYTES_MAX, DONE, READY, State, answer_of
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Misuse
from yinji.kernel.refusals import Refusal
from yinji.label.ports import Settled

if TYPE_CHECKING:
    from yinji.label.languages import PrinterLanguage

PORT: Final = 9_100


class Patience(NamedTuple):
    """How long is waited, in seconds: for a connection, for an answer, for a label to be taken or printed; and how often is called."""

    connect_s: float = 5.0
    answer_s: float = 2.0
    label_s: float = 60.0
    calls_max: int = 3
    pause_s: float = 0.2


class NetworkPrinter:
    """One printer at one address. It is a `Printer`."""

    def __init__(self, host: str, port: int, language: PrinterLanguage, *, patience: Patience | None = None) -> None:
        """Name it; nothing is opened yet."""
        self._at = f"{host}:{port}"
        self._address = host, port
        self._language = language
        self._patience = patience or Patience()
        self._wire: socket.socket | None = None
        self._mute = False

    def begin(self) -> Refuse | None:
        """Call the printer, some times if need be, and ask whether it can print. One that does not answer may print."""
        patience = self._patience
        for call in range(patience.calls_max):
            if call:
                time.sleep(patience.pause_s * call)
            try:
                self._wire = socket.create_connection(self._address, timeout=patience.connect_s)
                break
            except OSError:
                continue
        if self._wire is None:
            return Refuse(Refusal.PRINTER_UNREACHABLE, self._at)
        state = self._ask(READY[self._language])
        if isinstance(state, Refuse):
            return state
        self._mute = state is None
        if state is not None and state.trouble:
            self.close()
            return Refuse(Refusal.PRINTER_STOPPED, f"{self._at} {state.trouble}")
        return None

    def send(self, data: bytes) -> Refuse | None:
        """Hand over one label's commands, in full or not; a printer that takes no more within its time has broken off."""
        try:
            self._open_wire.settimeout(self._patience.label_s)
            self._open_wire.sendall(data)
        except OSError:
            self.close()
            return Refuse(Refusal.PRINTER_BROKE_OFF, self._at)
        return None

    def settle(self) -> Settled | Refuse:
        """Ask until nothing waits in the printer any more, for as long as labels may take."""
        if self._mute:
            return Settled.UNTOLD
        until = time.monotonic() + self._patience.label_s
        while time.monotonic() < until:
            state = self._ask(DONE[self._language])
            if isinstance(state, Refuse):
                return state
            if state is None:
                return Settled.UNTOLD
            if state.trouble:
                return Refuse(Refusal.PRINTER_STOPPED, f"{self._at} {state.trouble}")
            if not state.busy:
                return Settled.CONFIRMED
            time.sleep(min(self._patience.pause_s, 0.2))
        return Refuse(Refusal.PRINTER_STOPPED, f"{self._at} {self._patience.label_s:g} s")

    def close(self) -> Refuse | None:
        """Hang up."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None
        return None

    @property
    def _open_wire(self) -> socket.socket:
        if self._wire is None:
            raise Misuse("a printer is opened before it is used")
        return self._wire

    def _ask(self, question: bytes) -> State | Refuse | None:
        """Return the printer's answer; None where none came in time; a refusal where it hung up."""
        wire, answer = self._open_wire, b""
        until = time.monotonic() + self._patience.answer_s
        try:
            wire.settimeout(self._patience.answer_s)
            wire.sendall(question)
            while len(answer) < ANSWER_BYTES_MAX and (left := until - time.monotonic()) > 0:
                wire.settimeout(left)
                some = wire.recv(ANSWER_BYTES_MAX)
                if not some:
                    self.close()
                    return Refuse(Refusal.PRINTER_BROKE_OFF, self._at)
                answer += some
                if (state := answer_of(self._language, question, answer)) is not None:
                    return state
        except TimeoutError:
            return None
        except OSError:
            self.close()
            return Refuse(Refusal.PRINTER_BROKE_OFF, self._at)
        return None
