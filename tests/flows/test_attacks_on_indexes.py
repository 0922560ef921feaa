"""Attacks on the vault: index rows and months written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulators.attacking import by_hand
from tests.simulators.node import LI, World, make_world
from yinji.flows.examine_node_finding import Finding, Patient
from yinji.flows.examine_node_rows import indexes_have_no_strays
from yinji.flows.find_parcels import find_parcels
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import FIRST_SHARD
from yinji.kernel.private import Private
from yinji.kernel.purpose import Purpose
from yinji.main import ground
from yinji.vault.periods.service import begun
from yinji.vault.search import Search, Sought

FAR_AHEAD = (600_000, 3_000_000)
"""Hours of the years 2038 and 2312."""

COPY = "INSERT INTO vault_phones SELECT org_id, shard, ?, tag, parcel FROM vault_phones WHERE bucket < 600000 LIMIT 1"


@pytest.fixture(params=["day", "hour"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path / "node", settings=f'index_bucket = "{request.param}"\n')
    yield made
    made.house.close()


def numbers_found(world: World) -> list[str]:
    hits = find_parcels(world.house, Private(LI[1]), purpose=Purpose.SOLVE_DELIVERY)
    assert not isinstance(hits, Refuse)
    return [hit.waybill.number for hit in hits]


def buckets_probed(world: World) -> list[int]:
    house = world.house
    index, org = house.vault.blind_index(house.node.org), house.node.org
    with house.data.reading() as reading:
        months = begun(index.periods.stated(reading, org))
        search = Search(index, house.node.index_bucket, house.settings.find_days, house.clock.now_ms(), months)
        return search._buckets(reading, house.node.org, FIRST_SHARD, Sought.by_phone(Private(LI[1])))


def strays(world: World) -> list[Finding]:
    return list(indexes_have_no_strays(Patient(ground(world.home, clock=world.clock), world.house, None)))


def test_an_index_row_far_ahead_makes_no_search_longer(world: World) -> None:
    number = world.number_of("A1")
    probed = len(buckets_probed(world))
    for bucket in FAR_AHEAD:
        by_hand(world.house, COPY, bucket)
    a_month = 31 if world.house.node.index_bucket == "day" else 31 * 24
    assert len(buckets_probed(world)) <= probed + a_month
    assert numbers_found(world) == [number]


def test_a_month_that_a_clock_once_ran_into_is_probed_to_its_newest_parcel(world: World) -> None:
    world.clock.pass_days(70)
    ahead = world.number_of("A1")
    world.clock.pass_days(-70)
    number = world.number_of("A2")
    assert set(numbers_found(world)) == {ahead, number}
    by_hand(world.house, COPY, FAR_AHEAD[1])
    assert set(numbers_found(world)) == {ahead, number}


def test_a_month_that_is_none_makes_no_search_fail(world: World) -> None:
    number = world.number_of("A1")
    names = [str(row[1]) for row in by_hand(world.house, "SELECT * FROM pragma_table_info('vault_periods')")]
    values = ", ".join("202613" if name == "period" else name for name in names)
    statement = f"INSERT INTO vault_periods SELECT {values} FROM vault_periods WHERE period > 1 LIMIT 1"  # noqa: S608 - names of our own columns
    by_hand(world.house, statement)
    by_hand(world.house, COPY, FAR_AHEAD[0])
    assert numbers_found(world) == [number]


def test_index_rows_in_a_time_that_was_never_begun_are_named(world: World) -> None:
    world.number_of("A1")
    assert [each.code for each in strays(world)] == ["indexes_in_time"]
    for bucket in (*FAR_AHEAD, -7):
        by_hand(world.house, COPY, bucket)
    (told,) = strays(world)
    assert (told.code, told.place) == ("index_strays", "phone -7")
    assert told.said.en.startswith("3 rows")
