"""Signatures of a node: Ed25519 (RFC 8032), because C2SP notes and every verifier outside read it.

The port stays open for SM2: a second signature line under the same checkpoint, which other readers must ignore.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class NodeSigner:
    """Signs under a name. The private key never leaves the object."""

    def __init__(self, name: str, seed: bytes) -> None:
        """``seed`` is the 32-byte private seed; ``name`` what verifiers know the key by."""
        self.name: Final = name
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key: Final = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of ``message``."""
        return self._key.sign(message)

    def __repr__(self) -> str:
        return f"NodeSigner({self.name})"


def signed_by(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Tell whether ``signature`` is ``public_key``'s over ``message``."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
