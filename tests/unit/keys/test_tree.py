"""The tree of keys: one leaf, one secret, however it is reached; and what was punctured is reached by nothing that is left."""

from __future__ import annotations

import random
import time
from functools import cache
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.kernel.faults import Misuse
from yinji.keys.suites import AES_256, SM, Suite
from yinji.keys.tree import ARITY_BITS, BLOCK_LEAVES, BLOCK_LEVELS, LEVELS, KeyTree, LeafReader, block_leaves

ROOT = bytes(range(32))
SUITES = st.sampled_from([SM, AES_256])
LEAVES = st.integers(0, (1 << (ARITY_BITS * LEVELS)) - 1)
BLOCK_DEPTH = LEVELS - BLOCK_LEVELS
BLOCKS_MAX = 1 << (ARITY_BITS * BLOCK_DEPTH)
BLOCKS = st.integers(0, BLOCKS_MAX - 1)

SMALL = 3
SMALL_LEAVES = 1 << (ARITY_BITS * SMALL)
SOME = st.sets(st.integers(0, SMALL_LEAVES - 1))


def whole(suite: Suite = SM, root: bytes = ROOT, levels: int = LEVELS) -> KeyTree:
    return KeyTree.whole(suite, levels, root)


def block_secret(suite: Suite, block: int) -> bytes:
    found = whole(suite).node(BLOCK_DEPTH, block)
    assert found is not None
    return found


@cache
def whole_block(suite: Suite, block: int) -> tuple[bytes, ...]:
    return tuple(block_leaves(suite, block_secret(suite, block)))


@given(suite=SUITES, block=BLOCKS, at=st.integers(0, 60))
def test_a_leaf_is_the_same_from_the_root_and_from_its_block(suite: Suite, block: int, at: int) -> None:
    run = islice(block_leaves(suite, block_secret(suite, block)), at, at + 1)
    assert next(run) == whole(suite).leaf(block * BLOCK_LEAVES + at)


@settings(max_examples=60)
@given(suite=SUITES, block=st.sampled_from([0, 1, 4_095, BLOCKS_MAX - 1]), at=st.integers(0, BLOCK_LEAVES - 1))
def test_any_leaf_of_a_whole_block_is_the_one_derived_alone(suite: Suite, block: int, at: int) -> None:
    assert whole_block(suite, block)[at] == whole(suite).leaf(block * BLOCK_LEAVES + at)


def test_a_block_has_4096_leaves_and_no_two_blocks_share_one() -> None:
    first, second = whole_block(SM, 0), whole_block(SM, 1)
    assert len(first) == len(second) == BLOCK_LEAVES == 4_096
    assert len({*first, *second}) == 2 * BLOCK_LEAVES
    assert {len(leaf) for leaf in first} == {32}


@given(suite=SUITES, one=LEAVES, other=LEAVES)
def test_two_leaves_are_two_secrets(suite: Suite, one: int, other: int) -> None:
    assert (whole(suite).leaf(one) == whole(suite).leaf(other)) is (one == other)


@given(suite=SUITES, leaf=LEAVES, root=st.binary(min_size=32, max_size=32))
def test_another_root_gives_other_leaves(suite: Suite, leaf: int, root: bytes) -> None:
    assert (whole(suite, root).leaf(leaf) == whole(suite).leaf(leaf)) is (root == ROOT)


@pytest.mark.parametrize("leaf", [-1, 1 << (ARITY_BITS * LEVELS)])
def test_a_leaf_outside_the_tree_is_misuse(leaf: int) -> None:
    with pytest.raises(Misuse):
        whole().leaf(leaf)


@pytest.mark.parametrize(("depth", "index"), [(BLOCK_DEPTH, -1), (BLOCK_DEPTH, BLOCKS_MAX), (LEVELS + 1, 0)])
def test_a_node_outside_the_tree_is_misuse(depth: int, index: int) -> None:
    with pytest.raises(Misuse):
        whole().node(depth, index)


# Punctures


@cache
def all_leaves(suite: Suite) -> tuple[bytes, ...]:
    """Every leaf of the small tree, by rules of their own: a leaf is the chain of HMACs over the digits of its number."""
    found = []
    for leaf in range(SMALL_LEAVES):
        secret = ROOT
        for digit in ((leaf >> 4) & 3, (leaf >> 2) & 3, leaf & 3):
            secret = suite.mac(secret).tag(bytes((digit,)))
        found.append(secret)
    return tuple(found)


