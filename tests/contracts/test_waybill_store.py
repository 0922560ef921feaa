"""The register on every engine: each number one parcel's, none lost, none doubled, whoever draws at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from tests.unit.access.people import ELSEWHERE, OPERATOR, OWN, random
from tests.unit.kernel.fixed_clock import NOON_MS, FixedClock
from tests.unit.ledger.evidence import entry, ledger

from yinji.db import Database
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard, mint_ref, mint_refs
from yinji.kernel.refusals import Refusal
from yinji.waybill import store
from yinji.waybill.model import Draw, Waybill
from yinji.waybill.numbering import store as numbering
from yinji.waybill.numbering.stock import Stock
from yinji.waybill.numbering.supply import BLOCK_NUMBERS
from yinji.waybill.service import Register

Factory = Callable[..., Database]

RANGE = "YJ:10000000-10000099"
BATCH = Ref(b"b" * 16)


class Office:
    """A register over one database, as one process has it."""

    def __init__(self, database: Database, shards: int = 1) -> None:
        self.database = database
        self.evidence = ledger()
        database.connect_evidence(self.evidence)
        self.clock = FixedClock()
        self.register = Register(data=database, clock=self.clock, random=random, shards=shards)

    def enter(self, text: str = RANGE, *, org: Ref = OWN, specimen: bool = False) -> object:
        return self.register.enter_range(org, text, specimen=specimen, actor=OPERATOR)

    def issue(self, count: int, *, shard: int = 0, org: Ref = OWN, specimen: bool = False) -> list[Waybill]:
        """Draw and write in one work, as a batch does."""
        place = Shard(shard)
        with self.database.work() as work:
            drawn = self.register.draw(work, count, org=org, shard=place, specimen=specimen)
            bills = waybills(drawn, place)
            if bills:
                self.register.write(work, bills, drawn, org=org, shard=place, entry=entry(len(bills)))
        return bills

    def numbers(self) -> list[str]:
        with self.database.reading() as reading:
            return [bill.number for bill in store.each_waybill(reading)]


def waybills(drawn: Draw, shard: Shard) -> list[Waybill]:
    refs = mint_refs(len(drawn.taken), shard=shard, at_ms=NOON_MS, random=random)
    return [
        Waybill(
            ref=ref,
            shard=shard,
            number=taken.number,
            merchant="青禾书店",
            destination="浙江 杭州 西湖区",
            pieces=1,
            token=random(16),
            rules="label-1",
            made_ms=NOON_MS,
            batch=BATCH,
            item=at,
            specimen=taken.specimen,
            owner=taken.owner,
            subs=taken.subs,
        )
        for at, (ref, taken) in enumerate(zip(refs, drawn.taken, strict=True))
    ]


@pytest.fixture
def office(database_factory: Factory) -> Office:
    return Office(database_factory())


def serials(bills: list[Waybill]) -> list[int]:
    return [int(bill.number[2:-1]) for bill in bills]


def test_numbers_come_in_order_from_the_range(office: Office) -> None:
    office.enter()
    assert serials(office.issue(3)) == [10_000_000, 10_000_001, 10_000_002]
    assert serials(office.issue(2)) == [10_000_003, 10_000_004]


def test_fewer_come_only_when_the_range_is_dry(office: Office) -> None:
    office.enter()
    assert len(office.issue(70)) == 70
    assert len(office.issue(70)) == 30
    assert office.issue(1) == []
    office.enter("YJ:20000000-20000001")
    assert serials(office.issue(5)) == [20_000_000, 20_000_001]


def test_a_draw_that_is_not_kept_takes_nothing(office: Office) -> None:
    office.enter()
    with office.database.work() as work:
        office.register.draw(work, 50, org=OWN, shard=FIRST_SHARD, specimen=False)
    assert serials(office.issue(1)) == [10_000_000]


def test_a_work_that_breaks_takes_nothing(office: Office) -> None:
    office.enter()

    def act() -> None:
        with office.database.work() as work:
            drawn = office.register.draw(work, 5, org=OWN, shard=FIRST_SHARD, specimen=False)
            office.register.write(work, waybills(drawn, FIRST_SHARD), drawn, org=OWN, shard=FIRST_SHARD, entry=entry(5))
            raise KeyError

    with pytest.raises(KeyError):
        act()
    assert serials(office.issue(1)) == [10_000_000]
    assert office.register.audit(OWN) == (1, 1)


def test_two_that_draw_at_once_never_share_a_number(database_factory: Factory) -> None:
    offices = [Office(database_factory()) for _ in range(2)]
    offices[0].enter("YJ:10000000-10000999")
    offices[0].issue(1)
    gate = threading.Barrier(2)

    def draw_all(office: Office) -> list[str]:
        gate.wait(10)
        return [bill.number for size in (1, 7, 30) * 5 for bill in office.issue(size)]

    with ThreadPoolExecutor(2) as two:
        one, other = (each.result(60) for each in [two.submit(draw_all, office) for office in offices])
    assert len(one) == len(other) == 190
    assert not set(one) & set(other)
    assert sorted(offices[0].numbers())[1:] == sorted(one + other)
    assert offices[0].register.audit(OWN) == (381, 381)


def test_who_waited_for_the_range_draws_from_the_block_that_was_carved_meanwhile(database_factory: Factory) -> None:
    """Otherwise an order is refused for want of numbers while its own shard has a whole block of them."""
    first, second = (Office(database_factory()) for _ in range(2))
    first.enter()
    with ThreadPoolExecutor(1) as elsewhere:
        with first.database.work() as work:
            drawn = first.register.draw(work, 1, org=OWN, shard=FIRST_SHARD, specimen=False)
            first.register.write(work, waybills(drawn, FIRST_SHARD), drawn, org=OWN, shard=FIRST_SHARD, entry=entry(1))
            waiting = elsewhere.submit(second.issue, 1)
            time.sleep(0.3)
        assert serials(waiting.result(30)) == [10_000_001]


def test_two_that_draw_a_range_dry_at_once_take_every_number_once(database_factory: Factory) -> None:
    offices = [Office(database_factory()) for _ in range(2)]
    offices[0].enter()

    def issue_all(office: Office) -> list[Waybill]:
        return [bill for _ in range(9) for bill in office.issue(8)]

    with ThreadPoolExecutor(2) as two:
        ends = [two.submit(issue_all, office) for office in offices]
        taken = [bill.number for end in ends for bill in end.result(60)]
    assert len(taken) == len(set(taken)) == 100


def test_shards_have_blocks_of_their_own(database_factory: Factory) -> None:
    office = Office(database_factory(), shards=3)
    office.enter("YJ:10000000-10099999")
    by_shard = [serials(office.issue(2, shard=shard)) for shard in (0, 1, 2)]
    assert by_shard == [[10_000_000 + at * BLOCK_NUMBERS + n for n in (0, 1)] for at in range(3)]
    assert serials(office.issue(1, shard=1)) == [10_000_000 + BLOCK_NUMBERS + 2]
    assert office.register.audit(OWN) == (7, 7)


def test_a_draw_crosses_from_block_to_block(office: Office) -> None:
    office.enter("YJ:10000000-10009999")
    with office.database.work() as work:
        drawn = office.register.draw(work, BLOCK_NUMBERS + 5, org=OWN, shard=FIRST_SHARD, specimen=False)
        office.register.write(work, waybills(drawn, FIRST_SHARD), drawn, org=OWN, shard=FIRST_SHARD, entry=entry(1))
    assert serials(office.issue(1)) == [10_000_000 + BLOCK_NUMBERS + 5]
    assert office.register.audit(OWN) == (BLOCK_NUMBERS + 6, BLOCK_NUMBERS + 6)


@pytest.mark.parametrize(
    "text", [RANGE, "YJ:10000099-10000200", "YJ:00000001-10000000", "YJ:10000050-10000050", "yj: 10000000-10000001"]
)
def test_an_overlapping_range_is_refused_and_not_said(office: Office, text: str) -> None:
    office.enter()
    for org in (OWN, ELSEWHERE):
        answer = office.enter(text, org=org)
        assert isinstance(answer, Refuse)
        assert answer.code is Refusal.RANGE_OVERLAPS
    office.evidence.sequence(office.database)
    (placed,) = office.evidence.entries(office.database)
    assert (placed.recorded.entry.event, placed.recorded.entry.count) == (Event.RANGE_ENTERED, 100)


@pytest.mark.parametrize("text", ["YK:10000000-10000099", "YJ:100000000-100000099", "YJ:10000100-10000199"])
def test_a_range_that_shares_no_number_is_entered(office: Office, text: str) -> None:
    office.enter()
    assert not isinstance(office.enter(text), Refuse)


def test_two_that_enter_one_range_at_once_enter_it_once(database_factory: Factory) -> None:
    offices = [Office(database_factory()) for _ in range(2)]
    gate = threading.Barrier(2)

    def enter(office: Office, text: str) -> object:
        gate.wait(10)
        return office.enter(text)

    with ThreadPoolExecutor(2) as two:
        for number in range(10):
            text = f"YJ:{number}0000000-{number}0000009"
            ends = [each.result(30) for each in [two.submit(enter, office, text) for office in offices]]
            assert sum(isinstance(end, Refuse) for end in ends) == 1, "a number must be one parcel's among all ranges"


def test_a_malformed_range_is_refused(office: Office) -> None:
    assert office.enter("YJ:1-2") == Refuse(Refusal.RANGE_MALFORMED)


def test_specimens_are_never_used_for_what_ships(office: Office) -> None:
    office.enter("YJ:99990000-99990009", specimen=True)
    assert office.register.specimen_only(OWN)
    assert office.issue(1) == []
    office.enter("YJ:10000000-10000001")
    assert not office.register.specimen_only(OWN)
    assert serials(office.issue(5)) == [10_000_000, 10_000_001], "a dry range is not filled from specimens"
    assert office.issue(1) == []


def test_a_trial_uses_no_real_number_up(office: Office) -> None:
    office.enter("YJ:99990000-99990009", specimen=True)
    office.enter()
    bills = office.issue(20, specimen=True)
    assert serials(bills) == list(range(99_990_000, 99_990_010))
    assert all(bill.specimen for bill in bills)
    assert office.register.stock(OWN) == Stock(entered=100, left=100, of=100)


def test_stock_is_what_was_entered_and_used(office: Office) -> None:
    assert office.register.stock(OWN) == Stock()
    office.enter()
    office.issue(7)
    stock = office.register.stock(OWN)
    assert (stock.entered, stock.used, stock.left) == (100, 7, 93)
    assert office.register.stock(ELSEWHERE) == Stock()


def test_an_organisation_draws_from_its_own_ranges_alone(office: Office) -> None:
    office.enter()
    assert office.issue(1, org=ELSEWHERE) == []
    office.enter("YK:10000000-10000001", org=ELSEWHERE)
    assert [bill.number[:2] for bill in office.issue(5, org=ELSEWHERE)] == ["YK", "YK"]


def test_a_waybill_is_found_by_its_number_in_its_organisation_alone(database_factory: Factory) -> None:
    office = Office(database_factory(), shards=2)
    office.enter()
    (bill,) = office.issue(1, shard=1)
    assert office.register.find(OWN, f" {bill.number.lower()} ") == bill
    assert office.register.find(ELSEWHERE, bill.number) == Refuse(Refusal.NUMBER_UNKNOWN)
    assert office.register.find(OWN, bill.number[:-1] + "x") == Refuse(Refusal.NUMBER_MALFORMED)


def test_waybills_are_found_by_reference(office: Office) -> None:
    office.enter()
    bills = office.issue(5)
    with office.database.reading() as reading:
        wanted = [bills[1].ref, bills[3].ref, mint_ref(shard=FIRST_SHARD, at_ms=1, random=random)]
        found = office.register.waybills(reading, org=OWN, shard=FIRST_SHARD, refs=wanted)
        assert office.register.waybills(reading, org=ELSEWHERE, shard=FIRST_SHARD, refs=wanted) == {}
    assert found == {bills[1].ref: bills[1], bills[3].ref: bills[3]}


def test_a_number_is_never_written_twice(office: Office) -> None:
    office.enter()
    (bill,) = office.issue(1)
    twin = replace(bill, ref=mint_ref(shard=FIRST_SHARD, at_ms=NOON_MS, random=random))

    def act() -> None:
        with office.database.work() as work:
            store.add_waybills(work, OWN, [twin], entry=entry(1))

    with pytest.raises(Exception):  # noqa: B017, PT011 - each engine has its own error: what counts is what stays
        act()
    assert office.numbers() == [bill.number]


def test_the_audit_sees_a_lost_number(office: Office) -> None:
    office.enter()
    office.issue(3)
    with office.database.work() as work:
        drawn = office.register.draw(work, 1, org=OWN, shard=FIRST_SHARD, specimen=False)
        numbering.keep_blocks(work, drawn.moved, drawn.carved, org=OWN, entry=entry(1))
    assert office.register.audit(OWN) == (4, 3)
