from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.simulators.node import LI, RANGE, SENDER, ZHAO, World, make_world
from yinji.flows.set_sender import set_sender
from yinji.kernel.events import Event
from yinji.kernel.refusals import Refusal
from yinji.ledger.batch import batch_root
from yinji.waybill import store as waybills
from yinji.waybill.rules import evidence_item


def test_the_same_order_twice_gives_the_same_number(world: World) -> None:
    first = world.number_of("A1")
    again = world.issue([world.order("A1")])
    assert [label.number for label in again.labels] == [first]
    assert (again.issued, again.known) == (0, 1)


def test_the_same_order_gives_the_same_number_next_month_too(world: World) -> None:
    undated = replace(world.order("A1"), ordered=None)
    (first,) = world.issue([undated]).labels
    world.clock.pass_days(40)
    (again,) = world.issue([undated]).labels
    assert again.number == first.number


def test_the_same_order_number_of_another_merchant_is_another_order(world: World) -> None:
    (one,) = world.issue([world.order("A1")], merchant="M").labels
    (other,) = world.issue([world.order("A1")], merchant="N").labels
    assert one.number != other.number


def test_an_order_whose_contents_changed_is_refused_and_keeps_its_number(world: World) -> None:
    first = world.number_of("A1")
    changed = world.issue([world.order("A1", ZHAO)])
    assert [row.refusal.code for row in changed.refused] == [Refusal.ORDER_CHANGED]
    assert changed.labels == []
    assert world.number_of("A1") == first


def test_a_row_that_repeats_another_gets_no_second_label(world: World) -> None:
    outcome = world.issue([world.order("A1"), world.order("A1"), world.order("A2")])
    assert (outcome.issued, outcome.repeated, len(outcome.labels)) == (2, 1, 2)


def test_one_order_number_for_two_people_in_a_file_is_refused(world: World) -> None:
    outcome = world.issue([world.order("A1"), world.order("A1", ZHAO)])
    assert outcome.issued == 1
    assert [row.refusal.code for row in outcome.refused] == [Refusal.ORDER_TWICE_IN_FILE]


def test_a_refused_row_costs_no_number_and_stops_no_other(world: World) -> None:
    bad = world.order("A2", ("李思远", "1380000123", "浙江省杭州市西湖区望云路8号"))
    outcome = world.issue([world.order("A1"), bad, world.order("A3", ZHAO)])
    assert (outcome.issued, len(outcome.refused)) == (2, 1)
    assert world.house.register.audit(world.house.node.org) == (2, 2)
    first, second = (int(label.number[2:-1]) for label in outcome.labels)
    assert second == first + 1


def test_when_numbers_run_out_the_rest_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node", number_range="QL:10000000-10000002")
    outcome = world.issue([world.order(f"A{at}") for at in range(5)])
    assert outcome.issued == 3
    assert [row.refusal.code for row in outcome.refused] == [Refusal.NUMBERS_EXHAUSTED] * 2
    entered = world.house.register.enter_range(
        world.house.node.org, "QL:10000003-10000009", specimen=False, actor=world.house.actor
    )
    assert not hasattr(entered, "code")
    assert world.issue([world.order(f"A{at}") for at in range(5)]).issued == 2
    world.house.close()


def test_one_batch_leaves_one_entry_whose_root_its_rows_recompute(world: World) -> None:
    before = world.house.ledger.head(world.house.data).size
    world.issue([world.order(f"A{at}") for at in range(7)])
    (placed,) = world.house.ledger.entries(world.house.data, since=before)
    entry = placed.recorded.entry
    with world.house.data.reading() as reading:
        bills = sorted(waybills.each_waybill(reading), key=lambda bill: bill.item)
    assert entry.event is Event.WAYBILLS_ISSUED
    assert (entry.count, entry.about) == (7, (bills[0].batch,))
    assert entry.root == batch_root([evidence_item(bill) for bill in bills])


def test_without_a_real_sender_every_label_is_a_specimen(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node", with_sender=False)
    (label,) = world.issue([world.order("A1")]).labels
    assert label.draft.specimen
    world.house.close()


def test_trying_a_file_out_does_not_use_its_orders_up(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node", number_range="", with_sender=False)
    (tried,) = world.issue([world.order("A1")]).labels
    world.house.register.enter_range(world.house.node.org, RANGE, specimen=False, actor=world.house.actor)
    set_sender(world.house, SENDER)
    (real,) = world.issue([world.order("A1")]).labels
    assert tried.draft.specimen
    assert not real.draft.specimen
    assert (tried.number[:3], real.number[:2]) == ("YJT", "QL")
    world.house.close()


def test_a_person_hiding_in_a_remark_is_hidden_on_the_label(world: World) -> None:
    name, phone, _ = LI
    (label,) = world.issue([world.order("A1", remark=f"收件人{name}，电话{phone}，放门口")]).labels
    assert name not in label.draft.remark
    assert phone[3:9] not in label.draft.remark
    assert "放门口" in label.draft.remark


def test_a_name_that_is_also_a_place_does_not_stop_the_label(world: World) -> None:
    outcome = world.issue([world.order("A1", ("张江", "13800001234", "广东省佛山市高明区星桥路9号四季新城5幢301室"))])
    assert outcome.refused == []
    assert outcome.issued == 1


def test_orders_of_many_days_and_people_all_come_out(world: World) -> None:
    orders = [world.order(f"A{at}", (LI, ZHAO)[at % 2], ordered=date(2026, 11, 1 + at % 20)) for at in range(300)]
    outcome = world.issue(orders)
    numbers = [label.number for label in outcome.labels]
    assert len(set(numbers)) == 300
    assert world.house.register.audit(world.house.node.org) == (300, 300)


def test_shards_divide_a_batch_and_keep_every_promise(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node", settings="shards = 5\n")
    orders = [world.order(f"A{at}") for at in range(60)]
    first, again = world.issue(orders), world.issue(orders)
    assert [label.number for label in first.labels] == [label.number for label in again.labels]
    assert world.house.register.audit(world.house.node.org) == (60, 60)
    assert {bill.shard for bill in _bills(world)} == set(range(5))
    world.house.close()


def _bills(world: World) -> list[waybills.Waybill]:
    with world.house.data.reading() as reading:
        return list(waybills.each_waybill(reading))
