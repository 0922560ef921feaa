"""Searches of the vault on every engine: complete within their days, and not an hour beyond."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event
from tests.unit.access.people import ELSEWHERE
from tests.unit.kernel.fixed_clock import DAY_MS
from tests.unit.vault.invented import FIND_DAYS, NAME, PHONE, Strongroom, belongings, recipient

from yinji.db import Database
from yinji.kernel.decision import Refuse

Factory = Callable[..., Database]


@pytest.fixture
def room(database_factory: Factory, tmp_path: Path) -> Strongroom:
    return Strongroom(database_factory(), database_factory(log="disclosures"), tmp_path)


def test_a_search_finds_the_parcels_of_that_phone_and_no_other(room: Strongroom) -> None:
    mine = [room.take_in() for _ in range(3)]
    room.take_in(recipient(NAME, "13977665545"))
    room.take_in(org=ELSEWHERE)
    answer = room.find(PHONE)
    assert not isinstance(answer, Refuse)
    assert {each.parcel for each in answer} == set(mine)
    assert {each.masks for each in answer} == {recipient().masks}


def test_a_phone_is_found_however_it_is_written(room: Strongroom) -> None:
    parcel = room.take_in(recipient(NAME, "+86 139-7766-5544"))
    for written in (PHONE, "139 7766 5544", "８６１３９７７６６５５４４", "0086 13977665544"):
        assert room.found(written) == [parcel]


def test_a_search_reaches_back_its_days_and_not_one_more(room: Strongroom) -> None:
    first = room.take_in()
    room.clock.pass_ms(FIND_DAYS * DAY_MS)
    assert room.found() == [first]
    room.clock.pass_ms(DAY_MS)
    assert room.found() == []


def test_a_search_by_the_hour_reaches_back_its_days_and_not_one_hour_more(database_factory: Factory, tmp_path: Path) -> None:
    room = Strongroom(database_factory(), database_factory(log="disclosures"), tmp_path, index_bucket="hour")
    first = room.take_in()
    room.clock.pass_ms(FIND_DAYS * DAY_MS)
    assert room.found() == [first]
    room.clock.pass_ms(DAY_MS // 24)
    assert room.found() == []


def test_a_search_crosses_the_turn_of_months(room: Strongroom) -> None:
    parcels = []
    for _ in range(4):
        parcels.append(room.take_in())
        room.clock.pass_ms(6 * DAY_MS)
    assert room.found() == parcels[::-1], "newest first"


def test_a_search_over_shards_is_newest_first_too(database_factory: Factory, tmp_path: Path) -> None:
    room = Strongroom(database_factory(), database_factory(log="disclosures"), tmp_path, shards=3)
    parcels = []
    for shard in (0, 2, 1, 0, 2):
        parcels.append(room.take_in(shard=shard))
        room.clock.pass_ms(DAY_MS)
    assert set(room.found()) == set(parcels)
    assert room.found() == parcels[::-1]


def test_a_month_that_another_process_began_between_two_searches_is_found(database_factory: Factory, tmp_path: Path) -> None:
    """The second process shares databases, keys and clock, and nothing that the first remembers."""
    room = Strongroom(database_factory(), database_factory(log="disclosures"), tmp_path)
    first = room.take_in()
    room.clock.pass_ms(20 * DAY_MS)
    assert room.found() == [first], "asked about the month that nobody began"
    other = Strongroom(database_factory(), database_factory(log="disclosures"), tmp_path, clock=room.clock)
    second = other.take_in(goods=belongings("B-1"))
    assert room.found() == [second, first]


def test_a_month_that_another_process_begins_is_found_by_a_search_that_begins_after_it(
    database_factory: Factory, tmp_path: Path
) -> None:
    room = Strongroom(database_factory(), database_factory(log="disclosures"), tmp_path)
    assert room.found() == [], "nobody began anything, the standing period neither"
    other = Strongroom(database_factory(), database_factory(log="disclosures"), tmp_path, clock=room.clock)
    parcel = other.take_in()
    assert room.found() == [parcel]


def test_a_search_over_shards_asks_about_periods_once(database_factory: Factory, tmp_path: Path) -> None:
    """In its days lies a month that nobody began; of it nobody is asked apart, in no shard."""
    room = Strongroom(database_factory(), database_factory(log="disclosures"), tmp_path, shards=3)
    parcel = room.take_in()
    room.clock.pass_ms(FIND_DAYS * DAY_MS)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    assert room.found() == [parcel]
    event.listen(room.data.engine, "before_cursor_execute", note)
    assert room.found() == [parcel]
    assert sum("vault_periods" in each for each in asked) == 1
