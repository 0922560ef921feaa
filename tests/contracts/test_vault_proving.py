"""Who is believed to be a party: by what the label shows, on every engine; a decoy stands for whoever is not there."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from sqlalchemy import update
from tests.unit.access.people import OWN
from tests.unit.vault.invented import ADDRESS, NAME, PHONE, Strongroom

from yinji.db import Database
from yinji.kernel.decision import Allow, Refuse
from yinji.kernel.ids import Ref
from yinji.kernel.party import Party, PartyKind
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.kernel.refusals import Refusal
from yinji.vault.planning import plan_party
from yinji.vault.proving import PartyProof, digits_shown
from yinji.vault.store import PARTIES

UNPROVEN = Refuse(Refusal.QUERY_UNPROVEN)
STEPS = {"LeafReader.leaf", "Suite.lock", "Lock.open", "unpacked", "_same"}
"""Steps whose number could tell who is there."""


@pytest.fixture
def room(database_factory: Callable[..., Database], tmp_path: Path) -> Strongroom:
    return Strongroom(database_factory(), database_factory(log="disclosures"), tmp_path)


def proven(room: Strongroom, parcel: Ref | None, digits: str, order: str | None = None) -> bool:
    proof = PartyProof.read(Private(digits), None if order is None else Private(order))
    assert isinstance(proof, PartyProof)
    answer = room.vault.proves_party(OWN, parcel, proof)
    assert isinstance(answer, Allow) or answer == UNPROVEN
    return isinstance(answer, Allow)


def take_in(room: Strongroom, phone: str, kind: PartyKind = PartyKind.PLAIN) -> Ref:
    party = Party(Private(NAME), Private(phone), Private(ADDRESS), kind)
    return room.take_in(plan_party(PartyRole.RECIPIENT, party))


def test_the_last_four_digits_of_either_party_prove_and_nothing_near_them(room: Strongroom) -> None:
    parcel = room.take_in()
    assert proven(room, parcel, PHONE[-4:])
    for wrong in (PHONE[-3:], PHONE[-5:], PHONE[:4], PHONE[3:7], "000000"):
        assert not proven(room, parcel, wrong), wrong


def test_digits_of_one_parcel_prove_nothing_of_another(room: Strongroom) -> None:
    mine, other = take_in(room, "13800001234"), take_in(room, "15900005678")
    assert proven(room, mine, "1234")
    assert not proven(room, other, "1234")
    assert not proven(room, None, "1234")


@pytest.mark.parametrize(
    ("number", "right"), [("18400913965-7576", "7576"), ("18400913965-123", "123"), ("700123456789012", "9012")]
)
def test_a_virtual_number_proves_by_what_stands_on_the_label(room: Strongroom, number: str, right: str) -> None:
    parcel = take_in(room, number, PartyKind.VIRTUAL)
    assert proven(room, parcel, right)
    assert not proven(room, parcel, "3965"), "hundreds share the main number"


def test_the_order_number_is_compared_beside_the_digits_where_it_is_asked_for(room: Strongroom) -> None:
    parcel = room.take_in()
    assert proven(room, parcel, PHONE[-4:], " A-1 ")
    assert not proven(room, parcel, PHONE[-4:], "A-2")
    assert not proven(room, parcel, "9999", "A-1")
    assert not proven(room, None, PHONE[-4:], "A-1")


def test_nothing_shown_and_nothing_kept_are_not_the_same(room: Strongroom) -> None:
    parcel = take_in(room, "95588")
    assert room.vault.proves_party(OWN, parcel, PartyProof(Private(""))) == UNPROVEN
    assert not proven(room, parcel, "5588"), "a number so short is hidden whole on the label"


def test_a_damaged_seal_proves_nothing_and_stops_nobody(room: Strongroom) -> None:
    parcel, other = room.take_in(), room.take_in()
    with room.data.engine.connect().execution_options(yinji_writes=True) as connection, connection.begin():
        connection.execute(update(PARTIES).where(PARTIES.c.parcel == parcel).values(sealed_masks=PARTIES.c.sealed_values))
    assert not proven(room, parcel, PHONE[-4:])
    assert proven(room, other, PHONE[-4:])


def steps(room: Strongroom, parcel: Ref | None, digits: str, order: str | None) -> Counter[str]:
    """How often each step of deriving, opening and comparing is taken for one answer."""
    taken: Counter[str] = Counter()

    def note(frame: FrameType, happened: str, _more: object) -> None:
        if happened == "call" and frame.f_code.co_qualname in STEPS:
            taken[frame.f_code.co_qualname] += 1

    sys.setprofile(note)
    try:
        proven(room, parcel, digits, order)
    finally:
        sys.setprofile(None)
    return taken


@pytest.mark.parametrize("order", [None, "A-1"])
def test_who_is_not_there_costs_as_many_steps_as_who_is(room: Strongroom, order: str | None) -> None:
    parcel = room.take_in()
    proven(room, parcel, PHONE[-4:], order)
    one, *others = (
        steps(room, *asked, order)
        for asked in ((parcel, PHONE[-4:]), (parcel, "9999"), (None, PHONE[-4:]), (Ref(bytes(15) + b"1"), PHONE[-4:]))
    )
    assert one["Lock.open"] == (2 if order is None else 3)
    assert one.keys() == STEPS
    assert all(each == one for each in others)


@pytest.mark.parametrize(
    ("shown", "tail", "extension"),
    [
        ("1******1234", "1234", ""),
        ("0**-****0000", "0000", ""),
        ("18400913965-7576", "7576", "7576"),
        ("18400913965-12", "6512", ""),
        ("139****5544", "5544", ""),
        ("*****", "", ""),
        ("4**", "", ""),
        ("", "", ""),
    ],
)
def test_what_a_label_shows_of_a_phone_is_what_proves(shown: str, tail: str, extension: str) -> None:
    assert digits_shown(shown) == (tail, extension)


@pytest.mark.parametrize("digits", ["", "12", "1234567", "12a4", "１２３４", "١٢٣٤", "-123"])
def test_what_is_no_proof_is_refused_before_anything_is_asked(digits: str) -> None:
    assert PartyProof.read(Private(digits)) == Refuse(Refusal.PROOF_MALFORMED, "digits")


def test_an_empty_order_number_is_no_proof() -> None:
    assert PartyProof.read(Private("1234"), Private("  ")) == Refuse(Refusal.PROOF_MALFORMED, "order")
