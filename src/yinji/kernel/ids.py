"""References: UUIDv7 (RFC 9562) whose ``rand_a`` field carries the shard, so that a reference alone finds its row."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Final, NewType

from yinji.kernel.faults import Misuse

Ref = NewType("Ref", bytes)
"""Sixteen bytes. Random but for its time and shard: it says nothing about a person."""

Shard = NewType("Shard", int)
"""A slice of every hot table; a transaction touches one."""

RandomBytes = Callable[[int], bytes]
"""Where randomness comes from: ``os.urandom`` in the house, a seeded source in a simulated world."""

FIRST_SHARD: Final = Shard(0)
"""The only shard until a node is told to have more."""

SHARDS_MAX: Final = 4096
"""``rand_a`` of a UUIDv7 has 12 bits (RFC 9562, 5.7)."""

REF_BYTES: Final = 16
_TAIL_BYTES: Final = 8
_VERSION: Final = 7 << 12
_VARIANT: Final = 0x80
_VARIANT_MASK: Final = 0x3F


def mint_refs(count: int, *, shard: Shard, at_ms: int, random: RandomBytes) -> list[Ref]:
    """Return ``count`` fresh references of one shard and moment, each with 62 random bits."""
    if not 0 <= shard < SHARDS_MAX:
        raise Misuse(f"shard {shard} is outside 0..{SHARDS_MAX - 1}")
    head = at_ms.to_bytes(6, "big") + (_VERSION | shard).to_bytes(2, "big")
    tails = random(count * _TAIL_BYTES)
    variant = [bytes((_VARIANT | (first & _VARIANT_MASK),)) for first in tails[::_TAIL_BYTES]]
    return [Ref(head + variant[i] + tails[i * 8 + 1 : i * 8 + 8]) for i in range(count)]


def mint_ref(*, shard: Shard, at_ms: int, random: RandomBytes) -> Ref:
    """Return one fresh reference."""
    return mint_refs(1, shard=shard, at_ms=at_ms, random=random)[0]


def shard_of(ref: Ref) -> Shard:
    """Return the shard that a reference carries."""
    return Shard(int.from_bytes(ref[6:8], "big") & (SHARDS_MAX - 1))


def by_shard(refs: Iterable[Ref]) -> dict[Shard, list[Ref]]:
    """Return references by the shard that each carries: a statement touches one."""
    found: dict[Shard, list[Ref]] = {}
    for ref in refs:
        found.setdefault(shard_of(ref), []).append(ref)
    return found


def shard_for(*, org: Ref, merchant: str, order_key: str, shards: int) -> Shard:
    """Return the shard of an order: a hash of organisation, merchant and order key, the same on every node."""
    if shards == 1:
        return FIRST_SHARD
    digest = blake2b(org + merchant.encode() + b"\0" + order_key.encode(), digest_size=8).digest()
    return Shard(int.from_bytes(digest, "big") % shards)


def show_ref(ref: Ref) -> str:
    """Return a reference as people and documents write it, in UUID form."""
    return str(uuid.UUID(bytes=bytes(ref)))


def read_ref(text: str) -> Ref:
    """Return the reference written in ``text``; raises ValueError where it is no UUID."""
    return Ref(uuid.UUID(text).bytes)
