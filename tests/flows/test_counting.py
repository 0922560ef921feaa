"""Figures about persons show none of them."""

from __future__ import annotations

from pathlib import Path

from tests.simulators.node import LI, make_world
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Allow
from yinji.kernel.events import Event
from yinji.keys.keystore import period_of


def test_persons_are_counted_once_however_many_parcels_they_get(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node")
    people = [(LI[0], f"1390000{at % 12:04d}", LI[2]) for at in range(30)]
    world.issue([world.order(f"E{at}", who) for at, who in enumerate(people)])
    period = period_of(beijing_day(world.clock.now_ms()))
    house = world.house
    assert house.vault.count_persons(house.node.org, period, actor=house.actor) == 12
    assert house.vault.count_persons(house.node.org, period + 1, actor=house.actor) is None
    last = house.ledger.entries(house.data, house.ledger.head(house.data).size - 2, 1)[0].recorded.entry
    assert (last.event, last.count, last.ground) == (Event.PERSONS_COUNTED, 12, str(period))


def test_a_handful_of_persons_is_not_told(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node")
    world.number_of("E1", LI)
    house, period = world.house, period_of(beijing_day(world.clock.now_ms()))
    assert house.vault.count_persons(house.node.org, period, actor=house.actor) is None


def test_every_index_of_a_full_day_passes_the_planner(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node")
    world.issue([world.order(f"E{at}", (LI[0], f"1390000{at:04d}", LI[2])) for at in range(400)])
    weighed = world.house.vault.weigh_indexes(world.house.node.org)
    assert {each.name for each in weighed} == {"phone", "order", "last four"}
    assert all(isinstance(each.decision, Allow) for each in weighed)
