"""Erasure: rows deleted, keys destroyed, nobody else harmed; given everything that still exists, the erased are gone."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.simulators.node import LI, ZHAO, World, make_world
from yinji.access.model import Post
from yinji.flows.drop_period import drop_period
from yinji.flows.find_parcels import find_by_last_four, find_by_order, find_parcels
from yinji.flows.forget_persons import Forget, forget_persons
from yinji.flows.hold_parcel import hold_parcel, lift_hold
from yinji.flows.house import House
from yinji.flows.reconcile_batches import reconcile_batches
from yinji.flows.reveal_person import Reveal, reveal_person
from yinji.flows.verify_evidence import verify_evidence
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal
from yinji.keys.keystore import period_of
from yinji.main import open_house
from yinji.vault.erasing.dropping import Dropped
from yinji.vault.erasing.forgetting import Forgetting
from yinji.vault.model import Erased, Intake, SealedParcel
from yinji.vault.service import Vault

RECIPIENT, SENDER = PartyRole.RECIPIENT, PartyRole.SENDER
ANSWER = Purpose.ANSWER_PERSON
PLENTY = "reveals_a_day = 100000\n"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path / "node", settings=PLENTY)


def person(at: int) -> tuple[str, str, str]:
    """One of many invented people, each with a phone of its own."""
    return (
        "钱孙周吴郑"[at % 5] + "若谷听澜"[at % 4],
        f"1390000{at:04d}",
        f"浙江省杭州市西湖区望云路{at + 1}号3幢2单元{at % 9 + 1}01室",
    )


def issue(world: World, people: Sequence[tuple[str, str, str]], *, first: int = 0) -> list[str]:
    """One order a person; return their waybill numbers."""
    outcome = world.issue([world.order(f"E{first + at}", who) for at, who in enumerate(people)])
    assert not outcome.refused
    return [label.number for label in outcome.labels]


def forget(house: House, number: str, party: PartyRole = RECIPIENT) -> Erased | Refuse:
    (answer,) = forget_persons(house, (Forget(number, party),), purpose=ANSWER)
    return answer


def seen(house: House, number: str, party: PartyRole = RECIPIENT) -> str | Refusal:
    answer = reveal_person(house, Reveal(number, party, View.ALL, ANSWER))
    return answer.code if isinstance(answer, Refuse) else answer.values["name"].open()


def found(house: House, phone: str) -> list[str]:
    hits = find_parcels(house, Private(phone), purpose=ANSWER)
    assert not isinstance(hits, Refuse)
    return [hit.waybill.number for hit in hits]


def found_by_last_four(house: House, phone: str) -> list[str]:
    hits = find_by_last_four(house, Private(phone[-4:]), days=3, purpose=ANSWER, outlet="浦东张江一部")
    assert not isinstance(hits, Refuse), hits
    return [hit.waybill.number for hit in hits]


def found_by_order(house: House, order: str) -> list[str]:
    hits = find_by_order(house, Private(order), merchant="M", purpose=ANSWER)
    assert not isinstance(hits, Refuse)
    return [hit.waybill.number for hit in hits]


def check_evidence(house: House) -> None:
    assert all(report.holds for report in verify_evidence(house)), verify_evidence(house)
    assert reconcile_batches(house).holds, reconcile_batches(house)


def test_an_erased_recipient_is_gone_and_everybody_else_is_not(world: World) -> None:
    house = world.house
    mine, theirs = issue(world, [LI, ZHAO])
    assert isinstance(forget(house, mine), Erased)
    assert seen(house, mine) is Refusal.PERSON_FORGOTTEN
    assert (found(house, LI[1]), found_by_last_four(house, LI[1]), found_by_order(house, "E0")) == ([], [], [])
    assert seen(house, theirs) == ZHAO[0]
    assert (found(house, ZHAO[1]), found_by_last_four(house, ZHAO[1]), found_by_order(house, "E1")) == ([theirs],) * 3
    assert seen(house, mine, SENDER) == "茶与山商行"
    check_evidence(house)


def test_an_erased_sender_leaves_the_recipient(world: World) -> None:
    (number,) = issue(world, [LI])
    assert isinstance(forget(world.house, number, SENDER), Erased)
    assert seen(world.house, number, SENDER) is Refusal.PERSON_FORGOTTEN
    assert seen(world.house, number) == LI[0]
    assert found(world.house, LI[1]) == [number]
    check_evidence(world.house)


def test_everybody_in_the_slices_of_the_erased_stays_findable(world: World) -> None:
    """Two hundred people on one day: every one of 64 slices of phones has several."""
    people = [person(at) for at in range(200)]
    numbers = issue(world, people)
    gone = set(range(0, 200, 7))
    answers = forget_persons(world.house, [Forget(numbers[at], RECIPIENT) for at in sorted(gone)], purpose=ANSWER)
    assert all(isinstance(each, Erased) for each in answers)
    for house in (world.house, world.again()):
        for at in range(200):
            expected = [] if at in gone else [numbers[at]]
            assert found(house, people[at][1]) == expected, at
            if at % 10 == 0:
                assert found_by_last_four(house, people[at][1]) == expected
                assert found_by_order(house, f"E{at}") == expected
    check_evidence(world.house)


def test_more_parties_than_one_sentence_names_are_erased_lot_by_lot(world: World) -> None:
    people = [person(at) for at in range(7)]
    numbers = issue(world, people)
    asked = [Forget(number, role) for number in (*numbers[:5], "QL9", *numbers[5:]) for role in (RECIPIENT, SENDER)]
    answers = forget_persons(world.house, asked, purpose=ANSWER, at_once=3)
    assert [isinstance(each, Erased) for each in answers] == [each.number != "QL9" for each in asked]
    entries = [each.recorded.entry for each in world.house.ledger.entries(world.house.data, limit=1_000)]
    lots = [each.count for each in entries if each.event is Event.ROWS_DELETED]
    assert lots == [3, 3, 3, 1, 3, 1]
    assert not any(found(world.house, phone) for _, phone, _ in people)
    check_evidence(world.house)


def test_who_is_erased_can_order_again_and_is_a_new_person(world: World) -> None:
    (number,) = issue(world, [LI])
    forget(world.house, number)
    (again,) = issue(world, [LI])
    assert again != number
    assert found(world.house, LI[1]) == [again]
    check_evidence(world.house)


def test_forgetting_twice_says_that_nobody_is_there(world: World) -> None:
    (number,) = issue(world, [LI])
    forget(world.house, number)
    assert forget(world.house, number) == Refuse(Refusal.PERSON_FORGOTTEN)


def test_a_legal_hold_keeps_a_person_until_it_is_lifted(world: World) -> None:
    (number,) = issue(world, [LI])
    assert hold_parcel(world.house, number, ground="case-2026-17") == ()
    answer = forget(world.house, number)
    assert answer == Refuse(Refusal.ON_HOLD, "case-2026-17")
    assert seen(world.house, number) == LI[0]
    assert lift_hold(world.house, number, ground="case-2026-17") is None
    assert isinstance(forget(world.house, number), Erased)


def test_a_hold_that_is_not_there_cannot_be_lifted_and_a_ground_is_a_code(world: World) -> None:
    (number,) = issue(world, [LI])
    assert lift_hold(world.house, number, ground="none") == Refuse(Refusal.HOLD_UNKNOWN, "none")
    assert hold_parcel(world.house, number, ground="李思远的案子") == Refuse(Refusal.GROUND_MALFORMED)


def test_a_label_of_an_erased_person_leads_nowhere(world: World) -> None:
    (number,) = issue(world, [LI])
    house = world.house
    before = house.register.find(house.node.org, number)
    forget(house, number)
    after = house.register.find(house.node.org, number)
    assert not isinstance(before, Refuse)
    assert not isinstance(after, Refuse)
    assert (len(before.token), after.token) == (16, b"")


def test_a_process_that_opened_the_node_before_sees_the_erasure(world: World) -> None:
    other = world.again()
    numbers = issue(world, [LI, ZHAO])
    assert found(other, LI[1]) == numbers[:1]  # it has the keys in memory now
    forget(world.house, numbers[0])
    assert seen(other, numbers[0]) is Refusal.PERSON_FORGOTTEN
    assert found(other, LI[1]) == []
    assert found(other, ZHAO[1]) == numbers[1:]


def test_a_process_that_opened_the_node_before_goes_on_issuing(world: World) -> None:
    other = World(world.home, world.clock, world.again())
    (first,) = issue(other, [LI])
    forget(world.house, first)
    (second,) = issue(other, [ZHAO], first=1)
    assert found(world.house, ZHAO[1]) == [second] == found(other.house, ZHAO[1])
    check_evidence(other.house)


# Given everything that still exists


def old_copy(world: World, to: Path, *, keys: bool) -> Path:
    """A full copy of the node's data, and of its key store but for the epoch keys, which live short."""
    for database in (world.house.data, world.house.disclosures):
        database.shorten_log()
    shutil.copytree(world.home, to)
    if not keys:
        shutil.rmtree(to / "keys")
    return to


