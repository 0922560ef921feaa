"""The aggregate of coverage on every engine: each group counted once, days cut at Beijing's midnight, nobody else's rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.unit.access.people import ELSEWHERE, OWN, random
from tests.unit.ledger.evidence import entry, ledger

from yinji.db import Database
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, Shard, mint_refs
from yinji.waybill import store
from yinji.waybill.coverage.rules import counted, read_item
from yinji.waybill.coverage.service import DAYS_MAX, count_coverage
from yinji.waybill.model import Waybill, WaybillKind
from yinji.waybill.rules import evidence_item

DAY_MS = 86_400_000
MIDNIGHT_MS = 1_795_276_800_000  # 2026-11-22 00:00 in Beijing
FIRST, LAST = date(2026, 11, 20), date(2026, 11, 22)


def bills(count: int, *, at_ms: int, shard: int = 0, start: int = 0, **changes: object) -> list[Waybill]:
    refs = mint_refs(count, shard=Shard(shard), at_ms=at_ms, random=random)
    common = Waybill(
        ref=refs[0],
        shard=Shard(shard),
        number="",
        merchant="M",
        destination="浙江 杭州 西湖区",
        pieces=1,
        token=random(16),
        rules="label-1",
        made_ms=at_ms,
        batch=Ref(b"b" * 16),
        item=0,
        specimen=False,
        outlet="A",
        channel="taobao",
    )
    return [
        replace(common, ref=ref, number=f"YJ{start + at:010d}", item=at, **changes)  # type: ignore[arg-type] - fields of the record
        for at, ref in enumerate(refs)
    ]


def written(database: Database, *batches: tuple[Ref, list[Waybill]]) -> None:
    database.connect_evidence(ledger())
    for org, batch in batches:
        with database.work() as work:
            store.add_waybills(work, org, batch, entry=entry(len(batch)))


def test_rows_and_evidence_give_the_same_counts(database_factory: Callable[..., Database]) -> None:
    database = database_factory()
    batches = [
        bills(3, at_ms=MIDNIGHT_MS, start=0),
        bills(2, at_ms=MIDNIGHT_MS - 1, start=10),
        bills(1, at_ms=MIDNIGHT_MS, start=20, kind=WaybillKind.EXEMPT),
        bills(4, at_ms=MIDNIGHT_MS, start=30, specimen=True, outlet="B", channel=""),
        bills(2, at_ms=MIDNIGHT_MS + DAY_MS - 1, start=40, shard=1, rules="label-2"),
    ]
    outside = [bills(5, at_ms=MIDNIGHT_MS + DAY_MS, start=50), bills(5, at_ms=MIDNIGHT_MS - 2 * DAY_MS - 1, start=60)]
    written(database, *((OWN, each) for each in (*batches, *outside)), (ELSEWHERE, bills(7, at_ms=MIDNIGHT_MS)))
    with database.reading() as reading:
        found = count_coverage(reading, org=OWN, shards=2, first=FIRST, last=LAST)
    assert found == counted(read_item(evidence_item(bill)) for batch in batches for bill in batch)
    assert isinstance(found, tuple)
    assert sum(each.waybills for each in found) == 12
    assert {each.group.day for each in found} == {date(2026, 11, 21), date(2026, 11, 22)}


def test_a_range_that_is_empty_or_too_long_is_refused(database: Database) -> None:
    with database.reading() as reading:
        for first, last in ((LAST, FIRST), (FIRST, date.fromordinal(FIRST.toordinal() + DAYS_MAX))):
            assert isinstance(count_coverage(reading, org=OWN, shards=1, first=first, last=last), Refuse)
