"""What keys need from outside."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol


class RootProvider(Protocol):
    """Where the root secret is: a file keyring, a PKCS#11 token. It never hands the root out, only what follows from it.

    Roots have versions, so that they can be rotated while the node runs: the last is the current one.
    """

    @property
    def place(self) -> str:
        """Where it is, for messages."""
        ...

    def versions(self) -> tuple[int, ...]:
        """Return the versions there are, oldest first; raises a Fault (KEYS_MISSING, KEYS_LOOSE, KEYS_DAMAGED, TOKEN_REFUSED)."""
        ...

    def derive(self, version: int, info: bytes) -> bytes:
        """Return the 32-byte secret for one named use; raises KEYS_MISSING where there is no such version."""
        ...

    def add_version(self) -> int:
        """Make a fresh root, durably, and return its version: the first is 1."""
        ...

    def destroy(self, version: int) -> None:
        """Destroy a version for good; nothing where it is gone already."""
        ...

    def portable(self) -> dict[int, bytes]:
        """Return what a backup of the key store must hold of the roots; empty where they cannot leave their token."""
        ...

    def adopt(self, roots: dict[int, bytes]) -> None:
        """Take in what `portable` gave, in an empty place."""
        ...


class SealedFiles(Protocol):
    """A folder of small sealed files, each written whole or not at all."""

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

    def replace(self, name: str, data: bytes) -> None:
        """Write a file durably in place of the one of that name: a reader sees the old one or the new one, whole."""
        ...

    def destroy(self, name: str) -> None:
        """Overwrite and remove a file, durably; nothing where there is none."""
        ...

    def names(self) -> tuple[str, ...]:
        """Return the names there are, sorted; no drafts, no roots."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """Keep every other process and thread that asks the same out; raises KEYS_BUSY after a bounded wait."""
        ...


class Unlike(Protocol):
    """How one further place of the sealed files is not the first's copy."""

    @property
    def place(self) -> str:
        """Where it is, for messages."""
        ...


class CopiedFiles(SealedFiles, Protocol):
    """Sealed files in a first place, which leads, and any number of further ones; none is as good as one."""

    def compare(self) -> Sequence[Unlike]:
        """Return the places that are not the first's copy; nothing is changed."""
        ...

    def mend(self) -> Sequence[Unlike]:
        """Make every further place the first's copy again, what was destroyed included; return what was mended."""
        ...
