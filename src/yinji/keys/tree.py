"""A tree of keys (Goldreich, Goldwasser, Micali 1986): each node's HMAC gives its children, the leaves are record keys.

Whoever holds a node can derive every leaf below it and no other. So a leaf is forgotten for good by replacing the root with
the siblings along its path: this shape is what erasure stands on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from yinji.kernel.faults import Misuse
from yinji.keys.suites import Suite

ARITY_BITS: Final = 2
"""Four children a node: of the arities tried, the least work for a run of leaves (design, section 5)."""

LEVELS: Final = 16
"""4^16 leaves a period and shard: some four billion parties."""

BLOCK_LEVELS: Final = 6
BLOCK_LEAVES: Final = 1 << (ARITY_BITS * BLOCK_LEVELS)
"""4,096 leaves: what a worker leases at a time, and all it can then derive."""

BLOCKS_MAX: Final = 1 << (ARITY_BITS * (LEVELS - BLOCK_LEVELS))

_CHILDREN: Final = tuple(bytes((i,)) for i in range(1 << ARITY_BITS))


def leaf_key(suite: Suite, root: bytes, leaf: int) -> bytes:
    """Return the 32-byte secret of one leaf, walking down from the root: one HMAC a level."""
    if not 0 <= leaf < 1 << (ARITY_BITS * LEVELS):
        raise Misuse(f"leaf {leaf} is outside the tree")
    return _descend(suite, root, leaf, LEVELS)


def block_key(suite: Suite, root: bytes, block: int) -> bytes:
    """Return the secret above one block of 4,096 leaves."""
    if not 0 <= block < BLOCKS_MAX:
        raise Misuse(f"block {block} is outside the tree")
    return _descend(suite, root, block, LEVELS - BLOCK_LEVELS)


def block_leaves(suite: Suite, block_secret: bytes) -> Iterator[bytes]:
    """Yield the secrets of a block's 4,096 leaves in order, each inner node computed once."""
    yield from _leaves(suite, block_secret, BLOCK_LEVELS)


def _descend(suite: Suite, node: bytes, index: int, levels: int) -> bytes:
    for level in range(levels - 1, -1, -1):
        node = suite.mac(node).tag(_CHILDREN[(index >> (ARITY_BITS * level)) & (len(_CHILDREN) - 1)])
    return node


def _leaves(suite: Suite, node: bytes, levels: int) -> Iterator[bytes]:
    children = suite.mac(node).tags(_CHILDREN)
    if levels == 1:
        yield from children
        return
    for child in children:
        yield from _leaves(suite, child, levels - 1)
