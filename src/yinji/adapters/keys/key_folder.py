"""The folder of sealed files: only its owner can read it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from yinji.adapters.keys.private_files import (
    destroy_file,
    make_folder,
    read_file,
    require_private,
    sweep,
    write_new,
    write_over,
)
from yinji.kernel.disk import told
from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.refusals import Refusal

_NAME: Final = re.compile(r"[0-9a-z][0-9a-z.-]*")
_ROOT: Final = re.compile(r"root(-[0-9]+)?\.key")
_MARK: Final = ".mark"
"""How names end under which adapters remember something about the folder: no sealed files."""

_WAIT_SECONDS: Final = 10.0
"""How long a change of the key store may be waited for: a rotation over some hundred files takes a few seconds."""

_POLL_SECONDS: Final = 0.01


class KeyFolder:
    """Implements `SealedFiles` over one folder (0700) of files (0600), on a file system of this machine.

    Threads and processes may use one folder at once. `alone` may be asked for again by the thread that has it.
    """

    def __init__(self, folder: Path, *, wait_seconds: float = _WAIT_SECONDS) -> None:
        """``folder`` must lie outside the data folder's backups. Nothing is made until something is written."""
        self._folder = folder
        self._wait_seconds = wait_seconds
        self._turn = threading.RLock()
        self._depth = 0

    @property
    def place(self) -> str:
        """The folder."""
        return str(self._folder)

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, or None where there is none; raises KEYS_LOOSE where others can read it."""
        return read_file(self._at(name))

    def create(self, name: str, data: bytes) -> bool:
        """Write a new file durably; False, and nothing changed, where the name is taken."""
        return write_new(self._at(name), data)

    def replace(self, name: str, data: bytes) -> None:
        """Write a file durably in place of the one of that name. The old bytes are freed, not overwritten: see `destroy`."""
        write_over(self._at(name), data)

    def destroy(self, name: str) -> None:
        """Overwrite and remove a file, durably; nothing where there is none.

        On copy-on-write or flash storage the overwriting is not sure to reach the old bytes: destroy short keys that open
        larger files, not the larger files alone.
        """
        destroy_file(self._at(name))

    def names(self) -> tuple[str, ...]:
        """Return the names there are, sorted; no drafts, roots or marks. Nothing where there is no folder."""
        with told(self._folder):
            try:
                require_private(self._folder)
                found = sorted(path.name for path in self._folder.iterdir())
            except FileNotFoundError:
                return ()
        return tuple(name for name in found if _named(name) and not name.endswith(_MARK))

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other process and thread that asks the same out; raises KEYS_BUSY after a bounded wait."""
        until = time.monotonic() + self._wait_seconds
        if not self._turn.acquire(timeout=self._wait_seconds):
            raise Fault(Refusal.KEYS_BUSY, self.place)
        try:
            if self._depth:
                yield from self._within()
                return
            handle = self._locked(until)
            try:
                sweep(self._folder)
                yield from self._within()
            finally:
                os.close(handle)
        finally:
            self._turn.release()

    def _within(self) -> Iterator[None]:
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def _locked(self, until: float) -> int:
        """Return a handle that holds the lock; closing it, or dying, gives it back.

        The folder itself is locked: a file in it could be removed by somebody who tidies up, and two would each have one.
        """
        make_folder(self._folder)
        with told(self._folder):
            while True:
                handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
                try:
                    taken, present = _took(handle, until), self._folder.stat()
                except BaseException:
                    os.close(handle)
                    raise
                if taken and os.path.samestat(os.fstat(handle), present):
                    return handle
                os.close(handle)
                if not taken:
                    raise Fault(Refusal.KEYS_BUSY, self.place)

    def _at(self, name: str) -> Path:
        if not _named(name):
            raise Misuse(f"no sealed file is named {name}")
        return self._folder / name


def _named(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not _ROOT.fullmatch(name)


def _took(handle: int, until: float) -> bool:
    while True:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(_POLL_SECONDS)
