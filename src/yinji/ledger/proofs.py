"""Inclusion and consistency proofs of RFC 6962, sections 2.1.1 and 2.1.2, and their verification (RFC 9162, 2.1.3-2.1.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from yinji.kernel.faults import Misuse
from yinji.ledger.tree import level_above, node_hash

Node: TypeAlias = Callable[[int, int], bytes]
"""The hash of a perfect subtree: height, index at that height → 32 bytes. Where it is kept is the caller's matter."""


def nodes_over(leaves: Sequence[bytes]) -> Node:
    """Return the subtree hashes over leaf hashes held in memory."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        levels.append(level_above(levels[-1]))
    return lambda height, index: levels[height][index]


def subtree_hash(first: int, end: int, node: Node) -> bytes:
    """Return the Merkle tree head over leaves ``first`` to ``end`` (exclusive), where ``first`` begins a subtree."""
    width = end - first
    if width & (width - 1) == 0:
        return node(width.bit_length() - 1, first // width)
    half = _split(width)
    return node_hash(subtree_hash(first, first + half, node), subtree_hash(first + half, end, node))


def inclusion_path(seq: int, size: int, node: Node) -> tuple[bytes, ...]:
    """Return the audit path of leaf ``seq`` in the tree of ``size`` leaves, from its sibling to the root's child."""
    if not 0 <= seq < size:
        raise Misuse(f"entry {seq} is not in a tree of {size}")
    first, end, path = 0, size, []
    while end - first > 1:
        middle = first + _split(end - first)
        if seq < middle:
            path.append(subtree_hash(middle, end, node))
            end = middle
        else:
            path.append(subtree_hash(first, middle, node))
            first = middle
    return tuple(reversed(path))


def consistency_path(old: int, size: int, node: Node) -> tuple[bytes, ...]:
    """Return the proof that the tree of ``old`` leaves begins the tree of ``size`` leaves."""
    if not 0 < old <= size:
        raise Misuse(f"no consistency proof leads from {old} to {size}")
    first, end, path = 0, size, []
    while first + (width := end - first) != old:
        middle = first + _split(width)
        if old <= middle:
            path.append(subtree_hash(middle, end, node))
            end = middle
        else:
            path.append(subtree_hash(first, middle, node))
            first = middle
    if first:
        path.append(subtree_hash(first, end, node))
    return tuple(reversed(path))


def inclusion_holds(*, leaf: bytes, seq: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Return whether ``path`` leads from ``leaf`` at ``seq`` to ``root`` over ``size`` leaves (RFC 9162, 2.1.3.2)."""
    if not 0 <= seq < size:
        return False
    at, last, found = seq, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def consistency_holds(*, old: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Return whether ``path`` shows that nothing before ``old`` changed on the way to ``size`` (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not path and old_root == root
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    steps = list(path) if at else [old_root, *path]  # an old tree that is a perfect subtree begins the path by itself
    if not steps:
        return False
    before = after = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == root


def _split(width: int) -> int:
    """Return the largest power of two below ``width``: where RFC 6962 parts a tree."""
    return 1 << ((width - 1).bit_length() - 1)
