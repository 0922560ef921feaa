"""The verbs of a parcel's way: take reports in, tell where parcels are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from yinji.db.database import Database
from yinji.db.work import Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard, by_shard, shard_of
from yinji.waybill.parcel import rules, store
from yinji.waybill.parcel.model import ParcelState, ScanPlace, Seen, Stray, Way

STRAYS_SHOWN_MAX: Final = 1_000
"""Strays that one question returns."""


class Parcels:
    """Scans and states of every parcel on this node. Implements `ParcelFacts`."""

    def __init__(self, data: Database) -> None:
        """Read nothing yet."""
        self._data = data

    def fresh(
        self, work: Work, *, org: Ref, shard: Shard, reports: Sequence[tuple[Ref, Seen]]
    ) -> tuple[list[tuple[Ref, Seen]], list[Way], set[Ref]]:
        """Return which reports are not known, the ways that follow, and the parcels seen before; locks those parcels."""
        parcels = list(dict.fromkeys(parcel for parcel, _ in reports))
        known = store.known_parcels(work, org=org, shard=shard, parcels=parcels)
        before = store.scans(work, org=org, shard=shard, parcels=parcels)
        told: dict[Ref, list[Seen]] = {}
        for parcel, seen in reports:
            told.setdefault(parcel, []).append(seen)
        fresh: list[tuple[Ref, Seen]] = []
        ways: list[Way] = []
        for parcel, some in told.items():
            old = before.get(parcel, [])
            if news := rules.fresh_scans(old, some):
                fresh += [(parcel, seen) for seen in news]
                ways.append(rules.way_of(parcel, [*old, *news]))
        return fresh, ways, known

    def write(
        self,
        work: Work,
        fresh: Sequence[tuple[Ref, Seen]],
        ways: Sequence[Way],
        *,
        known: set[Ref],
        org: Ref,
        shard: Shard,
        entry: Entry,
    ) -> None:
        """Write what `fresh` found, in the same unit of work."""
        store.add_scans(work, fresh, org=org, shard=shard, entry=entry)
        store.keep_ways(work, ways, known=known, org=org, shard=shard, entry=entry)

    def stray(self, work: Work, stray: Stray, *, org: Ref, entry: Entry) -> None:
        """Keep that a number was seen outside which nobody issued."""
        store.add_stray(work, stray, org=org, shard=FIRST_SHARD, entry=entry)

    def strays(self, org: Ref) -> list[Stray]:
        """Return numbers that were seen and never issued, latest first."""
        with self._data.reading() as reading:
            return store.strays(reading, org=org, since_ms=0, limit=STRAYS_SHOWN_MAX)

    def ways(self, org: Ref, parcels: Sequence[Ref]) -> dict[Ref, Way]:
        """Return where parcels are; one that nobody saw yet is ANNOUNCED."""
        found = {parcel: Way(parcel) for parcel in parcels}
        with self._data.reading() as reading:
            for shard, some in by_shard(parcels).items():
                found |= {way.parcel: way for way in store.ways(reading, org=org, shard=shard, parcels=some)}
        return found

    def known(self, org: Ref) -> bool:
        """Tell whether any scan, or a stray number, was ever taken in."""
        with self._data.reading() as reading:
            return store.any_seen(reading, org=org)

    def accepted(self, org: Ref, refs: Collection[Ref]) -> frozenset[Ref]:
        """Return which of these waybills' parcels were accepted, or seen at all: who sends a parcel off has accepted it."""
        return frozenset(ref for ref, way in self.ways(org, list(refs)).items() if way.state is not ParcelState.ANNOUNCED)

    def named(self, org: Ref, *, since_ms: int) -> Iterable[str]:
        """Return numbers that were seen since a moment though no waybill of the organisation has them, or a voided one."""
        with self._data.reading() as reading:
            return [each.number for each in store.strays(reading, org=org, since_ms=since_ms, limit=STRAYS_SHOWN_MAX)]

    def history_after(self, org: Ref, parcel: Ref, *, after: ScanPlace | None, limit: int) -> list[Seen]:
        """Return up to ``limit`` scans of a parcel, oldest first, that stand behind a place in its way."""
        with self._data.reading() as reading:
            return store.scans_after(reading, org=org, parcel=parcel, after=after, limit=limit)

    def history(self, org: Ref, parcel: Ref) -> list[Seen]:
        """Return a parcel's scans, oldest first."""
        with self._data.reading() as reading:
            return sorted(store.scans(reading, org=org, shard=shard_of(parcel), parcels=[parcel]).get(parcel, []))
