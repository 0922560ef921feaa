"""The evidence at the desk: 1 may this post; 2 which log; 3 what is asked of it. Reading entries is said in the log first
(`read_evidence`); heads, checkpoints and verdicts show no entry and are no readings.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from yinji.access.desks import Desk
from yinji.db.database import Database
from yinji.flows import read_evidence
from yinji.flows.house import House
from yinji.flows.prove_entry import Proved, prove_entry
from yinji.flows.sign_evidence import place_evidence
from yinji.flows.sit_at_desk import kept_from
from yinji.flows.verify_evidence import verify_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.ledger.model import Placed, Report

VERIFIED_MAX: Final = 2_000_000
"""Entries that a page verifies while somebody waits: some ten seconds. Longer logs are verified by `yinji ledger verify`."""


class LogTold(NamedTuple):
    """How a log stands: how many entries, the root over them, its last checkpoint ("" before the first)."""

    log: str
    size: int
    root: bytes
    note: str


class Entries(NamedTuple):
    """Some entries in their order, and how many the log had before they were read."""

    entries: list[Placed]
    size: int


def tell_evidence(house: House) -> tuple[LogTold, ...] | Refuse:
    """Return how both logs stand."""
    if refused := kept_from(house, Desk.EVIDENCE):
        return refused
    place_evidence(house)
    told = []
    for database in (house.data, house.disclosures):
        head = house.ledger.head(database)
        told.append(LogTold(database.log, head.size, head.root, _note(house, database)))
    return tuple(told)


def read_entries(house: House, log: str, *, until: int | None, limit: int) -> Entries | Refuse:
    """Return the ``limit`` entries before place ``until``, the latest where it is None; this reading is evidence."""
    database = _database(house, log)
    if isinstance(database, Refuse):
        return database
    place_evidence(house)
    size = house.ledger.head(database).size
    end = size if until is None else min(until, size)
    since = max(end - limit, 0)
    entries = read_evidence.show_entries(house, log, since=since, limit=end - since) if end > since else []
    return Entries(entries, size)


def read_entry(house: House, log: str, seq: int) -> Placed | Refuse:
    """Return one entry; this reading is evidence."""
    read = read_entries(house, log, until=seq + 1, limit=1)
    if isinstance(read, Refuse):
        return read
    return read.entries[0] if read.entries and read.entries[0].seq == seq else Refuse(Refusal.ENTRY_UNKNOWN, str(seq))


def latest_checkpoint(house: House, log: str) -> str | Refuse:
    """Return the last checkpoint of a log; refuses ENTRY_UNSIGNED before the first."""
    database = _database(house, log)
    if isinstance(database, Refuse):
        return database
    return _note(house, database) or Refuse(Refusal.ENTRY_UNSIGNED, log)


def prove_place(house: House, log: str, seq: int) -> Proved | Refuse:
    """Return the proof of one entry under a checkpoint, signed now where none covers it; showing it is a reading."""
    database = _database(house, log)
    return database if isinstance(database, Refuse) else prove_entry(house, log, seq, sign=True)


def verify_now(house: House) -> tuple[Report, ...] | Refuse:
    """Read both logs again, if they are short enough for somebody who waits."""
    if refused := kept_from(house, Desk.EVIDENCE):
        return refused
    if sum(house.ledger.head(each).size for each in (house.data, house.disclosures)) > VERIFIED_MAX:
        return Refuse(Refusal.REQUEST_SLOW, "yinji ledger verify")
    return verify_evidence(house)


def _note(house: House, database: Database) -> str:
    grown = house.ledger.growth(database, 0)
    return "" if isinstance(grown, Refuse) else grown.note


def _database(house: House, log: str) -> Database | Refuse:
    if refused := kept_from(house, Desk.EVIDENCE):
        return refused
    found = next((each for each in (house.data, house.disclosures) if each.log == log), None)
    return found or Refuse(Refusal.LOG_UNKNOWN)
