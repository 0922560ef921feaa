"""What keys need from outside."""

from __future__ import annotations

from typing import Protocol


class RootProvider(Protocol):
    """Where the root secret comes from: a file keyring, a PKCS#11 token."""

    @property
    def place(self) -> str:
        """Where it is, for messages."""
        ...

    def root(self) -> bytes:
        """Return the 32-byte root secret; raises a Fault (KEYS_MISSING, KEYS_LOOSE, KEYS_DAMAGED)."""
        ...


class SealedFiles(Protocol):
    """A folder of small sealed files, written whole or not at all."""

    @property
    def place(self) -> str:
        """Where it is, for messages."""
        ...

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, or None where there is none."""
        ...

    def create(self, name: str, data: bytes) -> bool:
        """Write a new file durably; False, and nothing changed, where the name is taken."""
        ...
