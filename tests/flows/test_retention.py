"""Retention: what is over is planned without touching anything, erased on demand or by the worker, and holds are respected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.simulators.erasing import check_evidence, issue, people, seen
from tests.simulators.node import World, make_world
from yinji.access.model import Post
from yinji.flows.end_retention import end_retention
from yinji.flows.hold_parcel import hold_parcel, lift_hold
from yinji.flows.house import House
from yinji.flows.plan_retention import PROPOSAL, RetentionPlan, kept_until, plan_retention
from yinji.flows.tend_node import tend_node
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.purpose import PartyRole
from yinji.kernel.refusals import Refusal
from yinji.vault.erasing.dropping import Dropped

SETTINGS = "retention_days = 90\nreveals_a_day = 1000\nfind_days = 60\n"
HOUR_MS = 3_600_000


class Old(World):
    """A node with two recipients of September, three of October, one of November; somebody of September is on hold."""

    september: list[str]
    october: list[str]
    november: list[str]

    def day(self, day: str) -> None:
        self.clock.set_to(f"{day}T10:00:00+08:00")


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Old]:
    made = make_world(tmp_path / "node", settings=SETTINGS)
    made.house.close()
    world = Old(made.home, made.clock, made.house)
    crowd = people(6)
    world.day("2026-09-10")
    world.house = world.again()
    world.september = issue(world, crowd[:2])
    assert hold_parcel(world.house, world.september[0], ground="case-7") == ()
    world.day("2026-10-10")
    world.october = issue(world, crowd[2:5], first=2)
    world.day("2026-11-10")
    world.november = issue(world, crowd[5:], first=5)
    yield world
    world.house.close()


def figures(plan: RetentionPlan) -> list[tuple[int, int, int, bool]]:
    return [(each.period, each.parties, len(each.held), each.over) for each in plan.months]


def size(house: House) -> int:
    return len(house.ledger.entries(house.data, limit=10_000)) + len(house.ledger.entries(house.disclosures, limit=10_000))


def test_a_month_is_kept_until_its_last_day_is_long_ago_enough() -> None:
    assert str(kept_until(202609, days=90)) == "2026-12-29"
    assert str(kept_until(202612, days=1)) == "2027-01-01"
    assert str(kept_until(202402, days=731)) == "2026-03-01"


def test_a_plan_counts_by_month_names_holds_and_changes_nothing(old: Old) -> None:
    old.day("2026-12-29")
    assert plan_retention(old.house).over == ()
    old.day("2026-12-30")
    before = size(old.house)
    plan = plan_retention(old.house)
    assert figures(plan) == [(202609, 4, 1, True), (202610, 6, 0, False), (202611, 2, 0, False)]
    assert plan.months[0].held == ((old.september[0], "case-7"),)
    assert (plan.days, plan.proposed, plan.below_archive) == (90, False, True)
    assert size(old.house) == before, "a dry run is not even evidence"
    assert seen(old.house, old.september[1]) == "孙谷"


def test_a_run_erases_what_is_over_and_keeps_who_is_on_hold(old: Old) -> None:
    old.day("2027-01-30")
    done = end_retention(old.house, months_max=10)
    assert [each.period for each in done.months] == [202609, 202610]
    assert [each.end for each in done.months if isinstance(each.end, Refuse)] == []
    assert (done.parties, done.refused, done.left) == (2 + 6, (), 0)
    told = [seen(old.house, number) for number in (*old.september, *old.october, *old.november)]
    gone = Refusal.PERSON_FORGOTTEN
    assert told == ["钱若", gone, gone, gone, gone, "钱谷"]
    assert end_retention(old.house, months_max=10).parties == 0, "nothing is left for a second run"
    check_evidence(old.house)


def test_a_run_is_bounded_and_the_next_goes_on(old: Old) -> None:
    old.day("2027-01-30")
    first, second = (end_retention(old.house, months_max=1) for _ in range(2))
    assert [(each.months[0].period, each.left) for each in (first, second)] == [(202609, 1), (202610, 0)]


def test_whoever_a_hold_kept_is_forgotten_when_it_is_lifted(old: Old) -> None:
    old.day("2026-12-30")
    end_retention(old.house, months_max=10)
    held = old.september[0]
    assert (plan_retention(old.house).released, seen(old.house, held)) == (0, "钱若")
    assert lift_hold(old.house, held, ground="case-7") is None
    assert plan_retention(old.house).released == 2
    assert end_retention(old.house, months_max=10).released == 2
    assert seen(old.house, held) is seen(old.house, held, PartyRole.SENDER) is Refusal.PERSON_FORGOTTEN
    check_evidence(old.house)


def test_two_processes_that_end_a_month_do_it_once(old: Old) -> None:
    old.day("2026-12-30")
    other = old.again()
    assert end_retention(old.house, months_max=1).parties == 2
    assert end_retention(other, months_max=1).months == ()
    other.close()


def test_a_post_that_may_not_erase_ends_nothing(old: Old) -> None:
    old.day("2026-12-30")
    done = end_retention(replace(old.house, account=old.as_(Post.COURIER).account), months_max=1)
    assert [each.code for each in done.refused] == [Refusal.ACCOUNT_NOT_ALLOWED]
    assert figures(plan_retention(old.house))[0] == (202609, 4, 1, True)


def test_the_worker_only_counts_until_it_is_told_to_erase(old: Old) -> None:
    old.day("2027-01-30")
    done = {each.name: each.things for each in tend_node(old.house)}
    assert done["plan_retention"] == 2
    assert "end_retention" not in done
    assert len(plan_retention(old.house).over) == 2
    told = replace(old.house, settings=replace(old.house.settings, retention_run="on"))
    assert {each.name: each.things for each in tend_node(told)}["end_retention"] == 2, "one month at a time"
    assert "end_retention" not in {each.name for each in tend_node(told)}
    old.clock.pass_ms(HOUR_MS)
    assert {each.name: each.things for each in tend_node(told)}["end_retention"] == 6
    assert plan_retention(told).over == ()
    entries = [each.recorded.entry for each in told.ledger.entries(told.data, limit=1_000)]
    assert [each.ground for each in entries if each.event is Event.PERIOD_DROPPED] == ["202609", "202610"]


def test_where_nobody_set_the_days_the_proposal_of_the_rule_pack_holds_and_is_called_one(old: Old) -> None:
    proposing = replace(old.house, settings=replace(old.house.settings, retention_days=0))
    old.day("2028-09-30")
    plan = plan_retention(proposing)
    assert (plan.days, plan.proposed, plan.below_archive, plan.over) == (731, True, False, ())
    assert {each.id: each.weight for each in plan.basis}[PROPOSAL] == "house"
    old.day("2028-10-02")
    assert [each.period for each in plan_retention(proposing).over] == [202609]


def test_dropping_says_what_it_did(old: Old) -> None:
    old.day("2026-12-30")
    (month,) = end_retention(old.house, months_max=1).months
    assert isinstance(month.end, Dropped)
    assert (month.end.deleted, month.end.resealed) == (2, 2)
