"""A queue of the system's print service (CUPS), by its own program ``lp``: it tells whether it took a job, not what came of it."""

from __future__ import annotations

import shutil
import subprocess
from typing import Final

from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.label.ports import Settled

_PROGRAM: Final = "lp"
_TAKES_S: Final = 60.0


class QueuePrinter:
    """Hands jobs to one queue, raw: bytes that no filter of the print service may touch. It is a `Printer`."""

    def __init__(self, queue: str) -> None:
        """Name the queue; nothing is run yet."""
        self._queue = queue
        self._program = ""
        self._waiting = bytearray()

    def begin(self) -> Refuse | None:
        """Find the program; refuses where the system has none."""
        found = shutil.which(_PROGRAM)
        if found is None:
            return Refuse(Refusal.PRINTER_PROGRAM_MISSING, _PROGRAM)
        self._program = found
        return None

    def send(self, data: bytes) -> Refuse | None:
        """Keep one label's commands until `settle`: a queue takes a job as a whole."""
        self._waiting += data
        return None

    def settle(self) -> Settled | Refuse:
        """Hand over what waits; refuses where the service does not take it."""
        job, self._waiting = bytes(self._waiting), bytearray()
        if not job:
            return Settled.UNTOLD
        command = [self._program, "-s", "-d", self._queue, "-o", "raw", "-t", "yinji"]
        try:
            done = subprocess.run(  # noqa: S603 - a program found on the path, a queue's name checked by its form, no shell
                command, input=job, capture_output=True, timeout=_TAKES_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return Refuse(Refusal.PRINTER_BROKE_OFF, self._queue)
        return Refuse(Refusal.PRINTER_UNREACHABLE, self._queue) if done.returncode else Settled.UNTOLD

    def close(self) -> Refuse | None:
        """Drop what was never handed over."""
        self._waiting.clear()
        return None
