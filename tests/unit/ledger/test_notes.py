"""Checkpoints as C2SP signed notes."""

from __future__ import annotations

import base64

import pytest
from tests.unit.ledger.evidence import NodeKey, signature_holds
from tests.unit.ledger.vectors import VECTORS

from yinji.kernel.faults import Misuse
from yinji.ledger.notes import Checkpoint, PublicKey, Unread, key_of, open_checkpoint, read_checkpoint, sign_checkpoint

KEY = NodeKey(seed=7)
CHECKPOINT = Checkpoint("node.example/data", 12, bytes(range(32)))
NOTE = sign_checkpoint(CHECKPOINT, KEY)


def opened(note: str, *keys: PublicKey) -> Checkpoint:
    return open_checkpoint(note, keys or (key_of(KEY),), signature_holds, origin="node.example/data")


def test_a_published_note_has_the_key_id_that_we_compute() -> None:
    known = VECTORS["signed_note"]
    name, _, coded = known["key"].split("+", 2)
    key = PublicKey(name, base64.b64decode(coded)[1:])
    signature = base64.b64decode(known["signature"].split(" ")[2])
    assert key.text() == known["key"]
    assert signature[:4] == key.key_id
    assert signature_holds(key.raw, signature[4:], known["text"].encode())


def test_a_checkpoint_is_opened_by_the_key_that_signed_it() -> None:
    assert opened(NOTE) == CHECKPOINT
    assert NOTE.startswith("node.example/data\n12\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n— node.example ")


def test_our_vector_is_what_we_sign() -> None:
    known = VECTORS["checkpoint"]
    assert sign_checkpoint(read_checkpoint(known["note"]), KEY) == known["note"]
    assert key_of(KEY).text() == known["key"]


def test_no_character_of_a_note_can_be_changed() -> None:
    for i, mark in enumerate(NOTE):
        changed = NOTE[:i] + ("B" if mark != "B" else "C") + NOTE[i + 1 :]
        with pytest.raises(Unread):
            opened(changed)


def test_no_character_of_a_note_can_be_left_out_or_doubled() -> None:
    for i, mark in enumerate(NOTE):
        for changed in (NOTE[:i] + NOTE[i + 1 :], NOTE[:i] + mark + NOTE[i:]):
            if changed != NOTE:
                with pytest.raises(Unread):
                    opened(changed)


def test_unknown_signatures_are_passed_over_and_may_be_sixteen() -> None:
    witnesses = [sign_checkpoint(CHECKPOINT, NodeKey(seed=20 + i, name=f"witness{i}.example")) for i in range(15)]
    lines = "".join(witness.rpartition("\n\n")[2] for witness in witnesses)
    assert opened(NOTE + lines) == CHECKPOINT
    assert opened(NOTE.replace("\n\n", "\n\n" + lines)) == CHECKPOINT


def test_one_wrong_signature_of_a_known_key_condemns_the_note() -> None:
    other = sign_checkpoint(Checkpoint(CHECKPOINT.origin, 13, CHECKPOINT.root), KEY)
    with pytest.raises(Unread, match="does not verify"):
        opened(NOTE + other.rpartition("\n\n")[2])


def test_a_note_that_only_strangers_signed_is_not_opened() -> None:
    with pytest.raises(Unread, match="no known key"):
        opened(NOTE, key_of(NodeKey(seed=8)))


def test_a_checkpoint_of_another_log_is_not_opened() -> None:
    with pytest.raises(Unread, match="another log"):
        open_checkpoint(NOTE, (key_of(KEY),), signature_holds, origin="node.example/disclosures")


@pytest.mark.parametrize("size", ["012", "-1", "1e3", "", "１２", "9" * 20])
def test_a_size_has_one_way_of_being_written(size: str) -> None:
    with pytest.raises(Unread):
        read_checkpoint(NOTE.replace("\n12\n", f"\n{size}\n"))


@pytest.mark.parametrize("name", ["", "two words", "plus+sign", "line\nbreak"])
def test_a_key_name_has_no_blank_and_no_plus(name: str) -> None:
    with pytest.raises(Misuse):
        PublicKey(name, bytes(32))
