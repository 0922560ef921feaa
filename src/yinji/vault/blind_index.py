"""Blind indexes: an HMAC under a key of its own for each use and time bucket.

The phone space can be enumerated by whoever holds the key (7 × 10^9 mobiles, an hour or two on one core): custody of the key is
the control, which is why it lives in the key store and dies with its period.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from yinji.kernel.clock import moment
from yinji.kernel.ids import Ref
from yinji.keys.keystore import STANDING, KeyStore, period_of
from yinji.keys.suites import Mac
from yinji.vault.periods import Periods

PHONE: Final = "phone"
ORDER: Final = "order"
TAG_BYTES: Final = 16
"""Half of the HMAC: no two of a billion values meet by chance (birthday bound 2^64)."""

UNDATED: Final = 0
"""The bucket of orders that bring no date: their tag must be the same on every day."""

_EPOCH: Final = date(1970, 1, 1)
HOURS_A_DAY: Final = 24


def bucket_of(at_ms: int, *, width: str) -> int:
    """Return the bucket of a moment: hours since 1970 in Beijing time, rounded down to the day where that is the width."""
    when = moment(at_ms)
    days = (when.date() - _EPOCH).days
    return days * HOURS_A_DAY + (when.hour if width == "hour" else 0)


def day_bucket(day: date) -> int:
    """Return the bucket of a date."""
    return (day - _EPOCH).days * HOURS_A_DAY


def buckets_between(first: int, last: int, *, width: str) -> range:
    """Return the buckets from ``first`` to ``last``, both included."""
    return range(first, last + 1, 1 if width == "hour" else HOURS_A_DAY)


class BlindIndex:
    """Tags values of one organisation. Remembers the keys it derived; a bucket's key is one object for a whole batch."""

    def __init__(self, keys: KeyStore, periods: Periods, org: Ref) -> None:
        """Derive nothing yet."""
        self._keys = keys
        self._periods = periods
        self._org = org
        self._key = lru_cache(maxsize=4_096)(self._derive)

    def tag(self, use: str, bucket: int, value: str) -> bytes:
        """Return the 16-byte tag of ``value``, to be stored; begins the bucket's period where nobody has."""
        return self._key(use, bucket).tag(value.encode("utf-8", "surrogatepass"))[:TAG_BYTES]

    def bound(self, use: str, digest: bytes, parcel: Ref) -> bytes:
        """Return ``digest`` bound to a parcel: what is stored, so that a row cannot be turned to another parcel unnoticed."""
        return self._key(use, UNDATED).tag(digest + parcel)[:TAG_BYTES]

    def tags_to_seek(self, use: str, buckets: Sequence[int], value: str) -> list[tuple[int, bytes]]:
        """Return bucket and tag for every bucket that can hold ``value``: in a period that nobody began, nothing was stored."""
        begun: dict[int, bool] = {}
        for bucket in buckets:
            if (period := _period(bucket)) not in begun:
                begun[period] = self._periods.given(self._org, period) is not None
        return [(bucket, self.tag(use, bucket, value)) for bucket in buckets if begun[_period(bucket)]]

    def _derive(self, use: str, bucket: int) -> Mac:
        return self._keys.index_key(self._periods.begin(self._org, _period(bucket)), use=use, bucket=bucket)


def _period(bucket: int) -> int:
    return STANDING if bucket == UNDATED else period_of(_EPOCH + timedelta(days=bucket // HOURS_A_DAY))
