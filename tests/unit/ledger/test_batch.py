"""Items of a batch: one root in the entry, two steps to the log."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.unit.ledger.vectors import VECTORS

from yinji.kernel.faults import Misuse
from yinji.ledger.batch import batch_root, item_holds, item_path, item_proof_text, proof_text
from yinji.ledger.model import Proof
from yinji.ledger.notes import read_checkpoint
from yinji.ledger.proofs import inclusion_path, nodes_over
from yinji.ledger.receipts import receipt_text
from yinji.ledger.tree import leaf_hash

ITEMS = [item.encode() for item in VECTORS["items"]]
BODIES = [bytes.fromhex(entry["body"]) for entry in VECTORS["entries"]]
NOTE = VECTORS["checkpoint"]["note"]
PATH = inclusion_path(0, 3, nodes_over([leaf_hash(body) for body in BODIES]))
PROOF = Proof(seq=0, size=3, root=read_checkpoint(NOTE).root, path=PATH, body=BODIES[0], note=NOTE)


@given(some.lists(some.binary(max_size=40), min_size=1, max_size=70, unique=True), some.data())
def test_every_item_is_proved_at_its_place_and_nowhere_else(items: list[bytes], data: some.DataObject) -> None:
    root, count = batch_root(items), len(items)
    index, other = data.draw(some.integers(0, count - 1)), data.draw(some.integers(0, count - 1))
    path = item_path(items, index)
    assert item_holds(items[index], index, path, count=count, root=root)
    assert item_holds(items[index], other, path, count=count, root=root) == (index == other)
    assert not item_holds(items[index] + b"!", index, path, count=count, root=root)


def test_the_published_proofs_are_what_we_write() -> None:
    assert proof_text(PROOF) == VECTORS["tlog_proof"]
    assert json.loads(item_proof_text(PROOF, ITEMS, 2)) == VECTORS["item_proof"]


def test_the_published_receipt_is_what_we_write() -> None:
    assert receipt_text(PROOF) == VECTORS["receipt"]
    with pytest.raises(Misuse, match="no checkpoint"):
        receipt_text(replace(PROOF, note=""))


def test_items_of_another_batch_get_no_proof() -> None:
    for wrong in (ITEMS[:-1], [*ITEMS[:-1], b"another"], list(reversed(ITEMS))):
        with pytest.raises(Misuse, match="not the batch"):
            item_proof_text(PROOF, wrong, 0)


def test_what_nobody_signed_is_no_proof_for_others() -> None:
    with pytest.raises(Misuse, match="no checkpoint"):
        proof_text(Proof(seq=0, size=3, root=PROOF.root, path=PATH, body=BODIES[0]))


def test_a_batch_has_items() -> None:
    with pytest.raises(Misuse):
        batch_root([])
