"""The Merkle tree of RFC 6962, section 2.1: grown leaf by leaf, and walked by proofs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final

EMPTY: Final = sha256().digest()


def leaf(body: bytes) -> bytes:
    """Return MTH of a single entry."""
    return sha256(b"\x00" + body).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash over two neighbours."""
    return sha256(b"\x01" + left + right).digest()


def folded(hashes: Sequence[bytes]) -> bytes:
    """Return the root over a number of hashes that is a power of two."""
    while len(hashes) > 1:
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]


class Stack:
    """Roots of whole subtrees from the widest to the narrowest, as a binary counter keeps its ones."""

    def __init__(self) -> None:
        """Begin empty."""
        self.size = 0
        self._held: list[tuple[int, bytes]] = []

    def add(self, width: int, value: bytes) -> None:
        """Append the root of a whole subtree of ``width`` leaves, where the size is a multiple of it."""
        self.size += width
        while self._held and self._held[-1][0] == width:
            value = node(self._held.pop()[1], value)
            width *= 2
        self._held.append((width, value))

    def root(self) -> bytes:
        """Return the root over all that was added."""
        if not self._held:
            return EMPTY
        root = self._held[-1][1]
        for _, value in reversed(self._held[:-1]):
            root = node(value, root)
        return root


def included(value: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Return whether ``path`` leads from leaf hash ``value`` at ``index`` to ``root`` over ``size`` leaves.

    Walks as RFC 6962, 2.1.1 defines the path: from the root's split down to the leaf, the siblings taken from the end.
    """
    turns, first, end = [], 0, size
    if not 0 <= index < size:
        return False
    while end - first > 1:
        middle = first + (1 << ((end - first - 1).bit_length() - 1))
        turns.append(index < middle)
        first, end = (first, middle) if index < middle else (middle, end)
    if len(turns) != len(path):
        return False
    for is_left, sibling in zip(reversed(turns), path, strict=True):
        value = node(value, sibling) if is_left else node(sibling, value)
    return value == root


def grown(old: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Return whether ``path`` shows that a tree of ``size`` leaves with ``root`` begins with that of ``old`` and ``old_root``.

    Builds both roots along the definition of the proof (RFC 6962, 2.1.2), from the hashes in their order.
    """
    if not 0 <= old <= size:
        return False
    if old == 0:
        return not path and old_root == EMPTY
    steps = iter(path)
    try:
        before, after = _both(old, size, old_root, steps, whole=True)
    except StopIteration:
        return False
    return next(steps, None) is None and (before, after) == (old_root, root)


def _both(old: int, size: int, known: bytes, steps: Iterator[bytes], *, whole: bool) -> tuple[bytes, bytes]:
    """Return the roots of the old and of the new tree over one subtree; ``whole`` while the old root is known without a step."""
    if old == size:
        value = known if whole else next(steps)
        return value, value
    half = 1 << ((size - 1).bit_length() - 1)
    if old <= half:
        before, after = _both(old, half, known, steps, whole=whole)
        return before, node(after, next(steps))
    before, after = _both(old - half, size - half, known, steps, whole=False)
    left = next(steps)
    return node(left, before), node(left, after)
