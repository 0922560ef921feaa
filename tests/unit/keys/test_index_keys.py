"""Keys of index slots: renewed beside the former ones, punctured for good, replaced by generations."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.keys.index_keys import INDEX_LEVELS, Generation, IndexKeys, slot_of, slot_parts
from yinji.keys.suites import AES_256, SM, Suite
from yinji.keys.tree import KeyTree

SLOTS = st.integers(0, (1 << (2 * INDEX_LEVELS)) - 1)
SOME = st.sets(SLOTS, min_size=1, max_size=5)
ONE, OTHER = slot_of(0, 31, 7), slot_of(2, 743, 255)


def tree(suite: Suite = SM) -> KeyTree:
    return KeyTree.whole(suite, INDEX_LEVELS, os.urandom(32))


def fresh(slots: set[int]) -> dict[int, bytes]:
    return {slot: os.urandom(32) for slot in slots}


def sought(keys: IndexKeys, slot: int) -> list[bytes]:
    """Every key under which a value may stand tagged, the present one first."""
    return [keys.to_write(slot), *keys.former_keys(slot)]


def held(keys: IndexKeys, slot: int) -> set[bytes]:
    """Every key of a slot that can still be had."""
    found = {keys.now.tree.leaf(slot), keys.now.fresh.get(slot), keys.renewing.get(slot)}
    if keys.former is not None:
        found |= {keys.former.tree.leaf(slot), keys.former.fresh.get(slot)}
    return {key for key in found if key}


@given(use=st.integers(0, 3), bucket=st.integers(0, 1_023), piece=st.integers(0, 255))
def test_a_slot_is_one_leaf_and_gives_its_parts_again(use: int, bucket: int, piece: int) -> None:
    slot = slot_of(use, bucket, piece)
    assert 0 <= slot < 1 << (2 * INDEX_LEVELS)
    assert slot_parts(slot) == (use, bucket, piece)


def test_a_slot_is_written_under_its_leaf_and_sought_there_alone() -> None:
    keys = IndexKeys(Generation(tree()))
    assert sought(keys, ONE) == [keys.to_write(ONE)] == [keys.now.tree.leaf(ONE)]
    assert keys.to_write(ONE) != keys.to_write(OTHER)
    assert keys.settled


@settings(max_examples=30)
@given(suite=st.sampled_from([SM, AES_256]), slots=SOME, slot=SLOTS)
def test_a_renewed_slot_is_written_under_its_fresh_key_and_sought_under_both(suite: Suite, slots: set[int], slot: int) -> None:
    before, made = IndexKeys(Generation(tree(suite))), fresh(slots)
    after = before.renewed(made)
    for each in slots | {slot}:
        old = before.to_write(each)
        assert sought(after, each) == ([made[each], old] if each in slots else [old])
        assert after.to_write(each) == sought(after, each)[0]
    assert not after.settled


@settings(max_examples=30)
@given(slots=SOME, slot=SLOTS)
def test_punctured_slots_lose_the_keys_before_and_no_others(slots: set[int], slot: int) -> None:
    before, made = IndexKeys(Generation(tree())), fresh(slots)
    after = before.renewed(made).punctured()
    assert after.settled
    for each in slots | {slot}:
        assert sought(after, each) == [made.get(each, before.to_write(each))]
        assert held(after, each) == {after.to_write(each)}


def test_a_slot_can_be_renewed_again_and_again() -> None:
    keys = IndexKeys(Generation(tree()))
    seen = {keys.to_write(ONE)}
    for _ in range(3):
        keys = keys.renewed(fresh({ONE})).punctured()
        assert held(keys, ONE).isdisjoint(seen)
        seen |= held(keys, ONE)
    assert len(seen) == 4


def test_a_new_generation_is_sought_beside_the_former_until_it_is_settled() -> None:
    before = IndexKeys(Generation(tree())).renewed(fresh({OTHER})).punctured()
    after = before.replaced(tree())
    for slot in (ONE, OTHER):
        assert sought(after, slot) == [after.to_write(slot), before.to_write(slot)]
    assert not after.settled
    ended = after.settled_now()
    assert ended.settled
    assert all(held(ended, slot) == {after.to_write(slot)} for slot in (ONE, OTHER))


@settings(max_examples=30)
@given(first=SOME, second=SOME)
def test_the_former_generation_loses_the_slots_that_an_erasure_renews(first: set[int], second: set[int]) -> None:
    """An erasure in the middle of a rotation: neither generation keeps a key of the slots."""
    begun = IndexKeys(Generation(tree())).renewed(fresh(first)).punctured()
    rotating = begun.replaced(tree())
    gone = {slot: set(sought(rotating, slot)) for slot in second}
    after = rotating.renewed(fresh(second)).punctured()
    for slot in second:
        assert held(after, slot) == {after.to_write(slot)}
        assert held(after, slot).isdisjoint(gone[slot])
    for slot in first - second:
        assert sought(after, slot) == sought(rotating, slot)


@given(slots=SOME)
def test_while_slots_are_renewed_in_a_rotation_three_keys_are_sought(slots: set[int]) -> None:
    rotating = IndexKeys(Generation(tree())).replaced(tree())
    assert rotating.former is not None
    after = rotating.renewed(fresh(slots))
    for slot in slots:
        assert sought(after, slot) == [after.to_write(slot), rotating.to_write(slot), rotating.former.key(slot)]


def test_a_slot_without_a_key_is_an_error_of_ours() -> None:
    bare = IndexKeys(Generation(tree().without([ONE])))
    with pytest.raises(KeyError):
        bare.to_write(ONE)


def test_index_keys_show_no_secret() -> None:
    keys = IndexKeys(Generation(tree())).renewed(fresh({ONE})).replaced(tree())
    for secret in (keys.to_write(ONE), *keys.now.tree.nodes.values()):
        assert secret.hex() not in repr(keys)
        assert repr(secret)[2:12] not in repr(keys)
