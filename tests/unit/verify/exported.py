"""A small log, cosigned, and everything that leaves it: an export, proofs, receipts, a consistency proof."""

from __future__ import annotations

from pathlib import Path

from tests.unit.ledger.evidence import START_MS, NodeKey, entry, ledger

from yinji.db import Database
from yinji.db.database import sqlite_url
from yinji.db.schema import METADATA
from yinji.ledger import Proof, batch_root
from yinji.ledger.batch import item_proof_text, proof_text
from yinji.ledger.cosignatures import cosign
from yinji.ledger.model import Item
from yinji.ledger.notes import COSIGNATURE, key_of, parted
from yinji.ledger.receipts import item_receipt_text, receipt_text
from yinji.ledger.requests import Growth, consistency_text

LOG_KEY, WITNESS = NodeKey(), NodeKey(seed=51, name="witness.example")
KEY, WITNESS_KEY = key_of(LOG_KEY).text(), key_of(WITNESS, COSIGNATURE).text()
SIZE, EARLY, BATCH, INDEX = 12, 7, 4, 5
COSIGNED_S = START_MS // 1_000


def item(number: int) -> bytes:
    """Return an item as `yinji.waybill.rules.evidence_item` writes one: of version 1 where the number is even, of 2 where it is odd."""
    version = 1 + number % 2
    texts = [f"YJT{10000000000 + number}0".encode(), b"1", b"M", b"x", b"1", b"specimen"]
    texts += [b"PD-1", b"", b"privacy", b"YJT2"] if version > 1 else []
    body = b"".join(len(text).to_bytes(2, "big") + text for text in texts)
    return version.to_bytes(1, "big") + number.to_bytes(16, "big") + START_MS.to_bytes(8, "big") + body


ITEMS = tuple(item(number) for number in range(9))
NAME = "YJT100000000050"


class Exported:
    """Twelve entries, a cosigned checkpoint at seven, one at twelve; ``folder`` is the export."""

    def __init__(self, folder: Path) -> None:
        self.evidence = ledger(LOG_KEY)
        self.database = Database(sqlite_url(folder / "data.db"), log="data", sink=self.evidence)
        METADATA.create_all(self.database.engine)
        self._write(0, EARLY)
        self.early = self.evidence.checkpoint(self.database)
        self.line = cosign(parted(self.early)[0], WITNESS, at_s=COSIGNED_S)
        self._write(EARLY, SIZE)
        self.folder = folder / "out"
        self.note = self.evidence.export(self.database, self.folder)
        (self.folder / "checkpoints" / str(EARLY)).write_text(self.early + self.line, encoding="utf-8")
        proof = self.evidence.prove(self.database, BATCH)
        assert isinstance(proof, Proof)
        growth = self.evidence.growth(self.database, EARLY)
        assert isinstance(growth, Growth)
        batch = Item(ITEMS, INDEX, NAME)
        self.files = {
            "proof": proof_text(proof),
            "item": item_proof_text(proof, ITEMS, INDEX),
            "receipt": receipt_text(proof),
            "item-receipt": item_receipt_text(proof, batch),
            "growth": consistency_text(growth),
        }

    def _write(self, first: int, end: int) -> None:
        batch = {"count": len(ITEMS), "root": batch_root(ITEMS), "ground": "RULE"}
        with self.database.work() as work:
            for number in range(first, end):
                work.append(entry(number, **(batch if number == BATCH else {})))
