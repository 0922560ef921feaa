"""Subtree hashes of a stored log, for proofs: one query a tile, never the whole log."""

from __future__ import annotations

from typing import Final

from yinji.db import Reading
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.ledger import store
from yinji.ledger.proofs import subtree_hash
from yinji.ledger.tree import EMPTY_ROOT, TILE_HEIGHT, level_above

_WIDTH: Final = 1 << TILE_HEIGHT


class StoredNodes:
    """Answers as a `proofs.Node`, keeping the tiles it has read."""

    def __init__(self, reading: Reading) -> None:
        """Read from the log of ``reading``."""
        self._reading = reading
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, height: int, index: int) -> bytes:
        """Return the hash of the perfect subtree ``index`` at ``height``; raises a Fault where the log lacks a part."""
        level, above = divmod(height, TILE_HEIGHT)
        first = index << above
        hashes = self._tile(level, first // _WIDTH)[first % _WIDTH : first % _WIDTH + (1 << above)]
        if len(hashes) != 1 << above:
            raise Fault(Refusal.EVIDENCE_BROKEN, f"{self._reading.log} {first << (level * TILE_HEIGHT)}")
        while len(hashes) > 1:
            hashes = level_above(hashes)
        return hashes[0]

    def root(self, size: int) -> bytes:
        """Return the Merkle tree head over the first ``size`` entries."""
        return subtree_hash(0, size, self) if size else EMPTY_ROOT

    def _tile(self, level: int, number: int) -> list[bytes]:
        if (tile := self._tiles.get((level, number))) is None:
            first, end = number * _WIDTH, (number + 1) * _WIDTH
            read = store.nodes(self._reading, level, first, end) if level else store.leaves(self._reading, first, end)
            tile = self._tiles[level, number] = read
        return tile