def combined(old: Path, present: Path, to: Path, *, old_periods: bool) -> Path:
    """Old data under the present keys; with ``old_periods`` under the period files of then, beside the epoch keys of now."""
    shutil.copytree(old, to)
    shutil.rmtree(to / "keys")
    shutil.copytree(present / "keys", to / "keys")
    if old_periods:
        for file in (old / "keys").glob("*.period"):
            shutil.copy2(file, to / "keys" / file.name)
    return to


def whatever(act: Callable[[], object]) -> object:
    """What an attempt gives, or the fault it ends with."""
    try:
        return act()
    except Fault as fault:
        return fault.code


def test_old_data_under_the_present_keys_give_nothing_of_the_erased(world: World, tmp_path: Path) -> None:
    people = [person(at) for at in range(40)]
    numbers = issue(world, people)
    old = old_copy(world, tmp_path / "old", keys=True)
    gone = [3, 17, 30]
    forget_persons(world.house, [Forget(numbers[at], RECIPIENT) for at in gone], purpose=ANSWER)
    attacked = open_house(combined(old, world.home, tmp_path / "attacked", old_periods=False), clock=world.clock)
    assert whatever(lambda: seen(attacked, numbers[0])) is Refusal.KEYS_STALE  # nothing at all, before it is mended
    force_revisions(attacked, world.house)
    for at in gone:
        assert seen(attacked, numbers[at]) is Refusal.PERSON_FORGOTTEN
        assert found(attacked, people[at][1]) == []
        assert found_by_last_four(attacked, people[at][1]) == []
        assert found_by_order(attacked, f"E{at}") == []
    for at in set(range(40)) - set(gone):
        assert seen(attacked, numbers[at]) == people[at][0]
    attacked.close()


