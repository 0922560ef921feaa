"""Drop a whole month that is over: its rows, and its keys at once.

1 the slots in other months in which orders of the month stand get fresh keys, those before kept beside: the key store remembers
what must go, were this cut short; 2 a chunk a transaction: parties under a legal hold are sealed anew under keys of the held, everybody
else's rows are deleted; 3 order rows of the month whose parcels live on, because they were issued in a later one, go to the bucket of
the undated; 4 every other index row of the month's days goes, and orders without a parcel; 5 what still stands in the slots of 1 is
tagged anew, their former keys are destroyed; 6 one transaction states that the month has ended; 7 its keys are destroyed. Safe to run
again at any place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Allow
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.facts import HoldFact
from yinji.kernel.faults import Fault
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard, show_ref
from yinji.kernel.purpose import PartyRole
from yinji.kernel.refusals import Refusal
from yinji.keys.keystore import HELD, STANDING, period_of
from yinji.keys.suites import SealBroken
from yinji.vault import store as rooms
from yinji.vault.blind_index import ORDER, slot
from yinji.vault.buckets import HELD_BUCKET, UNDATED, period_buckets
from yinji.vault.erasing.forgetting import Forgetting, Why
from yinji.vault.holding import store as holding
from yinji.vault.model import IndexRow, PartyRow
from yinji.vault.periods import store as period_store
from yinji.vault.sealer import Gone

CHUNK: Final = 1_000

Slots = set[tuple[int, int]]
"""Period and slot."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What dropping a period came to. ``parcels`` are those whose parties are gone."""

    resealed: int
    deleted: int
    parcels: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Dropping:
    """Drops periods. ``holds`` says who must stay; where it cannot tell, they stay."""

    forgetting: Forgetting
    holds: HoldFact

    def drop(self, org: Ref, period: int, why: Why) -> Dropped:
        """Drop a period of an organisation; raises PERIOD_UNKNOWN, PERIOD_RUNNING or PERIOD_ENDED where it is not to be dropped."""
        own = self.forgetting
        self._require_over(org, period)
        resealed = deleted = 0
        parcels: list[Ref] = []
        slots = self._slots_elsewhere(org, period)
        with own.keys.alone():
            own.begin_slots(org, slots, why)  # 1
        for shard in map(Shard, range(own.shards)):
            while True:
                with own.data.reading() as reading:
                    rows = rooms.parties_after(reading, org=org, shard=shard, after=b"", limit=CHUNK, period=period)
                if not rows:
                    break
                kept, gone = self._parted(org, rows)
                resealed += self._reseal(org, shard, kept, why)  # 2
                if done := self._delete(org, shard, gone, why):
                    deleted += done
                    parcels += dict.fromkeys(Ref(row.parcel) for row in gone)
            self._keep_orders(org, shard, period, why)  # 3
            self._clear_buckets(org, shard, period, why)  # 4
        with own.keys.alone():
            own.end_slots(org, slots, why)  # 5
            self._end(org, period, why, count=deleted)
        return Dropped(resealed, deleted, tuple(parcels))

    def _require_over(self, org: Ref, period: int) -> None:
        own = self.forgetting
        with own.data.reading() as reading:
            row = period_store.period(reading, org=org, shard=FIRST_SHARD, period=period)
        if row is None or period in {STANDING, HELD}:
            raise Fault(Refusal.PERIOD_UNKNOWN, str(period))
        if row.dropped_ms:
            raise Fault(Refusal.PERIOD_ENDED, str(period))
        if period >= period_of(beijing_day(own.clock.now_ms())):
            raise Fault(Refusal.PERIOD_RUNNING, str(period))

    def _parted(self, org: Ref, rows: Sequence[PartyRow]) -> tuple[list[PartyRow], list[PartyRow]]:
        free = [isinstance(each, Allow) for each in self.holds.held(org, [Ref(row.parcel) for row in rows])]
        kept = [row for row, lets_go in zip(rows, free, strict=True) if not lets_go]
        return kept, [row for row, lets_go in zip(rows, free, strict=True) if lets_go]

    def _slots_elsewhere(self, org: Ref, period: int) -> Slots:
        """Return the slots of other periods in which rows of the recipients stand: their keys do not go with the month."""
        own, found = self.forgetting, set[tuple[int, int]]()
        for shard in map(Shard, range(own.shards)):
            after, role = b"", 0
            while True:
                with own.data.reading() as reading:
                    rows = rooms.parties_after(
                        reading, org=org, shard=shard, after=after, role=role, limit=CHUNK, period=period
                    )
                if not rows:
                    break
                for row in (each for each in rows if rooms.ROLES[each.role] is PartyRole.RECIPIENT):
                    try:
                        found |= {slot(*place) for place in own.tags.stands(row)}
                    except (Gone, SealBroken):
                        continue  # what it stood under is not known; its rows go with those that have no parcel
                after, role = rows[-1].parcel, rows[-1].role
        return {each for each in found if each[0] != period}

    def _reseal(self, org: Ref, shard: Shard, rows: Sequence[PartyRow], why: Why) -> int:
        if not rows:
            return 0
        own, uses = self.forgetting, range(len(rooms.INDEXES))
        gone: dict[int, list[IndexRow]] = {use: [] for use in uses}
        fresh: dict[int, list[IndexRow]] = {use: [] for use in uses}
        try:
            sealed, made = own.tags.sealer.reseal(rows, org=org, shard=shard, period=HELD, bucket=HELD_BUCKET)
            for row in (each for each in rows if rooms.ROLES[each.role] is PartyRole.RECIPIENT):
                for use, some in own.tags.places(row):
                    gone[use] += some
                for use, _, value in own.tags.indexed(row):
                    tag = own.tags.index(org).tagger(use, HELD_BUCKET)(value)
                    fresh[use].append(IndexRow(HELD_BUCKET, tag, Ref(row.parcel)))
        except SealBroken:
            broken = next((row for row in rows if not own.tags.sealer.opens(row)), rows[0])
            raise Fault(Refusal.SEAL_BROKEN, show_ref(Ref(broken.parcel))) from None
        entry = self._entry(Event.PARTIES_RESEALED, why, shard=shard, count=len(rows))
        with own.data.work() as work:
            own.periods.require_current(work, org, (made,))
            rooms.replace_parties(work, sealed, entry=entry)
            for use in uses:
                rooms.replace_index_rows(work, use, org=org, shard=shard, gone=gone[use], fresh=fresh[use], entry=entry)
        return len(rows)

    def _delete(self, org: Ref, shard: Shard, rows: Sequence[PartyRow], why: Why) -> int:
        if not rows:
            return 0
        entry = self._entry(Event.ROWS_DELETED, why, shard=shard, count=len(rows))
        with self.forgetting.data.work() as work:
            holding.keep_still(work)
            if self._parted(org, rows)[0]:  # a hold was placed since: these rows are looked at once more
                return 0
            return rooms.delete_parties(work, rows, shard=shard, entry=entry)

    def _keep_orders(self, org: Ref, shard: Shard, period: int, why: Why) -> None:
        """Bring the order rows of living parcels out of the month: to the undated, and say so in their label."""
        own, (first, end) = self.forgetting, period_buckets(period)
        while True:
            with own.data.reading() as reading:
                rows = rooms.living_orders(reading, org=org, shard=shard, first=first, end=end, limit=CHUNK)
                parcels = [row.parcel for row in rows]
                people = {row.parcel: row for row in rooms.recipients(reading, org=org, shard=shard, parcels=parcels)}
            if not rows:
                return
            fresh: list[IndexRow] = []
            labels: list[tuple[PartyRow, bytes]] = []
            for row in rows:
                recipient = people[row.parcel]
                try:
                    (value,) = [each.value for each in own.tags.indexed(recipient) if each.use == ORDER]
                    label = own.tags.moved_label(recipient, order=UNDATED)
                    labels.append((recipient, own.tags.sealer.relabel(recipient, label)))
                except (Gone, SealBroken):
                    continue  # nobody can find it by its order any more
                fresh.append(IndexRow(UNDATED, own.tags.index(org).tagger(ORDER, UNDATED)(value), row.parcel))
            entry = self._entry(Event.INDEX_RENEWED, why, shard=shard, count=len(fresh))
            with own.data.work() as work:
                rooms.replace_labels(work, labels, shard=shard, entry=entry)
                rooms.replace_index_rows(work, ORDER, org=org, shard=shard, gone=rows, fresh=fresh, entry=entry)

    def _clear_buckets(self, org: Ref, shard: Shard, period: int, why: Why) -> None:
        first, end = period_buckets(period)
        entry = self._entry(Event.ROWS_DELETED, why, shard=shard, count=0, ground=f"{period}/index")
        with self.forgetting.data.work() as work:
            rooms.delete_buckets(work, org=org, shard=shard, first=first, end=end, entry=entry)
            rooms.delete_orphan_orders(work, org=org, shard=shard, entry=entry)

    def _end(self, org: Ref, period: int, why: Why, *, count: int) -> None:
        own = self.forgetting
        entry = self._entry(Event.PERIOD_DROPPED, why, count=count, ground=str(period))
        with own.data.work() as work:  # 6
            period_store.end_period(work, org=org, period=period, at_ms=own.clock.now_ms())
            work.append(entry)
        own.keys.drop(org, period)  # 7
        own.periods.forget(org, period)

    def _entry(self, event: Event, why: Why, *, count: int, shard: Shard = FIRST_SHARD, ground: str = "") -> Entry:
        now = self.forgetting.clock.now_ms()
        return Entry(event, why.actor, why.purpose, now, shard=shard, count=count, ground=ground)
