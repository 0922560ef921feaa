"""Changing the key store while others read it, and under a real SIGKILL before every step in its folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.unit.keys.deeds import ORG, PERIOD, STAMP, rewrite_once, rotation
from tests.unit.keys.stores import end_all, killed, made, opened, refused, start

from yinji.adapters.keys.file_root import FileRoot
from yinji.kernel.ids import Ref
from yinji.kernel.refusals import Refusal
from yinji.keys.hierarchy import head_of
from yinji.keys.keystore import dropped_name, epoch_name, period_name
from yinji.keys.period_state import PeriodKeys

NODE = Ref(b"n" * 16)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made(tmp_path / "keys")


def epochs(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if ".epoch" in path.name)


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def period(folder: Path) -> PeriodKeys:
    keys = opened(folder).existing_period(ORG, PERIOD)
    assert keys is not None
    return keys


def test_rewriting_destroys_the_epoch_key_before_and_keeps_the_change(folder: Path) -> None:
    before, epoch = period(folder), (folder / epoch_name(ORG, PERIOD, 1)).read_bytes()
    rewrite_once(opened(folder))
    assert epochs(folder) == [epoch_name(ORG, PERIOD, 2)]
    assert epoch not in everything(folder)
    assert epoch[18:50] not in everything(folder)
    assert period(folder) == before.punctured([1], stamp=STAMP)
    assert (before.records.leaf(1), period(folder).records.leaf(1)) == (before.records.leaf(1), None)


def test_an_old_copy_of_the_period_file_opens_nothing_in_the_present_folder(folder: Path) -> None:
    copy = (folder / period_name(ORG, PERIOD)).read_bytes()
    rewrite_once(opened(folder))
    (folder / period_name(ORG, PERIOD)).write_bytes(copy)
    assert refused(opened(folder).existing_period, ORG, PERIOD) is Refusal.KEYS_MISSING
    (folder / epoch_name(ORG, PERIOD, 2)).rename(folder / epoch_name(ORG, PERIOD, 1))
    assert refused(opened(folder).existing_period, ORG, PERIOD) is Refusal.KEYS_DAMAGED


def test_sweeping_destroys_every_epoch_key_but_the_present_one(folder: Path, tmp_path: Path) -> None:
    old = epoch_name(ORG, PERIOD, 1)
    shutil.copy2(folder / old, tmp_path / old)
    opened(folder).period(ORG, 202612)
    rewrite_once(opened(folder))
    shutil.copy2(tmp_path / old, folder / old)
    assert len(epochs(folder)) == 3
    for _ in range(2):
        with opened(folder).alone():
            opened(folder).sweep(ORG, PERIOD)
    assert epochs(folder) == [epoch_name(ORG, PERIOD, 2), epoch_name(ORG, 202612, 1)]


def test_a_dropped_period_is_gone_and_its_neighbour_is_not(folder: Path) -> None:
    """202611 and 2026 begin alike, and so do an organisation's files: only the one period goes."""
    store = opened(folder)
    kept = {each: store.period(ORG, each) for each in (202612, 20261, 1)}
    for _ in range(2):
        with store.alone():
            store.drop(ORG, PERIOD)
    assert store.existing_period(ORG, PERIOD) is None
    assert [path.name for path in folder.glob(f"*{PERIOD}*")] == [dropped_name(ORG, PERIOD)], "a mark is all that stays"
    assert [opened(folder).dropped(ORG, each) for each in (PERIOD, *kept)] == [True, False, False, False]
    assert {each: opened(folder).existing_period(ORG, each) for each in kept} == kept


def test_a_remembered_period_is_let_go_when_it_is_rewritten(folder: Path) -> None:
    store = opened(folder)
    store.period(ORG, PERIOD)
    rewrite_once(store)
    assert store.period(ORG, PERIOD).revision == 2


@pytest.mark.slow
def test_a_reader_that_races_a_rewriter_never_fails(folder: Path) -> None:
    writer, readers = start(folder, "rewrite", "1.2"), [start(folder, "read", "1.0") for _ in range(2)]
    (rewrites,), *looks = end_all(writer, *readers)
    for times, _ in looks:
        assert int(times) > 10
    assert int(rewrites) > 10
    assert period(folder).revision == 1 + int(rewrites)


