"""The periods that were ever begun: the database knows them and their revision, so that a lost key is missed and never quietly
replaced, and a process that still holds keys of an older revision is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from yinji.db.database import Database
from yinji.db.trouble import Clash
from yinji.db.work import Reading, Work, forbid_open_work
from yinji.kernel.faults import Fault
from yinji.kernel.ids import FIRST_SHARD, Ref
from yinji.kernel.refusals import Refusal
from yinji.keys.keystore import KeyStore
from yinji.keys.period_state import PeriodKeys
from yinji.vault.erasing import store as erasing
from yinji.vault.model import ErasureState, KeyMoment, PeriodRow
from yinji.vault.periods import store


class KeysMoved(Exception):  # noqa: N818 - tells that the world moved, not that something failed
    """A period's keys moved on while this was prepared: what was made with the former ones is not written. Try again."""


def fits(keys: PeriodKeys, row: PeriodRow) -> bool:
    """Tell whether keys may be used while the database states ``row``.

    They are of that revision and stamp, or exactly one step ahead and still hold the keys before: somebody is about to change rows,
    and has not yet. Equal revisions with other stamps are another history: data and keys went two ways since a copy was made.
    """
    if keys.revision == row.revision:
        return keys.stamp == row.stamp
    return keys.revision == row.revision + 1 and keys.ahead_of == row.stamp and not keys.index.settled


def moment_of(period: int, keys: PeriodKeys) -> KeyMoment:
    """Return what names these keys of a period."""
    return KeyMoment(period, keys.revision, keys.stamp)


Stated = Mapping[int, PeriodRow]
"""What the database states of an organisation's periods, by period."""


def begun(stated: Stated) -> frozenset[int]:
    """Return the periods that were begun and not dropped: those that can have keys."""
    return frozenset(period for period, row in stated.items() if not row.dropped_ms)


class _Held(NamedTuple):
    """A period's keys as this process holds them, and the revision that the database stated then."""

    keys: PeriodKeys
    stated: int


