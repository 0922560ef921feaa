"""Cosignatures: a witness's timestamped signature under a checkpoint (c2sp.org/tlog-cosignature, Ed25519), how many count, and what
a witness keeps of a log.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from yinji.ledger.notes import COSIGNATURE, KEY_ID_BYTES, PublicKey, Unread, coded, key_of, parted, signature_parts
from yinji.ledger.ports import SignatureCheck, Signer
from yinji.ledger.tree import EMPTY_ROOT

_STAMPED: Final = struct.Struct(">Q64s")
"""``timestamped_signature``: seconds since 1970, then the Ed25519 signature (tlog-cosignature, format)."""

_SECONDS_MAX: Final = 2**63 - 1
"""tlog-cosignature, format: a timestamp MUST NOT exceed it."""


class Cosignature(NamedTuple):
    """That the witness with ``key`` saw, at ``at_s`` (seconds since 1970), this checkpoint as the log's largest."""

    key: PublicKey
    at_s: int
    line: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Whose cosignatures count, and how many different ones a kept checkpoint must bear to be relied on."""

    witnesses: tuple[PublicKey, ...] = ()
    quorum: int = 0


NO_POLICY: Final = Policy()


@dataclass(frozen=True, slots=True)
class Watched:
    """A log of somebody else's that this node witnesses: its key, the largest tree cosigned (0 for none), when (seconds)."""

    origin: str
    key: PublicKey
    size: int = 0
    root: bytes = EMPTY_ROOT
    cosigned_s: int = 0


def cosign(text: str, signer: Signer, *, at_s: int) -> str:
    """Return the signature line, newline included, of a witness for a checkpoint's signed lines."""
    key = key_of(signer, COSIGNATURE)
    stamped = _STAMPED.pack(at_s, signer.sign(_message(text, at_s)))
    return f"— {key.name} {coded(key.key_id + stamped)}\n"


def read_cosignature(line: str, text: str, keys: Sequence[PublicKey], check: SignatureCheck) -> Cosignature | None:
    """Return the cosignature that ``line`` is of a checkpoint's signed lines; None where its key is not among ``keys``.

    Raises Unread where the line is malformed, or is of one of ``keys`` and does not verify.
    """
    name, signed = signature_parts(line)
    known = [key for key in keys if (key.name, key.key_id, key.kind) == (name, signed[:KEY_ID_BYTES], COSIGNATURE)]
    if not known:
        return None
    stamped = signed[KEY_ID_BYTES:]
    if len(stamped) != _STAMPED.size:
        raise Unread("a cosignature is a time and a signature")
    at_s, signature = _STAMPED.unpack(stamped)
    if at_s > _SECONDS_MAX or not check(known[0].raw, signature, _message(text, at_s)):
        raise Unread("the cosignature of a known witness does not verify")
    return Cosignature(known[0], at_s, line + "\n")


def cosignatures(note: str, keys: Sequence[PublicKey], check: SignatureCheck) -> list[Cosignature]:
    """Return the cosignatures of known witnesses under a note; raises Unread where one of them is wrong."""
    text, lines = parted(note)
    found = [read_cosignature(line, text, keys, check) for line in lines]
    return [each for each in found if each is not None]


def distinct(found: Sequence[Cosignature]) -> int:
    """Return how many different keys cosigned: a witness counts once, however often it signs or is named."""
    return len({each.key.raw for each in found})


def _message(text: str, at_s: int) -> bytes:
    return f"cosignature/v1\ntime {at_s}\n{text}".encode()
