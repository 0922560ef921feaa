"""Read the evidence: 1 place and sign what waits; 2 say in the log of disclosures who reads what; 3 sign it; 4 read.

Nothing is shown before 3 has committed. Verifying and signing are no readings: they show heads and places, no entries.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from yinji.db.database import Database
from yinji.flows.house import House
from yinji.flows.sign_evidence import place_evidence, sign_disclosures, sign_evidence
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.purpose import Purpose
from yinji.ledger.model import Placed
from yinji.ledger.notes import read_checkpoint


def database_of(house: House, log: str) -> Database:
    """Return the database that a log stands in."""
    return house.disclosures if log == house.disclosures.log else house.data


def record_reading(house: House, ranges: Sequence[tuple[str, int, int]]) -> None:
    """Write and sign that these ranges of entries (log, first, last, both included) are about to be read."""
    now, actor = house.clock.now_ms(), house.actor
    with house.disclosures.work() as work:
        for log, first, last in ranges:
            entry = Entry(
                Event.EVIDENCE_READ,
                actor,
                Purpose.TEND_NODE,
                now,
                count=last - first + 1,
                ground=f"{log}:{first}-{last}",
            )
            work.append(entry)
    sign_disclosures(house)


def show_entries(house: House, log: str, *, since: int, limit: int) -> list[Placed]:
    """Return up to ``limit`` entries from ``since`` on; the sentence that this reading adds is not among them."""
    place_evidence(house)  # 1
    database = database_of(house, log)
    last = min(since + limit, house.ledger.head(database).size) - 1
    if last < since:
        return []
    record_reading(house, [(database.log, since, last)])  # 2, 3
    return house.ledger.entries(database, since, last - since + 1)  # 4


def export_evidence(house: House, folder: Path) -> dict[str, str]:
    """Write both logs below ``folder``, each as far as it was signed before this reading; return the checkpoints by log."""
    notes = sign_evidence(house)  # 1
    sizes = {log: read_checkpoint(note).size for log, note in notes.items()}
    record_reading(house, [(log, 0, size - 1) for log, size in sizes.items() if size])  # 2, 3
    for database in (house.data, house.disclosures):
        house.ledger.export(database, folder / database.log, notes[database.log])  # 4
    return notes