def test_old_period_files_open_nothing_without_the_epoch_keys_of_their_time(world: World, tmp_path: Path) -> None:
    numbers = issue(world, [LI, ZHAO])
    old = old_copy(world, tmp_path / "old", keys=True)
    forget(world.house, numbers[0])
    attacked = open_house(combined(old, world.home, tmp_path / "attacked", old_periods=True), clock=world.clock)
    assert whatever(lambda: seen(attacked, numbers[0])) is Refusal.KEYS_MISSING
    attacked.close()


def force_revisions(attacked: House, present: House) -> None:
    """What an attacker with the files would do to get past the check: state the present revisions in the old data."""
    file = attacked.data.file
    assert file is not None
    assert present.data.file is not None
    with sqlite3.connect(present.data.file) as now:
        stated = now.execute("SELECT revision, stamp, ahead_of, period FROM vault_periods").fetchall()
    with sqlite3.connect(file) as then:
        then.executemany("UPDATE vault_periods SET revision = ?, stamp = ?, ahead_of = ? WHERE period = ?", stated)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whoever_is_erased_in_whatever_order_is_gone_and_nobody_else(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.mktemp("erasing")
    world = make_world(base / "node", settings=PLENTY)
    people = [person(at) for at in range(24)]
    numbers = issue(world, people)
    old = old_copy(world, base / "old", keys=True)
    batches = data.draw(st.lists(st.lists(st.integers(0, 23), min_size=1, max_size=6, unique=True), min_size=1, max_size=4))
    gone: set[int] = set()
    for batch in batches:
        answers = forget_persons(world.house, [Forget(numbers[at], RECIPIENT) for at in batch], purpose=ANSWER)
        expected = [Refuse(Refusal.PERSON_FORGOTTEN) if at in gone else Erased for at in batch]
        assert [each if isinstance(each, Refuse) else type(each) for each in answers] == expected
        gone |= set(batch)
    attacked = open_house(combined(old, world.home, base / "attacked", old_periods=False), clock=world.clock)
    force_revisions(attacked, world.house)
    for at, (name, phone, _) in enumerate(people):
        erased = at in gone
        for house in (world.house, attacked):
            assert seen(house, numbers[at]) == (Refusal.PERSON_FORGOTTEN if erased else name)
        assert found(world.house, phone) == ([] if erased else [numbers[at]])
        if erased:
            assert found(attacked, phone) == []
    check_evidence(world.house)
    attacked.close()
    world.house.close()


# Periods


def test_a_dropped_period_takes_everybody_but_those_on_hold(world: World) -> None:
    house = world.house
    kept, gone = issue(world, [LI, ZHAO])
    hold_parcel(house, kept, ground="case-1")
    period = period_of(beijing_day(world.clock.now_ms()))
    world.clock.pass_days(30)
    dropped = drop_period(house, period)
    assert isinstance(dropped, Dropped)
    assert (dropped.resealed, dropped.deleted) == (2, 2)
    assert seen(house, gone) is Refusal.PERSON_FORGOTTEN
    assert found(house, ZHAO[1]) == []
    assert (seen(house, kept), seen(house, kept, SENDER)) == (LI[0], "茶与山商行")
    assert (found(house, LI[1]), found_by_order(house, "E0")) == ([kept], [kept])
    assert [file.suffix for file in (world.home / "keys").glob(f"*-{period}*")] == [".dropped"]
    check_evidence(house)
    assert (seen(world.again(), kept), found(world.again(), LI[1])) == (LI[0], [kept])
    lift_hold(house, kept, ground="case-1")
    assert isinstance(forget(house, kept), Erased)
    assert found(house, LI[1]) == []


def test_an_order_of_a_dropped_month_is_refused_and_the_others_go_on(world: World) -> None:
    issue(world, [LI])
    ended = period_of(beijing_day(world.clock.now_ms()))
    world.clock.pass_days(30)
    drop_period(world.house, ended)
    outcome = world.issue([world.order("LATE", LI), world.order("GOOD", ZHAO, ordered=date(2026, 12, 20))])
    assert [(each.refusal.code, each.refusal.at) for each in outcome.refused] == [(Refusal.PERIOD_ENDED, "order.date")]
    assert len(outcome.labels) == 1


def test_a_courier_drops_no_month(world: World) -> None:
    (number,) = issue(world, [LI])
    period = period_of(beijing_day(world.clock.now_ms()))
    world.clock.pass_days(30)
    answer = drop_period(world.as_(Post.COURIER), period)
    assert isinstance(answer, Refuse)
    assert answer.code is Refusal.ACCOUNT_NOT_ALLOWED
    assert seen(world.house, number) == LI[0]


@pytest.mark.parametrize("period", [0, 1, 202612, 202613, 203001])
def test_a_month_that_is_not_over_or_not_there_is_not_dropped(world: World, period: int) -> None:
    issue(world, [LI])
    with pytest.raises(Fault) as fault:
        drop_period(world.house, period)
    assert fault.value.code in {Refusal.PERIOD_UNKNOWN, Refusal.PERIOD_RUNNING}


def test_a_hold_placed_while_an_erasure_is_prepared_holds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The permit is used up, the keys are being renewed: then the hold comes."""
    mine, other = issue(world, [LI, ZHAO])
    house, before = world.house, Forgetting._renew

    def renewed(self: Forgetting, *given: object, **named: object) -> None:
        before(self, *given, **named)
        hold_parcel(house, mine, ground="case-9")

    monkeypatch.setattr(Forgetting, "_renew", renewed)
    answers = forget_persons(house, [Forget(mine, RECIPIENT), Forget(other, RECIPIENT)], purpose=ANSWER)
    assert answers[0] == Refuse(Refusal.ON_HOLD, "case-9")
    assert isinstance(answers[1], Erased)
    assert (seen(house, mine), found(house, LI[1]), found_by_order(house, "E0")) == (LI[0], [mine], [mine])
    assert found(house, ZHAO[1]) == []
    check_evidence(house)


def test_an_undated_twin_that_another_process_issues_meanwhile_is_the_same_order(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody had an order without its date when this batch looked; one comes before it writes."""
    other = World(world.home, world.clock, world.again())
    seal, twins = Vault.seal, list[str]()

    def sealed(self: Vault, org: Ref, intakes: Sequence[Intake], *, at_ms: int) -> list[SealedParcel]:
        if self is world.house.vault and not twins:
            (label,) = other.issue([other.order("TWIN", LI, ordered=None)]).labels
            twins.append(label.number)
        return seal(self, org, intakes, at_ms=at_ms)

    monkeypatch.setattr(Vault, "seal", sealed)
    (label,) = world.issue([world.order("TWIN", LI)]).labels
    assert [label.number] == twins
