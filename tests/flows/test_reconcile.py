from __future__ import annotations

import sqlite3

import pytest

from tests.simulators.node import World
from yinji.flows.reconcile_batches import reconcile_batches


def issued(world: World) -> World:
    for batch in range(3):
        world.issue([world.order(f"{batch}-{at}") for at in range(5)])
    return world


def test_rows_that_nobody_touched_are_what_the_evidence_says(world: World) -> None:
    found = reconcile_batches(issued(world).house)
    assert found.holds
    assert (found.batches, found.waybills) == (3, 15)


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        ("UPDATE waybill_waybills SET number = number || '0' WHERE item = 2", "edited"),
        ("UPDATE waybill_waybills SET destination = '北京 朝阳区' WHERE item = 0", "edited"),
        ("UPDATE waybill_waybills SET merchant = 'N' WHERE item = 4", "edited"),
        ("UPDATE waybill_waybills SET specimen = 1 WHERE item = 1", "edited"),
        ("UPDATE waybill_waybills SET outlet = 'PD' WHERE item = 1", "edited"),
        ("UPDATE waybill_waybills SET channel = 'api' WHERE item = 1", "edited"),
        ("UPDATE waybill_waybills SET kind = 2 WHERE item = 1", "edited"),
        ("UPDATE waybill_waybills SET item_version = 1 WHERE item = 1", "edited"),
        ("UPDATE waybill_waybills SET item = 9 - item WHERE item < 5", "edited"),
        ("DELETE FROM waybill_waybills WHERE item = 3", "says 5 waybills, 4"),
        ("DELETE FROM waybill_waybills", "says 5 waybills, 0"),
        ("UPDATE waybill_waybills SET batch = zeroblob(16) WHERE item = 3", "has no evidence"),
    ],
)
def test_a_row_changed_by_hand_is_found(world: World, edit: str, says: str) -> None:
    issued(world)
    with sqlite3.connect(world.home / "data.db") as rows:
        rows.execute(edit)
    found = reconcile_batches(world.house)
    assert not found.holds
    assert any(says in said.en for said in found.findings), found.findings
