"""Where a parcel was really picked up, and who handed it over in the sender's place: recorded beside the sender, masked on the label."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.simulators.node import LOOK, World, make_world, press
from yinji.flows.forget_persons import Forget, forget_persons
from yinji.flows.print_again import AgainReason, print_labels
from yinji.flows.reveal_person import Reveal, reveal_person
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal
from yinji.label.passed import Label
from yinji.vault.model import Seen
from yinji.waybill.model import Carriage, Order

PLACE, HAND = "浙江省杭州市余杭区鹤鸣路77号栖云苑6幢1902室", "宇文听雪"
TELLING = ("1902", HAND, "听雪")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path / "node")


def handed(world: World, number: str, *, place: str = PLACE, hand: str = HAND, remark: str = "") -> Order:
    order = world.order(number, remark=remark)
    return replace(order, collected_at=Private(place) if place else None, handed_by=Private(hand) if hand else None)


def seen(world: World, number: str, view: View) -> dict[str, str]:
    found = reveal_person(world.house, Reveal(number, PartyRole.SENDER, view, Purpose.SOLVE_DELIVERY))
    assert isinstance(found, Seen), found
    return {member: value.open() for member, value in found.values.items() if not value.blank}


def shows(label: Label) -> tuple[str, str]:
    assert not [text for text in label.texts if any(told in text for told in TELLING)]
    return (label.draft.collected_at, label.draft.handed_by)


MASKED = ("鹤鸣路77号栖云苑6幢*****", "宇文**")


def test_a_label_shows_who_handed_it_over_and_where_by_their_masks_only(world: World) -> None:
    one, other = world.issue([handed(world, "A1", remark=f"由{HAND}代寄"), world.order("A2")]).labels
    assert (shows(one), shows(other)) == (MASKED, ("", ""))
    assert HAND not in one.draft.remark


@pytest.mark.parametrize(
    ("place", "hand"),
    [(PLACE, ""), ("", HAND), ("鹤鸣路口", HAND), ("余杭区" + "鹤鸣路与栖云街交叉口往西" * 5, "阿依努尔·麦麦提热西提")],
)
def test_either_may_stand_alone(world: World, place: str, hand: str) -> None:
    (label,) = world.issue([handed(world, "A1", place=place, hand=hand)]).labels
    assert [bool(each) for each in shows(label)] == [bool(place), bool(hand)]


def test_they_are_sealed_with_their_own_parcels_sender_and_told_to_who_may_know_all(world: World) -> None:
    one, other = (label.number for label in world.issue([handed(world, "A1"), world.order("A2")]).labels)
    told, beside = seen(world, one, View.ALL), seen(world, other, View.ALL)
    assert (told.pop("collected_at"), told.pop("handed_by")) == (PLACE, HAND)
    assert told == beside
    assert seen(world, one, View.NAME).keys() == {"name"}


def test_nothing_of_them_stands_in_the_node_in_clear(world: World) -> None:
    world.issue([handed(world, "A1")])
    files = [path.read_bytes() for path in world.home.rglob("*") if path.is_file()]
    assert not [data for data in files if any(told.encode() in data for told in (HAND, PLACE, "栖云苑"))]


def test_a_label_made_again_shows_the_same_masks(world: World) -> None:
    order = replace(handed(world, "A1"), carriage=Carriage(freight=1_250, agreed_check="当面验收"))
    (first,) = world.issue([order]).labels
    (again,), _ = print_labels(world.house, press(), LOOK, numbers=[first.number], again=AgainReason.DAMAGED)
    assert shows(again) == shows(first) == MASKED
    assert (again.draft.freight, again.draft.agreed_check) == (1_250, "当面验收")


def test_another_hand_is_another_order(world: World) -> None:
    world.issue([handed(world, "A1")])
    assert world.issue([handed(world, "A1")]).known == 1
    for changed in (world.order("A1"), handed(world, "A1", hand="钟离未晚"), handed(world, "A1", place="")):
        assert [row.refusal.code for row in world.issue([changed]).refused] == [Refusal.ORDER_CHANGED]


def test_they_are_erased_with_the_sender(world: World) -> None:
    (label,) = world.issue([handed(world, "A1")]).labels
    forget_persons(world.house, [Forget(label.number, PartyRole.SENDER)], purpose=Purpose.ANSWER_PERSON)
    gone = reveal_person(world.house, Reveal(label.number, PartyRole.SENDER, View.ALL, Purpose.SOLVE_DELIVERY))
    assert isinstance(gone, Refuse)
