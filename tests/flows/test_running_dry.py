"""A range that runs dry in the middle of a batch: what there is goes out, the rest is refused, and comes back when there are numbers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.simulators.issued import in_packages, numbers_of, shipped, write_orders
from tests.simulators.node import LOOK, World, make_world
from yinji.doors.intake.file_report import FileReport
from yinji.doors.intake.file_run import Job, run_file
from yinji.flows.audit_numbers import audit_numbers
from yinji.kernel.decision import Refuse

ORDERS = 40


def run(world: World, orders: Path, name: str) -> FileReport:
    folder = world.home.parent
    places = (folder / f"{name}{ending}" for ending in (".pdf", ".err.csv", ".json"))
    job = Job(orders, *places, merchant="M", shipped=folder / f"{name}.csv")
    found = run_file(world.house, job, look=LOOK, progress=lambda *_: None, hear=lambda _: None)
    assert isinstance(found, FileReport), found
    return found


def enter(world: World, text: str) -> None:
    entered = world.house.register.enter_range(world.house.node.org, text, specimen=False, actor=world.house.actor)
    assert not isinstance(entered, Refuse), entered


@pytest.mark.parametrize("shards", [1, 3])
def test_what_a_dry_range_left_out_is_issued_from_the_next_one(tmp_path: Path, shards: int) -> None:
    # 40 orders of 56 packages; 25 numbers: dry in the second batch of sixteen, with an order of three packages before the gap.
    settings = f"batch_orders = 16\nshards = {shards}\n"
    world = make_world(tmp_path / "node", settings=settings, number_range="QL:10000000-10000024")
    orders = write_orders(tmp_path / "orders.csv", in_packages(ORDERS, every=5))
    first = run(world, orders, "first")
    assert first.by_code == {"NUMBERS_EXHAUSTED": ORDERS - first.issued}
    assert first.labels == len(numbers_of(world.home)) <= 25
    assert audit_numbers(world.house).holds
    left = world.house.register.stock(world.house.node.org).left
    assert left == 25 - first.labels < 3  # what is left over is less than the order of three packages that came next
    enter(world, "QL:20000000-20000039")
    second = run(world, tmp_path / "first.err.csv", "second")
    assert (second.issued, second.known, second.refused_rows) == (ORDERS - first.issued, 0, 0)
    told = shipped(tmp_path / "first.csv") | shipped(tmp_path / "second.csv")
    assert {order: len(numbers) for order, numbers in told.items()} == {
        f"E{at:08d}": 1 if at % 5 else 3 for at in range(1, ORDERS + 1)
    }
    assert sorted(number for numbers in told.values() for number in numbers) == sorted(numbers_of(world.home))
    again = run(world, orders, "again")
    assert (again.issued, again.known) == (0, ORDERS)
    assert shipped(tmp_path / "again.csv") == told
    assert audit_numbers(world.house).holds
    assert world.house.register.stock(world.house.node.org).left == 65 - 56
    world.house.close()


def test_with_no_number_left_the_whole_file_comes_back(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node", number_range="QL:10000000-10000001")
    orders = write_orders(tmp_path / "orders.csv", in_packages(3, every=1))
    found = run(world, orders, "none")
    assert (found.issued, found.by_code) == (0, {"NUMBERS_EXHAUSTED": 3})
    assert not (tmp_path / "none.pdf").exists()
    with (tmp_path / "none.err.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[0] for row in csv.reader(file)][1:] == ["E00000001", "E00000002", "E00000003"]
    assert world.house.register.stock(world.house.node.org).left == 2
    world.house.close()
