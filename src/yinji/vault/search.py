"""Searches: what is sought, in which index, in which buckets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from yinji.db.work import Reading
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal
from yinji.vault import store
from yinji.vault.blind_index import LAST_FOUR, ORDER, PHONE, TAIL, BlindIndex, Use
from yinji.vault.buckets import (
    HELD_BUCKET,
    HOURS_A_DAY,
    UNDATED,
    bucket_of,
    buckets_between,
    day_bucket,
    is_period,
    period_buckets,
    place_of,
)
from yinji.vault.sealer import order_value

DAYS_AHEAD: Final = 2
"""Orders may be dated ahead of us: a shop's clock, another time zone."""

TAIL_DAYS_MAX: Final = 31
"""A search by four digits is only useful, and only lawful, within an outlet and its few days."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A search: which index, what value (wrapped), how many days back (0: as far as searches go), and beside it a name."""

    use: Use
    value: Private
    days: int = 0
    ordered: date | None = None
    name: Private | None = None

    @classmethod
    def by_phone(cls, digits: Private, name: Private | None = None) -> Sought:
        """Parcels whose recipient has this phone (its digits as indexed), and this very name where one is given."""
        return cls(PHONE, digits, name=name)

    @classmethod
    def by_order(cls, number: Private, *, merchant: str, specimen: bool = False, ordered: date | None = None) -> Sought:
        """The parcel of a merchant's order number: of one day, or of any day that searches reach."""
        scope = f"{'specimen' if specimen else 'real'}\0{merchant}"
        return cls(ORDER, Private(order_value(scope, number.open())), ordered=ordered)

    @classmethod
    def by_last_four(cls, digits: Private, *, outlet: str, days: int) -> Sought | Refuse:
        """Parcels of an outlet in the last ``days`` (1-31) whose recipient's phone ends with these four digits."""
        text = digits.open().strip()
        if len(text) != LAST_FOUR or not (text.isascii() and text.isdigit()):
            return Refuse(Refusal.LAST_FOUR_MALFORMED)
        if not 1 <= days <= TAIL_DAYS_MAX:
            return Refuse(Refusal.LAST_FOUR_MALFORMED, f"days 1..{TAIL_DAYS_MAX}")
        return cls(TAIL, Private(f"{outlet}\0{text}"), days=days)


@dataclass(frozen=True, slots=True)
class Search:
    """Looks through the indexes of one organisation, as of one moment and one snapshot.

    ``begun`` is which periods that snapshot states: in the others nothing stands, and nobody is asked about them again.
    """

    index: BlindIndex
    width: str
    find_days: int
    now_ms: int
    begun: frozenset[int]

    def parcels(self, reading: Reading, *, org: Ref, shard: Shard, sought: Sought) -> list[Ref]:
        """Return the parcels of one shard that a search meets, newest bucket first."""
        buckets = [each for each in self._buckets(reading, org, shard, sought) if place_of(each)[0] in self.begun]
        keys = self.index.tags_to_seek(sought.use, buckets, sought.value.open())
        return store.parcels_by(reading, sought.use, org=org, shard=shard, keys=keys)

    def _buckets(self, reading: Reading, org: Ref, shard: Shard, sought: Sought) -> list[int]:
        now = bucket_of(self.now_ms, width=self.width)
        first = now - (sought.days or self.find_days) * HOURS_A_DAY
        if sought.use == ORDER:
            if sought.ordered is not None:
                return [day_bucket(sought.ordered), UNDATED, HELD_BUCKET]
            ahead = day_of(now) + DAYS_AHEAD * HOURS_A_DAY
            return [*buckets_between(day_of(first), ahead, width="day"), UNDATED, HELD_BUCKET]
        return [*buckets_between(first, now, width=self.width), *self._ahead(reading, org, shard, now), HELD_BUCKET]

    def _ahead(self, reading: Reading, org: Ref, shard: Shard, now: int) -> list[int]:
        """Return the buckets after ``now`` that may hold parcels: a clock that once ran ahead put them there.

        Only months that were begun have keys. A bucket that somebody wrote by hand, however far ahead, makes no search longer.
        """
        newest = store.newest_bucket(reading, org=org, shard=shard) or now
        if newest <= now:
            return []
        following = buckets_between(now, now + HOURS_A_DAY, width=self.width)[1]
        ahead: list[int] = []
        for period in sorted(self.begun):
            if is_period(period):
                begin, end = period_buckets(period)
                ahead += buckets_between(max(begin, following), min(end - 1, newest), width=self.width)
        return ahead


def day_of(bucket: int) -> int:
    """Return the bucket of the day in which an hour's bucket lies."""
    return bucket - bucket % HOURS_A_DAY
