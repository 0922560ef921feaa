"""Cosignatures of witnesses, and how many count."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.unit.ledger.evidence import NodeKey, signature_holds
from tests.unit.ledger.vectors import VECTORS

from yinji.ledger.cosignatures import cosign, cosignatures, distinct, read_cosignature
from yinji.ledger.notes import (
    COSIGNATURE,
    Checkpoint,
    PublicKey,
    Unread,
    key_of,
    open_checkpoint,
    parted,
    read_key,
    sign_checkpoint,
)

LOG = NodeKey(seed=7)
WITNESS = NodeKey(seed=8, name="witness.example/w1")
KEY = key_of(WITNESS, COSIGNATURE)
CHECKPOINT = Checkpoint("node.example/data", 12, bytes(range(32)))
NOTE = sign_checkpoint(CHECKPOINT, LOG)
AT_S = 1_795_000_000
LINE = cosign(CHECKPOINT.text(), WITNESS, at_s=AT_S)


def test_our_vector_is_what_a_witness_signs() -> None:
    known = VECTORS["cosignature"]
    text, _ = parted(known["note"])
    assert cosign(text, WITNESS, at_s=known["at_s"]) == known["line"]
    assert KEY.text() == known["key"]
    assert known["note"].endswith(known["line"])


def test_the_published_example_has_the_form_that_we_read() -> None:
    """The example of tlog-cosignature, whose witness's key is not published: an unknown key's line is passed over."""
    line = VECTORS["c2sp_cosignature"]["line"]
    assert read_cosignature(line, CHECKPOINT.text(), [KEY], signature_holds) is None
    signed = base64.b64decode(line.split(" ")[2])
    assert (len(signed), int.from_bytes(signed[4:12], "big")) == (4 + 8 + 64, VECTORS["c2sp_cosignature"]["at_s"])


def test_a_cosignature_holds_under_its_checkpoint_and_its_time() -> None:
    (found,) = cosignatures(NOTE + LINE, [KEY], signature_holds)
    assert (found.key, found.at_s, found.line) == (KEY, AT_S, LINE)
    assert open_checkpoint(NOTE + LINE, [key_of(LOG)], signature_holds, origin="node.example/data") == CHECKPOINT


@settings(max_examples=30)
@given(some.integers(0, 2**63 - 1), some.integers(0, 2**63 - 1))
def test_another_time_is_another_cosignature(at_s: int, other: int) -> None:
    line = cosign(CHECKPOINT.text(), WITNESS, at_s=at_s)
    assert read_cosignature(line[:-1], CHECKPOINT.text(), [KEY], signature_holds)
    assert (cosign(CHECKPOINT.text(), WITNESS, at_s=other) == line) == (at_s == other)


def test_no_byte_of_a_cosignature_can_be_changed() -> None:
    dash, name, coded = LINE[:-1].split(" ")
    signed = base64.b64decode(coded)
    for i in range(4, len(signed)):
        changed = base64.b64encode(signed[:i] + bytes([signed[i] ^ 1]) + signed[i + 1 :]).decode()
        with pytest.raises(Unread):
            read_cosignature(f"{dash} {name} {changed}", CHECKPOINT.text(), [KEY], signature_holds)
    for wrong in (signed[:-1], signed + b"\0", signed[:12]):
        with pytest.raises(Unread):
            read_cosignature(f"{dash} {name} {base64.b64encode(wrong).decode()}", CHECKPOINT.text(), [KEY], signature_holds)


def test_a_cosignature_of_another_checkpoint_does_not_hold() -> None:
    with pytest.raises(Unread):
        cosignatures(sign_checkpoint(Checkpoint("node.example/data", 13, bytes(32)), LOG) + LINE, [KEY], signature_holds)


def test_a_log_key_does_not_pass_for_a_witness_nor_a_witness_for_a_log() -> None:
    as_log = key_of(WITNESS)
    assert as_log.key_id != KEY.key_id
    assert cosignatures(NOTE + LINE, [as_log], signature_holds) == []
    with pytest.raises(Unread, match="no known key"):
        open_checkpoint(NOTE, [key_of(LOG, COSIGNATURE)], signature_holds, origin="node.example/data")


def test_a_witness_counts_once_however_often_it_signs_or_is_named() -> None:
    again = NodeKey(seed=8, name="witness.example/another-name")
    lines = LINE + cosign(CHECKPOINT.text(), WITNESS, at_s=AT_S + 9) + cosign(CHECKPOINT.text(), again, at_s=AT_S)
    found = cosignatures(NOTE + lines, [KEY, key_of(again, COSIGNATURE)], signature_holds)
    assert (len(found), distinct(found)) == (3, 1)


def test_a_key_is_written_and_read_in_one_way() -> None:
    for key in (KEY, key_of(LOG)):
        assert read_key(key.text()) == key
        assert read_key(f" {key.text()}\n") == key
    name, key_id, coded = KEY.text().split("+", 2)
    for wrong in ("", name, f"{name}+{key_id[::-1]}+{coded}", f"{name}+{key_id}+{coded[:-4]}", f"other+{key_id}+{coded}"):
        with pytest.raises(Unread):
            read_key(wrong)


def test_a_key_of_an_unknown_kind_is_no_key() -> None:
    odd = PublicKey("witness.example", bytes(32), COSIGNATURE).text().replace("+", "+", 1)
    material = base64.b64encode(b"\x06" + bytes(32)).decode()
    with pytest.raises(Unread):
        read_key(f"{odd.split('+')[0]}+00000000+{material}")
