"""Blind indexes: an HMAC under a key of its own for each use, time bucket and slice of the values.

The phone space can be enumerated by whoever holds the key (7 x 10^9 mobiles, an hour or two on one core): custody of the key is
the control, which is why it lives in the key store and dies with its period.

A tag begins with its slice. To erase a person the keys of the slices in which they stood are destroyed, and only the other rows of
those slices are tagged anew. Whoever has the key store sees which slices were renewed. Phones and last fours are cut alike on all days,
by the last four digits: however many parcels somebody had, the slices say the same six bits. Of all phones one in 64 is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from yinji.kernel.ids import Ref
from yinji.keys.index_keys import SLICE_BITS, slot_of
from yinji.keys.keystore import STANDING
from yinji.keys.period_state import PeriodKeys
from yinji.keys.suites import Mac
from yinji.vault.buckets import place_of
from yinji.vault.model import KeyMoment
from yinji.vault.periods.service import Periods

Use = int
PHONE: Final[Use] = 0
ORDER: Final[Use] = 1
TAIL: Final[Use] = 2
"""The last four digits of a phone, within an outlet."""

TAG_BYTES: Final = 16
"""One byte of slice and fifteen of HMAC: no two of a billion values meet by chance (birthday bound 2^60)."""

_SHIFT: Final = {PHONE: 2, ORDER: 0, TAIL: 2}
"""64 slices of phones, 256 of order numbers, of which there is no list that a few bits could shorten."""

_SLICE_MASK: Final = (1 << SLICE_BITS) - 1
_CUT_AS: Final = {PHONE: "phone", ORDER: "order", TAIL: "phone"}

LAST_FOUR: Final = 4

_KEYS_REMEMBERED: Final = 16_384

Tags = Callable[[str], list[tuple[int, bytes]]]
"""Gives bucket and tag of a value, under the present key and any others that rows stand under."""


class _PeriodIndex:
    """The keyed HMACs of one revision of one period."""

    def __init__(self, keys: PeriodKeys) -> None:
        self.keys: Final = keys
        self.macs = lru_cache(maxsize=_KEYS_REMEMBERED)(self._macs)
        self._buckets: dict[int, list[bytes | None]] = {}

    def prepare(self, use: Use, offset: int) -> None:
        """Derive the keys of a whole bucket at once: who writes into it will need most of them."""
        place = slot_of(use, offset, 0) >> SLICE_BITS
        if place not in self._buckets:
            self._buckets[place] = self.keys.index.now.keys_of_bucket(use, offset, slices=1 << SLICE_BITS >> _SHIFT[use])

    def _macs(self, slot: int) -> tuple[Mac, ...]:
        """The present key first; the others while rows stand under them."""
        bucket, index = self._buckets.get(slot >> SLICE_BITS), self.keys.index
        present = bucket[slot & _SLICE_MASK] if bucket else None
        every = (present or index.to_write(slot), *index.former_keys(slot))
        return tuple(self.keys.suite.mac(key) for key in every)


@dataclass(slots=True)
class BlindIndex:
    """Tags values of one organisation. Remembers the keys it derived, until their period's keys move."""

    periods: Periods
    org: Ref
    _known: dict[int, _PeriodIndex] = field(default_factory=dict)
    _cuts: dict[Use, Mac] = field(default_factory=dict)
    _fours: dict[str, int] = field(default_factory=dict)  # ten thousand at most

    def __post_init__(self) -> None:
        self.periods.tell(self._let_go)

    def _let_go(self, org: Ref, period: int) -> None:
        if org == self.org:
            self._known.pop(period, None)

    def tagger(self, use: Use, bucket: int) -> Callable[[str], bytes]:
        """Return what makes the tag of a value to be stored in a bucket; begins the bucket's period where nobody has."""
        period, offset = place_of(bucket)
        index, shift = self._index(self.periods.begin(self.org, period), period), _SHIFT[use]
        index.prepare(use, offset)
        cut, base, macs = self._cut(use), slot_of(use, offset, 0), index.macs
        ready: dict[int, tuple[bytes, Mac]] = {}

        def tag(value: str) -> bytes:
            piece = cut(value) >> shift
            known = ready.get(piece)
            if known is None:
                known = ready[piece] = (bytes((piece,)), macs(base | piece)[0])
            first, mac = known
            return first + mac.tag(_data(value))[: TAG_BYTES - 1]

        return tag

    def tags_to_seek(self, use: Use, buckets: Sequence[int], value: str) -> list[tuple[int, bytes]]:
        """Return bucket and tag wherever ``value`` may stand: in a period that nobody began, nothing was stored."""
        if self.periods.given(self.org, STANDING) is None:
            return []
        sought: list[tuple[int, bytes]] = []
        begun: dict[int, PeriodKeys | None] = {}
        for bucket in buckets:
            period, _ = place_of(bucket)
            if period not in begun:
                begun[period] = self.periods.given(self.org, period)
            keys = begun[period]
            if keys is not None:
                sought += self._tags(keys, use, bucket)(value)
        return sought

    def tags_to_write(self, use: Use, bucket: int, value: str) -> tuple[KeyMoment, list[tuple[int, bytes]]]:
        """Return bucket and tag under which ``value`` is to be stored, and any others under which it may stand already; before
        them the keys that they were made with.
        """
        made, tags = self.marker(use, bucket)
        return made, tags(value)

    def marker(self, use: Use, bucket: int) -> tuple[KeyMoment, Tags]:
        """Return what gives those of `tags_to_write` for one value after the other, and the keys that they are made with."""
        period, offset = place_of(bucket)
        keys = self.periods.begin(self.org, period)
        self._index(keys, period).prepare(use, offset)
        return KeyMoment(period, keys.revision, keys.stamp), self._tags(keys, use, bucket)

    def standing_tag(self, what: str, value: str) -> bytes:
        """Return a tag of ``value`` that is the same on every day: for rows that are gone within days, never for an index."""
        return self.periods.begin(self.org, STANDING).marker(what).tag(_data(value))[:TAG_BYTES]

    def _tags(self, keys: PeriodKeys, use: Use, bucket: int) -> Tags:
        period, offset = place_of(bucket)
        macs, cut, shift = self._index(keys, period).macs, self._cut(use), _SHIFT[use]
        base = slot_of(use, offset, 0)

        def tags(value: str) -> list[tuple[int, bytes]]:
            data, piece = _data(value), cut(value) >> shift
            return [(bucket, bytes((piece,)) + mac.tag(data)[: TAG_BYTES - 1]) for mac in macs(base | piece)]

        return tags

    def _cut(self, use: Use) -> Callable[[str], int]:
        """Return what gives a value's first byte under the key that cuts: one key for all days, so that days do not add up."""
        mac = self._cuts.get(use)
        if mac is None:
            mac = self._cuts[use] = self.periods.begin(self.org, STANDING).slicer(_CUT_AS[use])
        if use == ORDER:
            return lambda value: mac.tag(_data(value))[0]
        known: dict[str, int] = self._fours

        def cut(value: str) -> int:
            four = value[-LAST_FOUR:]
            piece = known.get(four)
            if piece is None:
                piece = mac.tag(_data(four))[0]
                if four.isdecimal():  # a platform's handle ends in anything
                    known[four] = piece
            return piece

        return cut

    def _index(self, keys: PeriodKeys, period: int) -> _PeriodIndex:
        known = self._known.get(period)
        if known is None or known.keys is not keys:
            known = self._known[period] = _PeriodIndex(keys)
        return known


def _data(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


def slice_of(tag: bytes) -> int:
    """Return the slice that a tag stands in."""
    return tag[0]


def slot(use: Use, bucket: int, piece: int) -> tuple[int, int]:
    """Return the period and the slot of a slice of a bucket."""
    period, offset = place_of(bucket)
    return period, slot_of(use, offset, piece)