class Periods:
    """Gives the keys of periods. Remembers what it gave; a process asks the database once a period and revision."""

    def __init__(self, data: Database, keys: KeyStore) -> None:
        """Ask nothing yet."""
        self._data = data
        self._keys = keys
        self._given: Final[dict[tuple[Ref, int], _Held]] = {}
        self._ended: Final[set[tuple[Ref, int]]] = set()
        self._let_go: Final[list[Callable[[Ref, int], object]]] = []

    def begin(self, org: Ref, period: int) -> PeriodKeys:
        """Return a period's keys for writing, beginning it where nobody has. Commits by itself.

        What is written is found only by who knows these keys: where they are ahead of the database, it is stated first.
        Raises KEYS_MISSING where the period was begun and its key is gone: sealing goes on only with the key restored.
        """
        if self.given(org, period) is not None:
            return self._stated(org, period)
        forbid_open_work("vault.periods")
        self._require_open(org, period)
        keys = self._keys.period(org, period)
        try:
            with self._data.work() as work:
                row = PeriodRow(period, keys.check, keys.revision, 0, keys.stamp)
                store.add_period(work, row, org=org, shard=FIRST_SHARD)
        except Clash:  # another process began it meanwhile: the key store gave both the same keys
            pass
        if self.given(org, period) is None:
            raise Fault(Refusal.KEYS_MISSING, str(period))
        return self._stated(org, period)

    def given(self, org: Ref, period: int) -> PeriodKeys | None:
        """Return the keys of a period that was begun; None where nobody has, or where it was dropped."""
        known = self._given.get((org, period))
        if known is not None:
            return known.keys
        with self._data.reading() as reading:
            row = store.period(reading, org=org, shard=FIRST_SHARD, period=period)
        if row is None or row.dropped_ms:
            return None
        held = self._fitting(org, row) or self._settled(org, period)
        self._given[org, period] = held
        return held.keys

    def ended(self, org: Ref, period: int) -> bool:
        """Tell whether a period was dropped: nothing is put into it any more."""
        if (org, period) in self._given:
            return False
        if (org, period) not in self._ended:
            with self._data.reading() as reading:
                row = store.period(reading, org=org, shard=FIRST_SHARD, period=period)
            if row is None or not row.dropped_ms:
                return False
            self._ended.add((org, period))
        return True

    def forget(self, org: Ref, period: int) -> None:
        """Let go of a period's keys: the next who asks gets them as they stand."""
        self._given.pop((org, period), None)
        for let_go in self._let_go:
            let_go(org, period)

    def tell(self, let_go: Callable[[Ref, int], object]) -> None:
        """Tell somebody who derives from a period's keys when they are to be let go."""
        self._let_go.append(let_go)

    def stated(self, reading: Reading, org: Ref) -> Stated:
        """Return what the database states, as of one snapshot.

        A period is begun and committed before anything is written into it: what the snapshot shows stands in these periods.
        """
        return {row.period: row for row in store.periods(reading, org=org)}

    def moved(self, reading: Reading, org: Ref) -> bool:
        """Tell whether any period's keys that this process holds are no longer those of the database; lets go of them."""
        return self.moved_from(self.stated(reading, org), org)

    def moved_from(self, stated: Stated, org: Ref) -> bool:
        """Tell the same of what was read already."""
        held = {period: each.keys for (of, period), each in self._given.copy().items() if of == org}
        gone = [period for period, keys in held.items() if not _stands(keys, stated.get(period))]
        for period in gone:
            self.forget(org, period)
        return bool(gone)

    def moments(self, reading: Reading, org: Ref) -> list[KeyMoment]:
        """Return the keys that are to be written with now, having let go of those that moved."""
        self.moved(reading, org)
        return [_stated_by(row) for row in store.periods(reading, org=org) if not row.dropped_ms]

    def require_current(self, work: Work, org: Ref, made: Iterable[KeyMoment]) -> None:
        """Raise KeysMoved unless what was made was made with the database's keys, and keep them so until the work ends."""
        store.share_periods(work, org=org)
        present = {_stated_by(row) for row in store.periods(work, org=org) if not row.dropped_ms}
        if not present.issuperset(made):
            self.moved(work, org)
            raise KeysMoved

    def _require_open(self, org: Ref, period: int) -> None:
        with self._data.reading() as reading:
            row = store.period(reading, org=org, shard=FIRST_SHARD, period=period)
        if row is not None and row.dropped_ms:
            raise Fault(Refusal.PERIOD_ENDED, str(period))

    def _stated(self, org: Ref, period: int) -> PeriodKeys:
        """Return keys that the database states: somebody who is about to change rows may have made them only just now."""
        held = self._given.get((org, period))
        if held is None:  # another thread let go of it
            return self.begin(org, period)
        if held.keys.revision != held.stated:
            with self._data.work() as work:
                store.advance_period(work, moment_of(period, held.keys), org=org, ahead_of=held.keys.ahead_of)
            self._given[org, period] = _Held(held.keys, held.keys.revision)
        return held.keys

    def _fitting(self, org: Ref, row: PeriodRow) -> _Held | None:
        """Return the key store's keys of a period if they are of the database's revision."""
        for read in (self._keys.existing_period, self._keys.reread):
            keys = read(org, row.period)
            if keys is None:
                raise Fault(Refusal.KEYS_MISSING, str(row.period))
            if keys.check != row.key_check:
                raise Fault(Refusal.KEYS_FOREIGN, str(row.period))
            if fits(keys, row):
                return _Held(keys, row.revision)
        return None

    def _settled(self, org: Ref, period: int) -> _Held:
        """Finish what somebody began with a period's keys, and return them; raises KEYS_STALE where nothing explains them."""
        with self._keys.alone():
            self.finish(org, period)
            with self._data.reading() as reading:
                row = store.period(reading, org=org, shard=FIRST_SHARD, period=period)
            held = self._fitting(org, row) if row else None
        if held is None:
            raise Fault(Refusal.KEYS_STALE, str(period))
        return held

    def finish(self, org: Ref, period: int) -> None:
        """Bring a period's keys to the revision that the database states, if it is the next one after theirs: destroy what must go.

        The rows say what that is: leaves of erasures whose rows are deleted; otherwise a generation of index keys that no row
        stands under any more. That it is the next one after *theirs* the stamps say. Hold `KeyStore.alone`. Nothing happens where nothing is due: it may be called again. Keys that still
        hold a leaf which the data know as erased are older than the data say: they are left to be mended.
        """
        with self._data.reading() as reading:
            row = store.period(reading, org=org, shard=FIRST_SHARD, period=period)
            leaves = erasing.leaves(reading, org=org, period=period, state=ErasureState.DELETED)
            erased = erasing.leaves(reading, org=org, period=period, state=ErasureState.ERASED)
        keys = self._keys.reread(org, period)
        if row is None or keys is None or any(map(keys.records.holds, erased)):
            return
        leaves = [leaf for leaf in leaves if keys.records.holds(leaf)]
        if row.revision == keys.revision + 1 and row.ahead_of == keys.stamp and (leaves or not keys.index.settled):
            punctures = bool(leaves or keys.index.renewing)
            after = keys.punctured(leaves, stamp=row.stamp) if punctures else keys.settled(stamp=row.stamp)
            self._keys.rewrite(org, period, after)
        elif row.revision == keys.revision and row.stamp == keys.stamp:
            self._keys.sweep(org, period)  # a crash came between the file and the end of its former key
        self.forget(org, period)


def _stands(keys: PeriodKeys, row: PeriodRow | None) -> bool:
    return row is not None and not row.dropped_ms and fits(keys, row)


def _stated_by(row: PeriodRow) -> KeyMoment:
    return KeyMoment(row.period, row.revision, row.stamp)
