"""Data and key store of different moments brought together: the erased stay erased, everybody else is whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.simulators.attacking import Killed
from tests.simulators.attacking import killed as cut_short
from tests.simulators.erasing import (
    PLENTY,
    SENDER,
    as_of,
    check_evidence,
    check_people,
    forget,
    found,
    issue,
    killed,
    opened,
    people,
    person,
    seen,
)
from tests.simulators.node import World, make_world
from yinji.flows.drop_period import drop_period
from yinji.flows.rotate_keys import mend_vault, rotate_index
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.vault import store
from yinji.vault.erasing import store as erasing
from yinji.vault.erasing.mending import Mended, Mending
from yinji.vault.model import Erased

COUNT = 45
BEFORE, BETWEEN, AFTER = [3, 30], [17, 18, 40], [5]
"""Who is erased before the backup, between backup and loss, and after all is mended."""


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path / "node", settings=f"{PLENTY}shards = 2\n")


def copied(world: World, to: Path) -> Path:
    """A full copy of a node that is closed: data and keys, epochs included."""
    world.house.close()
    shutil.copytree(world.home, to)
    world.house = world.again()
    return to


def mixed(data: Path, keys: Path, to: Path) -> World:
    """A node of one copy's data and the other copy's key store, as a restore makes it."""
    shutil.copytree(data, to)
    shutil.rmtree(to / "keys")
    shutil.copytree(keys / "keys", to / "keys")
    return opened(to)


def leaves(world: World) -> list[tuple[int, int]]:
    """Period and leaf of every recipient there ever was, read from the rows."""
    with world.house.data.reading() as reading:
        return [(row.period, row.leaf) for row in store.sampled_parties(reading, limit=10_000) if row.role == 1]


def erased_and_copied(world: World, tmp_path: Path) -> tuple[list[str], Path, Path]:
    """Numbers, the copy of before, the copy of now: some erased before, some between the two."""
    numbers = issue(world, people(COUNT))
    for at in BEFORE:
        assert isinstance(forget(world.house, numbers[at]), Erased)
    old = copied(world, tmp_path / "old")
    for at in BETWEEN:
        assert isinstance(forget(world.house, numbers[at]), Erased)
    assert isinstance(forget(world.house, numbers[0], SENDER), Erased)
    return numbers, old, copied(world, tmp_path / "now")


def held(world: World, places: list[tuple[int, int]]) -> list[bool]:
    keys = {period: world.house.keys.reread(world.house.node.org, period) for period in {each for each, _ in places}}
    return [bool(found and found.records.holds(leaf)) for period, leaf in places for found in (keys[period],)]


def test_an_older_key_store_under_newer_data_forgets_again_who_was_erased(world: World, tmp_path: Path) -> None:
    numbers, old, now = erased_and_copied(world, tmp_path)
    gone = [place for place in leaves(opened(old)) if place not in leaves(opened(now))]
    mended = mixed(now, old, tmp_path / "mended")
    assert len(gone) == len(BETWEEN)
    assert held(mended, gone) == [True] * len(gone), "the restored key store could open them"
    with pytest.raises(Fault) as fault:
        seen(mended.house, numbers[1])
    assert fault.value.code is Refusal.KEYS_STALE
    answer = mend_vault(mended.house)
    assert answer == Mended(0, COUNT - len(BEFORE) - len(BETWEEN))
    assert held(mended, gone) == [False] * len(gone)
    check_mended(mended, numbers)
    assert seen(mended.house, numbers[0], SENDER) is Refusal.PERSON_FORGOTTEN


def test_older_data_under_a_newer_key_store_lose_the_rows_of_the_erased(world: World, tmp_path: Path) -> None:
    numbers, old, now = erased_and_copied(world, tmp_path)
    mended = mixed(old, now, tmp_path / "mended")
    answer = mend_vault(mended.house)
    bills = mended.house.register.find_all(mended.house.node.org, [numbers[at] for at in BETWEEN])
    gone = {bill.ref for bill in bills if not isinstance(bill, Refuse)}
    assert set(answer.parcels) == gone, "whose recipients are gone; not the parcel that lost its sender only"
    assert len(answer.parcels) == len(gone) == len(BETWEEN)
    left = COUNT - len(BEFORE) - len(BETWEEN)
    assert answer == Mended(len(BETWEEN) + 1, left, parcels=answer.parcels)  # one sender's row with them
    check_mended(mended, numbers)


def check_mended(mended: World, numbers: list[str]) -> None:
    """Everybody is as they must be, the node goes on working, and mending again changes nothing."""
    check_people(mended.house, numbers, gone=BEFORE + BETWEEN)
    before = {path.name: path.read_bytes() for path in (mended.home / "keys").iterdir()}
    assert mend_vault(mended.house) == Mended(0, 0)
    assert {path.name: path.read_bytes() for path in (mended.home / "keys").iterdir()} == before
    more = issue(mended, [person(COUNT)], first=COUNT)
    for at in AFTER:
        assert isinstance(forget(mended.house, numbers[at]), Erased)
    again = as_of(mended, mended.again())
    check_people(again.house, [*numbers, *more], gone=BEFORE + BETWEEN + AFTER)
    assert rotate_index(again.house) > 0
    check_people(again.house, [*numbers, *more], gone=BEFORE + BETWEEN + AFTER)
    check_evidence(again.house)


def test_leaves_handed_out_since_an_older_backup_are_never_handed_out_again(world: World, tmp_path: Path) -> None:
    numbers, old, _ = erased_and_copied(world, tmp_path)
    issue(world, [person(COUNT)], first=COUNT)
    assert isinstance(forget(world.house, issue(world, [person(COUNT + 1)], first=COUNT + 1)[0]), Erased)
    used = max(leaf for _, leaf in leaves(world))
    mended = mixed(old, copied(world, tmp_path / "latest"), tmp_path / "mended")
    mend_vault(mended.house)
    issue(mended, [person(COUNT)], first=COUNT)
    assert max(leaf for _, leaf in leaves(mended)) > used
    check_people(mended.house, numbers, gone=BEFORE + BETWEEN)


def test_a_node_that_agrees_with_its_keys_is_left_alone(world: World) -> None:
    numbers = issue(world, people(10))
    forget(world.house, numbers[0])
    before = {path.name: path.read_bytes() for path in (world.home / "keys").iterdir()}
    assert mend_vault(world.house) == Mended(0, 0)
    assert {path.name: path.read_bytes() for path in (world.home / "keys").iterdir()} == before


def test_no_row_is_looked_at_where_every_stamp_agrees(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    issue(world, people(3))
    monkeypatch.setattr(Mending, "_delete_gone", cut_short)
    assert mend_vault(world.house) == Mended(0, 0)


def test_a_month_whose_keys_are_dropped_loses_its_rows_though_mending_was_cut_short(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(world, people(3))
    world.clock.pass_days(31)
    later = issue(world, [person(3)], first=3)
    old = copied(world, tmp_path / "old")
    drop_period(world.house, 202611)
    mended = as_of(world, mixed(old, copied(world, tmp_path / "now"), tmp_path / "mended").house)
    for step in ("_delete_gone", "_state_ended"):
        with monkeypatch.context() as patch:
            patch.setattr(Mending, step, cut_short)
            with pytest.raises(Killed):
                mend_vault(mended.house)
    assert len(mend_vault(mended.house).parcels) in (0, 3), "the rows went with this run or with the one before"
    with mended.house.data.reading() as reading:
        assert len(store.sampled_parties(reading, limit=100)) == 3, "one parcel's two, and the node's own sender"
    assert seen(mended.house, later[0]) == person(3)[0]
    assert mend_vault(mended.house) == Mended(0, 0)


def test_a_lost_period_is_named_and_nobody_elses_keys_are_harmed(world: World) -> None:
    first = issue(world, people(5))
    world.clock.pass_days(31)
    second = issue(world, [person(at) for at in range(5, 10)], first=5)
    forget(world.house, second[0])
    for file in (world.home / "keys").glob("*-202611*"):
        file.unlink()
    after = as_of(world, world.again())
    for _ in range(2):
        assert mend_vault(after.house) == Mended(0, 0, (Refuse(Refusal.KEYS_MISSING, "202611"),))
    assert [seen(after.house, number) for number in second[1:]] == [person(at)[0] for at in range(6, 10)]
    with pytest.raises(Fault) as fault:
        seen(after.house, first[0])
    assert fault.value.code is Refusal.KEYS_MISSING
    with after.house.data.reading() as reading:
        assert len(store.sampled_parties(reading, limit=100)) == 20, (
            "no row of the lost period was deleted; 1 erased, 1 the node's"
        )
    rotate_index(after.house)
    assert [seen(after.house, number) for number in second[1:]] == [person(at)[0] for at in range(6, 10)]


def test_an_older_key_store_that_lacks_a_later_period_names_it(world: World, tmp_path: Path) -> None:
    first = issue(world, people(5))
    old = copied(world, tmp_path / "old")
    assert isinstance(forget(world.house, first[0]), Erased)
    world.clock.pass_days(31)
    issue(world, [person(5)], first=5)
    mended = mixed(copied(world, tmp_path / "now"), old, tmp_path / "mended")
    answer = mend_vault(mended.house)
    assert answer.refused == (Refuse(Refusal.KEYS_MISSING, "202612"),)
    assert seen(mended.house, first[0]) is Refusal.PERSON_FORGOTTEN
    assert [seen(mended.house, number) for number in first[1:]] == [person(at)[0] for at in range(1, 5)]
    assert found(mended.house, person(1)[1]) == [first[1]], "a search before the lost month's time is whole"


@pytest.mark.slow
@pytest.mark.parametrize("older", ["keys", "data"])
def test_mending_killed_anywhere_and_run_again_ends_well(world: World, tmp_path: Path, older: str) -> None:
    numbers, old, now = erased_and_copied(world, tmp_path)
    data, keys = (now, old) if older == "keys" else (old, now)
    mixed(data, keys, tmp_path / "apart").house.close()
    for place in killed(tmp_path / "apart", tmp_path / "killed", 8, "mend"):
        after, step = opened(place), place.name
        assert not mend_vault(after.house).refused, step
        check_people(after.house, numbers, gone=BEFORE + BETWEEN)
        with after.house.data.reading() as reading:
            assert erasing.reindexed_to(reading, org=after.house.node.org) == {}
        for period in (0, 202611):
            period_keys = after.house.keys.reread(after.house.node.org, period)
            assert period_keys is not None
            assert period_keys.index.settled, step
        assert mend_vault(after.house) == Mended(0, 0)
        check_evidence(after.house)
        after.house.close()
