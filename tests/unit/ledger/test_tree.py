"""The tree against the values that RFC 6962 implementations share, and against its own laws."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some
from tests.unit.ledger.vectors import VECTORS

from yinji.ledger.proofs import (
    consistency_holds,
    consistency_path,
    inclusion_holds,
    inclusion_path,
    nodes_over,
    subtree_hash,
)
from yinji.ledger.tree import EMPTY_ROOT, Frontier, leaf_hash, leaf_hashes, root_of

KNOWN = VECTORS["rfc6962"]
LEAVES = leaf_hashes([bytes.fromhex(leaf) for leaf in KNOWN["leaves"]])
ROOTS = [bytes.fromhex(root) for root in KNOWN["roots"]]

sizes = some.integers(1, 300)


def leaves_of(size: int) -> list[bytes]:
    return leaf_hashes([b"leaf %d" % i for i in range(size)])


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert Frontier().root() == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_known_tree_has_the_known_roots() -> None:
    assert [root_of(LEAVES[: n + 1]) for n in range(8)] == ROOTS


def test_the_known_inclusion_proofs_are_made_and_hold() -> None:
    for known in KNOWN["inclusion"]:
        seq, size, path = known["seq"], known["size"], tuple(map(bytes.fromhex, known["path"]))
        assert inclusion_path(seq, size, nodes_over(LEAVES[:size])) == path
        assert inclusion_holds(leaf=LEAVES[seq], seq=seq, size=size, path=path, root=ROOTS[size - 1])


def test_the_known_consistency_proofs_are_made_and_hold() -> None:
    for known in KNOWN["consistency"]:
        old, size, path = known["old"], known["size"], tuple(map(bytes.fromhex, known["path"]))
        assert consistency_path(old, size, nodes_over(LEAVES[:size])) == path
        assert consistency_holds(old=old, old_root=ROOTS[old - 1], size=size, root=ROOTS[size - 1], path=path)


def test_a_leaf_never_passes_for_a_node() -> None:
    left, right = LEAVES[:2]
    assert leaf_hash(left + right) != root_of([left, right])


@given(some.lists(some.integers(0, 80), max_size=8))
def test_any_way_of_appending_gives_the_same_root_and_tiles(parts: list[int]) -> None:
    leaves = leaves_of(sum(parts))
    grown, tiles, done = Frontier(), list[bytes](), 0
    for part in parts:
        whole = grown.extend(leaves[done : done + part])
        tiles += whole[0] if whole else []
        done += part
    assert grown.root() == root_of(leaves)
    assert tiles == [root_of(leaves[i : i + 256]) for i in range(0, len(leaves) // 256 * 256, 256)]


def test_tiles_of_the_second_level_stand_over_65536_leaves() -> None:
    leaves = leaves_of(65_536 + 300)
    grown = Frontier()
    first, second = grown.extend(leaves[:65_000]), grown.extend(leaves[65_000:])
    assert [len(level) for level in first] == [253]
    assert [len(level) for level in second] == [4, 1]
    assert second[1] == [root_of(leaves[:65_536])]


@given(sizes)
def test_a_frontier_survives_being_packed(size: int) -> None:
    grown = Frontier()
    grown.extend(leaves_of(size))
    again = Frontier.unpacked(size, grown.packed())
    again.extend(LEAVES)
    grown.extend(LEAVES)
    assert again.root() == grown.root()


@given(some.data(), sizes)
def test_every_inclusion_proof_holds_and_no_changed_one_does(data: some.DataObject, size: int) -> None:
    leaves = leaves_of(size)
    seq = data.draw(some.integers(0, size - 1))
    path, root = inclusion_path(seq, size, nodes_over(leaves)), root_of(leaves)
    assert inclusion_holds(leaf=leaves[seq], seq=seq, size=size, path=path, root=root)
    assert not inclusion_holds(leaf=LEAVES[0], seq=seq, size=size, path=path, root=root)
    assert not inclusion_holds(leaf=leaves[seq], seq=seq, size=size, path=path, root=LEAVES[0])
    assert not inclusion_holds(leaf=leaves[seq], seq=seq, size=size, path=(*path, LEAVES[0]), root=root)
    assert not inclusion_holds(leaf=leaves[seq], seq=size, size=size, path=path, root=root)
    other = data.draw(some.integers(0, size - 1))
    assert inclusion_holds(leaf=leaves[seq], seq=other, size=size, path=path, root=root) == (other == seq)
    for i in range(len(path)):
        changed = (*path[:i], LEAVES[1], *path[i + 1 :])
        assert not inclusion_holds(leaf=leaves[seq], seq=seq, size=size, path=changed, root=root)
        assert not inclusion_holds(leaf=leaves[seq], seq=seq, size=size, path=path[:i] + path[i + 1 :], root=root)


@given(some.data(), sizes)
def test_every_consistency_proof_holds_and_no_changed_one_does(data: some.DataObject, size: int) -> None:
    leaves = leaves_of(size)
    old = data.draw(some.integers(1, size))
    path = consistency_path(old, size, nodes_over(leaves))
    before, after = root_of(leaves[:old]), root_of(leaves)
    assert consistency_holds(old=old, old_root=before, size=size, root=after, path=path)
    assert not consistency_holds(old=old, old_root=LEAVES[0], size=size, root=after, path=path)
    assert not consistency_holds(old=old, old_root=before, size=size, root=LEAVES[0], path=path)
    assert not consistency_holds(old=old, old_root=before, size=size, root=after, path=(*path, LEAVES[0]))
    assert not consistency_holds(old=0, old_root=before, size=size, root=after, path=path)
    for i in range(len(path)):
        for changed in ((*path[:i], LEAVES[1], *path[i + 1 :]), path[:i] + path[i + 1 :]):
            assert not consistency_holds(old=old, old_root=before, size=size, root=after, path=changed)


@given(some.data(), sizes)
def test_a_rewritten_beginning_has_no_consistency_proof(data: some.DataObject, size: int) -> None:
    leaves = leaves_of(size)
    old = data.draw(some.integers(1, size))
    rewritten = [LEAVES[0], *leaves[1:]]
    path = consistency_path(old, size, nodes_over(rewritten))
    assert not consistency_holds(old=old, old_root=root_of(leaves[:old]), size=size, root=root_of(rewritten), path=path)


@given(sizes)
def test_a_subtree_over_everything_is_the_root(size: int) -> None:
    leaves = leaves_of(size)
    assert subtree_hash(0, size, nodes_over(leaves)) == root_of(leaves)
