"""The key store: what the root opens. Secrets live as sealed files, never as rows of a database.

    root-1.key            the root (or it is in a token)
    node.key, *.signing   sealed under the root
    ORG.org               an organisation's key, sealed under the root
    ORG-PERIOD-REV.epoch  the key of one revision of a period, sealed under the organisation's key
    ORG-PERIOD.period     the period's keys, sealed under the epoch key of their revision

A period file can be copied about: without its epoch key it opens nothing. Every change of a period makes a new epoch key and
destroys the one before, so that what a change took away cannot be had back from an old copy of the period file.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from typing import Final

from yinji.kernel.faults import Fault
from yinji.kernel.ids import REF_BYTES, RandomBytes, Ref
from yinji.kernel.refusals import Refusal
from yinji.keys.hierarchy import EPOCH, PERIOD, TRIES_MAX, Head, Hierarchy, head_of, open_file, seal_file
from yinji.keys.period_state import PeriodKeys, unpacked
from yinji.keys.ports import RootProvider, SealedFiles
from yinji.keys.suites import SECRET_BYTES, SM, SealBroken, Suite

STANDING: Final = 0
"""The period of what has no date of its own: a node's own sender, orders without a date."""

HELD: Final = 1
"""The period to which records under a legal hold are resealed when their own is dropped."""

_CHECK_BYTES: Final = 16
_MONTHS: Final = 100
_NODE_FILE: Final = "node.key"
_BACKED_UP: Final = "backed-up-until"


def period_of(day: date) -> int:
    """Return the period a day belongs to: its month, written 202611."""
    return day.year * _MONTHS + day.month


