"""A recipient may be named in plain, by a virtual number, or by a platform's handle: sealed alike, found alike, forgotten alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.unit.access.people import OWN, ask, granted
from tests.unit.vault.invented import ADDRESS, NAME, OUTLET, PHONE, Strongroom

from yinji.db import Database
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref
from yinji.kernel.party import Party, PartyKind
from yinji.kernel.private import Private
from yinji.kernel.purpose import Deed, PartyRole, View
from yinji.vault.model import LabelTexts
from yinji.vault.planning import plan_party
from yinji.vault.search import Sought

Factory = Callable[..., Database]
HANDLE = "1Xexample0000handle=="
VIRTUAL = "18400913965-7576"


@pytest.fixture
def room(database_factory: Factory, tmp_path: Path) -> Strongroom:
    return Strongroom(database_factory(), database_factory(log="disclosures"), tmp_path)


def take_in(room: Strongroom, party: Party) -> Ref:
    return room.take_in(plan_party(PartyRole.RECIPIENT, party))


def virtual(number: str = VIRTUAL, until: date | None = None) -> Party:
    return Party(Private(NAME), Private(number), Private(ADDRESS), PartyKind.VIRTUAL, until=until)


def handled(handle: str = HANDLE) -> Party:
    masked = (Private("慕**"), Private("139****5544"), Private("浙江省杭州市西湖区****"))
    return Party(*masked, PartyKind.HANDLE, Private(handle))


def looked_for(room: Strongroom, sought: Sought) -> list[Ref]:
    """The parcels that a search meets."""
    permit = granted(room.access.declare(ask(deed=Deed.FIND, view=View.MASKED, about=None)))
    answer = room.vault.find(sought, permit)
    assert not isinstance(answer, Refuse)
    return [each.parcel for each in answer]


def texts(room: Strongroom, parcel: Ref) -> LabelTexts:
    (answer,) = room.vault.labels_again(OWN, [parcel])
    assert not isinstance(answer, Refuse)
    return answer


def test_a_virtual_number_comes_back_as_one_with_its_last_day(room: Strongroom) -> None:
    today = date(2026, 11, 21)
    assert texts(room, take_in(room, virtual())).virtual
    assert texts(room, take_in(room, virtual(until=date(2030, 1, 1)))).recipient.phone == VIRTUAL
    late = texts(room, take_in(room, virtual(until=today.replace(year=2025))))
    assert (late.virtual, late.recipient.phone.count("*") >= 6) == (False, True)


def test_a_search_shows_no_virtual_number_that_has_ended(room: Strongroom) -> None:
    ended, lasting = take_in(room, virtual(until=date(2025, 11, 21))), take_in(room, virtual(until=date(2030, 1, 1)))
    permit = granted(room.access.declare(ask(deed=Deed.FIND, view=View.MASKED, about=None)))
    answer = room.vault.find(Sought.by_phone(Private(VIRTUAL)), permit)
    assert not isinstance(answer, Refuse)
    shown = {each.parcel: each.masks.phone for each in answer}
    assert shown[lasting] == VIRTUAL
    assert shown[ended].count("*") >= 6


def test_people_behind_one_virtual_main_number_are_told_apart_by_extension(room: Strongroom) -> None:
    mine, other = take_in(room, virtual()), take_in(room, virtual("18400913965-7577"))
    assert room.found(VIRTUAL) == [mine]
    assert room.found("18400913965 转 7577") == [other]
    assert room.found("18400913965") == []


def test_the_extension_is_what_the_last_four_find(room: Strongroom) -> None:
    mine = take_in(room, virtual())
    take_in(room, Party(Private(NAME), Private(PHONE), Private(ADDRESS)))
    sought = Sought.by_last_four(Private("7576"), outlet=OUTLET, days=7)
    assert not isinstance(sought, Refuse)
    assert looked_for(room, sought) == [mine]


def test_a_handle_finds_its_parcels_and_no_phone_does(room: Strongroom) -> None:
    mine = take_in(room, handled())
    take_in(room, handled("2Yother0000handle=="))
    assert looked_for(room, Sought.by_phone(Private(HANDLE))) == [mine]
    assert room.found("13900005544") == []


def test_a_handle_is_nowhere_in_clear(room: Strongroom) -> None:
    take_in(room, handled())
    assert HANDLE.encode() not in room.raw()
    assert b"139****5544" not in room.raw()
