"""Bring data and key store together after one of them was restored from a backup.

An older key store still has the keys of persons erased since; older data still have their rows; and neither knows the index keys of
the other's moment. 1 puncture every leaf that the data know as erased, begin a new generation of index keys, at a revision that
neither has seen; 2 delete the rows whose keys are gone; 3 make every index row anew. Offline for the organisation while it runs.

Where every stamp agrees, nothing was destroyed since the data were written, and no row is looked at. Leaves are skipped all the same:
handing them out moves no stamp, and data of before forgot which were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard
from yinji.kernel.purpose import PartyRole
from yinji.kernel.refusals import Refusal
from yinji.vault import store as rooms
from yinji.vault.erasing import store
from yinji.vault.erasing.forgetting import Why
from yinji.vault.erasing.reindexing import CHUNK, Reindexing
from yinji.vault.model import PartyRow, PeriodRow
from yinji.vault.periods import store as period_store
from yinji.vault.periods.service import fits, moment_of

BLOCKS_SKIPPED: Final = 4_096
"""Blocks of leaves left out after older data were restored: leaves handed out since that backup are never handed out again."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What mending came to: how many rows of erased persons were deleted, how many recipients were indexed anew.

    ``parcels`` are those whose recipients are gone.
    """

    rows_deleted: int
    recipients_indexed: int
    refused: tuple[Refuse, ...] = ()
    parcels: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Mending:
    """Mends one organisation."""

    reindexing: Reindexing

    def mend(self, org: Ref, why: Why) -> Mended:
        """Bring an organisation's data and keys together; does nothing where they agree. Names the periods whose keys are lost."""
        own = self.reindexing.forgetting
        with own.keys.alone():
            with own.data.reading() as reading:
                stated = period_store.periods(reading, org=org)
            self._drop_keys(org, stated)
            begun = [row for row in stated if not row.dropped_ms]
            ended = [row for row in begun if own.keys.dropped(org, row.period)]
            stated = [row for row in begun if row not in ended]
            lost = [row for row in stated if own.keys.reread(org, row.period) is None]
            held = [row for row in stated if row not in lost]
            for row in held:
                own.periods.finish(org, row.period)
            apart = [row for row in held if self._apart(org, row)]
            for row in held:
                if row not in apart:
                    own.align(org, row.period, why)
            self._skip_leaves(org, held)
            if apart:
                self._rebuild(org, apart, why)
            own.resume(org, why)
        with own.data.reading() as reading:
            cut_short = bool(store.reindexed_to(reading, org=org))
        gone = self._delete_gone(org, why) if apart or ended or cut_short else []
        self._state_ended(org, ended, why)  # after their rows: were this cut short, they would not be looked for again
        indexed = self.reindexing.resume(org, why)
        refused = tuple(Refuse(Refusal.KEYS_MISSING, str(row.period)) for row in lost)
        parcels = dict.fromkeys(Ref(row.parcel) for row in gone if rooms.ROLES[row.role] is PartyRole.RECIPIENT)
        return Mended(len(gone), indexed, refused, tuple(parcels))

    def _skip_leaves(self, org: Ref, held: list[PeriodRow]) -> None:
        """Never hand out again what newer data may have handed out: data that were restored do not know how far they were."""
        own = self.reindexing.forgetting
        with own.data.work() as work:
            for row in held:
                period_store.lease_block(work, org=org, period=row.period, blocks=BLOCKS_SKIPPED)
        for row in held:
            own.periods.forget(org, row.period)

    def _apart(self, org: Ref, row: PeriodRow) -> bool:
        own = self.reindexing.forgetting
        with own.data.reading() as reading:
            now = period_store.period(reading, org=org, shard=FIRST_SHARD, period=row.period) or row
        keys = own.keys.reread(org, row.period)
        return keys is None or not fits(keys, now)

    def _drop_keys(self, org: Ref, stated: list[PeriodRow]) -> None:
        """Destroy the keys of a month that the data call dropped and that has no parties left.

        Data that call a month dropped while its people are there are not believed: one edited number would destroy them.
        """
        own = self.reindexing.forgetting
        for row in stated:
            if row.dropped_ms and own.keys.reread(org, row.period) is not None and not self._people(org, row.period):
                own.keys.drop(org, row.period)

    def _state_ended(self, org: Ref, ended: list[PeriodRow], why: Why) -> None:
        """State of months whose keys were destroyed that they have ended."""
        own = self.reindexing.forgetting
        for row in ended:
            entry = replace(self._entry(Event.PERIOD_DROPPED, why, count=0), ground=str(row.period))
            with own.data.work() as work:
                period_store.end_period(work, org=org, period=row.period, at_ms=own.clock.now_ms())
                work.append(entry)
            own.periods.forget(org, row.period)

    def _people(self, org: Ref, period: int) -> bool:
        own = self.reindexing.forgetting
        with own.data.reading() as reading:
            return any(
                rooms.parties_after(reading, org=org, shard=Shard(each), after=b"", limit=1, period=period)
                for each in range(own.shards)
            )

    def _rebuild(self, org: Ref, apart: list[PeriodRow], why: Why) -> None:
        own = self.reindexing.forgetting
        moved = []
        with own.data.reading() as reading:
            erased = store.erasures(reading, org=org)
            running = bool(store.reindexed_to(reading, org=org))
        for row in apart:
            keys = own.keys.reread(org, row.period)
            if keys is None:
                continue
            leaves = [each.leaf for each in erased if each.period == row.period]
            fresh = keys.mended(leaves, beyond=row.revision, random=own.random)
            own.keys.rewrite(org, row.period, fresh)
            moved.append(moment_of(row.period, fresh))
        shards = [Shard(each) for each in range(own.shards)]
        entry = self._entry(Event.VAULT_MENDED, why, count=len(moved))
        with own.data.work() as work:
            for shard in shards:
                rooms.clear_indexes(work, org=org, shard=shard, entry=entry)
            if running:
                store.end_reindexing(work, org=org)
            self.reindexing.begin_walk(work, org, moved, why)
        for each in moved:
            own.periods.forget(org, each.period)

    def _delete_gone(self, org: Ref, why: Why) -> list[PartyRow]:
        """Delete the rows whose keys are gone; return them."""
        own = self.reindexing.forgetting
        deleted: list[PartyRow] = []
        for shard in map(Shard, range(own.shards)):
            after, role = b"", 0
            while True:
                with own.data.reading() as reading:
                    rows = rooms.parties_after(reading, org=org, shard=shard, after=after, role=role, limit=CHUNK)
                if not rows:
                    break
                gone = self._gone(org, rows)
                if gone:
                    entry = self._entry(Event.ROWS_DELETED, why, shard=shard, count=len(gone))
                    with own.data.work() as work:
                        rooms.delete_parties(work, gone, shard=shard, entry=entry)
                    deleted += gone
                after, role = rows[-1].parcel, rows[-1].role
        return deleted

    def _gone(self, org: Ref, rows: Sequence[PartyRow]) -> list[PartyRow]:
        """Return those of ``rows`` whose keys are gone. A key that is lost is told: its rows are not deleted."""
        own, gone = self.reindexing.forgetting, []
        periods = {row.period for row in rows}
        dropped = {period for period in periods if own.keys.dropped(org, period)}
        keys = {period: own.keys.existing_period(org, period) for period in periods - dropped}
        for row in rows:
            held = keys.get(row.period)
            if row.period in dropped or (held is not None and not held.records.holds(row.leaf)):
                gone.append(row)
        return gone

    def _entry(self, event: Event, why: Why, *, count: int, shard: Shard = FIRST_SHARD) -> Entry:
        return Entry(event, why.actor, why.purpose, self.reindexing.forgetting.clock.now_ms(), shard=shard, count=count)
