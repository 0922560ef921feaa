"""Keys of blind indexes: one for each slot, and a slot can be given a new key without touching its neighbours.

A slot is a use, a time bucket of the period, and a slice of the values. To erase one person's index rows from every old copy of
the database, the keys of the slots in which they stood are punctured, and the other values of those slices are tagged anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from yinji.keys.tree import KeyTree

SLICE_BITS: Final = 8
BUCKET_BITS: Final = 10
"""An hour of a month: 744 at most."""

USE_BITS: Final = 2
INDEX_LEVELS: Final = (USE_BITS + BUCKET_BITS + SLICE_BITS) // 2


def slot_of(use: int, bucket: int, piece: int) -> int:
    """Return the slot of a use (0-3), a bucket of its period (0-1,023) and a slice (0-255): a leaf of the index tree."""
    return (use << BUCKET_BITS | bucket) << SLICE_BITS | piece


def slot_parts(slot: int) -> tuple[int, int, int]:
    """Return use, bucket and slice of a slot."""
    bucket = slot >> SLICE_BITS
    return bucket >> BUCKET_BITS, bucket & ((1 << BUCKET_BITS) - 1), slot & ((1 << SLICE_BITS) - 1)


@dataclass(frozen=True, slots=True, repr=False)
class Generation:
    """One whole set of slot keys: a tree, and the fresh keys of slots that were punctured in it."""

    tree: KeyTree
    fresh: Mapping[int, bytes] = field(default_factory=dict)

    def key(self, slot: int) -> bytes | None:
        """Return a slot's key: its fresh one, or the tree's leaf."""
        return self.fresh.get(slot) or self.tree.leaf(slot)

    def keys_of_bucket(self, use: int, bucket: int, *, slices: int) -> list[bytes | None]:
        """Return the keys of a bucket's first ``slices`` (64 or 256), in order: much cheaper together than one by one."""
        first, levels = slot_of(use, bucket, 0), (slices - 1).bit_length() // 2
        keys = self.tree.leaves_below(self.tree.levels - levels, first >> (2 * levels))
        return [self.fresh.get(first + at) or key for at, key in enumerate(keys)] if self.fresh else keys

    def without(self, slots: Iterable[int]) -> Generation:
        """Return the generation from which the keys of ``slots`` cannot be had."""
        gone = set(slots)
        return Generation(self.tree.without(gone), {slot: key for slot, key in self.fresh.items() if slot not in gone})


@dataclass(frozen=True, slots=True, repr=False)
class IndexKeys:
    """The index keys of one period.

    ``renewing`` are the keys that slots had before their fresh ones, ``former`` the whole generation before this one: both are
    kept while rows are tagged anew, so that a search misses nothing, and are destroyed when that is done.
    """

    now: Generation
    renewing: Mapping[int, bytes] = field(default_factory=dict)
    former: Generation | None = None

    @property
    def settled(self) -> bool:
        """True if every row is tagged under the present keys."""
        return not self.renewing and self.former is None

    def to_write(self, slot: int) -> bytes:
        """Return the key under which a value is tagged now."""
        key = self.now.key(slot)
        if key is None:
            raise KeyError(slot)  # cannot be: a punctured slot has a fresh key
        return key

    def former_keys(self, slot: int) -> list[bytes]:
        """Return the keys beside the present one under which a value may still stand tagged."""
        if self.settled:
            return []
        older = self.former.key(slot) if self.former else None
        return list(filter(None, (self.renewing.get(slot), older)))

    def renewed(self, fresh: Mapping[int, bytes]) -> IndexKeys:
        """Return the keys with ``fresh`` ones for some slots, the present ones of those kept beside."""
        kept = {slot: self.to_write(slot) for slot in fresh if slot not in self.renewing}
        return IndexKeys(Generation(self.now.tree, {**self.now.fresh, **fresh}), {**self.renewing, **kept}, self.former)

    def replaced(self, tree: KeyTree) -> IndexKeys:
        """Return a new generation over ``tree``, the present one kept beside."""
        return IndexKeys(Generation(tree), {}, self.now)

    def punctured(self) -> IndexKeys:
        """Return the keys without those that renewed slots had before, in the tree and in a generation kept beside."""
        former = self.former.without(self.renewing) if self.former else None
        return IndexKeys(Generation(self.now.tree.without(self.now.fresh), self.now.fresh), {}, former)

    def settled_now(self) -> IndexKeys:
        """Return the keys without the generation before."""
        return IndexKeys(self.now, self.renewing)
