"""The key state of one organisation and month, and its bytes: what a period file holds under its epoch key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from yinji.kernel.ids import RandomBytes
from yinji.keys.index_keys import INDEX_LEVELS, Generation, IndexKeys
from yinji.keys.suites import SECRET_BYTES, Mac, SealBroken, Suite, suite_of
from yinji.keys.tree import LEVELS, KeyTree, Nodes

_CHECK_BYTES: Final = 16
_COUNT_BYTES: Final = 4
_INDEX_BYTES: Final = 5
"""A node's index has up to 32 bits, a depth stands before it."""

FIRST_REVISION: Final = 1

STAMP_BYTES: Final = 16
"""Random: no two revisions of any two histories have one stamp (birthday bound 2^64)."""

_STAMPED: Final = 0x80
"""Set in the first byte of a state that has stamps; the suite's code is below it. States of before have none."""

_NO_STAMP: Final = bytes(STAMP_BYTES)


@dataclass(frozen=True, slots=True, repr=False)
class PeriodKeys:
    """All secrets of a period, as of one revision: random, never derived, so that destroying them is final.

    ``identity`` never changes: it recognises the period, and that of the standing period cuts values into slices. ``suite`` is the one the period was made
    for: a new setting holds for new periods, old ones stay readable. ``stamp`` is drawn anew for every revision: two copies of a
    key store that went two ways have equal revisions, never equal stamps. ``ahead_of`` is the stamp that the data still state when
    keys go first (slots renewed, a generation begun); empty where the data went first.
    """

    suite: Suite
    revision: int
    identity: bytes
    records: KeyTree
    index: IndexKeys
    stamp: bytes = b""
    ahead_of: bytes = b""

    @classmethod
    def fresh(cls, suite: Suite, random: RandomBytes) -> PeriodKeys:
        """Return the keys of a period that begins."""
        tree = KeyTree.whole(suite, LEVELS, random(SECRET_BYTES))
        index = IndexKeys(Generation(KeyTree.whole(suite, INDEX_LEVELS, random(SECRET_BYTES))))
        return cls(suite, FIRST_REVISION, random(SECRET_BYTES), tree, index, random(STAMP_BYTES))

    @property
    def check(self) -> bytes:
        """What the database keeps to recognise the period's key; says nothing about it."""
        return self.suite.mac(self.identity).tag(b"yinji period check")[:_CHECK_BYTES]

    def slicer(self, what: str) -> Mac:
        """Return the HMAC that cuts values of one kind into slices."""
        return self.suite.mac(self.suite.mac(self.identity).tag(b"slice:" + what.encode()))

    def marker(self, what: str) -> Mac:
        """Return the HMAC by which values of one kind are recognised whatever their day, in rows that live a few days only."""
        return self.suite.mac(self.suite.mac(self.identity).tag(b"mark:" + what.encode()))

    def erasure_mark(self, ref: bytes, leaf: int, digest: bytes) -> bytes:
        """Return what proves that an erasure was written by who has the keys: sixteen bytes, the same before and after it."""
        return self.suite.mac(self.identity).tag(b"erasure" + ref + leaf.to_bytes(_INDEX_BYTES, "big") + digest)[:_CHECK_BYTES]

    def renewed(self, slots: Iterable[int], random: RandomBytes) -> PeriodKeys:
        """Return the next revision: fresh keys for some slots of the index, the present ones of those kept beside."""
        return self._ahead(self.index.renewed({slot: random(SECRET_BYTES) for slot in slots}), random)

    def reindexed(self, random: RandomBytes) -> PeriodKeys:
        """Return the next revision: a new generation of index keys, the present one kept beside."""
        return self._ahead(self.index.replaced(KeyTree.whole(self.suite, INDEX_LEVELS, random(SECRET_BYTES))), random)

    def punctured(self, leaves: Iterable[int], *, stamp: bytes) -> PeriodKeys:
        """Return the next revision, which the data state already under ``stamp``: without the record keys ``leaves``, without the
        keys that renewed slots had before.
        """
        return self._after(stamp, records=self.records.without(leaves), index=self.index.punctured())

    def settled(self, *, stamp: bytes) -> PeriodKeys:
        """Return the next revision, which the data state already under ``stamp``: without the generation of index keys before."""
        return self._after(stamp, records=self.records, index=self.index.settled_now())

    def mended(self, leaves: Iterable[int], *, beyond: int, random: RandomBytes) -> PeriodKeys:
        """Return a revision after ``beyond`` and after this one that no data state: without ``leaves``, a new generation begun."""
        index = self.index.punctured().settled_now()
        fresh = index.replaced(KeyTree.whole(self.suite, INDEX_LEVELS, random(SECRET_BYTES)))
        records, stamp = self.records.without(leaves), random(STAMP_BYTES)
        return replace(self, revision=max(self.revision, beyond) + 1, records=records, index=fresh, stamp=stamp, ahead_of=b"")

    def _ahead(self, index: IndexKeys, random: RandomBytes) -> PeriodKeys:
        stamp = random(STAMP_BYTES)
        return replace(self, revision=self.revision + 1, index=index, stamp=stamp, ahead_of=self.stamp)

    def _after(self, stamp: bytes, *, records: KeyTree, index: IndexKeys) -> PeriodKeys:
        return replace(self, revision=self.revision + 1, records=records, index=index, stamp=stamp, ahead_of=b"")

    def packed(self) -> bytes:
        """Return the bytes of a period file."""
        index = self.index
        stamps = self.stamp + (self.ahead_of or _NO_STAMP) if self.stamp else b""
        first = self.suite.code | (_STAMPED if stamps else 0)
        parts = [bytes((first,)), self.revision.to_bytes(_COUNT_BYTES, "big"), stamps, self.identity]
        parts += [_pack(self.records.nodes), *_generation(index.now), _pack(_flat(index.renewing))]
        if index.former is not None:
            parts += _generation(index.former)
        return b"".join(parts)


