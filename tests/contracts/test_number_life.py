"""A number's life on every engine: reserved, allocated, issued, printed, voided, handed back; one owner at each moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random

import pytest
from tests.contracts.test_waybill_store import BATCH, Office, waybills
from tests.unit.access.people import ELSEWHERE, OPERATOR, OWN, random
from tests.unit.kernel.fixed_clock import NOON_MS
from tests.unit.ledger.evidence import entry

from yinji.db import Database
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard, mint_ref
from yinji.kernel.refusals import Refusal
from yinji.waybill import store
from yinji.waybill.model import NumberState, Reservation, Waybill
from yinji.waybill.numbering import store as numbering
from yinji.waybill.numbering.stock import Stock
from yinji.waybill.numbering.tiling import Discord
from yinji.waybill.rules import written

Factory = Callable[..., Database]

DAY_MS = 86_400_000
MINUTE_MS = 60_000


class Desk(Office):
    """An office that also hands numbers out."""

    def reserve(self, key: str, owner: str, count: int, *, org: Ref = OWN) -> Reservation | Refuse:
        return self.register.allocation.reserve(org, key=key, owner=owner, count=count, actor=OPERATOR)

    def confirm(self, key: str) -> Reservation | Refuse:
        return self.register.allocation.confirm(OWN, key=key, actor=OPERATOR)

    def allocate(self, owner: str, count: int, key: str = "k") -> Reservation:
        assert isinstance(self.reserve(key, owner, count), Reservation)
        done = self.confirm(key)
        assert isinstance(done, Reservation)
        return done

    def hand_back(self, owner: str) -> int | Refuse:
        return self.register.allocation.hand_back(OWN, owner=owner, actor=OPERATOR)

    def issue_for(self, outlet: str, packages: list[int], *, shard: int = 0) -> list[Waybill]:
        with self.database.work() as work:
            drawn = self.register.draw(
                work, len(packages), org=OWN, shard=Shard(shard), specimen=False, outlet=outlet, packages=packages
            )
            bills = waybills(drawn, Shard(shard))
            if bills:
                self.register.write(work, bills, drawn, org=OWN, shard=Shard(shard), entry=entry(len(bills)))
        return bills

    def void(self, number: str) -> Waybill | Refuse:
        return self.register.void(OWN, number, reason="typo", actor=OPERATOR)

    def pass_ms(self, ms: int) -> None:
        self.clock.at_ms += ms

    def stocks(self) -> dict[str, Stock]:
        return {each.owner: each for each in self.register.allocation.stocks(OWN)}

    def holds(self) -> bool:
        examined = self.register.examine(OWN)
        assert examined.findings == ()
        whole = self.register.stock(OWN)
        assert whole.entered == whole.used + whole.left + whole.reserved + whole.resting
        return examined.taken == examined.used


@pytest.fixture
def desk(database_factory: Factory) -> Desk:
    desk = Desk(database_factory())
    desk.enter()
    return desk


def code_of(answer: object) -> Refusal:
    assert isinstance(answer, Refuse), answer
    return answer.code


def test_a_reservation_is_one_however_often_it_is_asked_for(desk: Desk) -> None:
    made = desk.reserve("a", "PD", 30)
    assert isinstance(made, Reservation)
    assert (made.count, made.partial) == (30, False)
    assert desk.reserve("a", "PD", 30) == made
    assert code_of(desk.reserve("a", "PD", 31)) == code_of(desk.reserve("a", "HQ", 30)) == Refusal.RESERVATION_CHANGED
    assert desk.stocks()["PD"].reserved == 30
    assert desk.confirm("a") == desk.confirm("a")
    again = desk.reserve("a", "PD", 30)
    assert isinstance(again, Reservation)
    assert (again.got, again.ref) == (made.got, made.ref)
    assert (desk.stocks()["PD"].allocated, desk.stocks()["PD"].left) == (30, 30)
    assert desk.holds()


def test_fewer_than_asked_is_said_and_none_is_refused(desk: Desk) -> None:
    made = desk.reserve("a", "PD", 130)
    assert isinstance(made, Reservation)
    assert (made.count, made.wanted, made.partial) == (100, 130, True)
    assert desk.reserve("b", "HQ", 1) == Refuse(Refusal.NUMBERS_EXHAUSTED)
    assert desk.issue(1) == [], "what is reserved is nobody's to issue"
    assert desk.holds()


@pytest.mark.parametrize(
    ("key", "owner", "count", "refused"),
    [
        ("", "PD", 1, Refusal.RESERVATION_MALFORMED),
        ("a b", "PD", 1, Refusal.RESERVATION_MALFORMED),
        ("a", "PD", 0, Refusal.RESERVATION_MALFORMED),
        ("a", "", 1, Refusal.OUTLET_MALFORMED),
        ("a", "浦东", 1, Refusal.OUTLET_MALFORMED),
    ],
)
def test_a_malformed_wish_is_refused(desk: Desk, key: str, owner: str, count: int, refused: Refusal) -> None:
    assert code_of(desk.reserve(key, owner, count)) is refused


def test_an_expired_reservation_goes_back_to_stock(desk: Desk) -> None:
    desk.reserve("a", "PD", 100)
    desk.pass_ms(30 * MINUTE_MS)
    assert code_of(desk.confirm("a")) is Refusal.RESERVATION_EXPIRED
    assert code_of(desk.confirm("none")) is Refusal.RESERVATION_UNKNOWN
    assert (desk.stocks()[""].left, desk.register.stock(OWN).reserved) == (100, 0)
    assert len(desk.issue(60)) == 60
    other = desk.reserve("b", "HQ", 50)
    assert isinstance(other, Reservation)
    assert other.count == 40
    assert desk.holds()


def test_an_outlet_issues_its_own_numbers_first_and_never_anothers(desk: Desk) -> None:
    desk.allocate("PD", 10, "a")
    desk.allocate("HQ", 10, "b")
    own = desk.issue_for("PD", [1] * 12)
    assert [bill.owner for bill in own] == ["PD"] * 10 + [""] * 2
    assert {bill.owner for bill in desk.issue_for("", [1] * 78)} == {""}
    assert desk.issue_for("", [1]) == desk.issue_for("PD", [1]) == [], "what is left is another's"
    assert len(desk.issue_for("HQ", [1] * 20)) == 10
    assert desk.stocks()["PD"] == Stock("PD", allocated=10, used=10)
    assert desk.holds()


def test_an_outlets_numbers_come_first_even_where_the_shard_has_a_block_of_the_organisations(database_factory: Factory) -> None:
    desk = Desk(database_factory())
    desk.enter("YJ:10000000-10009999")
    assert [bill.owner for bill in desk.issue_for("", [1])] == [""]
    desk.allocate("PD", 3)
    assert [bill.owner for bill in desk.issue_for("PD", [1] * 4)] == ["PD"] * 3 + [""]
    assert desk.holds()


def test_numbers_handed_back_rest_before_anybody_has_them(desk: Desk) -> None:
    desk.allocate("PD", 100)
    assert len(desk.issue_for("PD", [1] * 7)) == 7
    assert desk.hand_back("PD") == 93
    assert desk.hand_back("PD") == 0
    assert desk.issue_for("PD", [1]) == []
    assert desk.reserve("b", "HQ", 1) == Refuse(Refusal.NUMBERS_EXHAUSTED)
    assert (desk.register.stock(OWN).resting, desk.stocks()["PD"].used) == (93, 7)
    assert desk.holds()
    desk.pass_ms(30 * DAY_MS)
    assert len(desk.issue_for("", [1] * 93)) == 93
    assert desk.holds()


def test_numbers_set_aside_are_nobodys_for_a_while_whoever_had_them(desk: Desk) -> None:
    desk.allocate("PD", 50)
    desk.issue_for("PD", [1] * 5)
    aside = desk.register.allocation.quarantine(OWN, "YJ:10000040-10000059", reason="seen-outside", actor=OPERATOR)
    assert aside == 20
    assert (desk.stocks()["PD"].left, desk.stocks()[""].left) == (35, 40)
    assert desk.holds()
    unknown = desk.register.allocation.quarantine(OWN, "YK:10000040-10000059", reason="seen-outside", actor=OPERATOR)
    assert code_of(unknown) is Refusal.NUMBER_UNKNOWN
    assert len(desk.issue_for("PD", [1] * 100)) == 75


def test_each_package_has_a_number_that_leads_to_its_parcel(database_factory: Factory) -> None:
    desk = Desk(database_factory(), shards=2)
    desk.enter()
    bills = desk.issue_for("", [1, 3, 2], shard=1)
    assert [len(bill.subs) for bill in bills] == [0, 2, 1]
    assert len({number for bill in bills for number in (bill.number, *bill.subs)}) == 6
    for bill in bills:
        for number in (bill.number, *bill.subs):
            assert desk.register.find(OWN, number) == bill
            assert desk.register.find(ELSEWHERE, number) == Refuse(Refusal.NUMBER_UNKNOWN)
    found = desk.register.find_all(OWN, [bills[1].subs[1], bills[0].number, "YJ999999997", bills[1].number])
    assert [each.ref for each in found if isinstance(each, Waybill)] == [bills[1].ref, bills[0].ref, bills[1].ref]
    with desk.database.reading() as reading:
        assert {bill.ref: bill for bill in store.each_waybill(reading, at_once=2)} == {bill.ref: bill for bill in bills}
    assert desk.register.audit(OWN) == (6, 6)
    assert desk.holds()


def test_an_order_gets_all_its_numbers_or_none(desk: Desk) -> None:
    assert len(desk.issue_for("", [1] * 97)) == 97
    assert desk.issue_for("", [4, 1]) == []
    assert [len(bill.subs) for bill in desk.issue_for("", [2, 2])] == [1]
    assert desk.holds()


def test_a_number_with_a_wrong_check_digit_is_told_from_an_unknown_one(database_factory: Factory) -> None:
    desk = Desk(database_factory())
    desk.register.enter_range(OWN, "EE:00000000-00000099:CN", specimen=False, actor=OPERATOR, form="s10")
    desk.register.enter_range(OWN, "SF:1000000000000-1000000000009", specimen=False, actor=OPERATOR, form="sf", brand="SF")
    bills = desk.issue_for("", [1] * 105)
    assert {bill.number[:2] for bill in bills} == {"EE", "SF"}
    assert all(desk.register.find(OWN, bill.number.lower()) == bill for bill in bills[:3])
    assert code_of(desk.register.find(OWN, "EE000000009CN")) is Refusal.NUMBER_MALFORMED
    assert code_of(desk.register.find(OWN, "SF1999999999999")) is Refusal.NUMBER_UNKNOWN
    assert desk.holds()


def test_a_wrong_check_digit_is_told_even_where_another_form_would_pass_the_number(desk: Desk) -> None:
    desk.register.enter_range(OWN, "SF:100000000000-100000000099", specimen=False, actor=OPERATOR)
    right = written("SF", 100_000_000_007, 12)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert code_of(desk.register.find(OWN, right)) is Refusal.NUMBER_UNKNOWN
    assert code_of(desk.register.find(OWN, wrong)) is Refusal.NUMBER_MALFORMED
    assert [code_of(each) for each in desk.register.find_all(OWN, [wrong, right])] == [
        Refusal.NUMBER_MALFORMED,
        Refusal.NUMBER_UNKNOWN,
    ]


def test_a_brand_narrows_the_ranges(database_factory: Factory) -> None:
    desk = Desk(database_factory())
    desk.enter()
    desk.register.enter_range(OWN, "YK:10000000-10000099", specimen=False, actor=OPERATOR, brand="K")
    with desk.database.work() as work:
        drawn = desk.register.draw(work, 2, org=OWN, shard=FIRST_SHARD, specimen=False, brand="K")
    assert {each.number[:2] for each in drawn.taken} == {"YK"}
    refused = desk.register.enter_range(OWN, "YL:10000000-10000099", specimen=False, actor=OPERATOR, brand="某 牌")
    assert code_of(refused) is Refusal.OUTLET_MALFORMED


def test_prints_are_counted_and_say_how_many(desk: Desk) -> None:
    batch = mint_ref(shard=FIRST_SHARD, at_ms=NOON_MS, random=random)
    with desk.database.work() as work:
        drawn = desk.register.draw(work, 3, org=OWN, shard=FIRST_SHARD, specimen=False, packages=[1, 2, 1])
        bills = [replace(bill, batch=batch) for bill in waybills(drawn, FIRST_SHARD)]
        desk.register.write(work, bills, drawn, org=OWN, shard=FIRST_SHARD, entry=entry(3))
    assert isinstance(desk.void(bills[2].number), Waybill)
    with desk.database.work() as work:
        assert desk.register.printed(work, org=OWN, batches=[batch], actor=OPERATOR) == 2
        assert desk.register.printed(work, org=OWN, batches=[BATCH], actor=OPERATOR) == 0
        assert desk.register.life.printed_some(work, org=OWN, refs=[bills[1].ref], actor=OPERATOR) == 1
    now = [desk.register.find(OWN, bill.number) for bill in bills]
    assert [(each.state, each.prints) for each in now if isinstance(each, Waybill)] == [
        (NumberState.PRINTED, 1),
        (NumberState.PRINTED, 2),
        (NumberState.VOIDED, 0),
    ]
    assert desk.register.stock(OWN).printed == 2
    desk.evidence.sequence(desk.database)
    stated = [each.recorded.entry for each in desk.evidence.entries(desk.database)]
    assert [each.count for each in stated if each.event is Event.LABELS_PRINTED] == [2, 0, 1]
    assert desk.holds()


def test_a_voided_number_is_never_used_again(desk: Desk) -> None:
    (first, second) = desk.issue_for("", [2, 1])
    done = desk.void(first.subs[0])
    assert isinstance(done, Waybill)
    assert code_of(desk.void(first.number)) is Refusal.WAYBILL_VOIDED
    assert code_of(desk.register.void(OWN, second.number, reason="写错了", actor=OPERATOR)) is Refusal.GROUND_MALFORMED
    assert code_of(desk.void(written("YJ", 99_999_999, 8))) is Refusal.NUMBER_UNKNOWN
    now = desk.register.find(OWN, first.number)
    assert isinstance(now, Waybill)
    assert now.state is NumberState.VOIDED
    assert desk.register.stock(OWN).voided == 1
    later = {number for bill in desk.issue_for("", [1] * 97) for number in (bill.number, *bill.subs)}
    assert not later & {first.number, *first.subs}
    assert desk.holds()


def test_a_number_whose_life_has_gone_on_is_not_voided(desk: Desk) -> None:
    bills = desk.issue_for("", [1, 1])
    refs = [bill.ref for bill in bills]
    with desk.database.work() as work:
        assert desk.register.life.archive(work, org=OWN, refs=refs, actor=OPERATOR) == []
        assert desk.register.life.complete(work, org=OWN, refs=refs, actor=OPERATOR) == sorted(refs)
        assert desk.register.life.complete(work, org=OWN, refs=refs, actor=OPERATOR) == []
        assert desk.register.life.archive(work, org=OWN, refs=refs[:1], actor=OPERATOR) == refs[:1]
    assert code_of(desk.void(bills[0].number)) is Refusal.VOID_TOO_LATE
    assert code_of(desk.void(bills[1].number)) is Refusal.VOID_TOO_LATE
    desk.evidence.sequence(desk.database)
    events = [each.recorded.entry.event for each in desk.evidence.entries(desk.database)]
    assert Event.WAYBILL_VOIDED not in events, "what was refused is not stated as done"


def test_a_batch_that_is_not_what_was_drawn_does_not_stay(desk: Desk) -> None:
    def act() -> None:
        with desk.database.work() as work:
            drawn = desk.register.draw(work, 2, org=OWN, shard=FIRST_SHARD, specimen=False)
            bills = waybills(drawn, FIRST_SHARD)[:1]
            desk.register.write(work, bills, drawn, org=OWN, shard=FIRST_SHARD, entry=entry(1))

    with pytest.raises(Misuse, match="exactly"):
        act()
    assert desk.register.audit(OWN) == (0, 0)


def test_a_block_that_somebody_moved_meanwhile_is_not_drawn_from(desk: Desk) -> None:
    desk.issue(1)

    def act() -> None:
        with desk.database.work() as work:
            drawn = desk.register.draw(work, 2, org=OWN, shard=FIRST_SHARD, specimen=False)
            numbering.keep_blocks(work, drawn.moved, (), org=OWN, entry=entry(1))
            desk.register.write(work, waybills(drawn, FIRST_SHARD), drawn, org=OWN, shard=FIRST_SHARD, entry=entry(2))

    with pytest.raises(Fault) as refused:
        act()
    assert refused.value.code is Refusal.NUMBERS_DISAGREE
    assert desk.register.audit(OWN) == (1, 1)


def test_another_shards_idle_numbers_are_not_left_lying(database_factory: Factory) -> None:
    desk = Desk(database_factory(), shards=2)
    desk.enter()
    assert len(desk.issue_for("", [1] * 10, shard=0)) == 10
    assert len(desk.issue_for("", [1] * 95, shard=1)) == 90
    assert desk.holds()


def test_a_hand_edit_is_found_and_named(desk: Desk) -> None:
    bills = desk.issue_for("", [1] * 3)
    with desk.database.engine.connect() as bare, bare.execution_options(yinji_writes=True).begin():
        bare.exec_driver_sql("UPDATE waybill_blocks SET next = next + 5")
        bare.exec_driver_sql("UPDATE waybill_waybills SET prints = 1")
        bare.exec_driver_sql(f"UPDATE waybill_waybills SET number = 'YJ100000505' WHERE number = '{bills[0].number}'")  # noqa: S608 - a number that was just issued
    seen = {each.discord for each in desk.register.examine(OWN).findings}
    assert seen == {Discord.LOST, Discord.MISCOUNTED, Discord.FOREIGN}


def _at_once(desks: list[Desk], act: Callable[[Desk, Random, str], None]) -> None:
    gate = threading.Barrier(len(desks))

    def run(desk: Desk, seed: int) -> None:
        gate.wait(10)
        act(desk, Random(seed), f"p{seed}")  # noqa: S311 - a test wants the same deeds again

    with ThreadPoolExecutor(len(desks)) as pool:
        for done in [pool.submit(run, desk, seed) for seed, desk in enumerate(desks)]:
            done.result(60)


def test_many_at_once_never_share_a_number(database_factory: Factory) -> None:
    """Two processes draw, reserve, confirm, hand back and void; whatever their order, everything agrees afterwards."""
    desks = [Desk(database_factory(), shards=2) for _ in range(2)]
    desks[0].enter("YJ:10000000-10000399")

    def act(desk: Desk, chance: Random, name: str) -> None:
        for step in range(12):
            match chance.randrange(5):
                case 0:
                    desk.reserve(f"{name}.{step}", chance.choice(["PD", "HQ"]), chance.randint(1, 60))
                    desk.confirm(f"{name}.{step}")
                case 1:
                    desk.hand_back(chance.choice(["PD", "HQ"]))
                case 2:
                    for bill in desk.issue_for("", [1, 2], shard=chance.randrange(2)):
                        desk.void(bill.number)
                case _:
                    packages = [chance.randint(1, 3) for _ in range(chance.randint(1, 9))]
                    desk.issue_for(chance.choice(["", "PD", "HQ"]), packages, shard=chance.randrange(2))

    _at_once(desks, act)
    assert desks[0].holds()


def test_two_that_reserve_under_one_key_reserve_once(database_factory: Factory) -> None:
    desks = [Desk(database_factory()) for _ in range(2)]
    desks[0].enter()
    got: list[Reservation | Refuse] = []
    _at_once(desks, lambda desk, _chance, _name: got.append(desk.reserve("same", "PD", 40)))
    assert got[0] == got[1]
    assert desks[0].register.stock(OWN).reserved == 40
    assert desks[0].holds()
