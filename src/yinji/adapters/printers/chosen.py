"""Which printer an address names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from yinji.adapters.printers.file import FilePrinter
from yinji.adapters.printers.network import PORT, NetworkPrinter
from yinji.adapters.printers.queue import QueuePrinter
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

if TYPE_CHECKING:
    from yinji.label.languages import PrinterLanguage
    from yinji.label.ports import Printer

_SOCKET: Final = re.compile(r"socket://(?:\[([0-9A-Fa-f:.%]+)\]|([A-Za-z0-9._-]{1,253}))(?::([0-9]{1,5}))?/?")
_QUEUE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,126}")
_PORT_MAX: Final = 65_535


def chosen_printer(to: str, language: PrinterLanguage) -> Printer:
    """Return the printer at ``socket://HOST:PORT``, ``cups:QUEUE`` or ``file:PATH``; raises Fault(PRINTER_UNKNOWN) for anything else."""
    if (match := _SOCKET.fullmatch(to)) is not None:
        host, port = match[1] or match[2], int(match[3] or PORT)
        if 0 < port <= _PORT_MAX:
            return NetworkPrinter(host, port, language)
    kind, _, name = to.partition(":")
    if kind == "cups" and _QUEUE.fullmatch(name):
        return QueuePrinter(name)
    if kind == "file" and name:
        return FilePrinter(Path(name))
    raise Fault(Refusal.PRINTER_UNKNOWN, to[:80])
