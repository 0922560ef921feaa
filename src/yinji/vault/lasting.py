"""What lasts and until when: months that still have keys, who stands in them, who was held and is not any more. Shows no person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from yinji.kernel.decision import Allow
from yinji.kernel.facts import HoldFact
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard, shard_of
from yinji.kernel.purpose import PartyRole
from yinji.keys.keystore import HELD, STANDING
from yinji.vault import store
from yinji.vault.parts import VaultParts
from yinji.vault.periods import store as period_store

_AT_ONCE: Final = 1_000


class Lasting(VaultParts):
    """The verbs that tell what retention has to end. They change nothing."""

    holds: HoldFact

    def months(self, org: Ref) -> list[int]:
        """Return the months (202611) that were begun and not dropped, oldest first."""
        with self._data.reading() as reading:
            rows = period_store.periods(reading, org=org)
        return [row.period for row in rows if not row.dropped_ms and row.period not in {STANDING, HELD}]

    def parties_by_month(self, org: Ref) -> dict[int, int]:
        """Return how many parties stand in each period, by one walk over their rows."""
        with self._data.reading() as reading:
            return store.parties_by_period(reading, org=org)

    def standing_in(self, org: Ref, parcels: Sequence[Ref]) -> dict[Ref, set[int]]:
        """Return in which periods the parties of some parcels stand; a parcel whose parties are gone is not in it."""
        found: dict[Ref, set[int]] = {}
        with self._data.reading() as reading:
            for parcel in dict.fromkeys(parcels):
                both = [(parcel, role) for role in PartyRole]
                for row in store.parties(reading, org=org, shard=shard_of(parcel), of=both):
                    found.setdefault(parcel, set()).add(row.period)
        return found

    def let_go_of(self, org: Ref) -> list[tuple[Ref, PartyRole]]:
        """Return the parties that outlived their month because of a hold and that nothing holds any more."""
        with self._data.reading() as reading:
            if period_store.period(reading, org=org, shard=FIRST_SHARD, period=HELD) is None:
                return []
        free: list[tuple[Ref, PartyRole]] = []
        for shard in map(Shard, range(self._limits.shards)):
            after, role = b"", 0
            while True:
                with self._data.reading() as reading:
                    rows = store.parties_after(
                        reading, org=org, shard=shard, after=after, role=role, limit=_AT_ONCE, period=HELD
                    )
                if not rows:
                    break
                decided = self.holds.held(org, [Ref(row.parcel) for row in rows])
                free += [
                    (Ref(row.parcel), store.ROLES[row.role])
                    for row, each in zip(rows, decided, strict=True)
                    if isinstance(each, Allow)
                ]
                after, role = rows[-1].parcel, rows[-1].role
        return free
