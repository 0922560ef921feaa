"""Numbers in a whole node: issued for an outlet, voided, audited, watched."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import replace

import pytest

from tests.simulators.node import LOOK, World, press
from yinji.flows.audit_numbers import audit_numbers
from yinji.flows.issue_waybills import IssueRun
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Reservation, Waybill
from yinji.waybill.numbering.odd_use import Oddity, Warned
from yinji.waybill.rules import written
from yinji.waybill.service import Register


def allocate(world: World, owner: str, count: int) -> None:
    house = world.house
    made = house.register.allocation.reserve(house.node.org, key=owner, owner=owner, count=count, actor=house.actor)
    assert isinstance(made, Reservation)
    assert isinstance(house.register.allocation.confirm(house.node.org, key=owner, actor=house.actor), Reservation)


def found(world: World, number: str) -> Waybill:
    bill = world.house.register.find(world.house.node.org, number)
    assert isinstance(bill, Waybill)
    return bill


def test_a_run_uses_what_its_outlet_was_allocated(world: World) -> None:
    allocate(world, "PD-1", 2)
    run = IssueRun(world.house, press(), merchant="M", look=replace(LOOK, outlet_code="PD-1"))
    labels = run.issue([world.order(f"E{at}") for at in range(3)]).labels
    bills = [found(world, label.number) for label in labels]
    assert [bill.owner for bill in bills] == ["PD-1", "PD-1", ""]
    assert {bill.outlet for bill in bills} == {"PD-1"}
    assert audit_numbers(world.house).holds


def test_an_outlet_that_is_no_code_is_refused_before_anything_is_issued(world: World) -> None:
    with pytest.raises(Fault) as refused:
        IssueRun(world.house, press(), merchant="M", look=replace(LOOK, outlet_code="浦东一部"))
    assert refused.value.code is Refusal.OUTLET_MALFORMED


def test_the_order_of_a_voided_number_gets_no_label_again(world: World) -> None:
    order = world.order("E1")
    (label,) = world.issue([order]).labels
    house = world.house
    voided = house.register.void(house.node.org, label.number, reason="typo", actor=house.actor)
    assert isinstance(voided, Waybill)
    outcome = world.issue([order])
    assert outcome.labels == []
    assert [each.refusal.code for each in outcome.refused] == [Refusal.WAYBILL_VOIDED]
    assert audit_numbers(house).holds


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE waybill_blocks SET next = next + 1",
        "UPDATE waybill_blocks SET last = last + 1",
        "UPDATE waybill_intervals SET first = first + 1",
        "DELETE FROM waybill_intervals",
        "DELETE FROM waybill_waybills WHERE item = 1",
        "UPDATE waybill_waybills SET outlet = 'PD' WHERE item = 1",
        "UPDATE waybill_waybills SET owner = 'PD' WHERE item = 1",
        "UPDATE waybill_waybills SET state = 8 WHERE item = 1",
        "UPDATE waybill_waybills SET prints = 0 WHERE item = 1",
        "UPDATE waybill_counts SET printed = 9",
    ],
)
def test_the_audit_sees_what_somebody_changed(world: World, edit: str) -> None:
    labels = world.issue([world.order(f"E{at}") for at in range(3)]).labels
    with world.house.data.work() as work:
        batch = found(world, labels[0].number).batch
        assert world.house.register.printed(work, org=world.house.node.org, batches=[batch], actor=world.house.actor) == 3
    assert audit_numbers(world.house).holds
    with sqlite3.connect(world.home / "data.db") as rows:
        assert rows.execute(edit).rowcount
    assert not audit_numbers(world.house).holds


class Told:
    """Facts as a world of parcels would tell them."""

    def __init__(self, accepted: Collection[Ref], named: Iterable[str]) -> None:
        self._accepted = frozenset(accepted)
        self._named = list(named)

    def known(self, org: Ref) -> bool:
        return len(org) == 16

    def accepted(self, org: Ref, refs: Collection[Ref]) -> frozenset[Ref]:
        assert len(org) == 16
        return self._accepted & frozenset(refs)

    def named(self, org: Ref, *, since_ms: int) -> Iterable[str]:
        assert (len(org), since_ms > 0) == (16, True)
        return self._named


def watching(world: World, told: Told | None) -> Register:
    house = world.house
    return Register(data=house.data, clock=house.clock, random=house.random, shards=house.settings.shards, facts=told)


def test_numbers_used_oddly_are_warned_of(world: World) -> None:
    first, second, third = (label.number for label in world.issue([world.order(f"E{at}") for at in range(3)]).labels)
    org, actor = world.house.node.org, world.house.actor
    assert isinstance(world.house.register.void(org, third, reason="typo", actor=actor), Waybill)
    ahead = written("QL", 1_000_000_000_999, 13)
    told = Told([found(world, first).ref], [ahead, third, "SF1999999999999"])
    assert watching(world, told).void(org, first, reason="late", actor=actor) == Refuse(Refusal.VOID_TOO_LATE, first)
    seen = watching(world, told).warnings(org)
    assert seen.events_known
    assert set(seen.warned) == {Warned(Oddity.JUMP, ahead, 997), Warned(Oddity.VOIDED, third, 1)}
    world.clock.pass_days(8)
    assert Warned(Oddity.UNACCEPTED, second, 1) in watching(world, told).warnings(org).warned
    assert first not in {each.at for each in watching(world, told).warnings(org).warned}


def test_without_parcel_events_odd_use_cannot_be_told(world: World) -> None:
    world.issue([world.order("E1")])
    world.clock.pass_days(8)
    seen = watching(world, None).warnings(world.house.node.org)
    assert (seen.warned, seen.events_known) == ((), False)
