"""Scans on every engine: each once, whoever reports at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.unit.access.people import OWN, random
from tests.unit.ledger.evidence import entry, ledger

from yinji.db import Database
from yinji.db.trouble import Clash
from yinji.kernel.ids import FIRST_SHARD, Ref, mint_refs
from yinji.waybill.parcel.model import ParcelState, Reported, Scan, ScanPlace, Seen, Stray
from yinji.waybill.parcel.rules import as_seen
from yinji.waybill.parcel.service import Parcels

ONE, OTHER = mint_refs(2, shard=FIRST_SHARD, at_ms=1_000, random=random)


class Desk:
    """Parcels over one database, as one process has them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        database.connect_evidence(ledger())
        self.parcels = Parcels(database)

    def take(self, *reports: tuple[Ref, Seen]) -> int:
        """Take reports in; return how many were new."""
        with self.database.work() as work:
            fresh, ways, known = self.parcels.fresh(work, org=OWN, shard=FIRST_SHARD, reports=reports)
            self.parcels.write(work, fresh, ways, known=known, org=OWN, shard=FIRST_SHARD, entry=entry(len(fresh) or 1))
        return len(fresh)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def scan(what: Scan, minute: int, place: str = "HUB-1") -> Seen:
    return as_seen(Reported("YJ1", what, 60_000 * minute, place, "TEST"))


def test_what_was_reported_is_the_parcels_way(desk: Desk) -> None:
    assert desk.take((ONE, scan(Scan.ACCEPTED, 1)), (ONE, scan(Scan.DEPARTED, 2)), (OTHER, scan(Scan.ACCEPTED, 1))) == 3
    ways = desk.parcels.ways(OWN, [ONE, OTHER])
    assert (ways[ONE].state, ways[OTHER].state) == (ParcelState.IN_TRANSPORT, ParcelState.ACCEPTED)
    assert [each.scan for each in desk.parcels.history(OWN, ONE)] == [Scan.ACCEPTED, Scan.DEPARTED]


def test_a_way_is_paged_in_its_order_with_nothing_lost_or_doubled(desk: Desk) -> None:
    some = [scan(what, 1, f"HUB-{each}") for each in range(6) for what in (Scan.SORTED, Scan.ACCEPTED, Scan.DEPARTED)]
    desk.take(*((ONE, each) for each in [*some, scan(Scan.DELIVERED, 2)]), (OTHER, scan(Scan.ACCEPTED, 1)))
    paged: list[Seen] = []
    while page := desk.parcels.history_after(OWN, ONE, after=_place(paged), limit=4):
        paged += page
    assert paged == sorted([*some, scan(Scan.DELIVERED, 2)], key=lambda each: (each.at_ms, each.scan, each.key))


def _place(paged: list[Seen]) -> ScanPlace | None:
    return (paged[-1].at_ms, int(paged[-1].scan), paged[-1].key) if paged else None


def test_the_hash_of_a_real_name_token_is_kept_as_it_is(desk: Desk) -> None:
    told = scan(Scan.ACCEPTED, 1)._replace(proof=bytes(range(32)))
    desk.take((ONE, told))
    assert desk.parcels.history(OWN, ONE) == [told]


def test_a_report_that_comes_again_changes_nothing(desk: Desk) -> None:
    desk.take((ONE, scan(Scan.ACCEPTED, 1)))
    assert desk.take((ONE, scan(Scan.ACCEPTED, 1))) == 0
    assert desk.parcels.ways(OWN, [ONE])[ONE].scans == 1


def test_a_late_report_leads_to_the_same_way(desk: Desk) -> None:
    desk.take((ONE, scan(Scan.DELIVERED, 9)))
    assert desk.parcels.ways(OWN, [ONE])[ONE].odd == 1
    desk.take((ONE, scan(Scan.ACCEPTED, 1)))
    way = desk.parcels.ways(OWN, [ONE])[ONE]
    assert (way.state, way.odd, way.accepted_ms) == (ParcelState.DELIVERED, 0, 60_000)


def test_an_unknown_parcel_is_announced_and_was_not_accepted(desk: Desk) -> None:
    desk.take((ONE, scan(Scan.ACCEPTED, 1)))
    assert desk.parcels.accepted(OWN, [ONE, OTHER]) == {ONE}


def test_a_stray_number_is_counted(desk: Desk) -> None:
    for at_ms in (5_000, 3_000):
        with desk.database.work() as work:
            desk.parcels.stray(work, Stray("YJ900", 2, at_ms, at_ms), org=OWN, entry=entry(1))
    assert desk.parcels.strays(OWN) == [Stray("YJ900", 4, 3_000, 5_000)]
    assert list(desk.parcels.named(OWN, since_ms=5_001)) == []


def test_who_reports_at_once_loses_and_doubles_nothing(database_factory: Callable[..., Database]) -> None:
    desks = [Desk(database_factory()) for _ in range(3)]

    def report(at: int) -> None:
        for minute in range(1, 9):
            for _ in range(9):
                try:
                    desks[at].take((ONE, scan(Scan.SORTED, minute, f"HUB-{at}")), (ONE, scan(Scan.ACCEPTED, 0)))
                    break
                except Clash:  # another was first with the parcel: look again, as the flow does
                    continue

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(report, range(3)))
    way = desks[0].parcels.ways(OWN, [ONE])[ONE]
    assert (way.scans, way.odd, len(desks[0].parcels.history(OWN, ONE))) == (25, 0, 25)
