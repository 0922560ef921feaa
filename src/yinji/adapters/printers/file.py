"""A file that takes a job's bytes, for whoever carries it to a printer: whole when the job is done, absent before."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from yinji.kernel.decision import Refuse
from yinji.kernel.disk import disk_refusal, sync_folder
from yinji.kernel.faults import Misuse
from yinji.kernel.refusals import Refusal
from yinji.label.ports import Settled

if TYPE_CHECKING:
    from pathlib import Path


class FilePrinter:
    """Writes beside its name and takes the name at the end. It is a `Printer`."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is opened yet."""
        self._path = path
        self._beside = path.with_name(f".{path.name}.part")
        self._out: BinaryIO | None = None
        self._sent = False

    def begin(self) -> Refuse | None:
        """Begin; refuses where the name is taken: what was printed from it once is not written over."""
        if self._path.exists():
            return Refuse(Refusal.OUTPUT_EXISTS, str(self._path))
        try:
            handle = os.open(self._beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            return Refuse(disk_refusal(error), str(self._path))
        self._out = os.fdopen(handle, "wb")
        return None

    def send(self, data: bytes) -> Refuse | None:
        """Write one label's commands."""
        if self._out is None:
            raise Misuse("a printer is opened before it is used")
        try:
            self._out.write(data)
        except OSError as error:
            return Refuse(disk_refusal(error), str(self._path))
        self._sent = True
        return None

    def settle(self) -> Settled | Refuse:
        """Say nothing: a file does not know whether it is ever printed."""
        return Settled.UNTOLD

    def close(self) -> Refuse | None:
        """Make the file whole, or leave none where nothing was written."""
        if self._out is None:
            return None
        out, self._out = self._out, None
        try:
            out.flush()
            os.fsync(out.fileno())
            out.close()
            if self._sent:
                self._beside.rename(self._path)
                sync_folder(self._path.parent)
        except OSError as error:
            return Refuse(disk_refusal(error), str(self._path))
        finally:
            with suppress(OSError):
                self._beside.unlink()
        return None
