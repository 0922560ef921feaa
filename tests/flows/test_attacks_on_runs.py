"""Attacks on the vault: runs cut short, two at once, and restores of older copies."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.flows.test_erasure import combined, forget, found, issue, old_copy, person, seen
from tests.simulators.attacking import NOVEMBER, OCTOBER, Killed, by_hand, killed, killed_at_second, one, to_day
from tests.simulators.node import LI, ZHAO, World, make_world
from yinji.flows.back_up_keys import back_up_keys
from yinji.flows.drop_period import drop_period
from yinji.flows.hold_parcel import hold_parcel
from yinji.flows.rotate_keys import mend_vault, rotate_index, rotate_org, rotate_root
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.purpose import PartyRole, Purpose
from yinji.kernel.refusals import Refusal
from yinji.main import ground, open_house
from yinji.vault.erasing import store as erasing
from yinji.vault.erasing.forgetting import Forgetting, Why
from yinji.vault.erasing.reindexing import Reindexing
from yinji.vault.model import Erased

SENDER = PartyRole.SENDER


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path / "node", settings="reveals_a_day = 100000\n")
    yield made
    made.house.close()


def test_a_label_leads_nowhere_though_the_erasing_run_was_cut_short(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (number,) = issue(world, [LI])
    with monkeypatch.context() as cut:
        cut.setattr("yinji.flows.forget_persons.forget_labels", killed)
        with pytest.raises(Killed):
            forget(world.house, number)
    house = world.again()
    forget(house, number)
    mend_vault(house)
    bill = house.register.find(house.node.org, number)
    assert not isinstance(bill, Refuse)
    assert bill.token == b""


def test_a_cut_short_erasure_is_said_when_it_is_asked_for_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are deleted, the process is killed; whoever asks again gets the end of it, or at least the evidence does."""
    (number,) = issue(world, [LI])
    with monkeypatch.context() as cut:
        cut.setattr(Forgetting, "resume", killed_at_second(Forgetting.resume))
        with pytest.raises(Killed):
            forget(world.house, number)
    house = world.again()
    forget(house, number)
    assert by_hand(house, "SELECT state FROM vault_erasures") == [(2,)]


