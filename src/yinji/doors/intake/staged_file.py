"""A file that appears whole under its name, or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal


class StagedFile:
    """Written beside its place as a hidden part, which `keep` makes durable and moves there.

    A part left by a crash is overwritten by the next run; a part that another process writes is refused.
    """

    def __init__(self, target: Path) -> None:
        """Open the part; raises Fault(NOT_WRITABLE) naming the target where it cannot be written."""
        self._target: Final = target
        self._kept = False
        if not target.name or not _may_stand(target):
            raise Fault(Refusal.NOT_WRITABLE, str(target))
        self._part: Final = target.with_name(f".{target.name}.part")
        try:
            # Never through a link that somebody else laid there, and never into a file that others can read.
            handle = os.open(self._part, os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
            self.out: Final[BinaryIO] = os.fdopen(handle, "wb")
        except OSError:
            raise Fault(Refusal.NOT_WRITABLE, str(target)) from None
        try:
            fcntl.flock(self.out, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = os.path.samestat(os.fstat(handle), self._part.stat())
            os.fchmod(handle, 0o600)
        except OSError:
            mine = False
        if not mine:  # another process writes it, or has just finished and moved it to its place
            self.out.close()
            raise Fault(Refusal.NOT_WRITABLE, str(target))
        self.out.truncate(0)

    def keep(self) -> None:
        """Make the file durable and put it in its place."""
        self.out.flush()
        os.fsync(self.out.fileno())
        self._part.replace(self._target)
        self._kept = True

    def drop(self) -> None:
        """Leave nothing behind that was not kept."""
        if not self._kept:
            with contextlib.suppress(OSError):
                self._part.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # what a full disk did not take in is not wanted either
            self.out.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.drop()


def _may_stand(target: Path) -> bool:
    """Tell whether a file may be put here: where nothing is, or a file. A folder, a device, a pipe would be moved out of its place."""
    return target.is_file() or not target.exists()
