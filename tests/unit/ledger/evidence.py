"""Invented evidence for tests: references, entries, keys, and a ledger that signs."""

from __future__ import annotations

from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from yinji.kernel.actor import Actor
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import Ref
from yinji.kernel.purpose import Purpose
from yinji.ledger import Ledger

START_MS = 1_795_000_000_000
ORIGIN = "node.example"


class NodeKey:
    """A signing key made from a small seed."""

    def __init__(self, seed: int = 1, name: str = ORIGIN) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.name = name
        self.public_key = self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def signature_holds(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def ref(number: int) -> Ref:
    return Ref(number.to_bytes(16, "big"))


ACTOR = Actor(account=ref(101), org=ref(102), post="outlet.clerk", where="terminal-3")


def entry(number: int, **other: Any) -> Entry:
    """Return an entry that states ``number`` as its count and as its moment."""
    said: dict[str, Any] = {"event": Event.WAYBILLS_ISSUED, "actor": ACTOR, "purpose": Purpose.ISSUE}
    return Entry(**(said | {"at_ms": START_MS + number, "count": number} | other))


def ledger(key: NodeKey | None = None) -> Ledger:
    return Ledger(key or NodeKey(), ORIGIN, check=signature_holds)
