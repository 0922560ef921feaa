"""Lists of waybills on every engine: each wanted row once, newest first, over pages, shards and walks that were cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Select
from tests.contracts.test_coverage import DAY_MS, MIDNIGHT_MS, bills, written
from tests.unit.access.people import ELSEWHERE, OWN

from yinji.db import Database
from yinji.db.work import Reading
from yinji.kernel.ids import FIRST_SHARD, Ref
from yinji.waybill.listing import service, store
from yinji.waybill.listing.model import Wanted
from yinji.waybill.listing.service import list_page
from yinji.waybill.model import NumberState, Waybill, WaybillKind
from yinji.waybill.parcel.model import ParcelState

ALL = Wanted(MIDNIGHT_MS - DAY_MS, MIDNIGHT_MS + DAY_MS)
NARROW = Wanted(0, 1, NumberState.ISSUED, ParcelState.ANNOUNCED, WaybillKind.PRIVACY, outlet="A", channel="api", merchant="M")


def explained(reading: Reading, query: Select[Any]) -> str:
    """The plan of a query, in the engine's own words."""
    how = "EXPLAIN QUERY PLAN" if reading.dialect == "sqlite" else "EXPLAIN"
    dialect = reading._connection.dialect
    written_out = query.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    params = written_out.params
    values = tuple(params[name] for name in written_out.positiontup) if written_out.positiontup else params
    rows = reading._connection.exec_driver_sql(f"{how} {written_out.string}", values)
    return " ".join(str(row) for row in rows)


def walked(database: Database, wanted: Wanted, *, shards: int = 1, rows: int = 3) -> tuple[list[Waybill], int]:
    """Every waybill that paging meets, and how many pages it took."""
    met: list[Waybill] = []
    before: Ref | None = None
    for pages in range(1, 200):
        with database.reading() as reading:
            page = list_page(reading, wanted, org=OWN, shards=shards, before=before, rows=rows)
        met += [bill for bill, _ in page.rows]
        before = page.after
        if before is None:
            return met, pages
    raise AssertionError("the pages do not end")


@pytest.fixture
def listed(database_factory: Callable[..., Database]) -> tuple[Database, list[Waybill]]:
    database = database_factory()
    own = [
        *bills(5, at_ms=MIDNIGHT_MS, start=0),
        *bills(4, at_ms=MIDNIGHT_MS + 5, start=10, outlet="B", shard=1),
        *bills(3, at_ms=MIDNIGHT_MS + 7, start=20, state=NumberState.VOIDED, kind=WaybillKind.EXEMPT),
        *bills(2, at_ms=MIDNIGHT_MS - 2 * DAY_MS, start=30),
    ]
    written(database, (OWN, own), (ELSEWHERE, bills(2, at_ms=MIDNIGHT_MS, start=90)))
    return database, own


def test_pages_show_each_waybill_once_newest_first(listed: tuple[Database, list[Waybill]]) -> None:
    database, own = listed
    met, _ = walked(database, ALL, shards=2)
    inside = [bill.ref for bill in own if bill.made_ms >= ALL.since_ms]
    assert [bill.ref for bill in met] == sorted(inside, reverse=True)


def test_a_filter_lets_through_what_it_names_and_nothing_else(listed: tuple[Database, list[Waybill]]) -> None:
    database, own = listed
    outlet = Wanted(ALL.since_ms, ALL.until_ms, outlet="B")
    voided = Wanted(ALL.since_ms, ALL.until_ms, state=NumberState.VOIDED, kind=WaybillKind.EXEMPT)
    announced = Wanted(ALL.since_ms, ALL.until_ms, parcel=ParcelState.ANNOUNCED)
    assert [len(walked(database, each, shards=2)[0]) for each in (outlet, voided, announced)] == [4, 3, 12]
    assert walked(database, Wanted(ALL.since_ms, ALL.until_ms, channel="other"), shards=2)[0] == []
    merchant = own[0].merchant
    assert len(walked(database, Wanted(ALL.since_ms, ALL.until_ms, merchant=merchant), shards=2)[0]) == 12
    assert walked(database, Wanted(ALL.since_ms, ALL.until_ms, merchant=f"{merchant}-2"), shards=2)[0] == []


def test_a_walk_that_was_cut_goes_on_and_passes_nothing_over(
    listed: tuple[Database, list[Waybill]], monkeypatch: pytest.MonkeyPatch
) -> None:
    database, _ = listed
    monkeypatch.setattr(service, "WALK_MAX", 4)
    first_made = Wanted(ALL.since_ms, ALL.until_ms, kind=WaybillKind.PRIVACY)
    met, pages = walked(database, first_made, shards=2, rows=1)
    assert len(met) == len({bill.ref for bill in met}) == 9
    assert pages > len(met) // 2


def test_a_page_is_a_range_of_the_primary_key_read_backwards(database_factory: Callable[..., Database]) -> None:
    database = database_factory()
    written(database, (OWN, bills(50, at_ms=MIDNIGHT_MS)))
    queries = (
        store.page_query(NARROW, org=OWN, shard=FIRST_SHARD, before=b"\xff" * 16, least=b"\0" * 6, limit=10),
        store.floor_query(org=OWN, shard=FIRST_SHARD, since_ms=0, before=b"\xff" * 16, walk=10),
    )
    with database.reading() as reading:
        if reading.dialect == "postgresql":
            reading._connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # fifty rows are read whole otherwise
        for query in queries:
            said = explained(reading, query)
            assert ("PRIMARY KEY" if reading.dialect == "sqlite" else "pk_waybill_waybills") in said, said
            assert "TEMP B-TREE" not in said
            assert "Sort" not in said
