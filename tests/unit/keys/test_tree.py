"""The tree of keys: one leaf, one secret, however it is reached."""

from __future__ import annotations

from functools import cache
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.kernel.faults import Misuse
from yinji.keys.suites import AES_256, SM, Suite
from yinji.keys.tree import ARITY_BITS, BLOCK_LEAVES, BLOCKS_MAX, LEVELS, block_key, block_leaves, leaf_key

ROOT = bytes(range(32))
SUITES = st.sampled_from([SM, AES_256])
LEAVES = st.integers(0, (1 << (ARITY_BITS * LEVELS)) - 1)
BLOCKS = st.integers(0, BLOCKS_MAX - 1)


@cache
def whole_block(suite: Suite, block: int) -> tuple[bytes, ...]:
    return tuple(block_leaves(suite, block_key(suite, ROOT, block)))


@given(suite=SUITES, block=BLOCKS, at=st.integers(0, 60))
def test_a_leaf_is_the_same_from_the_root_and_from_its_block(suite: Suite, block: int, at: int) -> None:
    run = islice(block_leaves(suite, block_key(suite, ROOT, block)), at, at + 1)
    assert next(run) == leaf_key(suite, ROOT, block * BLOCK_LEAVES + at)


@settings(max_examples=60)
@given(suite=SUITES, block=st.sampled_from([0, 1, 4_095, BLOCKS_MAX - 1]), at=st.integers(0, BLOCK_LEAVES - 1))
def test_any_leaf_of_a_whole_block_is_the_one_derived_alone(suite: Suite, block: int, at: int) -> None:
    assert whole_block(suite, block)[at] == leaf_key(suite, ROOT, block * BLOCK_LEAVES + at)


def test_a_block_has_4096_leaves_and_no_two_blocks_share_one() -> None:
    first, second = whole_block(SM, 0), whole_block(SM, 1)
    assert len(first) == len(second) == BLOCK_LEAVES == 4_096
    assert len({*first, *second}) == 2 * BLOCK_LEAVES
    assert {len(leaf) for leaf in first} == {32}


@given(suite=SUITES, one=LEAVES, other=LEAVES)
def test_two_leaves_are_two_secrets(suite: Suite, one: int, other: int) -> None:
    assert (leaf_key(suite, ROOT, one) == leaf_key(suite, ROOT, other)) is (one == other)


@given(suite=SUITES, leaf=LEAVES, root=st.binary(min_size=32, max_size=32))
def test_another_root_gives_other_leaves(suite: Suite, leaf: int, root: bytes) -> None:
    assert (leaf_key(suite, root, leaf) == leaf_key(suite, ROOT, leaf)) is (root == ROOT)


@pytest.mark.parametrize("leaf", [-1, 1 << (ARITY_BITS * LEVELS)])
def test_a_leaf_outside_the_tree_is_misuse(leaf: int) -> None:
    with pytest.raises(Misuse):
        leaf_key(SM, ROOT, leaf)


@pytest.mark.parametrize("block", [-1, BLOCKS_MAX])
def test_a_block_outside_the_tree_is_misuse(block: int) -> None:
    with pytest.raises(Misuse):
        block_key(SM, ROOT, block)
