"""A period's keys as bytes: known answers, every revision comes back as it was, and nothing that was touched is opened."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.kernel.ids import Ref
from yinji.keys.hierarchy import Head, head_of, open_file, seal_file
from yinji.keys.keystore import epoch_name, period_name
from yinji.keys.period_state import STAMP_BYTES, PeriodKeys, unpacked
from yinji.keys.suites import AES_256, SM, SealBroken, Suite, suite_named
from yinji.keys.tree import LEVELS, KeyTree

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[2] / "vectors" / "keys.json").read_text("utf-8"))
SUITES = st.sampled_from([SM, AES_256])
LEAVES = st.sets(st.integers(0, 4**LEVELS - 1), max_size=4)
STAMPS = st.binary(min_size=STAMP_BYTES, max_size=STAMP_BYTES).filter(any)
SLOTS = st.sets(st.integers(0, 4**10 - 1), min_size=1, max_size=4)
ORG = Ref(bytes(range(16)))


@st.composite
def revisions(draw: st.DrawFn) -> PeriodKeys:
    """Any state a period comes to: renewed, punctured, rotated, settled, in any order."""
    keys = PeriodKeys.fresh(draw(SUITES), os.urandom)
    for step in draw(st.lists(st.sampled_from(["renew", "puncture", "reindex", "settle"]), max_size=6)):
        if step == "renew":
            keys = keys.renewed(draw(SLOTS), os.urandom)
        elif step == "puncture":
            keys = keys.punctured(draw(LEAVES), stamp=draw(STAMPS))
        elif step == "reindex":
            keys = keys.reindexed(os.urandom)
        else:
            keys = keys.settled(stamp=draw(STAMPS))
    return keys


@settings(max_examples=60, deadline=None)
@given(keys=revisions())
def test_every_revision_comes_back_as_it_was(keys: PeriodKeys) -> None:
    again = unpacked(keys.packed())
    assert again == keys
    assert again.packed() == keys.packed()
    assert again.check == keys.check


@settings(max_examples=25, deadline=None)
@given(keys=revisions(), steps=LEAVES)
def test_every_change_is_the_next_revision_and_the_identity_stays(keys: PeriodKeys, steps: set[int]) -> None:
    stamp = os.urandom(STAMP_BYTES)
    first, second = keys.renewed({7}, os.urandom), keys.reindexed(os.urandom)
    led, settled = keys.punctured(steps, stamp=stamp), keys.settled(stamp=stamp)
    mended = keys.mended(steps, beyond=keys.revision, random=os.urandom)
    assert {first.ahead_of, second.ahead_of} == {keys.stamp}
    assert (led.stamp, led.ahead_of) == (settled.stamp, settled.ahead_of) == (stamp, b"")
    assert mended.ahead_of == b""
    assert len({keys.stamp, first.stamp, second.stamp, stamp, mended.stamp}) == 5
    for after in (first, second, led, settled, mended):
        assert after.revision == keys.revision + 1
        assert (after.identity, after.check, after.suite) == (keys.identity, keys.check, keys.suite)


@settings(max_examples=25, deadline=None)
@given(keys=revisions(), data=st.data())
def test_a_state_cut_short_anywhere_is_none(keys: PeriodKeys, data: st.DataObject) -> None:
    """Where it ends before a former generation it is a whole state too: that is what the seal around it is for."""
    whole = keys.packed()
    without_former = len(replace(keys, index=keys.index.settled_now()).packed())
    cut = data.draw(st.integers(0, len(whole) - 1).filter(lambda at: at != without_former))
    with pytest.raises(SealBroken):
        unpacked(whole[:cut])


@given(tail=st.binary(min_size=1, max_size=12))
def test_a_state_with_something_after_it_is_none(tail: bytes) -> None:
    keys = PeriodKeys.fresh(SM, os.urandom).reindexed(os.urandom)
    with pytest.raises(SealBroken):
        unpacked(keys.packed() + tail)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x03" + bytes(80), bytes((1,)) * 3])
def test_bytes_that_are_no_state_are_none(data: bytes) -> None:
    with pytest.raises(SealBroken):
        unpacked(data)


# Sealed files


def sealed_period(suite: Suite) -> tuple[bytes, bytes, str]:
    epoch, name = os.urandom(32), period_name(ORG, 202611)
    keys = PeriodKeys.fresh(suite, os.urandom)
    return epoch, seal_file(epoch, keys.packed(), name=name, head=Head(suite, keys.revision), random=os.urandom), name


@pytest.mark.parametrize("suite", [SM, AES_256], ids=lambda suite: suite.name)
def test_a_file_with_any_byte_changed_or_cut_off_is_refused(suite: Suite) -> None:
    epoch, sealed, name = sealed_period(suite)
    assert unpacked(open_file(epoch, sealed, name=name)).revision == head_of(sealed).version == 1
    for at in range(len(sealed)):
        with pytest.raises(SealBroken):
            open_file(epoch, sealed[:at], name=name)
        with pytest.raises(SealBroken):
            open_file(epoch, sealed[:at] + bytes((sealed[at] ^ 1 << at % 8,)) + sealed[at + 1 :], name=name)


def test_a_file_opens_under_its_own_name_and_key_alone() -> None:
    epoch, sealed, name = sealed_period(SM)
    for key, called in ((epoch, period_name(ORG, 202612)), (bytes(32), name)):
        with pytest.raises(SealBroken):
            open_file(key, sealed, name=called)


# Known answers, by code that shares nothing with ours


def hmac_of(algorithm: str) -> Callable[[bytes, bytes], bytes]:
    return lambda key, message: hmac.new(key, message, algorithm).digest()


def leaf_by_hand(suite: str, root: bytes, leaf: int) -> bytes:
    """Sixteen HMACs over the base-four digits of a leaf's number, the highest first."""
    mac = hmac_of({"sm": "sm3", "aes": "sha256"}[suite])
    secret = root
    for level in range(15, -1, -1):
        secret = mac(secret, bytes((leaf // 4**level % 4,)))
    return secret


@pytest.mark.parametrize("vector", VECTORS["leaves"], ids=lambda vector: f"{vector['suite']}-{vector['leaf']}")
def test_the_published_leaves_are_ours(vector: dict[str, Any]) -> None:
    root, leaf = bytes.fromhex(vector["root"]), vector["leaf"]
    found = KeyTree.whole(suite_named(vector["suite"]), LEVELS, root).leaf(leaf)
    assert found is not None
    assert found.hex() == vector["secret"]


@pytest.mark.parametrize("vector", VECTORS["leaves"], ids=lambda vector: f"{vector['suite']}-{vector['leaf']}")
def test_the_published_leaves_are_what_plain_hmac_gives(vector: dict[str, Any]) -> None:
    if vector["suite"] == "sm" and "sm3" not in hashlib.algorithms_available:
        assert len(vector["secret"]) == 64  # this Python's hashes know no SM3: nothing to compare with
        return
    assert leaf_by_hand(vector["suite"], bytes.fromhex(vector["root"]), vector["leaf"]).hex() == vector["secret"]


def test_the_names_of_sealed_files_are_the_published_ones() -> None:
    names, org = VECTORS["names"], Ref(bytes.fromhex(VECTORS["names"]["org"]))
    assert period_name(org, names["period"]) == names["period_file"]
    assert epoch_name(org, names["period"], names["revision"]) == names["epoch_file"]


def test_a_published_file_opens_to_its_published_state() -> None:
    """Sealed once and never again: a node of today opens what a node of then wrote."""
    for file in VECTORS["files"]:
        keys = unpacked(open_file(bytes.fromhex(file["epoch"]), bytes.fromhex(file["sealed"]), name=file["name"]))
        assert (keys.suite.name, keys.revision, keys.check.hex()) == (file["suite"], file["revision"], file["check"])
        leaf, secret = file["leaf"], file["secret"]
        assert keys.records.leaf(leaf) == (bytes.fromhex(secret) if secret else None)
        assert keys.index.to_write(file["slot"]).hex() == file["slot_key"]
