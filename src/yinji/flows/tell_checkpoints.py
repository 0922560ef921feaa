"""Tell what was signed last of each log: heads only, no entry, so that it is no reading of the evidence."""

from __future__ import annotations

from dataclasses import dataclass

from yinji.flows.house import House
from yinji.flows.sign_evidence import sign_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.ledger.notes import Checkpoint, read_checkpoint


@dataclass(frozen=True, slots=True)
class Signed:
    """A log's last checkpoint; ``witnessed`` is the largest that a witness cosigned, empty where there is none."""

    log: str
    checkpoint: Checkpoint
    note: str
    witnessed: str


def latest_checkpoints(house: House) -> list[Signed]:
    """Return the last checkpoint of each log; a log that nobody has signed yet is not among them."""
    found: list[Signed] = []
    for database in (house.data, house.disclosures):
        note = house.ledger.latest(database)
        if note is not None:
            found.append(Signed(database.log, read_checkpoint(note), note, house.ledger.witnessed(database) or ""))
    return found


def sign_checkpoints(house: House) -> list[Signed]:
    """Sign both logs as they stand, and return what was signed."""
    sign_evidence(house)
    return latest_checkpoints(house)


def log_of(house: House, log: str) -> str | Refuse:
    """Return the name of a log of this node; refuses LOG_UNKNOWN for any other."""
    return log if log in {house.data.log, house.disclosures.log} else Refuse(Refusal.LOG_UNKNOWN, log)
