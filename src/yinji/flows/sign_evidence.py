"""Sign the evidence: 1 give every waiting entry its place; 2 sign the heads of both logs."""

from __future__ import annotations

from yinji.flows.house import House


def place_evidence(house: House) -> None:
    """Give every entry that still waits its place. On SQLite none ever waits."""
    for database in (house.data, house.disclosures):
        while house.ledger.sequence(database):
            pass


def sign_evidence(house: House) -> dict[str, str]:
    """Return the checkpoint of each log by its name, signed over everything that was committed."""
    place_evidence(house)  # 1
    return {database.log: house.ledger.checkpoint(database) for database in (house.data, house.disclosures)}  # 2


def witnessed_checkpoints(house: House) -> dict[str, str]:
    """Return, by log, the largest checkpoint that a witness cosigned; a log that nobody witnessed is not among them."""
    found = {database.log: house.ledger.witnessed(database) for database in (house.data, house.disclosures)}
    return {log: note for log, note in found.items() if note is not None}


def sign_disclosures(house: House) -> None:
    """Sign the log of disclosures as it stands: what is signed cannot be cut off unseen."""
    while house.ledger.sequence(house.disclosures):
        pass
    house.ledger.checkpoint(house.disclosures)
