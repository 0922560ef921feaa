"""Blind indexes: an HMAC under a key of its own for each use and time bucket.

The phone space can be enumerated by whoever holds the key (7 × 10^9 mobiles, an hour or two on one core): custody of the key is
the control, which is why it lives in the key store and dies with its period.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from yinji.kernel.clock import moment
from yinji.kernel.ids import Ref
from yinji.keys.keystore import STANDING, KeyStore, period_of
from yinji.keys.suites import Mac

PHONE: Final = "phone"
ORDER: Final = "order"
TAG_BYTES: Final = 16
"""Half of the HMAC: no two of a billion values meet by chance (birthday bound 2^64)."""

UNDATED: Final = 0
"""The bucket of orders that bring no date: their tag must be the same on every day."""

_EPOCH: Final = date(1970, 1, 1)
_HOURS: Final = 24


def bucket_of(at_ms: int, *, width: str) -> int:
    """Return the bucket of a moment: hours since 1970 in Beijing time, rounded down to the day where that is the width."""
    when = moment(at_ms)
    days = (when.date() - _EPOCH).days
    return days * _HOURS + (when.hour if width == "hour" else 0)


def day_bucket(day: date) -> int:
    """Return the bucket of a date."""
    return (day - _EPOCH).days * _HOURS


def buckets_back(bucket: int, *, days: int, width: str) -> range:
    """Return the buckets from ``days`` before ``bucket`` up to it."""
    step = 1 if width == "hour" else _HOURS
    return range(bucket - days * _HOURS, bucket + 1, step)


class BlindIndex:
    """Tags values of one organisation. Remembers the keys it derived; a bucket's key is one object for a whole batch."""

    def __init__(self, keys: KeyStore, org: Ref) -> None:
        """Derive nothing yet."""
        self._keys = keys
        self._org = org
        self._key = lru_cache(maxsize=4_096)(self._derive)

    def tag(self, use: str, bucket: int, value: str) -> bytes:
        """Return the 16-byte tag of ``value``, to be stored; makes the bucket's period where there is none yet."""
        return self._key(use, bucket).tag(value.encode("utf-8", "surrogatepass"))[:TAG_BYTES]

    def tags_to_seek(self, use: str, buckets: Iterable[int], value: str) -> list[tuple[int, bytes]]:
        """Return bucket and tag for every bucket that can hold ``value``: where there is no key, nothing was stored."""
        return [(bucket, self.tag(use, bucket, value)) for bucket in buckets if self._has(_period(bucket))]

    def _has(self, period: int) -> bool:
        return self._keys.existing_period(self._org, period) is not None

    def _derive(self, use: str, bucket: int) -> Mac:
        return self._keys.index_key(self._keys.period(self._org, _period(bucket)), use=use, bucket=bucket)


def _period(bucket: int) -> int:
    return STANDING if bucket == UNDATED else period_of(_EPOCH + timedelta(days=bucket // _HOURS))
