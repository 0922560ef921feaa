"""`Entry`: the sentence that every write brings with it: who, when, where, what, why."""

from __future__ import annotations

from dataclasses import dataclass

from yinji.kernel.actor import Actor
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard
from yinji.kernel.purpose import Purpose


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence of evidence. Holds no value about a person: references, codes, counts, hashes.

    ``about`` are random references whose mapping dies with the person's erasure. A batch states ``count`` and the
    Merkle ``root`` over its items (32 bytes), whose proofs are kept beside them. ``ground`` is a short code: a refusal's
    name, a rule, a ticket number; never free text.
    """

    event: Event
    actor: Actor
    purpose: Purpose
    at_ms: int
    shard: Shard = FIRST_SHARD
    about: tuple[Ref, ...] = ()
    count: int = 1
    root: bytes = b""
    ground: str = ""
