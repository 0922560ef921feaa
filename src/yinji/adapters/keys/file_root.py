"""The root in files: one a version, beside the sealed files that it opens."""

from __future__ import annotations

import os
import re
from pathlib import Path
from time import sleep
from typing import Final

from yinji.adapters.keys.private_files import destroy_file, read_file, require_private, write_new
from yinji.kernel.disk import told
from yinji.kernel.faults import Fault
from yinji.kernel.ids import RandomBytes
from yinji.kernel.refusals import Refusal
from yinji.keys.suites import SECRET_BYTES, SM

_LOOKS: Final = 5
_LOOK_SECONDS: Final = 0.01
"""A destruction takes a millisecond; a damaged file stays what it is."""

_HEAD: Final = "yinji-root-1"
_FILE: Final = re.compile(r"root-([1-9][0-9]{0,8})\.key")
_FORMER: Final = "root.key"
"""What pre-releases wrote: one root without a version."""


class FileRoot:
    """Implements `RootProvider` over files ``root-N.key`` (0600) in a folder (0700)."""

    def __init__(self, folder: Path, random: RandomBytes = os.urandom) -> None:
        """``random`` makes new roots. Nothing is read until it is asked for."""
        self._folder = folder
        self._random = random
        self._secrets: dict[int, bytes] = {}
        self._seen_none = False

    @property
    def place(self) -> str:
        """The folder."""
        return str(self._folder)

    def versions(self) -> tuple[int, ...]:
        """Return the versions there are, oldest first, or none; raises KEYS_LOOSE, and NODE_FORMER for a pre-release's root."""
        found = self._found()
        self._seen_none = not found
        # A version that another process destroyed is not to live on in this one.
        self._secrets = {version: secret for version, secret in self._secrets.items() if version in found}
        if not found:
            with told(self._folder):
                if (self._folder / _FORMER).exists():
                    raise Fault(Refusal.NODE_FORMER, self.place)
        return found

    def derive(self, version: int, info: bytes) -> bytes:
        """Return the 32-byte secret for one named use (HKDF-SM3); raises KEYS_MISSING where there is no such version."""
        return SM.derive(self._secret(version), info)

    def add_version(self) -> int:
        """Make a fresh root, durably, and return its version.

        Rotation runs alone, founding does not: who saw no root and finds one now takes the one that was made meanwhile.
        """
        found = () if self._seen_none else self._found()
        version = max(found, default=0) + 1
        while not self._write(version, self._random(SECRET_BYTES)) and not self._seen_none:
            version += 1
        self._seen_none = False
        return version

    def destroy(self, version: int) -> None:
        """Overwrite and remove a version, durably; nothing where it is gone already. See `destroy_file` for what that is worth."""
        destroy_file(self._path(version))
        self._secrets.pop(version, None)

    def portable(self) -> dict[int, bytes]:
        """Return every version's secret: a backup of the key store is worth nothing without them."""
        return {version: self._secret(version) for version in self.versions()}

    def adopt(self, roots: dict[int, bytes]) -> None:
        """Write what `portable` gave. Safe to run again after a crash.

        Raises NODE_EXISTS where another root is there, KEYS_MISSING for no roots: they were in a token.
        """
        if not roots:
            raise Fault(Refusal.KEYS_MISSING, self.place)
        if any(self._secret(version) != roots.get(version) for version in self._found()):
            raise Fault(Refusal.NODE_EXISTS, self.place)
        for version, secret in sorted(roots.items()):
            if not self._write(version, secret) and self._secret(version) != secret:
                raise Fault(Refusal.NODE_EXISTS, self.place)

    def _found(self) -> tuple[int, ...]:
        with told(self._folder):
            try:
                require_private(self._folder)
                named = [_FILE.fullmatch(path.name) for path in self._folder.iterdir()]
            except FileNotFoundError:
                return ()
        return tuple(sorted(int(each[1]) for each in named if each))

    def _secret(self, version: int) -> bytes:
        if version not in self._secrets:
            self._secrets[version] = self._read(version)
        return self._secrets[version]

    def _read(self, version: int) -> bytes:
        path = self._path(version)
        for _ in range(_LOOKS):
            text = read_file(path)
            if text is None:
                raise Fault(Refusal.KEYS_MISSING, str(path))
            root = _parsed(text)
            if root is not None:
                return root
            sleep(_LOOK_SECONDS)  # damaged, or being destroyed: then it is zeros for a moment
        raise Fault(Refusal.KEYS_DAMAGED, str(path))

    def _write(self, version: int, secret: bytes) -> bool:
        return write_new(self._path(version), f"{_HEAD} {secret.hex()}\n".encode())

    def _path(self, version: int) -> Path:
        return self._folder / f"root-{version}.key"


def _parsed(text: bytes) -> bytes | None:
    try:
        head, secret = text.decode("ascii").split()
        root = bytes.fromhex(secret)
    except ValueError:
        return None
    return root if head == _HEAD and len(root) == SECRET_BYTES else None
