"""Roots in files: versions, what follows from them, and what a backup holds."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.adapters.processes import end, start

from yinji.adapters.keys.file_root import FileRoot
from yinji.adapters.keys.key_folder import KeyFolder
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.keys.suites import SM


def refused(act: Callable[[], object]) -> Fault:
    with pytest.raises(Fault) as raised:
        act()
    return raised.value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def root(folder: Path) -> FileRoot:
    made = FileRoot(folder)
    assert made.add_version() == 1
    return made


def test_a_place_without_roots_has_no_versions_and_derives_nothing(folder: Path) -> None:
    root = FileRoot(folder)
    assert root.versions() == ()
    assert not folder.exists()
    fault = refused(lambda: root.derive(1, b"x"))
    assert (fault.code, fault.at) == (Refusal.KEYS_MISSING, f"{folder}/root-1.key")


def test_versions_count_up_and_each_gives_its_own_secrets(folder: Path, root: FileRoot) -> None:
    assert [root.add_version() for _ in range(10)] == list(range(2, 12))
    assert root.versions() == tuple(range(1, 12))
    found = {root.derive(version, info) for version in root.versions() for info in (b"a", b"b")}
    assert len(found) == 22
    assert {len(each) for each in found} == {32}
    assert root.derive(10, b"a") == FileRoot(folder).derive(10, b"a")


def test_what_follows_from_a_root_is_its_hkdf_over_sm3(folder: Path) -> None:
    root = FileRoot(folder, lambda count: b"r" * count)
    root.add_version()
    assert root.derive(1, b"info") == SM.derive(b"r" * 32, b"info")
    assert (folder / "root-1.key").read_text(encoding="ascii") == "yinji-root-1 " + "72" * 32 + "\n"


def test_a_root_is_its_owners_alone(folder: Path, root: FileRoot) -> None:
    assert root.place == str(folder)
    assert {each.name: stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {"root-1.key": 0o600}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o601, 0o620, 0o602, 0o610])
def test_a_root_that_others_can_touch_is_refused(folder: Path, root: FileRoot, mode: int) -> None:
    (folder / "root-1.key").chmod(mode)
    fault = refused(lambda: root.derive(1, b"x"))
    assert (fault.code, fault.at) == (Refusal.KEYS_LOOSE, f"{folder}/root-1.key")


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o701, 0o720])
def test_a_folder_that_others_can_enter_is_refused(folder: Path, root: FileRoot, mode: int) -> None:
    folder.chmod(mode)
    for act in (root.versions, root.add_version, root.portable, lambda: root.derive(1, b"x")):
        assert refused(act).code is Refusal.KEYS_LOOSE


@pytest.mark.parametrize(
    "text", ["", "yinji-root-1", "yinji-root-1 zz", "yinji-root-2 " + "00" * 32, "yinji-root-1 00\n", "密钥"]
)
def test_a_root_that_is_not_whole_is_damaged(folder: Path, root: FileRoot, text: str) -> None:
    (folder / "root-1.key").write_text(text, encoding="utf-8")
    fault = refused(lambda: root.derive(1, b"x"))
    assert (fault.code, fault.at) == (Refusal.KEYS_DAMAGED, f"{folder}/root-1.key")
    assert "00" * 32 not in str(fault)


def test_the_root_of_a_pre_release_is_told_from_no_root(folder: Path, root: FileRoot) -> None:
    (folder / "root-1.key").rename(folder / "root.key")
    assert refused(root.versions).code is Refusal.NODE_FORMER


def test_a_destroyed_version_is_forgotten_and_the_others_stay(folder: Path, root: FileRoot) -> None:
    root.add_version()
    kept = root.derive(2, b"x")
    root.derive(1, b"x")
    with (folder / "root-1.key").open("rb") as held:
        root.destroy(1)
        assert set(held.read()) == {0}
    root.destroy(1)
    assert root.versions() == (2,)
    assert refused(lambda: root.derive(1, b"x")).code is Refusal.KEYS_MISSING
    assert root.derive(2, b"x") == kept


def test_a_version_that_another_process_made_or_destroyed_is_noticed(folder: Path, root: FileRoot) -> None:
    other = FileRoot(folder)
    other.derive(1, b"x")
    secret = root.derive(root.add_version(), b"x")
    root.destroy(1)
    assert other.derive(2, b"x") == secret
    assert other.versions() == (2,)
    assert refused(lambda: other.derive(1, b"x")).code is Refusal.KEYS_MISSING


def test_a_rotation_by_one_who_knew_of_no_newer_root_still_makes_a_fresh_one(folder: Path, root: FileRoot) -> None:
    other = FileRoot(folder)
    other.versions()
    assert root.add_version() == 2
    assert other.add_version() == 3


def test_who_founds_beside_another_takes_the_root_that_was_made_meanwhile(folder: Path) -> None:
    one, other = FileRoot(folder), FileRoot(folder)
    assert (one.versions(), other.versions()) == ((), ())
    assert (one.add_version(), other.add_version()) == (1, 1)
    assert one.derive(1, b"x") == other.derive(1, b"x")
    assert other.add_version() == 2


def test_processes_that_found_at_once_agree_on_one_root(folder: Path) -> None:
    found = {end(each) for each in [start(folder, "root") for _ in range(4)]}
    assert found == {f"1 {FileRoot(folder).derive(1, b'x').hex()}"}
    assert [each.name for each in folder.iterdir()] == ["root-1.key"]


def test_a_backup_brings_every_version_back_and_may_be_put_back_twice(root: FileRoot, tmp_path: Path) -> None:
    root.add_version()
    again = FileRoot(tmp_path / "again")
    for _ in range(2):
        again.adopt(root.portable())
    assert again.versions() == (1, 2)
    assert [again.derive(each, b"x") for each in (1, 2)] == [root.derive(each, b"x") for each in (1, 2)]


def test_roots_are_not_taken_in_over_others(root: FileRoot, tmp_path: Path) -> None:
    other = FileRoot(tmp_path / "other")
    other.add_version()
    before = other.portable()
    assert refused(lambda: other.adopt(root.portable())).code is Refusal.NODE_EXISTS
    assert refused(lambda: other.adopt({2: b"x" * 32})).code is Refusal.NODE_EXISTS
    assert FileRoot(tmp_path / "other").portable() == before


def test_a_backup_without_roots_is_refused(tmp_path: Path) -> None:
    assert refused(lambda: FileRoot(tmp_path).adopt({})).code is Refusal.KEYS_MISSING


def test_sealed_files_beside_a_root_neither_show_nor_sweep_it(folder: Path, root: FileRoot) -> None:
    files = KeyFolder(folder)
    with files.alone():
        files.create("a.org", b"x")
    assert files.names() == ("a.org",)
    assert root.versions() == (1,)


def test_a_root_shows_no_secret(root: FileRoot) -> None:
    (secret,) = root.portable().values()
    root.derive(1, b"x")
    for shown in (repr(root), str(root), root.place):
        assert secret.hex() not in shown
        assert repr(secret)[2:12] not in shown
