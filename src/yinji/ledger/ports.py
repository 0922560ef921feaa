"""What evidence needs from outside: somebody who signs, and a check of signatures. Both live in `keys`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

SignatureCheck: TypeAlias = Callable[[bytes, bytes, bytes], bool]
"""Ed25519 verification (RFC 8032): public key (32 bytes), signature (64 bytes), message → does it hold."""


class Signer(Protocol):
    """A node's signing key. The private half stays behind this port."""

    @property
    def name(self) -> str:
        """The key's name in signature lines: no space, no plus sign (C2SP signed-note)."""
        ...

    @property
    def public_key(self) -> bytes:
        """The raw Ed25519 public key, 32 bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of ``message``."""
        ...
