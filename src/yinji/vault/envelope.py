"""The sealed blobs: what is in them, what they are bound to."""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from typing import Final

from yinji.kernel.ids import Ref
from yinji.kernel.purpose import PartyRole
from yinji.keys.suites import Lock, SealBroken

_VERSION: Final = b"yinji blob 2"
_BETWEEN: Final = b"\xff"
"""Stands between packed texts: the one byte that UTF-8 never has (RFC 3629, 3), so that no text can imitate it."""

VALUES: Final = b"V"
MASKS: Final = b"M"

_PERIOD: Final = Struct(">I")
_LEAF_BYTES: Final = 8

_ROLE: Final = {PartyRole.RECIPIENT: b"R", PartyRole.SENDER: b"S"}


def binding(*, org: Ref, parcel: Ref, role: PartyRole, ref: Ref, period: int, leaf: int) -> bytes:
    """Return what a party's blobs are bound to: organisation, parcel, party and key. Elsewhere they do not open.

    ``ref`` is what permits and evidence speak of: exchanged in the database, it would make evidence speak of another person.
    """
    return shared(org=org, role=role, period=period) + own(parcel, ref, leaf)


def shared(*, org: Ref, role: PartyRole, period: int) -> bytes:
    """Return the part of a binding that is the same for one role of a whole batch."""
    return b"".join((_VERSION, _ROLE[role], org, _PERIOD.pack(period)))


def own(parcel: Ref, ref: Ref, leaf: int) -> bytes:
    """Return the part of a binding that is one party's own."""
    return parcel + ref + leaf.to_bytes(_LEAF_BYTES, "big")


def packed(texts: Sequence[str]) -> bytes:
    """Return texts as one; empty ones at the end are left out."""
    return _BETWEEN.join([text.encode("utf-8", "surrogatepass") for text in texts]).rstrip(_BETWEEN)


def unpacked(plain: bytes, members: int) -> list[str]:
    """Return the ``members`` texts that were packed; raises `SealBroken` where it is something else."""
    try:
        texts = [each.decode("utf-8", "surrogatepass") for each in plain.split(_BETWEEN)]
    except UnicodeDecodeError:
        raise SealBroken from None
    if len(texts) > members:
        raise SealBroken
    return texts + [""] * (members - len(texts))


def seal(lock: Lock, plain: bytes, *, part: bytes, bound_to: bytes, nonce: bytes) -> bytes:
    """Return suite code ‖ nonce ‖ ciphertext ‖ tag over packed texts."""
    return lock.prefix + lock.seal(plain, nonce=nonce, bound_to=part + bound_to)


def unseal(lock: Lock, sealed: bytes, *, part: bytes, bound_to: bytes, members: int) -> list[str]:
    """Return the ``members`` texts of a blob; raises `SealBroken` where it is damaged, moved, or another record's key is used."""
    if sealed[:1] != lock.prefix:
        raise SealBroken
    return unpacked(lock.open(sealed[1:], bound_to=part + bound_to), members)
