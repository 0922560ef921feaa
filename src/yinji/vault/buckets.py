"""Time buckets of blind indexes: numbered in hours since 1970, Beijing time. A bucket belongs to one period, and dies with it."""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta
from functools import lru_cache
from typing import Final

from yinji.kernel.clock import moment
from yinji.keys.keystore import HELD, STANDING, period_of

UNDATED: Final = 0
"""The bucket of orders that bring no date: their tag must be the same on every day."""

HELD_BUCKET: Final = 1
"""The bucket of records under a legal hold whose own period was dropped; 1970 has no parcels of its own."""

HOURS_A_DAY: Final = 24
_MONTHS: Final = 12
_EPOCH: Final = date(1970, 1, 1)
_OWN_PERIODS: Final = {UNDATED: STANDING, HELD_BUCKET: HELD}


def bucket_of(at_ms: int, *, width: str) -> int:
    """Return the bucket of a moment: its hour, rounded down to the day where that is the width."""
    when = moment(at_ms)
    return day_bucket(when.date()) + (when.hour if width == "hour" else 0)


def day_bucket(day: date) -> int:
    """Return the bucket of a date."""
    return (day - _EPOCH).days * HOURS_A_DAY


def buckets_between(first: int, last: int, *, width: str) -> range:
    """Return the buckets from ``first`` to ``last``, both included."""
    return range(first, last + 1, 1 if width == "hour" else HOURS_A_DAY)


@lru_cache(maxsize=65_536)
def place_of(bucket: int) -> tuple[int, int]:
    """Return the period of a bucket, and its number within the period."""
    if bucket in _OWN_PERIODS:
        return _OWN_PERIODS[bucket], 0
    day = _EPOCH + timedelta(days=bucket // HOURS_A_DAY)
    return period_of(day), bucket - day_bucket(day.replace(day=1))


def is_period(period: int) -> bool:
    """Tell whether a number that stands in a row can be a period's: a month, or one of those without a date."""
    year, month = divmod(period, 100)
    return period in _OWN_PERIODS.values() or (_EPOCH.year <= year < MAXYEAR and 1 <= month <= _MONTHS)


def period_buckets(period: int) -> tuple[int, int]:
    """Return the first bucket of a period and the first one after it."""
    for bucket, own in _OWN_PERIODS.items():
        if period == own:
            return bucket, bucket + 1
    year, month = divmod(period, 100)
    following = date(year + month // 12, month % 12 + 1, 1)
    return day_bucket(date(year, month, 1)), day_bucket(following)