@pytest.mark.slow
def test_a_reader_that_races_rotations_never_fails(folder: Path) -> None:
    for month in range(202701, 202711):
        opened(folder).period(ORG, month)
    rotator, readers = start(folder, "rotate", "1.5"), [start(folder, "read", "1.2") for _ in range(2)]
    (rotations,), *looks = end_all(rotator, *readers)
    for times, revision in looks:
        assert int(times) > 10
        assert revision == "1"
    assert int(rotations) > 1


# Rotation


def test_rotating_the_root_leaves_one_root_and_every_secret_as_it_was(folder: Path) -> None:
    check, seed, before = opened(folder).check_value(NODE), opened(folder).signing_seed("checkpoint"), period(folder)
    root = (folder / "root-1.key").read_bytes()
    assert rotation(folder).rotate_root() == 3  # node.key, checkpoint.signing, ORG.org
    assert FileRoot(folder).versions() == (2,)
    assert root[13:77] not in everything(folder)
    assert opened(folder).check_value(NODE) == check
    assert opened(folder).signing_seed("checkpoint") == seed
    assert period(folder) == before


def test_rotating_an_organisations_key_leaves_one_version_of_it(folder: Path) -> None:
    before, own = period(folder), (folder / f"{ORG.hex()}.org").read_bytes()
    assert rotation(folder).rotate_org(ORG) == 1
    assert head_of((folder / epoch_name(ORG, PERIOD, 1)).read_bytes()).version == 2
    assert period(folder) == before
    (folder / f"{ORG.hex()}.org").write_bytes(own)  # the organisation's former key opens no epoch of now
    assert refused(opened(folder).existing_period, ORG, PERIOD) is Refusal.KEYS_MISSING


def test_rotating_the_key_of_an_organisation_without_one_does_nothing(folder: Path) -> None:
    assert rotation(folder).rotate_org(NODE) == 0
    assert not (folder / f"{NODE.hex()}.org").exists()


# Kills


@pytest.mark.slow
def test_a_rewrite_killed_at_any_step_leaves_the_old_revision_or_the_new(tmp_path: Path) -> None:
    before = period(made(tmp_path / "store"))
    found = set()
    for place in killed(tmp_path, "rewrite"):
        keys = period(place)
        assert keys in (before, before.punctured([1], stamp=STAMP))
        found.add(keys.revision)
        with opened(place).alone():
            opened(place).sweep(ORG, PERIOD)
        assert epochs(place) == [epoch_name(ORG, PERIOD, keys.revision)]
        assert not [each for each in place.iterdir() if each.name.startswith((".draft", ".going"))]
        rewrite_once(opened(place))
        assert period(place).revision == keys.revision + 1
        assert epochs(place) == [epoch_name(ORG, PERIOD, keys.revision + 1)]
    assert found == {1, 2}


@pytest.mark.slow
@pytest.mark.parametrize("deed", ["root", "org"])
def test_a_rotation_killed_at_any_step_is_readable_and_ends_when_run_again(tmp_path: Path, deed: str) -> None:
    before, check = period(made(tmp_path / "store")), opened(tmp_path / "store").check_value(NODE)
    roots = set()
    for place in killed(tmp_path, deed):
        roots.add(FileRoot(place).versions())
        assert (period(place), opened(place).check_value(NODE)) == (before, check)
        (rotation(place).rotate_root if deed == "root" else lambda at=place: rotation(at).rotate_org(ORG))()
        assert (period(place), opened(place).check_value(NODE)) == (before, check)
        assert len(FileRoot(place).versions()) == 1
        versions = {head_of(path.read_bytes()).version for path in place.glob("*.epoch" if deed == "org" else "*.org")}
        assert len(versions) == 1
        assert not [each for each in place.iterdir() if each.name.startswith((".draft", ".going"))]
    assert roots == ({(1,), (1, 2), (2,)} if deed == "root" else {(1,)})


@pytest.mark.slow
def test_a_period_whose_dropping_was_killed_opens_whole_or_never_again(tmp_path: Path) -> None:
    before = period(made(tmp_path / "store"))
    gone = 0
    for place in killed(tmp_path, "drop"):
        try:
            assert opened(place).existing_period(ORG, PERIOD) in (before, None)
        except Exception as fault:  # noqa: BLE001 - the only one that may be is looked at
            assert getattr(fault, "code", None) is Refusal.KEYS_MISSING  # noqa: PT017 - as above
            gone += 1
        with opened(place).alone():
            opened(place).drop(ORG, PERIOD)
        assert [path.name for path in place.glob(f"*{PERIOD}*")] == [dropped_name(ORG, PERIOD)]
        assert opened(place).dropped(ORG, PERIOD)
    assert gone
