"""What the evidence says about one waybill, in places: 1 what it may speak of; 2 its batch's entry, and the latest of both logs;
3 say that these are read; 4 hand them over.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from yinji.access.desks import Desk
from yinji.flows.house import House
from yinji.flows.prove_entry import seq_of
from yinji.flows.read_evidence import record_reading
from yinji.flows.show_waybill import waybill_at
from yinji.flows.sign_evidence import place_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.ids import Ref
from yinji.kernel.purpose import PartyRole
from yinji.ledger.model import Placed
from yinji.waybill.model import Waybill

LATEST: Final = 5_000
"""Entries of each log that are looked through: some 50 ms. What is older is found by its place (`yinji ledger show`)."""

_INTENDED: Final = frozenset({Event.REVEAL_INTENDED, Event.ERASURE_INTENDED})

_MOMENT_BYTES: Final = 6
"""A UUIDv7 begins with its moment in milliseconds (RFC 9562, 5.7)."""


class Told(NamedTuple):
    """An entry and the log that it stands in."""

    log: str
    placed: Placed


class LookedBack(NamedTuple):
    """The entries that speak of a waybill, oldest first; ``all`` tells whether both logs were looked through whole."""

    bill: Waybill
    entries: tuple[Told, ...]
    all: bool


def look_back(house: House, ref: Ref) -> LookedBack | Refuse:
    """Return what the evidence says about a waybill and its parties; this reading is evidence too."""
    place_evidence(house)
    bill = waybill_at(house, ref, desk=Desk.WAYBILLS)
    if isinstance(bill, Refuse):
        return bill
    parties = house.vault.party_refs(house.node.org, [(ref, role) for role in PartyRole])
    about = {bill.ref, bill.batch, *(each for each in parties if each is not None)}  # 1
    begun = int.from_bytes(bill.batch[:_MOMENT_BYTES], "big")
    first = seq_of(house, Event.WAYBILLS_ISSUED, bill.batch, at_ms=begun)  # 2
    found = [Told(house.data.log, each) for each in ([] if first is None else house.ledger.entries(house.data, first, 1))]
    whole = True
    for database in (house.data, house.disclosures):
        size = house.ledger.head(database).size
        since = max(size - LATEST, 0)
        whole = whole and not since
        for each in house.ledger.entries(database, since, LATEST):
            entry = each.recorded.entry
            if about.intersection(entry.about) and not (database is house.data and each.seq == first):
                found.append(Told(database.log, each))
                about.update(entry.about if entry.event in _INTENDED else ())  # an outcome names its permit alone
    found.sort(key=lambda each: each.placed.recorded.entry.at_ms)
    if found:
        record_reading(house, [(each.log, each.placed.seq, each.placed.seq) for each in found])  # 3
    return LookedBack(bill, tuple(found), whole)  # 4
