"""The folder of sealed files: whole or not at all, its owner's alone, one at a time."""

from __future__ import annotations

import os
import shutil
import stat
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.adapters.deeds import NAMES, NEW, OLD
from tests.unit.adapters.processes import end, start

from yinji.adapters.keys.key_folder import KeyFolder
from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.refusals import Refusal


def refused(act: Callable[[], object]) -> Fault:
    with pytest.raises(Fault) as raised:
        act()
    return raised.value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    KeyFolder(tmp_path / "keys").create("old.period", OLD)
    return tmp_path / "keys"


@pytest.fixture
def files(folder: Path) -> KeyFolder:
    return KeyFolder(folder, wait_seconds=0.05)


@settings(deadline=None)  # disks take their time
@given(
    st.lists(
        st.tuples(st.sampled_from(("create", "replace", "destroy")), st.sampled_from(("a", "b.org")), st.binary(max_size=200))
    )
)
def test_a_folder_keeps_what_a_dictionary_would(deeds: list[tuple[str, str, bytes]]) -> None:
    kept: dict[str, bytes] = {}
    with TemporaryDirectory() as place:
        files = KeyFolder(Path(place))
        for deed, name, data in deeds:
            if deed == "create":
                assert files.create(name, data) is (name not in kept)
                kept.setdefault(name, data)
            elif deed == "replace":
                files.replace(name, data)
                kept[name] = data
            else:
                files.destroy(name)
                kept.pop(name, None)
            assert {each: files.read(each) for each in files.names()} == kept


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    files = KeyFolder(tmp_path / "keys")
    assert (files.read("one"), files.names()) == (None, ())
    assert not (tmp_path / "keys").exists()


def test_folder_and_files_are_their_owners_alone_whatever_the_mask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        files = KeyFolder(tmp_path / "keys")
        files.create("a", b"")
        files.replace("b", b"")
        with files.alone():
            files.replace("a", b"x")
    finally:
        os.umask(before)
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "keys", *(tmp_path / "keys").iterdir())}
    assert modes == {"keys": 0o700, "a": 0o600, "b": 0o600}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o601, 0o620, 0o602, 0o610])
def test_a_file_that_others_can_touch_is_refused_by_name(folder: Path, files: KeyFolder, mode: int) -> None:
    (folder / "old.period").chmod(mode)
    fault = refused(lambda: files.read("old.period"))
    assert (fault.code, fault.at) == (Refusal.KEYS_LOOSE, f"{folder}/old.period")


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o701, 0o720])
def test_a_folder_that_others_can_enter_is_refused_by_everything(folder: Path, files: KeyFolder, mode: int) -> None:
    folder.chmod(mode)
    acts: list[Callable[[], object]] = [
        lambda: files.read("old.period"),
        lambda: files.create("new", b""),
        lambda: files.replace("old.period", b""),
        lambda: files.destroy("old.period"),
        files.names,
        lambda: files.alone().__enter__(),
    ]
    for act in acts:
        fault = refused(act)
        assert (fault.code, fault.at) == (Refusal.KEYS_LOOSE, str(folder))
    assert (folder / "old.period").read_bytes() == OLD


@pytest.mark.parametrize("name", ["", ".", "..", ".lock", "../a", "a/b", "A", "密", "root-1.key", "root.key", "a\n", "a b"])
def test_a_name_outside_the_grammar_is_misuse(files: KeyFolder, name: str) -> None:
    for act in (files.read, files.destroy, lambda each: files.create(each, b""), lambda each: files.replace(each, b"")):
        with pytest.raises(Misuse):
            act(name)


def test_names_are_sorted_and_leave_out_what_is_no_sealed_file(folder: Path, files: KeyFolder) -> None:
    for name in ("root-1.key", "root-12.key", ".draft-x", ".going-y"):
        (folder / name).touch(0o600)
    for name in ("z.org", "b.epoch", "replica.mark"):
        files.create(name, b"x")
    assert files.names() == ("b.epoch", "old.period", "z.org")
    assert files.read("replica.mark") == b"x"


def test_what_is_destroyed_is_overwritten_first(folder: Path, files: KeyFolder) -> None:
    with (folder / "old.period").open("rb") as held:  # as somebody who reads the freed blocks would
        files.destroy("old.period")
        assert held.read() == bytes(len(OLD))
    assert files.names() == ()


def test_a_reader_that_has_the_old_file_open_reads_it_whole(folder: Path, files: KeyFolder) -> None:
    with (folder / "old.period").open("rb") as held:
        files.replace("old.period", NEW)
        assert held.read() == OLD
    assert files.read("old.period") == NEW


def test_a_draft_that_is_a_second_name_of_a_file_goes_without_its_bytes(folder: Path, files: KeyFolder) -> None:
    (folder / ".draft-left").hardlink_to(folder / "old.period")
    (folder / ".draft-alone").write_bytes(NEW)
    with files.alone():
        pass
    assert {each.name for each in folder.iterdir()} == {"old.period"}
    assert files.read("old.period") == OLD


