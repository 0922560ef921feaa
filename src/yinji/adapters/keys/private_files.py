"""Files that only their owner can read: written whole or not at all, replaced in one step, overwritten before they go."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from yinji.kernel.disk import sync_folder, told
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

_DRAFT: Final = ".draft-"
_GOING: Final = ".going-"
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def read_file(path: Path) -> bytes | None:
    """Return a file's bytes, or None where there is none; raises KEYS_LOOSE where others can read file or folder."""
    with told(path):
        try:
            require_private(path.parent)
            require_private(path)
            return path.read_bytes()
        except FileNotFoundError:
            return None


def write_new(path: Path, data: bytes) -> bool:
    """Write a new file so that it is there whole, or not at all, even after a power cut; False where the name is taken."""

    def link(draft: Path) -> bool:
        try:
            os.link(draft, path)  # unlike a rename, a link never replaces what is there
        except FileExistsError:
            return False
        finally:
            draft.unlink()
        return True

    return _write(path, data, link)


def write_over(path: Path, data: bytes) -> None:
    """Write a file in place of the one of that name: a reader sees the old one or the new one, whole."""

    def rename(draft: Path) -> bool:
        draft.replace(path)
        return True

    _write(path, data, rename)


def destroy_file(path: Path) -> None:
    """Overwrite a file with zeros and remove it, durably; nothing where there is none. Finishes what a crash cut short.

    Its name goes first, so that no reader ever meets half a file. On storage that copies on write (btrfs, ZFS, snapshots) or
    levels its wear (flash), overwriting does not surely reach the old bytes. That is why what is destroyed is a key of 32 bytes
    that opens a larger file, and why no snapshots may be kept of the folder.
    """
    going = path.with_name(_GOING + path.name)
    with told(path):
        try:
            require_private(path.parent)
            path.replace(going)
            sync_folder(path.parent)
        except FileNotFoundError:
            if not going.exists():
                return
        _overwrite(going)
        sync_folder(path.parent)


def sweep(folder: Path) -> None:
    """Destroy what crashes left behind: drafts nobody is writing, and files whose destruction was cut short."""
    with told(folder):
        left = [path for path in folder.iterdir() if path.name.startswith((_DRAFT, _GOING))]
        for path in left:
            # Whoever writes a draft holds its lock: one that can be locked is a dead process's.
            with contextlib.suppress(FileNotFoundError, BlockingIOError), path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _overwrite(path)
        if left:
            sync_folder(folder)


def make_folder(folder: Path) -> None:
    """Make the folder, its owner's alone, where there is none yet; one that others can enter is refused."""
    with told(folder):
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=stat.S_IRWXU)
            sync_folder(folder.parent)
        require_private(folder)


def require_private(path: Path) -> None:
    """Raise KEYS_LOOSE where others can touch ``path``; FileNotFoundError where there is nothing."""
    if stat.S_IMODE(path.stat().st_mode) & _OTHERS:
        raise Fault(Refusal.KEYS_LOOSE, str(path))


def _write(path: Path, data: bytes, put: Callable[[Path], bool]) -> bool:
    make_folder(path.parent)
    with told(path):
        handle, draft = _own_draft(path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                placed = put(draft)
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
        sync_folder(path.parent)
    return placed


def _own_draft(folder: Path) -> tuple[int, Path]:
    """A draft of a name nobody has had, locked: one that a crash left behind may be another link to a file in use."""
    while True:
        handle, draft = tempfile.mkstemp(prefix=_DRAFT, dir=folder)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, Path(draft)
        os.close(handle)  # swept away between its making and its locking


def _overwrite(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):  # another process finished it
        with path.open("r+b") as file:
            held = os.fstat(file.fileno())
            # A draft with a second name is a file in use, whose writer was killed between its two names: the draft's only goes.
            if held.st_nlink == 1 or not path.name.startswith(_DRAFT):
                file.write(bytes(held.st_size))
                file.flush()
                os.fsync(file.fileno())
        path.unlink()
