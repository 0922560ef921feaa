"""Months whose keys are missing, and what an erasure in a sound month does about them.

What stood under lost index keys cannot be tagged anew, and needs not be: nothing finds it. The data state another stamp for such a
month, so that keys which come back later are refused until they are mended, and mending gives the whole month other index keys.
What stands under *sound* index keys but cannot be read, because the person's own month is lost, is in the way: it would never be
found again, and its order would be issued twice. That is refused before anything is changed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from yinji.db.database import Database
from yinji.db.work import Work
from yinji.kernel.faults import Fault
from yinji.kernel.ids import RandomBytes, Ref, Shard
from yinji.kernel.refusals import Refusal
from yinji.keys.index_keys import slot_parts
from yinji.keys.keystore import KeyStore
from yinji.keys.period_state import STAMP_BYTES
from yinji.vault import store as rooms
from yinji.vault.buckets import period_buckets
from yinji.vault.model import KeyMoment
from yinji.vault.periods import store as period_store


def lost_periods(data: Database, keys: KeyStore, org: Ref) -> frozenset[int]:
    """Return the periods that the data know and the key store has no file of; those that were dropped are not among them."""
    there = {period for of, period in keys.periods() if of == org}
    with data.reading() as reading:
        begun = {row.period for row in period_store.periods(reading, org=org) if not row.dropped_ms}
    return frozenset(period for period in begun - there if not keys.dropped(org, period))


def require_readable(
    data: Database, *, org: Ref, shards: int, slots: Sequence[tuple[int, int]], lost: Collection[int], but: Collection[bytes]
) -> None:
    """Raise KEYS_MISSING with the lost month that is in the way: somebody of it stands in one of ``slots``, parcels ``but`` aside."""
    if not lost:
        return
    for shard in map(Shard, range(shards)):
        with data.reading() as reading:
            for period, number in slots:
                use, offset, piece = slot_parts(number)
                bucket = period_buckets(period)[0] + offset
                rows = rooms.rows_of_slice(reading, use, org=org, shard=shard, bucket=bucket, piece=piece)
                others = [row.parcel for row in rows if row.parcel not in but]
                for person in rooms.recipients(reading, org=org, shard=shard, parcels=others):
                    if person.period in lost:
                        raise Fault(Refusal.KEYS_MISSING, str(person.period))


def strand(work: Work, org: Ref, periods: Collection[int], random: RandomBytes) -> None:
    """State a stamp for lost periods that no keys have: keys which come back are of another moment, and are mended before use."""
    stated = {row.period: row.revision for row in period_store.periods(work, org=org)} if periods else {}
    period_store.move_periods(
        work, [KeyMoment(each, stated[each] + 1, random(STAMP_BYTES)) for each in sorted(periods)], org=org
    )
