"""The sealed blobs: what is in them, what they are bound to."""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from typing import Final

from yinji.kernel.ids import Ref
from yinji.kernel.purpose import PartyRole
from yinji.keys.suites import Lock, SealBroken

_VERSION: Final = b"yinji blob 1"
_END: Final = ";"
"""Ends the lengths before packed texts."""

VALUES: Final = b"V"
MASKS: Final = b"M"

_KEY: Final = Struct(">IQ")
"""Period and leaf."""

_ROLE: Final = {PartyRole.RECIPIENT: b"R", PartyRole.SENDER: b"S"}


def binding(*, org: Ref, parcel: Ref, role: PartyRole, ref: Ref, period: int, leaf: int) -> bytes:
    """Return what a party's blobs are bound to: organisation, parcel, party and key. Elsewhere they do not open.

    ``ref`` is what permits and evidence speak of: exchanged in the database, it would make evidence speak of another person.
    """
    return b"%b%b%b%b%b%b" % (_VERSION, org, parcel, _ROLE[role], ref, _KEY.pack(period, leaf))


def packed(texts: Sequence[str]) -> bytes:
    """Return texts as one: their lengths in characters, then all of them; empty ones at the end are left out."""
    end = len(texts)
    while end and not texts[end - 1]:
        end -= 1
    kept = texts[:end]
    return f"{','.join(map(str, map(len, kept)))}{_END}{''.join(kept)}".encode("utf-8", "surrogatepass")


def unpacked(plain: bytes, members: int) -> list[str]:
    """Return the ``members`` texts that were packed; raises `SealBroken` where it is something else."""
    try:
        lengths, _, rest = plain.decode("utf-8", "surrogatepass").partition(_END)
        counts = [int(each) for each in lengths.split(",")] if lengths else []
    except ValueError:
        raise SealBroken from None
    if sum(counts) != len(rest) or len(counts) > members:
        raise SealBroken
    texts, at = [], 0
    for count in counts:
        texts.append(rest[at : at + count])
        at += count
    return texts + [""] * (members - len(texts))


def seal(lock: Lock, plain: bytes, *, part: bytes, bound_to: bytes, nonce: bytes) -> bytes:
    """Return suite code ‖ nonce ‖ ciphertext ‖ tag over packed texts."""
    return lock.prefix + lock.seal(plain, nonce=nonce, bound_to=part + bound_to)


def unseal(lock: Lock, sealed: bytes, *, part: bytes, bound_to: bytes, members: int) -> list[str]:
    """Return the ``members`` texts of a blob; raises `SealBroken` where it is damaged, moved, or another record's key is used."""
    if sealed[:1] != lock.prefix:
        raise SealBroken
    return unpacked(lock.open(sealed[1:], bound_to=part + bound_to), members)