def reached(tree: KeyTree) -> set[bytes]:
    """Every secret that anybody can derive from all that is left, to the depth of the tree and two levels beyond."""
    known: set[bytes] = set()
    for (depth, _), secret in tree.nodes.items():
        level = {secret}
        for _ in range(depth, SMALL + 3):
            known |= level
            level = {tree.suite.mac(each).tag(bytes((digit,))) for each in level for digit in range(4)}
    return known


@settings(max_examples=60, deadline=None)
@given(suite=SUITES, gone=SOME)
def test_nothing_that_is_left_derives_a_punctured_leaf(suite: Suite, gone: set[int]) -> None:
    tree, leaves = whole(suite, levels=SMALL).without(gone), all_leaves(suite)
    assert reached(tree).intersection(leaves) == {leaves[at] for at in range(SMALL_LEAVES) if at not in gone}


@given(suite=SUITES, gone=SOME)
def test_every_other_leaf_is_the_same_as_before(suite: Suite, gone: set[int]) -> None:
    tree, leaves = whole(suite, levels=SMALL).without(gone), all_leaves(suite)
    for at in range(SMALL_LEAVES):
        assert tree.leaf(at) == (None if at in gone else leaves[at])
        assert tree.holds(at) is (at not in gone)


@given(batches=st.lists(SOME, max_size=4), seed=st.integers())
def test_order_batches_and_repetition_make_no_difference(batches: list[set[int]], seed: int) -> None:
    tree, gone = whole(levels=SMALL), [leaf for batch in batches for leaf in batch]
    for batch in batches:
        tree = tree.without(batch).without(batch)
    random.Random(seed).shuffle(gone)  # noqa: S311 - an order to try, no secret
    assert tree.nodes == whole(levels=SMALL).without(gone).nodes


@given(gone=SOME, depth=st.integers(0, SMALL), data=st.data())
def test_a_node_above_a_punctured_leaf_is_gone_too(gone: set[int], depth: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, (1 << (ARITY_BITS * depth)) - 1))
    below = set(range(index << (2 * (SMALL - depth)), (index + 1) << (2 * (SMALL - depth))))
    node = whole(levels=SMALL).without(gone).node(depth, index)
    assert node == (None if below & gone else whole(levels=SMALL).node(depth, index))


def test_puncturing_leaves_the_tree_before_as_it_was() -> None:
    tree = whole()
    tree.without([7])
    assert tree.nodes == {(0, 0): ROOT}


def test_a_tree_shows_no_secret() -> None:
    assert ROOT.hex() not in repr(whole()) + str(whole())
    assert repr(ROOT)[2:20] not in repr(whole())


@pytest.mark.parametrize(("suite", "spread"), [(SM, 1), (AES_256, 1), (SM, 4_000_000)], ids=str)
def test_a_thousand_punctures_cost_little(suite: Suite, spread: int) -> None:
    """Measured on one core: 5 ms and 1.4 KB for a run, 115 ms and 1.2 MB scattered over the whole tree; many times that is wrong."""
    began = time.perf_counter()
    tree = whole(suite).without(range(0, 1_000 * spread, spread))
    seconds, stored = time.perf_counter() - began, len(tree.nodes) * (32 + 6)
    assert seconds < 1.0
    assert stored < (3_000 if spread == 1 else 1_600_000)
    assert not any(tree.holds(leaf) for leaf in range(0, 1_000 * spread, spread))


@given(st.sets(st.integers(0, 40), max_size=4), st.lists(st.integers(0, 3 * BLOCK_LEAVES), min_size=1, max_size=12))
def test_a_reader_that_remembers_blocks_gives_what_the_tree_gives(gone: set[int], leaves: list[int]) -> None:
    tree = KeyTree.whole(SM, LEVELS, b"r" * 32).without(gone)
    reader = LeafReader(tree)
    assert [reader.leaf(leaf) for leaf in [*leaves, *gone]] == [tree.leaf(leaf) for leaf in [*leaves, *gone]]