def test_an_erasure_whose_keys_are_away_is_not_called_complete(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (number,) = issue(world, [LI])
    with monkeypatch.context() as cut:
        cut.setattr(Forgetting, "resume", killed_at_second(Forgetting.resume))
        with pytest.raises(Killed):
            forget(world.house, number)
    for file in (world.home / "keys").glob(f"*-{NOVEMBER}*"):
        file.rename(world.home / file.name)  # a key store that is to be restored
    house = world.again()
    with contextlib.suppress(Fault):
        mend_vault(house)
    assert by_hand(house, "SELECT state FROM vault_erasures") == [(1,)]


def test_an_erasure_that_meets_a_rotation_does_not_clash(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rotation's chunk tags the same rows between the erasure's look and its write."""
    people = [person(at) for at in range(120)]
    numbers = issue(world, people)
    rotating = world.again()
    org = world.house.node.org
    with monkeypatch.context() as cut:  # the rotation has begun, and is about to walk
        cut.setattr(Reindexing, "resume", killed)
        with pytest.raises(Killed):
            rotate_index(rotating)
    write, met = Forgetting._write_tags, count()

    def walked(self: Forgetting, *given: Any, **named: Any) -> None:
        if not next(met):
            with rotating.data.reading() as reading:
                for shard, after in erasing.reindexed_to(reading, org=org).items():
                    Reindexing(rotating.vault._forgetting())._walk(org, shard, after, Why(rotating.actor, Purpose.TEND_NODE))
        write(self, *given, **named)

    monkeypatch.setattr(Forgetting, "_write_tags", walked)
    answer = forget(world.house, numbers[0])
    assert isinstance(answer, Erased)
    rotating.close()


# Restores


def test_a_clock_that_once_ran_ahead_does_not_stop_erasures(world: World) -> None:
    (number,) = issue(world, [LI])
    world.clock.pass_days(400)
    seen(world.house, number)
    world.clock.pass_days(-400)
    world.clock.pass_days(30)
    assert isinstance(forget(world.house, number), Erased)


def test_nobody_is_lost_who_was_issued_between_two_restores(world: World, tmp_path: Path) -> None:
    """An old copy of the data serves for a day, somebody of that day is erased, then the newer copy comes back."""
    issue(world, [ZHAO])
    weekly = old_copy(world, tmp_path / "weekly", keys=True)
    mine = issue(World(world.home, world.clock, world.again()), [LI], first=1)
    nightly = old_copy(world, tmp_path / "nightly", keys=True)
    stopgap = open_house(combined(weekly, world.home, tmp_path / "stopgap", old_periods=False), clock=world.clock)
    mend_vault(stopgap)
    (other,) = issue(World(tmp_path / "stopgap", world.clock, stopgap), [person(5)], first=2)
    assert isinstance(forget(stopgap, other), Erased)
    stopgap.close()
    back = open_house(combined(nightly, tmp_path / "stopgap", tmp_path / "back", old_periods=False), clock=world.clock)
    mend_vault(back)
    assert seen(back, mine[0]) == LI[0]
    back.close()


def test_a_certificate_knows_of_key_backups_though_older_data_were_restored(world: World, tmp_path: Path) -> None:
    (number,) = issue(world, [LI])
    before = old_copy(world, tmp_path / "before", keys=True)
    backed = back_up_keys(world.house, ground(world.home, clock=world.clock).keys, tmp_path, recovery=bytes(32))
    house = open_house(combined(before, world.home, tmp_path / "restored", old_periods=False), clock=world.clock)
    mend_vault(house)
    answer = forget(house, number)
    assert isinstance(answer, Erased)
    assert answer.undo_until_ms == backed.expires_ms
    house.close()


def test_a_person_whose_key_was_only_wrapped_anew_is_still_gone(world: World) -> None:
    """Rotating the keys above brings nobody back."""
    numbers = issue(world, [LI, ZHAO])
    other = world.again()
    assert seen(other, numbers[1]) == ZHAO[0]
    forget(world.house, numbers[0])
    rotate_root(world.house)
    rotate_org(world.house)
    for house in (world.house, other, world.again()):
        assert seen(house, numbers[0]) is Refusal.PERSON_FORGOTTEN
        assert found(house, ZHAO[1]) == numbers[1:]
    other.close()


def test_mending_deletes_every_row_whose_key_is_gone(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chunk's end may come between the two parties of a parcel."""
    numbers = issue(world, [LI, ZHAO])
    old = old_copy(world, tmp_path / "old", keys=True)
    forget(world.house, numbers[0], SENDER)
    forget(world.house, numbers[1])  # an even number of parties, and the node's own sender: the halves shift
    mended = open_house(combined(old, world.home, tmp_path / "mended", old_periods=False), clock=world.clock)
    monkeypatch.setattr("yinji.vault.erasing.mending.CHUNK", 1)
    mend_vault(mended)
    assert by_hand(mended, "SELECT count(*) FROM vault_parties WHERE parcel != org_id") == [(2,)]
    mended.close()


def test_a_restore_of_data_older_than_a_drop_leaves_searches_working(world: World, tmp_path: Path) -> None:
    to_day(world, "2026-10-20")
    one(world, "E0", LI, ordered=date(2026, 10, 20))
    to_day(world, "2026-11-21")
    number = one(world, "E1", ZHAO)
    old = old_copy(world, tmp_path / "old", keys=True)
    drop_period(world.house, OCTOBER)
    restored = open_house(combined(old, world.home, tmp_path / "restored", old_periods=False), clock=world.clock)
    mend_vault(restored)
    assert found(restored, ZHAO[1]) == [number]
    restored.close()


def test_who_was_on_hold_at_a_drop_is_not_lost_with_older_data(world: World, tmp_path: Path) -> None:
    """Older data hold the row as it was sealed before; its key went with the month. That is named, not a traceback."""
    to_day(world, "2026-10-20")
    number = one(world, "E0", LI, ordered=date(2026, 10, 20))
    hold_parcel(world.house, number, ground="case-1")
    to_day(world, "2026-11-21")
    old = old_copy(world, tmp_path / "old", keys=True)
    drop_period(world.house, OCTOBER)
    restored = open_house(combined(old, world.home, tmp_path / "restored", old_periods=False), clock=world.clock)
    mend_vault(restored)
    with pytest.raises(Fault):
        drop_period(restored, OCTOBER)
    restored.close()


def test_labels_of_persons_erased_since_lead_nowhere_after_older_data_are_mended(world: World, tmp_path: Path) -> None:
    (number,) = issue(world, [LI])
    old = old_copy(world, tmp_path / "old", keys=True)
    forget(world.house, number)
    restored = open_house(combined(old, world.home, tmp_path / "restored", old_periods=False), clock=world.clock)
    mend_vault(restored)
    bill = restored.register.find(restored.node.org, number)
    assert not isinstance(bill, Refuse)
    assert bill.token == b""
    restored.close()
