"""What contract tests of the ledger share: writing entries, telling their order, breaking them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.unit.ledger.evidence import entry, ref

from yinji.db import Database
from yinji.ledger import Broken, Ledger
from yinji.ledger.entries import encode
from yinji.ledger.model import Recorded

Factory = Callable[..., Database]


def written(database: Database, evidence: Ledger, *numbers: int) -> None:
    """Write entries 'about' these numbers, each in a work of its own, and give them their places."""
    database.connect_evidence(evidence)
    for number in numbers:
        with database.work() as work:
            work.append(entry(number))
    evidence.sequence(database)


def leafless(number: int) -> bytes:
    """Return an entry's bytes, as they wait for a place."""
    return encode(Recorded(ref(number), entry(number)))


def order(database: Database, evidence: Ledger) -> list[int]:
    return [placed.recorded.entry.count for placed in evidence.entries(database, limit=10_000)]


def broken(database: Database, evidence: Ledger, kept: str | None = None) -> list[tuple[Broken, int]]:
    return [(finding.kind, finding.first) for finding in evidence.verify(database, kept).findings]


def tamper(database: Database, *statements: Any) -> None:
    with database.work() as work:
        for statement in statements:
            work.change(statement)
