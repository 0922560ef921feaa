"""The file itself: opened once, an ordinary file, and the same bytes from the first look to the last."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self, cast

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal


class Source:
    """An open order file. ``name`` is how refusals name it, ``size`` its bytes when it was opened."""

    def __init__(self, path: Path, *, bytes_max: int) -> None:
        """Open; raises FILE_MISSING, FILE_UNREADABLE (folder, pipe, no permission), FILE_EMPTY, FILE_TOO_LARGE."""
        self.name: Final = str(path)
        try:
            # O_NONBLOCK: a pipe that nobody writes to is looked at, not waited for.
            self._handle: Final = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            raise Fault(Refusal.FILE_MISSING, self.name) from None
        except (OSError, ValueError):  # ValueError: a NUL in the path
            raise Fault(Refusal.FILE_UNREADABLE, self.name) from None
        self._state: Final = os.fstat(self._handle)
        self.size: Final = self._state.st_size
        refused = None
        if not stat.S_ISREG(self._state.st_mode):
            refused = Refusal.FILE_UNREADABLE
        elif not self.size:
            refused = Refusal.FILE_EMPTY
        elif self.size > bytes_max:
            refused = Refusal.FILE_TOO_LARGE
        if refused:
            self.close()
            raise Fault(refused, self.name)

    def stream(self) -> BinaryIO:
        """Return the bytes from the beginning: never more than there were when the file was opened."""
        return cast("BinaryIO", io.BufferedReader(_Window(self._handle, self.size, self.name), 1 << 18))

    def head(self, size: int) -> bytes:
        """Return the first ``size`` bytes, or all."""
        with self.stream() as file:
            return file.read(size)

    def require_unchanged(self) -> None:
        """Raise FILE_BROKEN if somebody wrote to the file since it was opened."""
        now = os.fstat(self._handle)
        if (now.st_size, now.st_mtime_ns) != (self.size, self._state.st_mtime_ns):
            raise Fault(Refusal.FILE_BROKEN, self.name)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class _Window(io.RawIOBase):
    """A view of the first ``size`` bytes with a place of its own."""

    def __init__(self, handle: int, size: int, name: str) -> None:
        self._handle = handle
        self._size = size
        self._name = name
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, into: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed has no name for a writable buffer
        view = memoryview(into)[: max(0, self._size - self._at)]
        try:
            count = os.preadv(self._handle, [view], self._at) if len(view) else 0
        except OSError:
            raise Fault(Refusal.FILE_BROKEN, self._name) from None
        if len(view) and not count:  # cut short since it was opened
            raise Fault(Refusal.FILE_BROKEN, self._name)
        self._at += count
        return count

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise OSError(22, "before the beginning")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at
