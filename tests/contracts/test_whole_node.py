"""A whole node on either engine: what a small user runs on SQLite runs on PostgreSQL, by a setting alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.simulators.node import LI, ZHAO, World, make_world

from yinji.db import Database
from yinji.flows.find_parcels import find_parcels
from yinji.flows.reconcile_batches import reconcile_batches
from yinji.flows.reveal_person import Reveal, reveal_person
from yinji.flows.verify_evidence import verify_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, Purpose, View
from yinji.vault.model import Seen


@pytest.fixture
def node(database_factory: Callable[..., Database], tmp_path: Path) -> Iterator[World]:
    url = database_factory(tables=False).url
    home = tmp_path / "node"
    address = "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=False)
    made = make_world(home, settings=f'database_url = "{address}"\nshards = 3\nbatch_orders = 50\n')
    yield made
    made.house.close()


def check_sound(node: World, waybills: int) -> None:
    """Every number is one waybill's, every batch is what its evidence says, both logs verify."""
    assert node.house.register.audit(node.house.node.org) == (waybills, waybills)
    found = reconcile_batches(node.house)
    assert found.holds, found.findings
    assert found.waybills == waybills
    assert all(report.holds for report in verify_evidence(node.house))


def test_a_parcel_goes_all_the_way(node: World) -> None:
    orders = [node.order(f"A{at}", (LI, ZHAO)[at % 2]) for at in range(40)]
    first, again = node.issue(orders), node.issue(orders)
    assert (first.issued, again.known) == (40, 40)
    assert [label.number for label in first.labels] == [label.number for label in again.labels]
    hits = find_parcels(node.house, Private(LI[1]), purpose=Purpose.SOLVE_DELIVERY)
    assert not isinstance(hits, Refuse)
    assert len(hits) == 20
    asked = Reveal(hits[0].waybill.number, PartyRole.RECIPIENT, View.ALL, Purpose.SOLVE_DELIVERY)
    seen = reveal_person(node.house, asked)
    assert isinstance(seen, Seen)
    assert seen.values["name"].open() == LI[0]
    check_sound(node, 40)


def test_the_same_orders_from_four_desks_at_once_are_issued_once(node: World) -> None:
    orders = [node.order(f"A{at}", (LI, ZHAO)[at % 2]) for at in range(90)]

    def desk(_: int) -> set[str]:
        house = node.again()
        world = World(node.home, node.clock, house)
        numbers: set[str] = set()
        for at in range(0, len(orders), 30):
            numbers |= {label.number for label in world.issue(orders[at : at + 30]).labels}
        house.close()
        return numbers

    with ThreadPoolExecutor(4) as four:
        desks = list(four.map(desk, range(4)))
    assert all(numbers == desks[0] for numbers in desks)
    assert len(desks[0]) == 90
    check_sound(node, 90)


def test_different_orders_from_four_desks_share_no_number(node: World) -> None:
    def desk(name: int) -> list[str]:
        house = node.again()
        world = World(node.home, node.clock, house)
        outcome = [world.issue([node.order(f"{name}-{at}-{row}") for row in range(25)]) for at in range(3)]
        house.close()
        return [label.number for batch in outcome for label in batch.labels]

    with ThreadPoolExecutor(4) as four:
        numbers = [number for desk_numbers in four.map(desk, range(4)) for number in desk_numbers]
    assert len(numbers) == len(set(numbers)) == 300
    check_sound(node, 300)
