"""Attacks on the vault: months that meet, end and are on hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.flows.test_erasure import forget, found_by_order, person, seen
from tests.simulators.attacking import NOVEMBER, OCTOBER, by_hand, one, to_day, two_of_one_slice
from tests.simulators.node import LI, ZHAO, World, make_world
from yinji.flows.drop_period import drop_period
from yinji.flows.hold_parcel import hold_parcel, lift_hold
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.keys.keystore import STANDING
from yinji.vault.model import Erased


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path / "node", settings="reveals_a_day = 100000\n")
    yield made
    made.house.close()


def test_dropping_a_month_leaves_orders_of_that_month_that_were_issued_in_the_next(world: World) -> None:
    to_day(world, "2026-10-31")
    one(world, "OLD", ZHAO, ordered=date(2026, 10, 31))
    to_day(world, "2026-11-01")
    number = one(world, "LATE", LI, ordered=date(2026, 10, 31))
    drop_period(world.house, OCTOBER)
    assert seen(world.house, number) == LI[0]
    assert found_by_order(world.house, "LATE") == [number]


def test_an_order_of_a_dropped_month_issued_in_the_next_keeps_its_number(world: World) -> None:
    to_day(world, "2026-10-31")
    one(world, "OLD", ZHAO, ordered=date(2026, 10, 31))
    to_day(world, "2026-11-01")
    order = world.order("LATE", LI, ordered=date(2026, 10, 31))
    (label,) = world.issue([order]).labels
    drop_period(world.house, OCTOBER)
    (again,) = world.issue([order]).labels
    assert again.number == label.number


def test_dropping_a_month_takes_its_undated_orders_out_of_the_index(world: World) -> None:
    to_day(world, "2026-10-31")
    one(world, "UNDATED", LI, ordered=None)
    to_day(world, "2026-11-21")
    drop_period(world.house, OCTOBER)
    assert by_hand(world.house, "SELECT count(*) FROM vault_orders") == [(0,)]


def test_an_undated_order_can_be_given_again_after_its_month_was_dropped(world: World) -> None:
    to_day(world, "2026-10-31")
    one(world, "UNDATED", LI, ordered=None)
    to_day(world, "2026-11-21")
    drop_period(world.house, OCTOBER)
    outcome = world.issue([world.order("UNDATED", LI, ordered=None)])
    assert not outcome.refused
    assert len(outcome.labels) == 1


def test_a_dropped_months_orders_of_the_month_before_leave_no_index_hit(world: World) -> None:
    to_day(world, "2026-11-01")
    one(world, "CARRIED", LI, ordered=date(2026, 10, 31))
    to_day(world, "2026-12-02")
    drop_period(world.house, NOVEMBER)
    assert by_hand(world.house, "SELECT count(*) FROM vault_orders") == [(0,)]


def test_an_order_on_hold_keeps_its_number_after_its_month_was_dropped(world: World) -> None:
    to_day(world, "2026-10-20")
    order = world.order("HELD", LI, ordered=date(2026, 10, 20))
    (label,) = world.issue([order]).labels
    hold_parcel(world.house, label.number, ground="case-1")
    to_day(world, "2026-11-21")
    drop_period(world.house, OCTOBER)
    (again,) = world.issue([order]).labels
    assert again.number == label.number


def test_who_was_held_and_is_erased_later_leaves_no_index_row(world: World) -> None:
    to_day(world, "2026-11-01")
    number = one(world, "HELD", LI, ordered=date(2026, 10, 31))
    hold_parcel(world.house, number, ground="case-1")
    to_day(world, "2026-12-02")
    drop_period(world.house, NOVEMBER)
    lift_hold(world.house, number, ground="case-1")
    assert isinstance(forget(world.house, number), Erased)
    assert by_hand(world.house, "SELECT count(*) FROM vault_orders") == [(0,)]


def test_a_dated_order_is_known_that_came_undated_to_a_process_that_missed_an_erasure(world: World) -> None:
    """The undated order stands under keys that an erasure renewed; the process that issues has those before in memory."""
    to_day(world, "2026-10-20")
    mine, theirs = two_of_one_slice(world)
    leaving = one(world, mine, LI, ordered=None)
    staying = one(world, theirs, ZHAO, ordered=None)
    to_day(world, "2026-11-21")
    other = World(world.home, world.clock, world.again())
    one(other, "WARM", person(3))  # it has the keys of undated orders and of this month in memory now
    assert isinstance(forget(world.house, leaving), Erased)
    assert one(other, theirs, ZHAO) == staying
    other.house.close()


def test_a_period_of_its_own_is_not_dropped(world: World) -> None:
    """Neither what has no date nor what is on hold has a month that ends."""
    one(world, "E0", LI)
    with pytest.raises(Fault):
        drop_period(world.house, STANDING)
    assert world.house.vault.standing_sender(world.house.node.org) is not None


def test_a_damaged_party_on_hold_is_named_when_its_month_is_dropped(world: World) -> None:
    number = one(world, "E0", LI)
    hold_parcel(world.house, number, ground="case-1")
    by_hand(world.house, "UPDATE vault_parties SET sealed_values = zeroblob(80) WHERE parcel != org_id AND role = 1")
    to_day(world, "2026-12-02")
    with pytest.raises(Fault) as fault:
        drop_period(world.house, NOVEMBER)
    assert fault.value.code is Refusal.SEAL_BROKEN
