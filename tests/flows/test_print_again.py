"""Labels of waybills that exist: what they say, who may have one again, and what the evidence says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.simulators.node import LI, LOOK, World, make_world, press
from yinji.flows.count_prints import Prints, count_prints
from yinji.flows.forget_persons import Forget, forget_persons
from yinji.flows.print_again import AgainReason, print_labels
from yinji.flows.sign_evidence import place_evidence
from yinji.flows.take_scans import take_scans
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.party import Party, PartyKind
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, Purpose
from yinji.kernel.refusals import Refusal
from yinji.label.passed import Label
from yinji.waybill.model import Carriage, Order, Sorting, Waybill
from yinji.waybill.parcel.model import Reported, Scan


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def again(world: World, *numbers: str, why: AgainReason | None = AgainReason.DAMAGED) -> tuple[list[Label], list[Refusal]]:
    labels, refused = print_labels(world.house, press(), LOOK, numbers=numbers, again=why)
    return labels, [each.refusal.code for each in refused]


def bill(world: World, number: str) -> Waybill:
    found = world.house.register.find(world.house.node.org, number)
    assert not isinstance(found, Refuse)
    return found


def virtual(number: str, until: date | None) -> Party:
    """A recipient with a virtual number."""
    name, _, address = map(Private, LI)
    return Party(name, Private(number), address, PartyKind.VIRTUAL, until=until)


def full(world: World, **changes: object) -> Order:
    """An order that says everything a label can print."""
    order = replace(
        world.order("A-1", remark="易碎，勿压"),
        sorting=Sorting("571-A12-03", "杭州 西湖区", "杭州分拨", "派门"),
        carriage=Carriage(1_250, 8_800, 0, 50_000, "特快", "张江退件组"),
    )
    return replace(order, **changes)  # type: ignore[arg-type]  # fields of an order, as the test names them


def test_a_label_made_again_says_what_the_first_one_said(world: World) -> None:
    (first,) = world.issue([full(world)]).labels
    (second,), refused = again(world, first.number)
    assert not refused
    assert (second.number, second.token) == (first.number, first.token)
    assert replace(second.draft, reprint=0, printed_at="") == replace(first.draft, printed_at="")


def test_every_label_made_again_is_counted_with_its_reason(world: World) -> None:
    outcome = world.issue([world.order("A-1")])
    prints = Prints()
    prints.add(outcome)
    count_prints(world.house, prints)
    number = outcome.labels[0].number
    labels = [again(world, number, why=AgainReason.LOST)[0][0] for _ in range(2)]
    assert [label.draft.reprint_shown for label in labels] == ["补打 1", "补打 2"]
    assert bill(world, number).prints == 3
    place_evidence(world.house)
    entries = [each.recorded.entry for each in world.house.ledger.entries(world.house.data, 0, 100)]
    assert [each.ground for each in entries if each.event is Event.LABELS_AGAIN] == ["lost", "lost"]
    assert sum(each.event is Event.LABELS_PRINTED for each in entries) == 1


def test_what_was_printed_needs_again_and_what_was_not_does_not(world: World) -> None:
    number = world.number_of("A-1")
    assert again(world, number, why=None)[1] == []  # its first label never came to paper
    assert again(world, number, why=None)[1] == [Refusal.PRINTED_BEFORE]


def test_every_package_has_its_label_and_a_sub_number_names_its_master(world: World) -> None:
    labels = world.issue([full(world, packages=3)]).labels
    assert [label.draft.package_shown for label in labels] == ["1/3", "2/3", "3/3"]
    assert [label.master for label in labels] == ["", labels[0].number, labels[0].number]
    assert len({label.number for label in labels}) == 3
    repeated, _ = again(world, labels[2].number)  # by a sub number: the whole parcel
    assert [label.number for label in repeated] == [label.number for label in labels]


def test_more_labels_than_are_made_at_once_are_all_refused_and_none_is_counted(world: World) -> None:
    orders = [replace(world.order(f"A-{at}"), packages=3) for at in (1, 2)]
    numbers = [label.number for label in world.issue(orders).labels if not label.master]
    labels, refused = print_labels(world.house, press(), LOOK, numbers=numbers, again=AgainReason.LOST, labels_max=5)
    assert (labels, [each.refusal.code for each in refused]) == ([], [Refusal.LABELS_TOO_MANY])
    assert [bill(world, number).prints for number in numbers] == [0, 0]
    assert len(print_labels(world.house, press(), LOOK, numbers=numbers, again=None, labels_max=6)[0]) == 6


def test_a_voided_an_unknown_and_a_forgotten_one_is_refused_by_name(world: World) -> None:
    voided, forgotten = world.number_of("A-1"), world.number_of("A-2")
    world.house.register.void(world.house.node.org, voided, reason="wrong", actor=world.house.actor)
    forget_persons(world.house, [Forget(forgotten, PartyRole.RECIPIENT)], purpose=Purpose.ANSWER_PERSON)
    labels, refused = again(world, voided, forgotten, "nonsense")
    assert not labels
    assert sorted(refused) == sorted([Refusal.WAYBILL_VOIDED, Refusal.PERSON_FORGOTTEN, Refusal.NUMBER_MALFORMED])


def test_marks_of_inspection_stand_only_after_the_act(world: World) -> None:
    number = world.number_of("A-1")
    assert not again(world, number)[0][0].draft.inspected
    at_ms = world.clock.now_ms()
    take_scans(
        world.house, [Reported(number, scan, at_ms, "HUB-1", proof=bytes(32)) for scan in (Scan.ACCEPTED, Scan.INSPECTED)]
    )
    draft = again(world, number)[0][0].draft
    assert (draft.inspected, draft.screened) == (True, False)


def test_a_virtual_number_stands_whole_until_its_last_day_and_is_masked_after_it(world: World) -> None:
    order = full(world, recipient=virtual("18400913965-7576", date(2026, 11, 30)))
    (label,) = world.issue([order]).labels
    assert label.draft.recipient.virtual_number == "18400913965-7576"
    assert label.draft.recipient.phone == ""
    world.clock.pass_days(20)
    (late,), _ = again(world, label.number)
    assert late.draft.recipient.virtual_number == ""
    assert late.draft.recipient.phone.count("*") >= 6
    assert "0091396" not in late.draft.recipient.phone


def test_a_number_that_nobody_called_virtual_is_masked_700_included(world: World) -> None:
    order = full(world, recipient=Party(Private("王五"), Private("700123456789012"), Private(LI[2])))
    (label,) = world.issue([order]).labels
    assert label.draft.recipient.virtual_number == ""
    assert label.draft.recipient.phone.count("*") >= 6


def test_a_platforms_handle_waits_and_says_so(world: World) -> None:
    name, phone, address = Private("王**"), Private("138****5678"), Private("浙江省杭州市西湖区****")
    handled = Party(name, phone, address, PartyKind.HANDLE, Private("1XoaidEXAMPLE=="))
    outcome = world.issue([full(world, recipient=handled)])
    assert [row.refusal.code for row in outcome.refused] == [Refusal.HANDLE_WAITS]