def test_alone_may_be_asked_for_again_within(files: KeyFolder) -> None:
    with files.alone(), files.alone():
        files.replace("old.period", NEW)
    with files.alone():
        assert files.read("old.period") == NEW


def test_another_thread_and_another_object_are_kept_out_and_told(folder: Path, files: KeyFolder) -> None:
    other = KeyFolder(folder, wait_seconds=0.05)
    with files.alone(), ThreadPoolExecutor(1) as thread:
        for each in (files, other):
            fault = thread.submit(refused, each.alone().__enter__).result()
            assert (fault.code, fault.at) == (Refusal.KEYS_BUSY, str(folder))
    with other.alone():
        assert other.read("old.period") == OLD


def test_nothing_that_is_removed_from_the_folder_lets_another_in(folder: Path, files: KeyFolder) -> None:
    with files.alone():
        for each in folder.iterdir():
            if each.name != "old.period":
                each.unlink()
        assert refused(KeyFolder(folder, wait_seconds=0.05).alone().__enter__).code is Refusal.KEYS_BUSY


def test_a_folder_that_was_put_in_the_place_of_a_locked_one_is_locked_itself(folder: Path, files: KeyFolder) -> None:
    """Whoever waited for the folder that is gone asks for the one that is there."""
    waiting, moved = KeyFolder(folder, wait_seconds=5), folder.with_name("moved")
    begun, entered, leave = threading.Event(), threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        with waiting.alone():
            entered.set()
            leave.wait(5)

    with ThreadPoolExecutor(1) as thread:
        with files.alone():
            waited = thread.submit(wait)
            begun.wait(5)
            assert not entered.wait(0.05)
            folder.rename(moved)
            shutil.copytree(moved, folder)
        assert entered.wait(5)
        assert refused(KeyFolder(folder, wait_seconds=0.05).alone().__enter__).code is Refusal.KEYS_BUSY
        leave.set()
        waited.result()


def test_alone_is_given_back_after_an_error(folder: Path, files: KeyFolder) -> None:
    with pytest.raises(ZeroDivisionError), files.alone():
        raise ZeroDivisionError
    with KeyFolder(folder, wait_seconds=0.05).alone():
        assert files.names() == ("old.period",)


def test_threads_of_one_folder_lose_no_update(files: KeyFolder, folder: Path) -> None:
    patient, gate = KeyFolder(folder), threading.Barrier(4)

    def add() -> None:
        gate.wait(10)
        for _ in range(20):
            with patient.alone():
                patient.replace("count", str(int(patient.read("count") or b"0") + 1).encode())

    with ThreadPoolExecutor(4) as four:
        for each in [four.submit(add) for _ in range(4)]:
            each.result()
    assert files.read("count") == b"80"


def test_a_place_that_is_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("")
    fault = refused(lambda: KeyFolder(tmp_path / "keys").create("a", b""))
    assert fault.code in (Refusal.NOT_WRITABLE, Refusal.KEYS_LOOSE)
    assert fault.at == str(tmp_path / "keys")


def test_two_processes_at_once_lose_no_update(folder: Path, files: KeyFolder) -> None:
    for each in [start(folder, "count", "50") for _ in range(2)]:
        end(each)
    assert files.read("count") == b"100"


def test_two_processes_that_create_one_name_agree(folder: Path, files: KeyFolder) -> None:
    ours, theirs = (set(end(each).split()) for each in [start(folder, "race", "a"), start(folder, "race", "b")])
    assert not ours & theirs
    assert ours | theirs == {str(each) for each in range(NAMES)}
    assert all(files.read(each) == b"a" * 40 for each in ours)
    assert all(files.read(each) == b"b" * 40 for each in theirs)


def test_sweeping_takes_no_draft_from_a_living_process(folder: Path, files: KeyFolder) -> None:
    writers = [start(folder, "churn", "150") for _ in range(2)]
    while any(each.poll() is None for each in writers):
        with files.alone():
            pass
    for each in writers:
        end(each)
    assert files.names() == ("old.period",)


def test_a_process_that_dies_gives_the_lock_back(folder: Path, files: KeyFolder) -> None:
    holder = start(folder, "hold")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "alone\n"
    assert refused(lambda: files.alone().__enter__()).code is Refusal.KEYS_BUSY
    holder.kill()
    holder.communicate(timeout=10)
    with files.alone():
        assert files.read("old.period") == OLD


@pytest.mark.parametrize("deed", ["create", "replace"])
def test_a_full_disk_is_said_and_changes_nothing(folder: Path, deed: str) -> None:
    assert end(start(folder, "full", deed)) == Refusal.DISK_FULL.name
    assert [each.name for each in folder.iterdir()] == ["old.period"]
    assert (folder / "old.period").read_bytes() == OLD


def test_a_full_disk_keeps_a_destruction_open_and_it_is_finished_later(folder: Path, files: KeyFolder) -> None:
    assert end(start(folder, "full", "destroy")) == Refusal.DISK_FULL.name
    assert files.read("old.period") is None
    files.destroy("old.period")
    assert list(folder.iterdir()) == []