class KeyStore:
    """Opens, makes and rewrites the secrets of organisations and periods. One instance a process; what it opened it remembers."""

    def __init__(self, *, root: RootProvider, files: SealedFiles, suite: Suite, random: RandomBytes) -> None:
        """Nothing is read until it is asked for."""
        self._suite = suite
        self._root = root
        self._files = files
        self._random = random
        self._above = Hierarchy(root=root, files=files, suite=suite, random=random)
        self._opened: dict[tuple[Ref, int], PeriodKeys] = {}

    @property
    def place(self) -> str:
        """Where it is, for messages."""
        return self._files.place

    def make_node(self) -> None:
        """Make the root and the node's own secret where there is none: at a node's founding, never later."""
        if not self._root.versions():
            self._root.add_version()
        self._above.keep(_NODE_FILE, self._random(SECRET_BYTES))

    def check_value(self, node: Ref) -> bytes:
        """Return what the database keeps to recognise its own key store; says nothing about a key, survives rotations."""
        secret = self._above.rooted(_NODE_FILE)
        if secret is None:
            raise Fault(Refusal.KEYS_MISSING, f"{self.place}/{_NODE_FILE}")
        return SM.derive(secret, b"yinji node check" + node)[:_CHECK_BYTES]

    def require_node(self, node: Ref, check: bytes) -> None:
        """Raise KEYS_FOREIGN unless this key store belongs to the node whose check value is given."""
        if self.check_value(node) != check:
            raise Fault(Refusal.KEYS_FOREIGN, self._root.place)

    def alone(self) -> AbstractContextManager[None]:
        """Keep out everybody else who changes keys; raises KEYS_BUSY after a bounded wait."""
        return self._files.alone()

    def period(self, org: Ref, period: int) -> PeriodKeys:
        """Return a period's keys, making them where there are none yet. Two processes agree on the first written."""
        known = self.existing_period(org, period)
        if known is not None:
            return known
        with self.alone():
            if self._files.read(period_name(org, period)) is None:
                self._write(org, period, PeriodKeys.fresh(self._suite, self._random))
        made = self.existing_period(org, period)
        if made is None:
            raise Fault(Refusal.KEYS_MISSING, f"{self.place}/{period_name(org, period)}")
        return made

    def existing_period(self, org: Ref, period: int) -> PeriodKeys | None:
        """Return a period's keys as this process knows them, or None where there are none: reading never makes a key."""
        return self._opened.get((org, period)) or self.reread(org, period)

    def reread(self, org: Ref, period: int) -> PeriodKeys | None:
        """Return a period's keys as they stand now, and forget what was remembered of them."""
        self._opened.pop((org, period), None)
        name = period_name(org, period)
        missing = Fault(Refusal.KEYS_MISSING, f"{self.place}/{org.hex()}-{period}-*{EPOCH}")
        for _ in range(TRIES_MAX):
            sealed = self._files.read(name)
            if sealed is None:
                return None
            try:
                epoch = self._epoch_key(org, period, head_of(sealed).version)
                if epoch is None:  # rewritten between our reading the file and asking for its key
                    continue
                keys = unpacked(open_file(epoch, sealed, name=name))
            except SealBroken:
                raise self._above.damaged(name) from None
            except Fault as fault:
                if fault.code is not Refusal.KEYS_MISSING:
                    raise
                missing = fault  # a key above was rotated between our looking at its file and asking for it
                continue
            self._opened[org, period] = keys
            return keys
        raise missing

    def rewrite(self, org: Ref, period: int, keys: PeriodKeys) -> PeriodKeys:
        """Write a period's next revision under a fresh epoch key and destroy the key of the one before. Hold `alone`.

        Safe to run again after a crash at any place: the file is whole before or after, and `sweep` destroys what is left over.
        """
        self._write(org, period, keys)
        self._opened.pop((org, period), None)
        self.sweep(org, period)
        return keys

    def sweep(self, org: Ref, period: int) -> None:
        """Destroy every epoch key of a period but that of its present revision. Hold `alone`."""
        sealed = self._files.read(period_name(org, period))
        kept = epoch_name(org, period, head_of(sealed).version) if sealed else ""
        for name in self._files.names():
            if name.startswith(f"{org.hex()}-{period}-") and name.endswith(EPOCH) and name != kept:
                self._files.destroy(name)

    def drop(self, org: Ref, period: int) -> None:
        """Destroy a period whole: its epoch key first, which is enough; a mark stays that says it was. Hold `alone`."""
        self._opened.pop((org, period), None)
        self._files.create(dropped_name(org, period), b"dropped\n")
        for name in self._files.names():
            if name.startswith(f"{org.hex()}-{period}-") and name.endswith(EPOCH):
                self._files.destroy(name)
        self._files.destroy(period_name(org, period))

    def dropped(self, org: Ref, period: int) -> bool:
        """Tell whether a period was destroyed here: data that still know it are older."""
        return self._files.read(dropped_name(org, period)) is not None

    def note_backup(self, until_ms: int) -> None:
        """Remember until when a backup of this key store can be restored (ms since 1970). Hold `alone`."""
        if until_ms > self.backed_up_until():
            self._files.replace(_BACKED_UP, f"{until_ms}\n".encode())

    def backed_up_until(self) -> int:
        """Return until when the longest-lived backup can be restored; 0 where none was made."""
        noted = self._files.read(_BACKED_UP)
        return int(noted) if noted and noted.strip().isdigit() else 0

    def periods(self) -> list[tuple[Ref, int]]:
        """Return organisation and period of every period file."""
        names = [name.removesuffix(PERIOD) for name in self._files.names() if name.endswith(PERIOD)]
        return [(Ref(bytes.fromhex(name[: 2 * REF_BYTES])), int(name[2 * REF_BYTES + 1 :])) for name in names]

    def make_signing_seed(self, name: str) -> None:
        """Make a named signing key where there is none yet: at a node's founding, never later."""
        self._above.keep(f"{name}.signing", self._random(SECRET_BYTES))

    def signing_seed(self, name: str) -> bytes:
        """Return the 32-byte seed of a named signing key; raises KEYS_MISSING where it is gone."""
        seed = self._above.rooted(f"{name}.signing")
        if seed is None:
            raise Fault(Refusal.KEYS_MISSING, f"{self.place}/{name}.signing")
        return seed

    def _write(self, org: Ref, period: int, keys: PeriodKeys) -> None:
        epoch = self._random(SECRET_BYTES)
        name, wrapped = period_name(org, period), epoch_name(org, period, keys.revision)
        version, above = self._above.org_key(org)
        head = Head(self._suite, version)
        self._files.replace(wrapped, seal_file(above, epoch, name=wrapped, head=head, random=self._random))
        sealed = seal_file(epoch, keys.packed(), name=name, head=Head(keys.suite, keys.revision), random=self._random)
        self._files.replace(name, sealed)

    def _epoch_key(self, org: Ref, period: int, revision: int) -> bytes | None:
        name = epoch_name(org, period, revision)
        sealed = self._files.read(name)
        if sealed is None:
            return None
        try:
            _, above = self._above.org_key(org, head_of(sealed).version)
            return open_file(above, sealed, name=name)
        except SealBroken:
            if self._files.read(name) != sealed:  # overwritten under our eyes: it was being destroyed
                return None
            raise self._above.damaged(name) from None


def period_name(org: Ref, period: int) -> str:
    """Return the name of a period's file."""
    return f"{org.hex()}-{period}{PERIOD}"


def epoch_name(org: Ref, period: int, revision: int) -> str:
    """Return the name of the file with the key of one revision of a period."""
    return f"{org.hex()}-{period}-{revision}{EPOCH}"


def dropped_name(org: Ref, period: int) -> str:
    """Return the name of the file that says that a period was destroyed."""
    return f"{org.hex()}-{period}.dropped"
