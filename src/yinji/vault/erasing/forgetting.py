"""Erase parties for good.

Under the key store's lock, for the parties of one shard: 1 finish what a crash left; 2 read where they stand; 3 fresh keys for the
slots of their index rows, the keys before kept beside; 4 state the new revision: whoever holds an older one writes no more;
5 tag everybody else in those slots anew; 6 one transaction: delete the rows, write the erasures, state the next revision;
7 puncture: record keys and former index keys go, the epoch key that could open them is destroyed; 8 say so.

A crash before 6 leaves everything readable and is finished by the next erasure; after 6, whoever opens the period finishes 7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from yinji.db.database import Database
from yinji.db.work import Work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock, beijing_day
from yinji.kernel.decision import Allow
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.facts import HoldFact
from yinji.kernel.faults import Fault
from yinji.kernel.ids import FIRST_SHARD, RandomBytes, Ref, Shard
from yinji.kernel.purpose import PartyRole, Purpose
from yinji.kernel.refusals import Refusal
from yinji.keys.index_keys import slot_parts
from yinji.keys.keystore import KeyStore
from yinji.keys.period_state import STAMP_BYTES, PeriodKeys
from yinji.vault import store as rooms
from yinji.vault.blind_index import ORDER, PHONE, TAIL, slot
from yinji.vault.buckets import period_buckets
from yinji.vault.erasing import store
from yinji.vault.erasing.lost import lost_periods, require_readable, strand
from yinji.vault.erasing.tags import Tags
from yinji.vault.holding import store as holding
from yinji.vault.model import Erased, Erasure, ErasureState, IndexRow, KeyMoment, PartyRow
from yinji.vault.periods import store as period_store
from yinji.vault.periods.service import Periods, fits, moment_of

_ROWS_AT_ONCE: Final = 500
"""Index rows tagged anew in one transaction: some 50 ms of holding the file."""


TRIES_MAX: Final = 5
"""How often an erasure begins again because a hold was placed while it was prepared."""


class _HeldMeanwhile(Exception):  # noqa: N818 - tells that the world moved
    """A legal hold was placed while an erasure was prepared."""


@dataclass(frozen=True, slots=True)
class Why:
    """Who erases and on what purpose: what the evidence says."""

    actor: Actor
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class _Targets:
    """Whom one batch erases: their rows, where their index rows stand by parcel, the slots of those; in which of their periods
    index keys are lost.
    """

    org: Ref
    shard: Shard
    rows: Sequence[PartyRow]
    standing: dict[bytes, list[tuple[int, int, int]]]
    slots: Sequence[tuple[int, int]]
    lost: frozenset[int] = frozenset()

    def erasure(self, row: PartyRow, keys: PeriodKeys, now: int) -> Erasure:
        """Return what is kept of one erasure."""
        recipient = rooms.ROLES[row.role] is PartyRole.RECIPIENT
        own = tuple(slot(*place) for place in self.standing[row.parcel]) if recipient else ()
        digest = sha256(bytes(row.sealed_values) + bytes(row.sealed_masks)).digest()
        ref = Ref(row.ref)
        return Erasure(ref, self.shard, row.period, row.leaf, own, digest, now, keys.erasure_mark(ref, row.leaf, digest))


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Erases parties, a shard at a time. ``undo_until`` tells until when a backup of the key store could undo an erasure."""

    data: Database
    keys: KeyStore
    undo_until: Callable[[], int]
    periods: Periods
    tags: Tags
    clock: Clock
    random: RandomBytes
    shards: int
    holds: HoldFact

    def forget(self, org: Ref, shard: Shard, parties: Sequence[tuple[Ref, PartyRole]], why: Why) -> list[Erased]:
        """Erase parties of one shard, each named by parcel and role; return those that were there and that nothing holds."""
        with self.keys.alone():
            for _ in range(TRIES_MAX):
                try:
                    return self._forget(org, shard, parties, why)
                except _HeldMeanwhile:
                    continue
        raise Fault(Refusal.KEYS_BUSY, self.keys.place)

    def _forget(self, org: Ref, shard: Shard, parties: Sequence[tuple[Ref, PartyRole]], why: Why) -> list[Erased]:
        done = self.resume(org, why)  # 1
        with self.data.reading() as reading:  # 2
            rows = self._free(org, rooms.parties(reading, org=org, shard=shard, of=parties))
        broken = {(row.parcel, row.role) for row in self.broken(rows)}
        rows = [row for row in rows if (row.parcel, row.role) not in broken]
        if rows:
            standing = self._standing(rows)
            slots = sorted({slot(*place) for places in standing.values() for place in places})
            sound, lost = self._sound(org, slots, but=frozenset(standing))
            self._renew(org, {row.period for row in rows}, sound, why)  # 3, 4
            for each in map(Shard, range(self.shards)):  # 5
                self._tag_anew(org, each, sound, why, but=frozenset(standing))
            self._delete(_Targets(org, shard, rows, standing, slots, lost), why)  # 6
            done += self.resume(org, why)  # 7, 8
        return done

    def resume(self, org: Ref, why: Why) -> list[Erased]:
        """Finish every erasure whose rows are deleted: destroy the keys, say so. Hold `KeyStore.alone`."""
        with self.data.reading() as reading:
            due = store.erasures(reading, org=org, state=ErasureState.DELETED)
        for period in sorted({period for each in due for period, _ in (*each.slots, (each.period, 0))}):
            self.periods.finish(org, period)  # 7
        keys = {each.period: self.keys.reread(org, each.period) for each in due}
        away = self._away(org, {period for each in due for period, _ in each.slots}) if due else frozenset()
        return [erased for each in due if (erased := self._end(org, each, keys[each.period], away, why))]  # 8

    def note(self, work: Work, org: Ref, shard: Shard, row: PartyRow, *, entry: Entry) -> None:
        """Write, in the work that deletes it, that a party without index rows is erased; `resume` destroys its key."""
        keys = self.keys.reread(org, row.period)
        if keys is None:
            raise Fault(Refusal.KEYS_MISSING, str(row.period))
        erasure = _Targets(org, shard, (row,), {}, ()).erasure(row, keys, self.clock.now_ms())
        period_store.lead_periods(work, [(row.period, self.random(STAMP_BYTES))], org=org)
        store.add_erasures(work, [erasure], org=org, entry=entry)

    def _free(self, org: Ref, rows: Sequence[PartyRow]) -> list[PartyRow]:
        """Return those of ``rows`` that no legal hold keeps; where it cannot be told, they stay."""
        held = self.holds.held(org, [Ref(row.parcel) for row in rows])
        return [row for row, decision in zip(rows, held, strict=True) if isinstance(decision, Allow)]

    def _standing(self, rows: Sequence[PartyRow]) -> dict[bytes, list[tuple[int, int, int]]]:
        """Return, by recipient's parcel, index, bucket and slice of every row it has: from the seal, not from the rows."""
        return {row.parcel: self.tags.stands(row) for row in rows if rooms.ROLES[row.role] is PartyRole.RECIPIENT}

    def _index_rows(
        self, org: Ref, shard: Shard, standing: dict[bytes, list[tuple[int, int, int]]]
    ) -> dict[int, list[IndexRow]]:
        """Return the index rows of the recipients that are to go, by use."""
        found: dict[int, list[IndexRow]] = {PHONE: [], ORDER: [], TAIL: []}
        with self.data.reading() as reading:
            for use, bucket, piece in {place for places in standing.values() for place in places}:
                rows = rooms.rows_of_slice(reading, use, org=org, shard=shard, bucket=bucket, piece=piece)
                found[use] += [row for row in rows if row.parcel in standing]
        return found

    def broken(self, rows: Sequence[PartyRow]) -> list[PartyRow]:
        """Return the rows whose seal does not prove whose they are: their key may be somebody else's."""
        return [row for row in rows if not self.tags.sealer.label_opens(row)]

    def _renew(self, org: Ref, periods: set[int], slots: Sequence[tuple[int, int]], why: Why) -> None:
        indexed = {period for period, _ in slots}
        for period in sorted(periods | indexed):
            self.align(org, period, why)
        moved: list[KeyMoment] = []
        for period in sorted(indexed):
            keys = self.keys.reread(org, period)
            if keys is None:
                raise Fault(Refusal.KEYS_MISSING, str(period))
            fresh = keys.renewed([number for of, number in slots if of == period], self.random)
            self.keys.rewrite(org, period, fresh)
            moved.append(moment_of(period, fresh))
        self._move(org, moved)

    def begin_slots(self, org: Ref, slots: set[tuple[int, int]], why: Why) -> None:
        """Give some slots fresh keys, those before kept beside: whoever aligns their periods destroys these. Hold `KeyStore.alone`.

        Slots of lost periods are passed over: see `lost`.
        """
        sound, lost = self._sound(org, sorted(slots), but=frozenset())
        self._renew(org, set(), sound, why)
        if lost:
            with self.data.work() as work:
                strand(work, org, lost, self.random)

    def end_slots(self, org: Ref, slots: set[tuple[int, int]], why: Why) -> None:
        """Tag the rows of slots that were begun anew and destroy the keys they had. Hold `KeyStore.alone`.

        Slots that somebody ended meanwhile are renewed once more; slots that a run before this one began are ended too.
        """
        lost = lost_periods(self.data, self.keys, org)
        with self.data.reading() as reading:
            begun = [
                row.period for row in period_store.periods(reading, org=org) if not row.dropped_ms and row.period not in lost
            ]
        held = {period: self.keys.reread(org, period) for period in begun}
        renewing = {(period, number) for period, keys in held.items() if keys for number in keys.index.renewing}
        self._renew(org, set(), sorted(each for each in slots - renewing if each[0] not in lost), why)
        for period in sorted({period for period, _ in slots | renewing} - lost):
            self.align(org, period, why)

    def _sound(
        self, org: Ref, slots: Sequence[tuple[int, int]], *, but: frozenset[bytes]
    ) -> tuple[list[tuple[int, int]], frozenset[int]]:
        """Return the slots whose keys are there, and the periods of the others; raises KEYS_MISSING where a lost month is in the way."""
        lost = lost_periods(self.data, self.keys, org)
        sound = [each for each in slots if each[0] not in lost]
        require_readable(self.data, org=org, shards=self.shards, slots=sound, lost=lost, but=but)
        return sound, lost & {period for period, _ in slots}

    def _away(self, org: Ref, periods: set[int]) -> frozenset[int]:
        """Return those of some periods whose keys are missing, or came back since and are not mended yet."""
        with self.data.reading() as reading:
            stated = {row.period: row for row in period_store.periods(reading, org=org) if not row.dropped_ms}
        held = {period: self.keys.reread(org, period) for period in periods & stated.keys()}
        return frozenset(period for period, keys in held.items() if keys is None or not fits(keys, stated[period]))

    def align(self, org: Ref, period: int, why: Why) -> None:
        """Bring a period to rest where a crash came between an erasure's steps. Hold `KeyStore.alone`.

        State the key store's revision where only the keys were changed; tag the rows of every slot that was given a fresh key, and
        only then destroy the keys those slots had before.
        """
        self.periods.finish(org, period)
        keys = self._agreed(org, period)
        if not keys.index.renewing:
            return
        slots = [(period, number) for number in sorted(keys.index.renewing)]
        for each in map(Shard, range(self.shards)):
            self._tag_anew(org, each, slots, why, but=frozenset())
        with self.data.work() as work:
            period_store.lead_periods(work, [(period, self.random(STAMP_BYTES))], org=org)
        self.periods.forget(org, period)
        self.periods.finish(org, period)

    def _agreed(self, org: Ref, period: int) -> PeriodKeys:
        with self.data.reading() as reading:
            row = period_store.period(reading, org=org, shard=FIRST_SHARD, period=period)
        keys = self.keys.reread(org, period)
        if row is None or keys is None:
            raise Fault(Refusal.KEYS_MISSING, str(period))
        if not fits(keys, row):
            raise Fault(Refusal.KEYS_STALE, str(period))
        if keys.revision != row.revision:
            self._move(org, [moment_of(period, keys)])
        return keys

    def _move(self, org: Ref, moments: Sequence[KeyMoment]) -> None:
        with self.data.work() as work:
            period_store.move_periods(work, moments, org=org)
        for each in moments:
            self.periods.forget(org, each.period)

    def _tag_anew(self, org: Ref, shard: Shard, slots: Sequence[tuple[int, int]], why: Why, *, but: frozenset[bytes]) -> None:
        """Tag the rows of some slots anew, all but those of the parcels ``but``; a transaction for some hundred rows."""
        changes: list[tuple[int, list[IndexRow], list[IndexRow]]] = []
        for period, number in slots:
            use, offset, piece = slot_parts(number)
            bucket = period_buckets(period)[0] + offset
            with self.data.reading() as reading:
                rows = rooms.rows_of_slice(reading, use, org=org, shard=shard, bucket=bucket, piece=piece)
                others = [row for row in rows if row.parcel not in but]
                changes.append((use, *self.tags.renewed(reading, others, use=use, org=org, shard=shard)))
            if sum(len(gone) for _, gone, _ in changes) >= _ROWS_AT_ONCE:
                self._write_tags(org, shard, changes, why)
                changes = []
        self._write_tags(org, shard, changes, why)

    def _write_tags(
        self, org: Ref, shard: Shard, changes: Sequence[tuple[int, list[IndexRow], list[IndexRow]]], why: Why
    ) -> None:
        count = sum(len(gone) for _, gone, _ in changes)
        if not count:
            return
        entry = self._entry(Event.INDEX_RENEWED, why, shard=shard, count=count)
        with self.data.work() as work:
            for use, gone, fresh in changes:
                rooms.replace_index_rows(work, use, org=org, shard=shard, gone=gone, fresh=fresh, entry=entry)

    def _delete(self, whom: _Targets, why: Why) -> None:
        org, shard, rows, now = whom.org, whom.shard, whom.rows, self.clock.now_ms()
        about = tuple(Ref(row.ref) for row in rows)
        entry = self._entry(Event.ROWS_DELETED, why, shard=shard, about=about, count=len(rows))
        with self.data.work() as work:
            holding.keep_still(work)
            if len(self._free(org, rows)) < len(rows):  # a hold was placed since: begin again without its parcel
                raise _HeldMeanwhile
            touched = {period for period, _ in whom.slots if period not in whom.lost} | {row.period for row in rows}
            # Periods before rows, as whoever writes rows has it: two that wait for one another would both be turned away.
            period_store.lead_periods(work, [(period, self.random(STAMP_BYTES)) for period in sorted(touched)], org=org)
            strand(work, org, whom.lost, self.random)
            rooms.delete_parties(work, rows, shard=shard, entry=entry)
            for use, some in self._index_rows(org, shard, whom.standing).items():
                rooms.replace_index_rows(work, use, org=org, shard=shard, gone=some, fresh=(), entry=entry)
            keys = {period: self.keys.reread(org, period) for period in {row.period for row in rows}}
            erasures = [whom.erasure(row, own, now) for row in rows if (own := keys[row.period])]
            store.add_erasures(work, erasures, org=org, entry=entry)

    def _end(self, org: Ref, erasure: Erasure, keys: PeriodKeys | None, away: frozenset[int], why: Why) -> Erased | None:
        if keys is None and not self._dropped(org, erasure.period):
            return None  # keys that are only away may come back: it stays deleted until then, and stops nobody else
        if keys is not None:
            if keys.records.holds(erasure.leaf):
                raise Fault(Refusal.KEYS_STALE, str(erasure.period))  # never said of a key that is still there
            if erasure.mark != keys.erasure_mark(erasure.ref, erasure.leaf, erasure.digest):
                return None  # nobody of ours wrote this row
        now, revision = self.clock.now_ms(), keys.revision if keys else 0
        entry = self._entry(
            Event.PERSON_ERASED,
            why,
            shard=erasure.shard,
            about=(erasure.ref,),
            root=erasure.digest,
            ground=_ground(erasure.period, revision, self.undo_until(), now) + _missing(erasure, away),
        )
        with self.data.work() as work:
            ended = store.end_erasure(work, erasure, org=org, at_ms=now, entry=entry)
        return Erased(erasure.ref, erasure.period, revision, erasure.digest, now, self.undo_until()) if ended else None

    def _dropped(self, org: Ref, period: int) -> bool:
        with self.data.reading() as reading:
            row = period_store.period(reading, org=org, shard=FIRST_SHARD, period=period)
        return row is not None and bool(row.dropped_ms)

    def _entry(self, event: Event, why: Why, **said: object) -> Entry:
        return Entry(event, why.actor, why.purpose, self.clock.now_ms(), **said)  # type: ignore[arg-type]  # fields of Entry by name


def _missing(erasure: Erasure, away: frozenset[int]) -> str:
    """Return what the evidence of an erasure adds where index keys of other months were missing: which."""
    missing = sorted(away & {period for period, _ in erasure.slots})
    return f"/lost-{'.'.join(map(str, missing))}" if missing else ""


def _ground(period: int, revision: int, until_ms: int, now: int) -> str:
    """Return what the evidence of an erasure says: period, key revision, and the day until which a key backup could undo it."""
    undo = f"{beijing_day(until_ms):%Y%m%d}" if until_ms > now else "never"
    return f"{period}/{revision}/undo-{undo}"
