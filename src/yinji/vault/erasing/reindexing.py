"""Rotate the index keys of an organisation while the node runs; run again after a crash, it goes on where it stood.

1 a new generation of index keys for every period, the present one kept beside, and the revision stated: from here on every row is
written under the new keys and sought under both; 2 walk the recipients, tag their rows anew, a chunk a transaction; 3 state the
next revision and destroy the former generation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from yinji.db.work import Work
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard
from yinji.kernel.purpose import PartyRole
from yinji.keys.period_state import STAMP_BYTES
from yinji.vault import store as rooms
from yinji.vault.erasing import store
from yinji.vault.erasing.forgetting import Forgetting, Why
from yinji.vault.model import IndexRow, KeyMoment, PartyRow
from yinji.vault.periods import store as period_store
from yinji.vault.periods.service import KeysMoved, moment_of

CHUNK: Final = 500
"""Parties in one transaction: some 50 ms of opening before it, 20 ms of holding the file."""

TRIES_MAX: Final = 20
"""How often a chunk is tried again that an erasure overtook."""


@dataclass(frozen=True, slots=True)
class Reindexing:
    """Tags every index row of an organisation under new keys."""

    forgetting: Forgetting

    def rotate(self, org: Ref, why: Why) -> int:
        """Rotate the index keys of every period; return how many recipients' rows were tagged anew in this run."""
        self._begin(org, why)
        return self.resume(org, why)

    def resume(self, org: Ref, why: Why) -> int:
        """Go on with a rotation that was begun; return how many recipients' rows were tagged anew. Nothing where none was."""
        done = 0
        with self.forgetting.data.reading() as reading:
            reached = store.reindexed_to(reading, org=org)
        for shard, after in reached.items():
            done += self._walk(org, shard, after, why)
        if reached:
            self._end(org, why)
        return done

    def _begin(self, org: Ref, why: Why) -> None:
        own = self.forgetting
        with own.keys.alone():
            own.resume(org, why)
            with own.data.reading() as reading:
                if store.reindexed_to(reading, org=org):
                    return
                begun = [row.period for row in period_store.periods(reading, org=org) if not row.dropped_ms]
            moved = []
            for period in begun:
                if own.keys.reread(org, period) is None:  # a lost key is named by mending; the others are rotated
                    continue
                own.align(org, period, why)
                keys = own.keys.reread(org, period)
                if keys is not None and keys.index.former is None:
                    keys = own.keys.rewrite(org, period, keys.reindexed(own.random))
                if keys is not None:
                    moved.append(moment_of(period, keys))
            with own.data.work() as work:
                self.begin_walk(work, org, moved, why)
            for each in moved:
                own.periods.forget(org, each.period)

    def begin_walk(self, work: Work, org: Ref, moments: Sequence[KeyMoment], why: Why) -> None:
        """State the new keys, and that every recipient is to be walked."""
        shards = [Shard(each) for each in range(self.forgetting.shards)]
        period_store.move_periods(work, moments, org=org)
        store.begin_reindexing(work, org=org, shards=shards)
        work.append(self._entry(Event.KEYS_ROTATED, why, ground="index/begun", count=len(moments)))

    def _end(self, org: Ref, why: Why) -> None:
        own = self.forgetting
        with own.keys.alone():
            with own.data.reading() as reading:
                begun = [row.period for row in period_store.periods(reading, org=org) if not row.dropped_ms]
            former = []
            for period in begun:
                if own.keys.reread(org, period) is None:
                    continue
                own.align(org, period, why)
                keys = own.keys.reread(org, period)
                if keys is not None and keys.index.former is not None:
                    former.append((period, own.random(STAMP_BYTES)))
            with own.data.work() as work:
                period_store.lead_periods(work, former, org=org)
                store.end_reindexing(work, org=org)
                work.append(self._entry(Event.KEYS_ROTATED, why, ground="index/ended", count=len(former)))
            for period, _ in former:
                own.periods.finish(org, period)

    def _walk(self, org: Ref, shard: Shard, after: bytes, why: Why) -> int:
        done, tries = 0, TRIES_MAX
        while True:
            with self.forgetting.data.reading() as reading:
                made = self.forgetting.periods.moments(reading, org)
                parties = rooms.parties_after(reading, org=org, shard=shard, after=after, limit=CHUNK)
            whole = _whole_parcels(parties)
            if not whole:
                return done
            try:
                done += self._chunk(org, shard, whole, made, why)
            except KeysMoved:
                tries -= 1
                if not tries:
                    raise
                continue
            after = whole[-1].parcel

    def _chunk(self, org: Ref, shard: Shard, parties: Sequence[PartyRow], made: Sequence[KeyMoment], why: Why) -> int:
        own = self.forgetting
        recipients = [row for row in parties if rooms.ROLES[row.role] is PartyRole.RECIPIENT and row.parcel != org]
        gone: dict[int, list[IndexRow]] = {use: [] for use in range(len(rooms.INDEXES))}
        fresh: dict[int, list[IndexRow]] = {use: [] for use in range(len(rooms.INDEXES))}
        for row in recipients:
            for use, places in own.tags.places(row):
                gone[use] += places
                fresh[use] += places[:1]
        entry = self._entry(Event.INDEX_RENEWED, why, shard=shard, count=len(recipients))
        with own.data.work() as work:
            own.periods.require_current(work, org, made)
            for use, rows in fresh.items():
                rooms.replace_index_rows(work, use, org=org, shard=shard, gone=gone[use], fresh=rows, entry=entry)
            store.move_reindexing(work, org=org, shard=shard, after=parties[-1].parcel)
        return len(recipients)

    def _entry(self, event: Event, why: Why, *, ground: str = "", count: int, shard: Shard = FIRST_SHARD) -> Entry:
        now = self.forgetting.clock.now_ms()
        return Entry(event, why.actor, why.purpose, now, shard=shard, count=count, ground=ground)


def _whole_parcels(parties: Sequence[PartyRow]) -> Sequence[PartyRow]:
    """Return the rows without a last parcel that may go on beyond them: a parcel's parties are walked together."""
    if len(parties) < CHUNK:
        return parties
    return [row for row in parties if row.parcel != parties[-1].parcel]
