"""Sign a report with the node's key: who inspected stands by every byte of what was said."""

from __future__ import annotations

from hashlib import sha256

from yinji.flows.house import House
from yinji.label.inspection.telling import FORMAT
from yinji.ledger.notes import coded


def sign_report(house: House, report: str) -> str:
    """Return a signed note (C2SP signed-note) about a report: its format, and SHA-256 of its UTF-8 bytes in base64.

    The first line is no log's, so that nobody takes the note for a checkpoint.
    """
    return house.ledger.sign_statement(f"{FORMAT}\n{coded(sha256(report.encode()).digest())}\n")
