"""Attacks on the vault: rows edited by hand."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.test_erasure import combined, force_revisions, forget, found, issue, old_copy, seen
from tests.simulators.attacking import NOVEMBER, Killed, by_hand, killed, parcel_of
from tests.simulators.node import LI, ZHAO, World, make_world
from yinji.flows.house import House
from yinji.flows.rotate_keys import mend_vault
from yinji.kernel.faults import Fault
from yinji.kernel.ids import FIRST_SHARD, Ref
from yinji.main import open_house
from yinji.vault import store
from yinji.vault.blind_index import PHONE
from yinji.vault.erasing.reindexing import Reindexing
from yinji.vault.model import Erased


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path / "node", settings="reveals_a_day = 100000\n")
    yield made
    made.house.close()


def leaf_of(house: House, number: str) -> int:
    """The key under which the recipient of a waybill is sealed."""
    statement = "SELECT leaf FROM vault_parties WHERE parcel = ? AND role = 1"
    ((leaf,),) = by_hand(house, statement, parcel_of(house, number))
    return int(str(leaf))


def swap_leaves(house: House, first: str, second: str) -> None:
    """Let each of two recipients' rows name the other's key."""
    leaves = leaf_of(house, first), leaf_of(house, second)
    for number, leaf in zip((second, first), leaves, strict=True):
        by_hand(house, "UPDATE vault_parties SET leaf = ? WHERE parcel = ? AND role = 1", leaf, parcel_of(house, number))


def hits(world: World, old: Path, to: Path, phone: str) -> list[Ref]:
    """What the present keys find in an old copy, whatever became of the parties."""
    attacked = open_house(combined(old, world.home, to, old_periods=False), clock=world.clock)
    force_revisions(attacked, world.house)
    org, met = attacked.node.org, list[Ref]()
    buckets = [row[0] for row in by_hand(attacked, "SELECT DISTINCT bucket FROM vault_phones")]
    sought = attacked.vault.blind_index(org).tags_to_seek(PHONE, [int(str(each)) for each in buckets], phone)
    with attacked.data.reading() as reading:
        met = store.parcels_by(reading, PHONE, org=org, shard=FIRST_SHARD, keys=sought)
    attacked.close()
    return met


def test_an_erasure_never_takes_the_key_of_somebody_else(world: World) -> None:
    """Two rows name each other's key; one of the two is erased."""
    mine, theirs = issue(world, [LI, ZHAO])
    leaf = leaf_of(world.house, theirs)
    swap_leaves(world.house, mine, theirs)
    forget(world.house, mine)
    keys = world.house.keys.reread(world.house.node.org, NOVEMBER)
    assert keys is not None
    assert keys.records.holds(leaf)


def test_nobody_is_called_erased_whose_key_is_still_there(world: World, tmp_path: Path) -> None:
    mine, theirs = issue(world, [LI, ZHAO])
    old = old_copy(world, tmp_path / "old", keys=True)
    swap_leaves(world.house, mine, theirs)
    answer = forget(world.house, mine)
    attacked = open_house(combined(old, world.home, tmp_path / "attacked", old_periods=False), clock=world.clock)
    force_revisions(attacked, world.house)
    readable = seen(attacked, mine) == LI[0]
    attacked.close()
    assert not (isinstance(answer, Erased) and readable)


def test_an_index_row_taken_away_by_hand_leaves_no_hit_in_an_old_copy(world: World, tmp_path: Path) -> None:
    (number,) = issue(world, [LI])
    old = old_copy(world, tmp_path / "old", keys=True)
    by_hand(world.house, "DELETE FROM vault_phones")
    assert isinstance(forget(world.house, number), Erased)
    assert not hits(world, old, tmp_path / "attacked", LI[1])


def test_who_is_erased_while_a_mending_was_cut_short_leaves_no_hit_in_an_old_copy(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = issue(world, [LI, ZHAO])
    old = old_copy(world, tmp_path / "old", keys=True)
    by_hand(world.house, "UPDATE vault_periods SET revision = revision + 5 WHERE period = ?", NOVEMBER)
    house = world.again()
    with monkeypatch.context() as cut:
        cut.setattr(Reindexing, "resume", killed)
        with pytest.raises(Killed):
            mend_vault(house)
    house = world.again()
    assert isinstance(forget(house, numbers[0]), Erased)
    assert not hits(World(world.home, world.clock, house), old, tmp_path / "attacked", LI[1])


def test_a_search_shows_nobody_whose_index_row_was_moved_by_hand(world: World) -> None:
    mine, theirs = issue(world, [LI, ZHAO])
    house = world.house
    first, second = parcel_of(house, mine), parcel_of(house, theirs)
    by_hand(house, "UPDATE vault_phones SET parcel = ? WHERE parcel = ?", b"x" * 16, first)
    by_hand(house, "UPDATE vault_phones SET parcel = ? WHERE parcel = ?", first, second)
    by_hand(house, "UPDATE vault_phones SET parcel = ? WHERE parcel = ?", second, b"x" * 16)
    assert theirs not in found(house, LI[1])


def test_a_month_called_dropped_by_hand_does_not_lose_its_keys(world: World) -> None:
    (number,) = issue(world, [LI])
    by_hand(world.house, "UPDATE vault_periods SET dropped_ms = 1 WHERE period = ?", NOVEMBER)
    house = world.again()
    with contextlib.suppress(Fault):
        mend_vault(house)
    by_hand(world.house, "UPDATE vault_periods SET dropped_ms = 0 WHERE period = ?", NOVEMBER)
    assert seen(world.again(), number) == LI[0]


def test_a_month_called_dropped_whose_keys_are_there_is_not_called_sound(world: World) -> None:
    issue(world, [LI])
    by_hand(world.house, "UPDATE vault_periods SET dropped_ms = 1 WHERE period = ?", NOVEMBER)
    (month,) = [each for each in world.again().vault.periods_seen(world.house.node.org) if each.period == NOVEMBER]
    assert not month.sound


def test_an_erasure_written_by_hand_is_not_certified(world: World) -> None:
    """The row names somebody who is there, and the key of somebody who was erased."""
    mine, theirs = issue(world, [LI, ZHAO])
    house = world.house
    victim = by_hand(house, "SELECT ref FROM vault_parties WHERE parcel = ? AND role = 1", parcel_of(house, theirs))[0][0]
    assert isinstance(forget(house, mine), Erased)
    by_hand(
        house,
        "INSERT INTO vault_erasures SELECT org_id, shard, ?, period, leaf, slots, digest, mark, deleted_ms, 0, 1 FROM vault_erasures",
        victim,
    )
    with contextlib.suppress(Fault):
        mend_vault(house)
    assert seen(house, theirs) == ZHAO[0]
    stated = by_hand(house, "SELECT state FROM vault_erasures WHERE ref = ?", victim)
    assert stated == [(1,)]
