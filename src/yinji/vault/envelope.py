"""The sealed blobs: what is in them, what they are bound to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from yinji.kernel.ids import Ref
from yinji.kernel.purpose import PartyRole
from yinji.keys.suites import Lock, SealBroken, Suite, suite_of

_VERSION: Final = b"yinji blob 1"
_LENGTH_BYTES: Final = 2

VALUES: Final = b"V"
MASKS: Final = b"M"

_ROLE: Final = {PartyRole.RECIPIENT: b"R", PartyRole.SENDER: b"S"}


def binding(*, org: Ref, parcel: Ref, role: PartyRole, ref: Ref, period: int, leaf: int) -> bytes:
    """Return what a party's blobs are bound to: organisation, parcel, party and key. Elsewhere they do not open.

    ``ref`` is what permits and evidence speak of: exchanged in the database, it would make evidence speak of another person.
    """
    return _VERSION + org + parcel + _ROLE[role] + ref + period.to_bytes(4, "big") + leaf.to_bytes(5, "big")


def seal(suite: Suite, lock: Lock, texts: Sequence[str], *, part: bytes, bound_to: bytes, nonce: bytes) -> bytes:
    """Return suite code ‖ nonce ‖ ciphertext ‖ tag over ``texts``, each with its length before it."""
    pieces = []
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        pieces.append(len(data).to_bytes(_LENGTH_BYTES, "big"))
        pieces.append(data)
    return bytes((suite.code,)) + lock.seal(b"".join(pieces), nonce=nonce, bound_to=part + bound_to)


def unseal(secret: bytes, sealed: bytes, *, part: bytes, bound_to: bytes) -> list[str]:
    """Return the texts of a blob; raises `SealBroken` where it is damaged, moved, or another record's key is used."""
    plain = suite_of(sealed).lock(secret).open(sealed[1:], bound_to=part + bound_to)
    texts, at = [], 0
    while at < len(plain):
        start = at + _LENGTH_BYTES
        at = start + int.from_bytes(plain[at:start], "big")
        texts.append(plain[start:at].decode("utf-8", "surrogatepass"))
    if at != len(plain):
        raise SealBroken
    return texts
