"""Real kills of an erasure: before every durable step. The person is whole, or goes; nobody else is harmed; nothing is stated early."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulators.erasing import (
    PLENTY,
    RECIPIENT,
    as_of,
    check_evidence,
    check_people,
    forget,
    issue,
    killed,
    opened,
    people,
    person,
    seen,
)
from tests.simulators.node import World, make_world
from yinji.flows.rotate_keys import mend_vault, rotate_index
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.vault.erasing import store as erasing
from yinji.vault.model import Erased, ErasureState

COUNT = 45
GONE = 11


@pytest.fixture
def node(tmp_path: Path) -> tuple[Path, list[str]]:
    """A node that is closed, with people in every slice of phones' first days; and their numbers."""
    world = make_world(tmp_path / "node", settings=PLENTY)
    numbers = issue(world, people(COUNT))
    assert isinstance(forget(world.house, numbers[0]), Erased)
    world.house.close()
    return world.home, numbers


def stated(world: World) -> dict[ErasureState, list[tuple[int, int]]]:
    """Period and leaf of every erasure, by its state."""
    with world.house.data.reading() as reading:
        return {
            state: [(each.period, each.leaf) for each in erasing.erasures(reading, org=world.house.node.org, state=state)]
            for state in ErasureState
        }


def check_never_stated_early(world: World) -> None:
    """What the data call erased cannot be derived: looked at before anybody has opened a key."""
    states = stated(world)
    for period, leaf in states[ErasureState.ERASED]:
        keys = world.house.keys.reread(world.house.node.org, period)
        assert keys is not None
        assert not keys.records.holds(leaf)
        revisions = [int(each.stem.rpartition("-")[2]) for each in (world.home / "keys").glob(f"*-{period}-*.epoch")]
        older = [each for each in revisions if each < keys.revision]
        # One is left where the next erasure was under way: it opens a revision that has lost this leaf already.
        assert not older or states[ErasureState.DELETED] or not keys.index.settled


def check_gone(world: World, leaves: list[tuple[int, int]]) -> None:
    """Whoever opened the node since the rows were deleted has destroyed the keys too."""
    for period, leaf in leaves:
        keys = world.house.keys.reread(world.house.node.org, period)
        assert keys is not None
        assert not keys.records.holds(leaf)


@pytest.mark.slow
def test_an_erasure_killed_anywhere_is_whole_or_is_finished_by_the_next(node: tuple[Path, list[str]], tmp_path: Path) -> None:
    home, numbers = node
    whole = deleted = done = 0
    for at, place in enumerate(killed(home, tmp_path / "killed", 5, "forget", numbers[GONE])):
        after = opened(place)
        check_never_stated_early(after)
        states = stated(after)
        rows_gone = len(states[ErasureState.DELETED]) + len(states[ErasureState.ERASED]) - 1
        check_people(after.house, numbers, gone={0, GONE} if rows_gone else {0})  # the opener is right, before anybody mends
        whole, deleted, done = (
            whole + (not rows_gone),
            deleted + len(states[ErasureState.DELETED]),
            done + len(states[ErasureState.ERASED]) - 1,
        )
        finish(after, numbers, way=at % 4)
        check_gone(after, states[ErasureState.DELETED])
        assert not mend_vault(after.house).refused
        assert stated(after)[ErasureState.DELETED] == []
        check_never_stated_early(after)
        again = as_of(after, after.again())
        check_people(again.house, [*numbers, *issue(again, [person(COUNT)], first=COUNT)], gone={0, GONE})
        check_evidence(again.house)
        for house in (after.house, again.house):
            house.close()
    assert whole > 1
    assert deleted > 0
    assert done > 0


def finish(after: World, numbers: list[str], *, way: int) -> None:
    """Whoever comes next finishes what was begun: the same request again, another's erasure, a mending, a rotation."""
    if way == 1:
        other = issue(after, [person(COUNT + 1)], first=COUNT + 1)
        assert isinstance(forget(after.house, other[0]), Erased)
    elif way == 2:
        assert not mend_vault(after.house).refused
    elif way == 3:
        assert rotate_index(after.house) > 0
    answer = forget(after.house, numbers[GONE], RECIPIENT)
    assert isinstance(answer, Erased) or answer == Refuse(Refusal.PERSON_FORGOTTEN)
    assert seen(after.house, numbers[GONE]) is Refusal.PERSON_FORGOTTEN


@pytest.mark.slow
def test_an_erasure_killed_three_times_over_ends_well(node: tuple[Path, list[str]], tmp_path: Path) -> None:
    home, numbers = node
    for at, every in enumerate((5, 4, 3)):
        home = killed(home, tmp_path / str(at), every, "forget", numbers[GONE])[at + 1]
    after = opened(home)
    check_never_stated_early(after)
    forget(after.house, numbers[GONE])
    check_people(after.house, numbers, gone={0, GONE})
    check_evidence(after.house)


@pytest.mark.slow
def test_a_batch_of_erasures_killed_in_the_middle_leaves_nobody_half_gone(node: tuple[Path, list[str]], tmp_path: Path) -> None:
    home, numbers = node
    batch = [numbers[at] for at in (GONE, 12, 40)]
    for place in killed(home, tmp_path / "killed", 19, "forget", *batch):
        after = opened(place)
        check_never_stated_early(after)
        for number in batch:
            forget(after.house, number)
        assert stated(after)[ErasureState.DELETED] == []
        check_people(after.house, numbers, gone={0, GONE, 12, 40})
        check_evidence(after.house)
        after.house.close()
