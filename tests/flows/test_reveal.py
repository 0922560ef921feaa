from __future__ import annotations

import pytest

from tests.simulators.node import LI, World
from yinji.access.model import Post
from yinji.access.rules import CLOCK_TOLERANCE_MS
from yinji.flows.examine_node_finding import Grade, Patient
from yinji.flows.examine_node_place import looks_are_open
from yinji.flows.find_parcels import find_parcels
from yinji.flows.reveal_person import Reveal, reveal_person
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal
from yinji.main import ground
from yinji.vault.model import Seen


def shown(seen: Seen | Refuse) -> dict[str, str]:
    assert isinstance(seen, Seen), seen
    return {member: value.open() for member, value in seen.values.items() if not value.blank}


def ask(number: str, purpose: Purpose, view: View, party: PartyRole = PartyRole.RECIPIENT) -> Reveal:
    return Reveal(number, party, view, purpose)


def test_operations_solving_a_delivery_see_what_was_sealed(world: World) -> None:
    number = world.number_of("A1")
    seen = shown(reveal_person(world.house, ask(number, Purpose.SOLVE_DELIVERY, View.ALL)))
    assert (seen["name"], seen["phone"], seen["address"]) == LI
    assert (seen["order_number"], seen["contents"]) == ("A1", "茶叶礼盒")


def test_a_courier_sees_the_address_of_a_delivery_and_no_phone(world: World) -> None:
    number, courier = world.number_of("A1"), world.as_(Post.COURIER)
    assert shown(reveal_person(courier, ask(number, Purpose.DELIVER, View.ADDRESS))) == {"address": LI[2]}
    refused = reveal_person(courier, ask(number, Purpose.DELIVER, View.PHONE))
    assert refused == Refuse(Refusal.PURPOSE_NOT_ALLOWED, "deliver: phone")


def test_a_courier_may_not_claim_the_purpose_of_another_post(world: World) -> None:
    number, courier = world.number_of("A1"), world.as_(Post.COURIER)
    refused = reveal_person(courier, ask(number, Purpose.SOLVE_DELIVERY, View.ALL))
    assert isinstance(refused, Refuse)
    assert refused.code is Refusal.ACCOUNT_NOT_ALLOWED


def test_masks_need_a_purpose_and_show_no_person(world: World) -> None:
    number = world.number_of("A1")
    seen = shown(reveal_person(world.house, ask(number, Purpose.DELIVER, View.MASKED)))
    assert seen["phone"] == "1******1234"
    assert LI[0] not in seen.values()


@pytest.mark.parametrize("purpose", [Purpose.ISSUE, Purpose.TEND_NODE])
def test_no_purpose_but_those_listed_shows_anything(world: World, purpose: Purpose) -> None:
    refused = reveal_person(world.house, ask(world.number_of("A1"), purpose, View.MASKED))
    assert isinstance(refused, Refuse)


def test_a_reveal_leaves_intent_and_outcome(world: World) -> None:
    number = world.number_of("A1")
    reveal_person(world.house, ask(number, Purpose.SOLVE_DELIVERY, View.NAME))
    entries = [each.recorded.entry for each in world.house.ledger.entries(world.house.disclosures)]
    assert [entry.event for entry in entries] == [Event.REVEAL_INTENDED, Event.REVEAL_ENDED]
    assert [entry.ground for entry in entries] == ["name", "disclosed"]
    assert entries[0].about[0] == entries[1].about[0]


def test_a_refused_reveal_leaves_its_sentence_too(world: World) -> None:
    number = world.number_of("A1")
    reveal_person(world.as_(Post.COURIER), ask(number, Purpose.SOLVE_DELIVERY, View.ALL))
    (entry,) = [each.recorded.entry for each in world.house.ledger.entries(world.house.disclosures)]
    assert (entry.event, entry.ground) == (Event.REVEAL_REFUSED, "ACCOUNT_NOT_ALLOWED")


def test_evidence_of_a_reveal_names_neither_number_nor_parcel(world: World) -> None:
    number = world.number_of("A1")
    bill = world.house.register.find(world.house.node.org, number)
    assert not isinstance(bill, Refuse)
    reveal_person(world.house, ask(number, Purpose.SOLVE_DELIVERY, View.ALL))
    entries = [each.recorded.entry for each in world.house.ledger.entries(world.house.disclosures)]
    assert all(bill.ref not in entry.about for entry in entries)


def test_a_number_nobody_issued_is_refused(world: World) -> None:
    world.number_of("A1")
    refused = reveal_person(world.house, ask("QL10000000999999", Purpose.SOLVE_DELIVERY, View.ALL))
    assert isinstance(refused, Refuse)
    assert refused.code in {Refusal.NUMBER_MALFORMED, Refusal.NUMBER_UNKNOWN}


def test_a_parcel_is_found_by_its_recipients_phone_however_it_is_written(world: World) -> None:
    number = world.number_of("A1")
    world.number_of("A2", ("赵静怡", "15900005678", LI[2]))
    for written in ("13800001234", "138 0000 1234", "+86 138-0000-1234", "１３８００００１２３４"):
        hits = find_parcels(world.house, Private(written), purpose=Purpose.SOLVE_DELIVERY)
        assert not isinstance(hits, Refuse), hits
        assert [hit.waybill.number for hit in hits] == [number]
        assert hits[0].masks.phone == "1******1234"


def test_a_search_reaches_back_as_far_as_it_is_set_and_no_further(world: World) -> None:
    world.number_of("A1")
    world.clock.pass_days(400)
    assert len(_find(world)) == 1
    world.clock.pass_days(1)
    assert _find(world) == ()


def test_a_courier_may_not_search_by_phone(world: World) -> None:
    world.number_of("A1")
    refused = find_parcels(world.as_(Post.COURIER), Private(LI[1]), purpose=Purpose.DELIVER)
    assert refused == Refuse(Refusal.PURPOSE_NOT_ALLOWED, "deliver: find")


def _find(world: World) -> tuple[object, ...]:
    hits = find_parcels(world.house, Private(LI[1]), purpose=Purpose.SOLVE_DELIVERY)
    assert not isinstance(hits, Refuse), hits
    return hits


def test_the_doctor_says_until_when_a_clock_that_ran_ahead_keeps_looks_waiting(world: World) -> None:
    number, patient = world.number_of("A1"), Patient(ground(world.home, clock=world.clock), world.house, None)
    assert [each.code for each in looks_are_open(patient)] == ["looks_open"]
    world.clock.pass_days(700)
    shown(reveal_person(world.house, ask(number, Purpose.SOLVE_DELIVERY, View.ALL)))
    newest = moment(world.clock.now_ms() - CLOCK_TOLERANCE_MS)
    world.clock.pass_days(-700)
    assert reveal_person(world.house, ask(number, Purpose.SOLVE_DELIVERY, View.ALL)) == Refuse(Refusal.CLOCK_BACK)
    (found,) = looks_are_open(patient)
    assert (found.code, found.grade, found.place) == ("looks_blocked", Grade.WRONG, "HQ")
    assert f"{newest:%Y-%m-%d %H:%M:%S}" in found.said.zh
    assert f"{newest:%Y-%m-%d %H:%M:%S}" in found.said.en
