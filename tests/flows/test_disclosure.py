"""Combined disclosure of real waybills: what masks showed on the day of issue counts with what they show today."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from tests.flows.test_exempt import approved
from tests.simulators.command import yinji
from tests.simulators.node import LI, World
from yinji.access.model import Post
from yinji.flows.forget_persons import Forget, forget_persons
from yinji.flows.house import House
from yinji.flows.tell_disclosure import tell_disclosure
from yinji.kernel.decision import Refuse
from yinji.kernel.party import Party, PartyKind
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, Purpose
from yinji.kernel.refusals import Refusal
from yinji.label.disclosure.model import Audience, Disclosure, Member, Part, Standing, Who
from yinji.waybill.model import Waybill

NAME, PHONE = Part(Who.RECIPIENT, Member.NAME), Part(Who.RECIPIENT, Member.PHONE)
SENDER = Part(Who.SENDER, Member.NAME)


def bill_of(world: World, number: str) -> Waybill:
    bill = world.house.register.find(world.house.node.org, number)
    assert isinstance(bill, Waybill)
    return bill


def told(world: World, number: str, house: House | None = None) -> Disclosure:
    found = tell_disclosure(house or world.house, bill_of(world, number))
    assert isinstance(found, Disclosure), found
    return found


def standing(disclosure: Disclosure, part: Part, audience: Audience = Audience.ALL) -> Standing:
    (found,) = [each for each in disclosure.of(audience) if each.part == part]
    return found.standing


def test_a_virtual_number_may_stand_whole_until_it_has_ended(world: World) -> None:
    party = Party(Private(LI[0]), Private("18400913965-7576"), Private(LI[2]), PartyKind.VIRTUAL, until=date(2026, 11, 25))
    (label,) = world.issue([replace(world.order("V-1"), recipient=party)]).labels
    assert standing(told(world, label.number), PHONE) is Standing.VIRTUAL
    world.clock.pass_days(9)
    late = told(world, label.number)
    assert (standing(late, PHONE), late.kept) == (Standing.LAPSED, True)


def test_an_exempt_label_shows_its_recipient_and_every_other_channel_hides_them(world: World) -> None:
    approved(world, "E-1")
    (label,) = world.issue([world.order("E-1")]).labels
    disclosure = told(world, label.number)
    assert {standing(disclosure, part, Audience.HOLDER) for part in (NAME, PHONE)} == {Standing.EXEMPT}
    assert standing(disclosure, PHONE, Audience.ASKER) is Standing.KEPT
    assert standing(disclosure, SENDER) is Standing.KEPT


def test_whoever_was_erased_is_told_of_no_more_and_a_courier_is_told_nothing(world: World) -> None:
    number = world.number_of("F-1")
    courier = tell_disclosure(world.as_(Post.COURIER), bill_of(world, number))
    assert isinstance(courier, Refuse)
    assert courier.code is Refusal.ACCOUNT_NOT_ALLOWED
    forget_persons(world.house, [Forget(number, PartyRole.RECIPIENT)], purpose=Purpose.ANSWER_PERSON)
    assert tell_disclosure(world.house, bill_of(world, number)) == Refuse(Refusal.PERSON_FORGOTTEN)


def test_the_command_tells_places_and_no_character(world: World) -> None:
    number = world.number_of("C-1")
    world.house.close()
    ended = yinji(world.home, "disclosure", number, "--json")
    assert ended.code == 0, ended
    answer = json.loads(ended.out)
    assert answer["kept"] is True
    shown = {each["id"]: each["shows"] for each in answer["channels"]}
    assert shown["label-76x130-1"]["recipient.phone"] == "●······●●●●"
    assert shown["page-tracking"] == {}
    assert not any(piece in ended.out for piece in (*LI[0], LI[1][-4:], "望云"))
