"""The file keyring: a folder that only its owner can read, with the root secret and the sealed files it opens."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

_ROOT_FILE: Final = "root.key"
_HEAD: Final = "yinji-root-1"
_SECRET_BYTES: Final = 32
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class FileKeyring:
    """Implements `RootProvider` and `SealedFiles` over one folder (0700) of files (0600)."""

    def __init__(self, folder: Path) -> None:
        """``folder`` must lie outside the data folder's backups."""
        self._folder = folder
        self._secret: bytes | None = None

    @property
    def place(self) -> str:
        """The folder."""
        return str(self._folder)

    def make(self, root: bytes) -> None:
        """Write a new keyring with this root secret; raises NODE_EXISTS where one is there already."""
        with _told(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._folder.chmod(0o700)
        if not self.create(_ROOT_FILE, f"{_HEAD} {root.hex()}\n".encode()):
            raise Fault(Refusal.NODE_EXISTS, self.place)

    def root(self) -> bytes:
        """Return the root secret, refusing a folder or file that others can read."""
        if self._secret is None:
            self._secret = self._read_root()
        return self._secret

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, or None where there is none; refuses loose permissions."""
        path = self._folder / name
        with _told(path):
            try:
                _require_private(self._folder)
                _require_private(path)
                return path.read_bytes()
            except FileNotFoundError:
                return None

    def create(self, name: str, data: bytes) -> bool:
        """Write a new file so that it is there whole, or not at all, even after a power cut."""
        path = self._folder / name
        with _told(path):
            # A draft of a name nobody has had: one that a crash left behind may be another link to a file in use.
            handle, draft = tempfile.mkstemp(prefix=".draft-", dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                os.link(draft, path)  # unlike a rename, a link never replaces what is there
            except FileExistsError:
                return False
            finally:
                with contextlib.suppress(OSError):
                    Path(draft).unlink()
            _sync_folder(self._folder)
        return True

    def _read_root(self) -> bytes:
        text = self.read(_ROOT_FILE)
        if text is None:
            raise Fault(Refusal.KEYS_MISSING, self.place)
        try:
            head, secret = text.decode("ascii").split()
            root = bytes.fromhex(secret)
        except ValueError:
            raise Fault(Refusal.KEYS_DAMAGED, self.place) from None
        if head != _HEAD or len(root) != _SECRET_BYTES:
            raise Fault(Refusal.KEYS_DAMAGED, self.place)
        return root


def _require_private(path: Path) -> None:
    if stat.S_IMODE(path.stat().st_mode) & _OTHERS:
        raise Fault(Refusal.KEYS_LOOSE, str(path))


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn the system's refusals into faults that name the place."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise Fault(Refusal.DISK_FULL if full else Refusal.NOT_WRITABLE, str(path)) from None
