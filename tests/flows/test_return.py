"""A parcel on its way back: a waybill of its own, from the recipient to the sender, naming the one it brings back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulators.node import LOOK, World, make_world
from yinji.flows.print_again import AgainReason, print_labels
from yinji.flows.return_parcel import Returned, return_parcels
from yinji.flows.sign_evidence import place_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.refusals import Refusal
from yinji.label.fonts import find_fonts
from yinji.label.press import Press


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


@pytest.fixture(scope="module")
def returns() -> Press:
    return Press(find_fonts(), size="76x130-return")


def sent_back(world: World, press: Press, *numbers: str) -> Returned:
    return return_parcels(world.house, press, LOOK, numbers=numbers)


def test_the_return_label_goes_from_the_recipient_to_the_sender_and_names_the_original(world: World, returns: Press) -> None:
    number = world.number_of("A-1")
    told = sent_back(world, returns, number)
    (label,) = told.labels
    assert label.number != number
    assert label.draft.original == number
    assert label.draft.recipient.name.startswith("茶")
    assert label.draft.sender.name.startswith("李")
    assert label.draft.destination == "上海 浦东新区"
    assert number in "".join(label.texts).replace(" ", "")


def test_a_parcel_is_sent_back_once_whoever_asks_again(world: World, returns: Press) -> None:
    number = world.number_of("A-1")
    first, second = sent_back(world, returns, number), sent_back(world, returns, number)
    assert [each.number for each in second.labels] == [each.number for each in first.labels]
    assert (len(first.prints.batches), len(second.prints.known)) == (1, 1)


def test_sending_back_takes_two_looks_and_leaves_their_evidence(world: World, returns: Press) -> None:
    sent_back(world, returns, world.number_of("A-1"))
    place_evidence(world.house)
    log = world.house.ledger.entries(world.house.disclosures, 0, 100)
    assert [each.recorded.entry.event for each in log].count(Event.REVEAL_ENDED) == 2


def test_a_return_waybill_is_not_sent_back_again(world: World, returns: Press) -> None:
    (label,) = sent_back(world, returns, world.number_of("A-1")).labels
    assert sent_back(world, returns, label.number).refused == [(label.number, Refuse(Refusal.RETURNED_ALREADY, label.number))]


def test_a_return_label_made_again_still_names_the_original(world: World, returns: Press) -> None:
    number = world.number_of("A-1")
    (label,) = sent_back(world, returns, number).labels
    (again,), refused = print_labels(world.house, returns, LOOK, numbers=[label.number], again=AgainReason.DAMAGED)
    assert not refused
    assert again.draft.original == number
