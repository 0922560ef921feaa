"""What tells that an order is the same one again: it goes with whom it tells of, and the rest goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.simulators.node import SENDER, World, make_world
from yinji.flows.drop_period import drop_period
from yinji.flows.forget_persons import Forget, forget_persons
from yinji.flows.hold_parcel import hold_parcel
from yinji.flows.issue_model import Outcome
from yinji.flows.set_sender import set_sender
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import FIRST_SHARD
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, Purpose
from yinji.kernel.refusals import Refusal
from yinji.vault.erasing.dropping import Dropped
from yinji.vault.model import Belongings, Digests, Erased, Standing, ToldOrder
from yinji.waybill.carried import carried

OTHER = Party(Private("沈听澜"), Private("13700002468"), Private("江苏省南京市玄武区桂花巷6号2单元402室"))
NOVEMBER = 202611


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path / "node")
    yield made
    made.house.close()


def forget_sender(world: World, number: str) -> None:
    (answer,) = forget_persons(world.house, (Forget(number, PartyRole.SENDER),), purpose=Purpose.ANSWER_PERSON)
    assert isinstance(answer, Erased)


def refused(outcome: Outcome) -> list[Refusal]:
    return [row.refusal.code for row in outcome.refused]


def kept(world: World, number: str) -> Digests:
    """The digests that the vault still has of a waybill's order."""
    bill = world.house.register.find(world.house.node.org, number)
    assert not isinstance(bill, Refuse)
    with world.house.data.reading() as reading:
        org = world.house.node.org
        standing = world.house.vault.standing_orders(reading, org=org, shard=FIRST_SHARD, parcels=[bill.ref])[bill.ref]
    assert isinstance(standing, Standing)
    return standing.digests


def digests_of(world: World, number: str, sender: Party) -> Digests:
    """The digests of an order as `World.order` tells it, from whoever sends it."""
    order = world.order(number)
    goods = Belongings(Private(number), order.contents, order.remark)
    told = ToldOrder("M", False, order.ordered, order.recipient, sender, goods, (carried(order),))  # noqa: FBT003 - a real order
    return world.house.vault.order_key(world.house.node.org, told).digests


def test_what_is_kept_with_the_recipient_says_nothing_of_the_sender(world: World) -> None:
    number = world.number_of("A1")
    mine, others = digests_of(world, "A1", SENDER), digests_of(world, "A1", OTHER)
    assert kept(world, number) == mine
    assert mine.recipient == others.recipient
    assert mine.sender != others.sender


def test_the_senders_digest_is_gone_with_the_sender(world: World) -> None:
    number = world.number_of("A1")
    before = kept(world, number)
    forget_sender(world, number)
    assert kept(world, number) == Digests(before.recipient, b"")


def test_an_old_copy_of_the_row_does_not_bring_the_senders_digest_back(world: World) -> None:
    number = world.number_of("A1")
    with sqlite3.connect(world.home / "data.db") as rows:
        (old,) = rows.execute("SELECT * FROM vault_parties WHERE role = 2 AND parcel != org_id").fetchall()
    forget_sender(world, number)
    with sqlite3.connect(world.home / "data.db") as rows:
        rows.execute("INSERT INTO vault_parties VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", old)
    assert kept(world, number).sender == b""


def test_the_same_order_keeps_its_number_though_its_sender_was_erased(world: World) -> None:
    number = world.number_of("A1")
    forget_sender(world, number)
    again = world.issue([world.order("A1")])
    assert ([label.number for label in again.labels], again.known) == ([number], 1)


def test_of_an_erased_sender_nothing_is_left_to_compare_and_the_rest_still_is(world: World) -> None:
    number = world.number_of("A1")
    assert set_sender(world.house, OTHER) == ()
    assert refused(world.issue([world.order("A1")])) == [Refusal.ORDER_CHANGED]
    forget_sender(world, number)
    assert [label.number for label in world.issue([world.order("A1")]).labels] == [number]
    for changed in (world.order("A1", contents="茶杯"), replace(world.order("A1"), pieces=2)):
        assert refused(world.issue([changed])) == [Refusal.ORDER_CHANGED]


def test_a_sender_whose_seal_is_broken_is_not_taken_for_erased(world: World) -> None:
    world.issue([world.order("A1")])
    with sqlite3.connect(world.home / "data.db") as rows:
        rows.execute("UPDATE vault_parties SET sealed_masks = sealed_values WHERE role = 2 AND parcel != org_id")
    assert refused(world.issue([world.order("A1")])) == [Refusal.SEAL_BROKEN]


def test_both_digests_outlive_the_month_of_an_order_on_hold(world: World) -> None:
    number = world.number_of("A1")
    before = kept(world, number)
    hold_parcel(world.house, number, ground="case-1")
    world.clock.set_to("2026-12-02T10:00:00+08:00")
    assert isinstance(drop_period(world.house, NOVEMBER), Dropped)
    assert kept(world, number) == before
    assert [label.number for label in world.issue([world.order("A1")]).labels] == [number]
    assert set_sender(world.house, OTHER) == ()
    assert refused(world.issue([world.order("A1")])) == [Refusal.ORDER_CHANGED]
