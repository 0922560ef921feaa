"""What a log hands to others to show that it only grew: the body of add-checkpoint (c2sp.org/tlog-witness), a consistency proof."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from yinji.ledger.notes import Unread, coded, decoded
from yinji.ledger.tree import HASH_BYTES

CONSISTENCY_MARK: Final = "yinji/consistency-proof@v1"

PROOF_LINES_MAX: Final = 63
"""tlog-witness, add-checkpoint: the client MUST NOT send more."""

_OLD: Final = re.compile(r"old (0|[1-9][0-9]{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Growth:
    """That a tree of ``old`` entries begins the tree of the checkpoint in ``note``: the RFC 6962 proof of it."""

    old: int
    path: tuple[bytes, ...]
    note: str


def request_text(growth: Growth) -> str:
    """Return the body of an add-checkpoint request."""
    return "\n".join([f"old {growth.old}", *map(coded, growth.path)]) + "\n\n" + growth.note


def consistency_text(growth: Growth) -> str:
    """Return a consistency proof as a file: the same lines under a mark that says what it is."""
    return f"{CONSISTENCY_MARK}\n{request_text(growth)}"


def read_request(text: str) -> Growth:
    """Return what an add-checkpoint body says, nothing of it examined; raises Unread where it has another form."""
    head, blank, note = text.partition("\n\n")
    first, *lines = head.split("\n")
    said = _OLD.fullmatch(first)
    if said is None or not blank:
        raise Unread("not an add-checkpoint request")
    return Growth(int(said[1]), _hashes(lines), note)


def _hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    path = tuple(decoded(line) for line in lines)
    if len(path) > PROOF_LINES_MAX or any(len(step) != HASH_BYTES for step in path):
        raise Unread("a consistency proof has at most 63 lines of 32 bytes")
    return path
