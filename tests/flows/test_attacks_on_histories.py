"""Attacks on the vault: data and keys of one node that went two ways, and months whose keys are lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.simulators.attacking import NOVEMBER, OCTOBER, Killed, by_hand, killed, one, to_day, two_of_one_slice
from tests.simulators.erasing import check_evidence, forget, found, found_by_order, issue, opened, people, person, seen
from tests.simulators.node import LI, ZHAO, World, make_world
from yinji.flows.drop_period import drop_period
from yinji.flows.hold_parcel import hold_parcel
from yinji.flows.rotate_keys import mend_vault
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.vault.blind_index import ORDER, slice_of
from yinji.vault.buckets import UNDATED, day_bucket
from yinji.vault.erasing.dropping import Dropping
from yinji.vault.model import Erased
from yinji.vault.sealer import order_value


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path / "node", settings="reveals_a_day = 100000\n")
    yield made
    made.house.close()


def copied(world: World, to: Path) -> Path:
    """A whole copy of a node that is closed."""
    world.house.close()
    shutil.copytree(world.home, to)
    world.house = world.again()
    return to


def test_keys_that_went_another_way_are_not_taken_for_the_datas_own(world: World, tmp_path: Path) -> None:
    """Two copies of one node erase two people; then the data of the one are laid beside the keys of the other."""
    numbers = issue(world, people(6))
    twin = opened(copied(world, tmp_path / "twin"))
    assert isinstance(forget(world.house, numbers[1]), Erased)
    assert isinstance(forget(twin.house, numbers[2]), Erased)
    for each in (world, twin):
        each.house.close()
    revisions = {by_hand(each.house, "SELECT revision FROM vault_periods ORDER BY period")[-1] for each in (world, twin)}
    assert len(revisions) == 1, "the attack needs equal revisions"
    place = tmp_path / "mixed"
    shutil.copytree(world.home, place)
    shutil.rmtree(place / "keys")
    shutil.copytree(twin.home / "keys", place / "keys")
    mixed = opened(place)
    with pytest.raises(Fault) as fault:
        found(mixed.house, person(0)[1])
    assert fault.value.code is Refusal.KEYS_STALE
    assert not mend_vault(mixed.house).refused
    assert [seen(mixed.house, numbers[at]) for at in (1, 2)] == [Refusal.PERSON_FORGOTTEN] * 2
    for at in (0, 3, 4, 5):
        assert found(mixed.house, person(at)[1]) == [numbers[at]]
    check_evidence(mixed.house)
    mixed.house.close()


# Months whose keys are lost


def lose(world: World, period: int, to: Path) -> None:
    """Take a month's keys out of the key store; another process opens the node."""
    world.house.close()
    to.mkdir(mode=0o700)
    for file in (world.home / "keys").glob(f"*-{period}*"):
        file.rename(to / file.name)
    world.house = world.again()


def bring_back(world: World, kept: Path) -> None:
    world.house.close()
    for file in kept.iterdir():
        file.rename(world.home / "keys" / file.name)
    world.house = world.again()


def tags_of_order(world: World, order: str, day: date) -> set[bytes]:
    """Under which tags an order stands, or may stand, on a day: what whoever has the present keys can make."""
    index = world.house.vault.blind_index(world.house.node.org)
    return {tag for _, tag in index.tags_to_seek(ORDER, [day_bucket(day)], order_value("real\0M", order))}


def test_a_lost_month_stops_no_erasure_in_a_sound_one_and_is_refused_when_it_comes_back(world: World, tmp_path: Path) -> None:
    """The order stands in the index of October, the person is sealed in November."""
    day = date(2026, 10, 31)
    to_day(world, "2026-10-31")
    kept = one(world, "E0", ZHAO, ordered=day)
    to_day(world, "2026-11-01")
    number = one(world, "E1", LI, ordered=day)
    old = {
        bytes(str(tag), "latin-1") if isinstance(tag, str) else tag
        for (tag,) in by_hand(world.house, "SELECT tag FROM vault_orders")
    }
    lose(world, OCTOBER, tmp_path / "lost")
    assert isinstance(forget(world.house, number), Erased)
    grounds = [each.recorded.entry.ground for each in world.house.ledger.entries(world.house.data)]
    assert any(ground.endswith("/lost-202610") for ground in grounds), "the certificate says whose keys were missing"
    bring_back(world, tmp_path / "lost")
    with pytest.raises(Fault) as fault:
        seen(world.house, kept)
    assert fault.value.code is Refusal.KEYS_STALE
    assert not mend_vault(world.house).refused
    assert seen(world.house, kept) == ZHAO[0]
    assert found_by_order(world.house, "E0") == [kept]
    assert seen(world.house, number) is Refusal.PERSON_FORGOTTEN
    assert not tags_of_order(world, "E1", day) & old, "an old copy of the data is not searched with what came back"


def of_another_slice(world: World, than: str) -> str:
    """An order number whose undated index row stands in another slice."""
    tagger = world.house.vault.blind_index(world.house.node.org).tagger(ORDER, UNDATED)
    cuts = {number: slice_of(tagger(order_value("real\0M", number))) for number in (than, *map("V{}".format, range(20)))}
    return next(number for number, cut in cuts.items() if cut != cuts[than])


def test_a_lost_month_that_is_in_the_way_is_named_before_anything_is_changed(world: World, tmp_path: Path) -> None:
    """Undated orders of all months share slices: an order that cannot be read could not be found again under a fresh key."""
    mine, theirs = two_of_one_slice(world)
    to_day(world, "2026-10-20")
    one(world, theirs, ZHAO, ordered=None)
    to_day(world, "2026-11-21")
    number, other = one(world, mine, LI, ordered=None), one(world, of_another_slice(world, mine), person(3), ordered=None)
    lose(world, OCTOBER, tmp_path / "lost")
    with pytest.raises(Fault) as fault:
        forget(world.house, number)
    assert (fault.value.code, fault.value.at) == (Refusal.KEYS_MISSING, str(OCTOBER))
    assert isinstance(forget(world.house, other), Erased), "nobody else is stopped"
    drop_period(world.house, OCTOBER)  # the remedy, where the keys are gone for good
    assert isinstance(forget(world.house, number), Erased)
    assert by_hand(world.house, "SELECT count(*) FROM vault_orders") == [(0,)]


# Months that are dropped


@pytest.mark.parametrize("cut_short", [False, True])
@pytest.mark.parametrize("on_hold", [False, True])
def test_old_rows_in_other_months_of_who_was_in_a_dropped_month_are_not_searched(
    world: World, monkeypatch: pytest.MonkeyPatch, *, on_hold: bool, cut_short: bool
) -> None:
    """The order of October stands there under October's keys, which live on when November is dropped."""
    day = date(2026, 10, 31)
    to_day(world, "2026-11-01")
    number = one(world, "E1", LI, ordered=day)
    old = tags_of_order(world, "E1", day)
    assert len(old) == 1
    if on_hold:
        hold_parcel(world.house, number, ground="case-1")
    to_day(world, "2026-12-02")
    if cut_short:
        with monkeypatch.context() as cut:
            cut.setattr(Dropping, "_clear_buckets", killed)
            with pytest.raises(Killed):
                drop_period(world.house, NOVEMBER)
        world.house = world.again()
    drop_period(world.house, NOVEMBER)
    assert not tags_of_order(world, "E1", day) & old
    assert found_by_order(world.house, "E1") == ([number] if on_hold else [])
