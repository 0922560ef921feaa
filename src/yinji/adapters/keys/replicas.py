"""Copies of the sealed files in further places. The first place leads: no copy ever wins over it.

A place that was taken in carries a mark, and the first remembers it. So an empty mount point is not taken for a replica that has
nothing to destroy, and another node's folder is not mended into a copy of this one's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from yinji.kernel.faults import Fault
from yinji.kernel.ids import RandomBytes
from yinji.kernel.refusals import Refusal
from yinji.keys.ports import SealedFiles

_MARK: Final = "replica.mark"
_MARK_BYTES: Final = 16
_PLACE_DIGITS: Final = 16

_FINDINGS: Final = (Refusal.KEYS_LOOSE, Refusal.KEYS_FOREIGN)
"""What is said as it is: somebody has to look at the place. Everything else means that it is away."""


@dataclass(frozen=True, slots=True)
class Behind:
    """How a replica is not the first's copy. ``trouble`` says why it could not be compared."""

    place: str
    missing: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    trouble: Fault | None = None

    def __bool__(self) -> bool:
        return bool(self.missing or self.differing or self.surplus or self.trouble)


class Replicated:
    """Implements `SealedFiles` over several: reads from the first, writes to all."""

    def __init__(self, first: SealedFiles, others: Sequence[SealedFiles], random: RandomBytes = os.urandom) -> None:
        """``others`` are taken in, empty, at the first write; ``random`` makes their marks."""
        self._first = first
        self._others = tuple(others)
        self._random = random

    @property
    def place(self) -> str:
        """The first place."""
        return self._first.place

    def read(self, name: str) -> bytes | None:
        """Return the first's bytes, or None where it has none, whatever a replica holds."""
        return self._first.read(name)

    def names(self) -> tuple[str, ...]:
        """Return the first's names."""
        return self._first.names()

    def alone(self) -> AbstractContextManager[None]:
        """Keep others out of the first, and thereby out of all; raises KEYS_BUSY."""
        return self._first.alone()

    def create(self, name: str, data: bytes) -> bool:
        """Write a new file in all places; False, and nothing changed, where the first has the name.

        Raises REPLICA_UNREACHABLE before anything is written where a replica is away: a key that stands in one place only
        would be lost with that place.
        """
        self._each(self._join)
        if not self._first.create(name, data):
            return False
        self._each(lambda other: other.replace(name, data))
        return True

    def replace(self, name: str, data: bytes) -> None:
        """Write a file in place of the old one in all places; raises REPLICA_UNREACHABLE, nothing written, as `create` does."""
        self._each(self._join)
        self._first.replace(name, data)
        self._each(lambda other: other.replace(name, data))

    def destroy(self, name: str) -> None:
        """Destroy a file in all places, in the first last: as long as it is there, it is not destroyed everywhere.

        Raises REPLICA_UNREACHABLE, after destroying it in every replica that is there, where one is away. Safe to run again.
        """

        def destroy(other: SealedFiles) -> None:
            self._join(other)
            other.destroy(name)

        self._each(destroy)
        self._first.destroy(name)

    def compare(self) -> tuple[Behind, ...]:
        """Return the replicas that are not the first's copy, and how; nothing where all are."""
        return tuple(behind for behind in map(self._compared, self._others) if behind)

    def mend(self) -> tuple[Behind, ...]:
        """Make every replica the first's copy, and return what was mended; raises REPLICA_UNREACHABLE where one is away.

        What the first no longer has is destroyed: it was destroyed while the replica was away.
        """
        mended: list[Behind] = []

        def mend(other: SealedFiles) -> None:
            self._join(other)
            with other.alone():
                behind = self._difference(other)
                self._copy(other, behind)
            if behind:
                mended.append(behind)

        with self.alone():
            self._each(mend)
        return tuple(mended)

    def _join(self, other: SealedFiles) -> None:
        """Require that a replica is the one that was taken in; take in a new and empty one."""
        if self._joined(other):
            return
        # The replica's mark first: a crash in between leaves a marked and empty folder, which is taken in the next time.
        other.create(_MARK, self._random(_MARK_BYTES))
        self._first.create(_remembered(other), other.read(_MARK) or b"")
        self._copy(other, self._difference(other))

    def _joined(self, other: SealedFiles) -> bool:
        ours, theirs = self._first.read(_remembered(other)), other.read(_MARK)
        if ours is None and not other.names():
            return False
        if ours is not None and theirs is None:
            raise Fault(Refusal.REPLICA_UNREACHABLE, other.place)
        if ours != theirs or ours is None:
            raise Fault(Refusal.KEYS_FOREIGN, other.place)
        return True

    def _compared(self, other: SealedFiles) -> Behind:
        try:
            self._joined(other)
            return self._difference(other)
        except Fault as fault:
            return Behind(other.place, trouble=_away(other, fault))

    def _difference(self, other: SealedFiles) -> Behind:
        theirs = set(other.names())  # before the first's: what is made meanwhile stands in the first before it stands here
        ours = self._first.names()
        return Behind(
            place=other.place,
            missing=tuple(name for name in ours if name not in theirs),
            differing=tuple(name for name in ours if name in theirs and self._first.read(name) != other.read(name)),
            surplus=tuple(sorted(theirs.difference(ours))),
        )

    def _copy(self, other: SealedFiles, behind: Behind) -> None:
        for name in (*behind.surplus, *behind.differing):
            other.destroy(name)  # overwritten, not only replaced: an older state opens what was erased since
        for name in (*behind.differing, *behind.missing):
            data = self._first.read(name)
            if data is not None:
                other.replace(name, data)

    def _each(self, act: Callable[[SealedFiles], None]) -> None:
        """Do it in every replica that can be reached, then raise for the first that could not."""
        faults: list[Fault] = []
        for other in self._others:
            try:
                act(other)
            except Fault as fault:
                faults.append(_away(other, fault))
        if faults:
            raise faults[0]


def _remembered(other: SealedFiles) -> str:
    """Under which name the first remembers the mark of a place."""
    return f"{sha256(other.place.encode()).hexdigest()[:_PLACE_DIGITS]}.mark"


def _away(other: SealedFiles, fault: Fault) -> Fault:
    if fault.code in (*_FINDINGS, Refusal.REPLICA_UNREACHABLE):
        return fault
    return Fault(Refusal.REPLICA_UNREACHABLE, f"{other.place}: {fault.code.name}")
