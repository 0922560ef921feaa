"""Rotation while the node works: no failed read, no incomplete search, and afterwards nothing left of the former keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.simulators.erasing import (
    PLENTY,
    as_of,
    check_evidence,
    check_people,
    end,
    forget,
    issue,
    killed,
    met,
    opened,
    people,
    person,
    searches,
    start,
)
from tests.simulators.node import World, make_world
from yinji.flows.rotate_keys import rotate_index, rotate_org, rotate_root
from yinji.keys.period_state import PeriodKeys
from yinji.vault import store
from yinji.vault.blind_index import ORDER, PHONE, TAIL, BlindIndex
from yinji.vault.erasing import reindexing
from yinji.vault.erasing import store as erasing
from yinji.vault.model import Erased

DAYS, A_DAY = 3, 30


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path / "node", settings=f"{PLENTY}shards = 2\n")
    yield made
    made.house.close()


def issue_over_days(world: World, days: int = DAYS, a_day: int = A_DAY) -> list[str]:
    """Some people a day, the turn of a month among the days; processes of their own begin on the first of the days again."""
    numbers: list[str] = []
    world.clock.pass_days(-days)
    for _ in range(days):
        numbers += issue(world, [person(len(numbers) + at) for at in range(a_day)], first=len(numbers))
        world.clock.pass_days(1)
    return numbers


def period_keys(world: World) -> dict[int, PeriodKeys]:
    org = world.house.node.org
    found = {period: world.house.keys.reread(org, period) for _, period in world.house.keys.periods()}
    return {period: keys for period, keys in found.items() if keys}


def tags(world: World) -> set[bytes]:
    """Every tag that stands in any index."""
    with world.house.data.reading() as reading:
        return {bytes(row.tag) for index in store.INDEXES for row in reading.rows(select(index.c.tag))}


def check_rotated(world: World, before: dict[int, PeriodKeys], old_tags: set[bytes]) -> None:
    """One generation, none of the former keys in it, none of the former tags in the rows, no walk that goes on."""
    for period, keys in period_keys(world).items():
        assert keys.index.settled, period
        kept = {*keys.index.now.tree.nodes.values(), *keys.index.now.fresh.values()}
        former = before[period].index.now
        assert kept.isdisjoint({*former.tree.nodes.values(), *former.fresh.values()})
        assert keys.index.now.tree.leaf(77) != former.key(77)
        assert keys.records == before[period].records
    assert tags(world).isdisjoint(old_tags)
    with world.house.data.reading() as reading:
        assert erasing.reindexed_to(reading, org=world.house.node.org) == {}


def test_rotating_index_keys_leaves_everybody_findable_and_nothing_of_the_former_keys(world: World) -> None:
    numbers = issue_over_days(world)
    assert isinstance(forget(world.house, numbers[0]), Erased)
    before, old = period_keys(world), tags(world)
    other = as_of(world, world.again())
    check_people(other.house, numbers, gone=[0])  # it holds the former keys now
    assert rotate_index(world.house) == DAYS * A_DAY - 1
    check_rotated(world, before, old)
    for each in (world, other):
        check_people(each.house, numbers, gone=[0])
    (more,) = issue(other, [person(999)], first=999)
    assert met(world.house, searches(999)) == [{world.house.register.find(world.house.node.org, more).ref}] * 3  # type: ignore[union-attr]  # a refusal has no ref and fails
    assert issue(other, people(3))[1:] == numbers[1:3], "the same orders are known again: by their new tags"
    check_evidence(world.house)
    other.house.close()


def test_old_tags_cannot_be_made_again_from_any_key_that_is_left(world: World) -> None:
    issue(world, people(3))
    org = world.house.node.org

    def made() -> set[bytes]:
        index, bucket = BlindIndex(world.house.vault._periods, org), 24 * 20_778
        with world.house.data.reading() as reading:
            buckets = {
                use: {row.bucket for row in reading.rows(select(table.c.bucket))} for use, table in enumerate(store.INDEXES)
            }
        values = {PHONE: [person(at)[1] for at in range(3)], ORDER: [f"real\0M\0E{at}" for at in range(3)], TAIL: []}
        assert bucket
        return {
            tag
            for use in (PHONE, ORDER)
            for each in values[use]
            for _, tag in index.tags_to_seek(use, sorted(buckets[use]), each)
        }

    old = tags(world)
    assert len(old & made()) == 6, "three phones and three orders, as an attacker with the keys would tag them"
    rotate_index(world.house)
    assert made().isdisjoint(old)


@pytest.mark.slow
def test_every_search_is_complete_while_index_keys_rotate_and_others_issue(world: World) -> None:
    numbers = issue_over_days(world)
    before, old = period_keys(world), tags(world)
    finders = [
        start(world.home, "find", "0", "20", "3", *numbers[:20]),
        start(world.home, "find", str(len(numbers) - 20), "20", "3", *numbers[-20:]),
    ]
    desk = start(world.home, "issue", str(len(numbers)), "40")
    for _ in range(2):
        rotate_index(world.house)
    numbers += end(desk)
    for finder in finders:
        assert int(end(finder)[0]) > 0
    check_rotated(world, before, old)
    check_people(world.house, numbers)
    check_evidence(world.house)


def test_an_erasure_in_the_middle_of_a_rotation_holds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks are made small and an erasure comes between two of them, from another process's house."""
    numbers = issue_over_days(world)
    before, old, other = period_keys(world), tags(world), world.again()
    gone: list[int] = []
    chunk = reindexing.Reindexing._chunk

    def overtaken(self: reindexing.Reindexing, *given: object, **named: object) -> int:
        if len(gone) < 4:
            gone.append(5 + 25 * len(gone))
            assert isinstance(forget(other, numbers[gone[-1]]), Erased)
        return chunk(self, *given, **named)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(reindexing, "CHUNK", 24)
    monkeypatch.setattr(reindexing.Reindexing, "_chunk", overtaken)
    rotate_index(world.house)
    assert len(gone) == 4
    for house in (world.house, other):
        check_people(house, numbers, gone=gone)
    after = {period: keys.records for period, keys in period_keys(world).items()}
    before = {period: replace(k, records=after[period]) for period, k in before.items()}
    check_rotated(world, before, old)
    check_evidence(world.house)
    other.close()


