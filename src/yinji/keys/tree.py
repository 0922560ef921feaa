"""A tree of keys (Goldreich, Goldwasser, Micali 1986): each node's HMAC gives its children, the leaves are record keys.

Whoever holds a node can derive every leaf below it and no other. So a leaf is forgotten for good by replacing the node above it
with the siblings along its path: this shape is what erasure stands on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from yinji.kernel.faults import Misuse
from yinji.keys.suites import Suite

ARITY_BITS: Final = 2
"""Four children a node: of the arities tried, the least work for a run of leaves (design, section 5)."""

LEVELS: Final = 16
"""4^16 leaves a period and shard: some four billion parties."""

BLOCK_LEVELS: Final = 6
BLOCK_LEAVES: Final = 1 << (ARITY_BITS * BLOCK_LEVELS)
"""4,096 leaves: what a worker leases at a time, and all it can then derive."""

BLOCKS_REMEMBERED: Final = 1_024
"""Four million parties of a month."""

_CHILDREN: Final = tuple(bytes((i,)) for i in range(1 << ARITY_BITS))
_MASK: Final = len(_CHILDREN) - 1

Nodes: TypeAlias = Mapping[tuple[int, int], bytes]
"""Secrets by depth (0 is the root) and index at that depth."""


@dataclass(frozen=True, slots=True, repr=False)
class KeyTree:
    """What is left of a tree of ``levels`` levels: the nodes from which every leaf that was not punctured can be derived."""

    suite: Suite
    levels: int
    nodes: Nodes

    @classmethod
    def whole(cls, suite: Suite, levels: int, root: bytes) -> KeyTree:
        """Return a tree that nothing was taken from."""
        return cls(suite, levels, {(0, 0): root})

    def leaf(self, leaf: int) -> bytes | None:
        """Return the 32-byte secret of a leaf, one HMAC a level below what is left; None where it was punctured."""
        return self.node(self.levels, leaf)

    def node(self, depth: int, index: int) -> bytes | None:
        """Return the secret of a node; None where it, or anything below it, was punctured."""
        if not 0 <= index < 1 << (ARITY_BITS * depth) or depth > self.levels:
            raise Misuse(f"node {depth}:{index} is outside the tree")
        cover = self._cover(depth, index)
        return None if cover is None else _descend(self.suite, self.nodes[cover], index, depth - cover[0])

    def leaves_below(self, depth: int, index: int) -> list[bytes | None]:
        """Return the secrets of every leaf below a node, in order, each inner node computed once; None for the punctured."""
        secret, levels = self.node(depth, index), self.levels - depth
        if secret is not None:
            return list(_expanded(self.suite, secret, levels))
        first = index << (ARITY_BITS * levels)
        return [self.leaf(leaf) for leaf in range(first, first + (1 << (ARITY_BITS * levels)))]

    def holds(self, leaf: int) -> bool:
        """Tell whether a leaf can still be derived."""
        return self._cover(self.levels, leaf) is not None

    def without(self, leaves: Iterable[int]) -> KeyTree:
        """Return the tree from which ``leaves`` cannot be derived, and every other leaf can. Punctured ones stay so."""
        left = dict(self.nodes)
        for leaf in leaves:
            cover = _cover(left, self.levels, leaf)
            if cover is None:
                continue
            depth, secret = cover[0], left.pop(cover)
            for below in range(depth + 1, self.levels + 1):
                index = leaf >> (ARITY_BITS * (self.levels - below))
                children = self.suite.tags(secret, _CHILDREN)
                first = index & ~_MASK
                left.update({(below, first + i): child for i, child in enumerate(children) if first + i != index})
                secret = children[index & _MASK]
        return KeyTree(self.suite, self.levels, left)

    def _cover(self, depth: int, index: int) -> tuple[int, int] | None:
        return (0, 0) if (0, 0) in self.nodes else _cover(self.nodes, depth, index)


class LeafReader:
    """Gives leaves of one tree, remembering the blocks it met: six steps a leaf instead of sixteen."""

    __slots__ = ("_blocks", "tree")

    def __init__(self, tree: KeyTree) -> None:
        """``tree`` never changes: who punctures makes another, and another reader."""
        self.tree: Final = tree
        self._blocks: dict[int, bytes | None] = {}

    def leaf(self, leaf: int) -> bytes | None:
        """Return the secret of a leaf; None where it was punctured."""
        block = leaf >> (ARITY_BITS * BLOCK_LEVELS)
        if block not in self._blocks:
            if len(self._blocks) >= BLOCKS_REMEMBERED:
                self._blocks.clear()
            self._blocks[block] = self.tree.node(self.tree.levels - BLOCK_LEVELS, block)
        above = self._blocks[block]
        if above is None:  # a leaf of this block was punctured
            return self.tree.leaf(leaf)
        return _descend(self.tree.suite, above, leaf & (BLOCK_LEAVES - 1), BLOCK_LEVELS)


def block_leaves(suite: Suite, block_secret: bytes) -> Iterator[bytes]:
    """Yield the secrets of a block's 4,096 leaves in order, each inner node computed once and let go when it is used up."""
    return _expanded(suite, block_secret, BLOCK_LEVELS)


def _expanded(suite: Suite, secret: bytes, levels: int) -> Iterator[bytes]:
    left = [(levels, secret)]
    while left:
        levels, secret = left.pop()
        if not levels:
            yield secret
            continue
        children = suite.tags(secret, _CHILDREN)
        if levels == 1:
            yield from children
        else:
            left += [(levels - 1, child) for child in reversed(children)]


def _cover(nodes: Nodes, depth: int, index: int) -> tuple[int, int] | None:
    for above in range(depth, -1, -1):
        if (above, index) in nodes:
            return above, index
        index >>= ARITY_BITS
    return None


def _descend(suite: Suite, node: bytes, index: int, levels: int) -> bytes:
    for level in range(levels - 1, -1, -1):
        (node,) = suite.tags(node, (_CHILDREN[(index >> (ARITY_BITS * level)) & _MASK],))
    return node