def unpacked(data: bytes) -> PeriodKeys:
    """Return the keys that a period file holds; raises `SealBroken` where it is none."""
    first = data[0] if data else 0
    suite, reader = suite_of(bytes((first & ~_STAMPED,))), _Reader(data, 1)
    revision = int.from_bytes(reader.take(_COUNT_BYTES), "big")
    stamp, ahead_of = (reader.take(STAMP_BYTES), reader.take(STAMP_BYTES)) if first & _STAMPED else (b"", b"")
    identity = reader.take(SECRET_BYTES)
    records = KeyTree(suite, LEVELS, reader.nodes())
    now, renewing = reader.generation(suite), _slots(reader.nodes())
    former = None if reader.at_end else reader.generation(suite)
    if not reader.at_end:
        raise SealBroken
    ahead_of = b"" if ahead_of == _NO_STAMP else ahead_of
    return PeriodKeys(suite, revision, identity, records, IndexKeys(now, renewing, former), stamp, ahead_of)


def _generation(generation: Generation) -> list[bytes]:
    return [_pack(generation.tree.nodes), _pack(_flat(generation.fresh))]


def _flat(keys: Mapping[int, bytes]) -> Nodes:
    return {(INDEX_LEVELS, slot): key for slot, key in keys.items()}


def _slots(nodes: Nodes) -> dict[int, bytes]:
    return {slot: key for (_, slot), key in nodes.items()}


def _pack(nodes: Nodes) -> bytes:
    rows = [bytes((depth,)) + index.to_bytes(_INDEX_BYTES, "big") + key for (depth, index), key in sorted(nodes.items())]
    return len(rows).to_bytes(_COUNT_BYTES, "big") + b"".join(rows)


class _Reader:
    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at

    @property
    def at_end(self) -> bool:
        return self._at == len(self._data)

    def take(self, count: int) -> bytes:
        part = self._data[self._at : self._at + count]
        if len(part) != count:
            raise SealBroken
        self._at += count
        return part

    def nodes(self) -> dict[tuple[int, int], bytes]:
        count = int.from_bytes(self.take(_COUNT_BYTES), "big")
        found: dict[tuple[int, int], bytes] = {}
        for _ in range(count):
            depth, index = self.take(1)[0], int.from_bytes(self.take(_INDEX_BYTES), "big")
            found[depth, index] = self.take(SECRET_BYTES)
        return found

    def generation(self, suite: Suite) -> Generation:
        tree = KeyTree(suite, INDEX_LEVELS, self.nodes())
        return Generation(tree, _slots(self.nodes()))
