"""Prove what the evidence says, to somebody who has nothing but a key: an entry, a waybill's item in its batch, that a log only grew.

1 find the entry; 2 sign, where that is asked and no checkpoint covers it; 3 say that it is read; 4 prove.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from yinji.flows.house import House
from yinji.flows.read_evidence import database_of, record_reading
from yinji.flows.sign_evidence import place_evidence, sign_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.ids import Ref
from yinji.kernel.refusals import Refusal
from yinji.ledger.batch import belongs, item_proof_text, proof_text
from yinji.ledger.model import Item, Proof
from yinji.ledger.receipts import item_receipt_text, receipt_text
from yinji.ledger.requests import consistency_text
from yinji.waybill.model import Waybill
from yinji.waybill.rules import evidence_item

_AT_ONCE: Final = 1_000
_NEAR: Final = 500
"""Entries around a batch's moment among which its own is looked for first."""

_MOMENT_BYTES: Final = 6
"""A UUIDv7 begins with its moment in milliseconds (RFC 9562, 5.7)."""


@dataclass(frozen=True, slots=True)
class Proved:
    """An entry's proof; ``item`` where it is a batch's and one of its items is what was asked for."""

    proof: Proof
    item: Item | None = None

    def text(self) -> str:
        """Return the proof as a file."""
        return proof_text(self.proof) if self.item is None else item_proof_text(self.proof, self.item.items, self.item.index)

    def receipt(self) -> str:
        """Return the proof as a file that a person can read."""
        return receipt_text(self.proof) if self.item is None else item_receipt_text(self.proof, self.item)


def prove_entry(house: House, log: str, seq: int, *, sign: bool) -> Proved | Refuse:
    """Return the proof of entry ``seq``; refuses ENTRY_UNSIGNED where no checkpoint covers it and none is to be signed."""
    place_evidence(house)  # 1
    return _proved(house, log, seq, None, sign=sign)


def prove_waybill(house: House, number: str, *, sign: bool) -> Proved | Refuse:
    """Return the proof that the evidence of a batch speaks of the waybill with this number, as its row stands today."""
    place_evidence(house)
    bill = house.register.find(house.node.org, number)
    if isinstance(bill, Refuse):
        return bill
    seq = seq_of(house, Event.WAYBILLS_ISSUED, bill.batch, at_ms=int.from_bytes(bill.batch[:_MOMENT_BYTES], "big"))  # 1
    if seq is None:
        return Refuse(Refusal.EVIDENCE_BROKEN, bill.number)
    return _proved(house, house.data.log, seq, _item(house, bill), sign=sign)


def prove_growth(house: House, log: str, old: int) -> str | Refuse:
    """Return, as a file, the proof that the first ``old`` entries of a log begin the tree of its last checkpoint.

    It carries hashes only and shows no entry, so that it is no reading.
    """
    growth = house.ledger.growth(database_of(house, log), old)
    return growth if isinstance(growth, Refuse) else consistency_text(growth)


def _proved(house: House, log: str, seq: int, item: Item | None, *, sign: bool) -> Proved | Refuse:
    database = database_of(house, log)
    proof = house.ledger.prove(database, seq)
    if isinstance(proof, Proof) and not proof.note and sign:
        sign_evidence(house)  # 2
        proof = house.ledger.prove(database, seq)
    if isinstance(proof, Refuse):
        return proof
    if not proof.note:
        return Refuse(Refusal.ENTRY_UNSIGNED, f"{database.log} {seq}")
    if item is not None and not belongs(proof, item.items):  # rows that were edited are no batch of this entry
        return Refuse(Refusal.EVIDENCE_BROKEN, item.name)
    record_reading(house, [(database.log, seq, seq)])  # 3
    return Proved(proof, item)  # 4


def seq_of(house: House, event: Event, about: Ref, *, at_ms: int) -> int | None:
    """Return the place of an event's entry in the data log: 1 near its moment; 2 anywhere, if times ran backwards."""
    size = house.ledger.head(house.data).size
    near = bisect_left(range(size), at_ms, key=lambda seq: _moment_at(house, seq))
    found = _search(house, event, about, range(max(near - _NEAR, 0), min(near + _NEAR, size)))  # 1
    return _search(house, event, about, range(size)) if found is None else found  # 2


def _moment_at(house: House, seq: int) -> int:
    return house.ledger.entries(house.data, seq, 1)[0].recorded.entry.at_ms


def _search(house: House, event: Event, about: Ref, places: range) -> int | None:
    for first in places[::_AT_ONCE]:
        for each in house.ledger.entries(house.data, first, min(_AT_ONCE, places.stop - first)):
            entry = each.recorded.entry
            if entry.event is event and entry.about[:1] == (about,):
                return each.seq
    return None


def _item(house: House, bill: Waybill) -> Item:
    bills = house.register.batch(house.node.org, bill.batch)
    return Item(tuple(evidence_item(each) for each in bills), bill.item, bill.number)
