"""Figures about persons that show none of them."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import Final, NamedTuple

from yinji.kernel.actor import Actor
from yinji.kernel.decision import Decision
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.purpose import PartyRole, Purpose
from yinji.keys.suites import SealBroken
from yinji.vault import rules, store
from yinji.vault.blind_index import ORDER, PHONE, TAIL, Use
from yinji.vault.buckets import is_period, period_buckets
from yinji.vault.erasing.tags import Tags
from yinji.vault.parts import VaultParts
from yinji.vault.periods import store as period_store
from yinji.vault.sealer import Gone

_AT_ONCE: Final = 1_000
_KEY_BYTES: Final = 32
_NAMES: Final[dict[Use, str]] = {PHONE: "phone", ORDER: "order", TAIL: "last four"}


class Weighed(NamedTuple):
    """An index, judged by its fullest bucket."""

    name: str
    bucket: int
    decision: Decision


class Stray(NamedTuple):
    """Rows of an index in buckets of months that nobody began: no key ever made their tags, no search looks there."""

    name: str
    bucket: int
    rows: int


class Counting(VaultParts):
    """The verbs that count."""

    def count_persons(self, org: Ref, period: int, *, actor: Actor) -> int | None:
        """Return how many different recipients (by phone) a period has; None where they are too few to tell.

        Their phones are opened in memory, hashed under a key that lives as long as this call, and let go. Counting is evidence.
        """
        key, seen = os.urandom(_KEY_BYTES), set[bytes]()
        tags = Tags(self._sealer, self._index)
        for shard in map(Shard, range(self._limits.shards)):
            after = b""
            while True:
                with self._data.reading() as reading:
                    rows = store.parties_after(reading, org=org, shard=shard, after=after, limit=_AT_ONCE, period=period)
                for row in (each for each in rows if store.ROLES[each.role] is PartyRole.RECIPIENT):
                    try:
                        phones = [each.value for each in tags.indexed(row) if each.use == PHONE]
                    except (Gone, SealBroken):
                        continue
                    seen.update(blake2b(phone.encode(), key=key, digest_size=16).digest() for phone in phones)
                if len(rows) < _AT_ONCE:
                    break
                after = rows[-1].parcel
        counted = len(seen)
        now = self._clock.now_ms()
        entry = Entry(Event.PERSONS_COUNTED, actor, Purpose.TEND_NODE, now, count=counted, ground=str(period))
        with self._data.work() as work:
            work.append(entry)
        return counted if counted >= rules.PERSONS_MIN else None

    def weigh_indexes(self, org: Ref) -> list[Weighed]:
        """Judge every index by its fullest bucket: what somebody with the database and no key could learn from it."""
        weighed = []
        with self._data.reading() as reading:
            for use, name in _NAMES.items():
                rows = store.rows_by_bucket(reading, use, org=org)
                if rows:
                    _, fullest = min((-count, bucket) for bucket, count in rows.items())
                    decision = rules.judge_index(store.rows_by_tag(reading, use, org=org, bucket=fullest))
                    weighed.append(Weighed(name, fullest, decision))
        return weighed

    def stray_rows(self, org: Ref) -> list[Stray]:
        """Return, by index, the rows that stand where none can: somebody wrote them by hand."""
        strays = []
        with self._data.reading() as reading:
            begun = [period_buckets(row.period) for row in period_store.periods(reading, org=org) if is_period(row.period)]
            for use, name in _NAMES.items():
                apart = {
                    bucket: rows
                    for bucket, rows in store.rows_by_bucket(reading, use, org=org).items()
                    if not any(first <= bucket < end for first, end in begun)
                }
                if apart:
                    strays.append(Stray(name, min(apart), sum(apart.values())))
        return strays
