"""The Merkle tree of RFC 6962, section 2.1, over SHA-256: hashes, and a frontier that grows without the old leaves."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

HASH_BYTES: Final = 32
LEAF_MARK: Final = b"\x00"
NODE_MARK: Final = b"\x01"
"""RFC 6962, 2.1: leaves and nodes are hashed under different first bytes, so that neither passes for the other."""

TILE_HEIGHT: Final = 8
"""Hashes are kept at every eighth level: 256-wide tiles (C2SP tlog-tiles)."""

EMPTY_ROOT: Final = sha256().digest()


def leaf_hash(body: bytes) -> bytes:
    """Return the hash of one leaf."""
    return sha256(LEAF_MARK + body).digest()


def leaf_hashes(bodies: Sequence[bytes]) -> list[bytes]:
    """Return the hashes of many leaves."""
    return [sha256(LEAF_MARK + body).digest() for body in bodies]


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over its two children."""
    return sha256(NODE_MARK + left + right).digest()


def level_above(hashes: Sequence[bytes]) -> list[bytes]:
    """Return the parents of pairs of neighbours; an odd last hash has none yet."""
    return [sha256(NODE_MARK + left + right).digest() for left, right in zip(hashes[::2], hashes[1::2], strict=False)]


class Frontier:
    """The roots of the perfect subtrees whose leaves make up a tree: all that appending and the root need.

    ``peaks[h]`` is the subtree of 2^h leaves where bit ``h`` of ``size`` is set, and empty elsewhere.
    """

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        """Begin with an empty tree, or with one that `unpacked` read."""
        self.size = size
        self.peaks = list(peaks)

    @classmethod
    def unpacked(cls, size: int, packed: bytes) -> Frontier:
        """Return the frontier that `packed` wrote; raises ValueError where the bytes do not fit the size."""
        if len(packed) != size.bit_count() * HASH_BYTES:
            raise ValueError("a frontier has one hash for each bit set in its size")
        found = iter(range(0, len(packed), HASH_BYTES))
        peaks = []
        for height in range(size.bit_length()):
            at = next(found) if size >> height & 1 else None
            peaks.append(b"" if at is None else packed[at : at + HASH_BYTES])
        return cls(size, peaks)

    def packed(self) -> bytes:
        """Return the peaks, lowest first, one after the other."""
        return b"".join(self.peaks)

    def copy(self) -> Frontier:
        """Return a frontier that grows apart from this one."""
        return Frontier(self.size, self.peaks)

    def extend(self, leaves: Sequence[bytes]) -> list[list[bytes]]:
        """Append leaf hashes; return the new hashes of whole tiles: at index 0 those at height 8, then 16, and so on."""
        whole: list[list[bytes]] = []
        nodes, height = list(leaves), 0
        while nodes:
            if height and height % TILE_HEIGHT == 0:
                whole.append(nodes.copy())
            if height == len(self.peaks):
                self.peaks.append(b"")
            if self.peaks[height]:
                nodes.insert(0, self.peaks[height])
            self.peaks[height] = nodes[-1] if len(nodes) % 2 else b""
            nodes = level_above(nodes)
            height += 1
        self.size += len(leaves)
        return whole

    def root(self) -> bytes:
        """Return the Merkle tree head."""
        waiting = [peak for peak in self.peaks if peak]
        if not waiting:
            return EMPTY_ROOT
        root = waiting[0]
        for peak in waiting[1:]:
            root = node_hash(peak, root)
        return root


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the Merkle tree head over leaf hashes."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()