@pytest.mark.slow
def test_a_rotation_of_index_keys_killed_anywhere_goes_on_when_it_is_run_again(world: World, tmp_path: Path) -> None:
    numbers = issue_over_days(world, 2, 25)
    before, old = period_keys(world), tags(world)
    world.house.close()
    for place in killed(world.home, tmp_path / "killed", 11, "rotate"):
        after = opened(place)
        check_people(after.house, numbers)
        if int(place.name) % 2:
            assert isinstance(forget(after.house, numbers[1]), Erased)
        rotate_index(after.house)
        assert all(keys.index.settled for keys in period_keys(after).values())
        assert tags(after).isdisjoint(old)
        assert all(
            keys.index.now.tree.leaf(77) != before[period].index.now.key(77) for period, keys in period_keys(after).items()
        )
        check_people(after.house, numbers, gone=[1] if int(place.name) % 2 else [])
        check_evidence(after.house)
        after.house.close()


def test_roots_and_organisation_keys_rotate_under_a_working_node(world: World) -> None:
    numbers = issue(world, people(20))
    other = as_of(world, world.again())
    secrets = {path.name: path.read_bytes() for path in (world.home / "keys").iterdir()}
    for _ in range(2):
        assert rotate_root(world.house) >= 3
        assert rotate_org(world.house) == 2
        numbers += issue(other, [person(len(numbers))], first=len(numbers))
    assert isinstance(forget(other.house, numbers[2]), Erased)
    for house in (world.house, other.house, world.again()):
        check_people(house, numbers, gone=[2])
    assert [path.name for path in (world.home / "keys").glob("root-*.key")] == ["root-3.key"]
    assert not {path.read_bytes() for path in (world.home / "keys").glob("*.epoch")} & set(secrets.values())
    check_evidence(world.house)
    other.house.close()
