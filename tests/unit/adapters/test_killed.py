"""A key folder after a real SIGKILL before each step of a change: the old state or the new one, and a second try finishes."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.adapters.deeds import NEW, OLD
from tests.unit.adapters.processes import forked

from yinji.adapters.keys.key_folder import KeyFolder

STEPS_MAX = 18
"""More steps than any deed has: the last of the processes must end by themselves."""


def killed(tmp_path: Path, deed: str, prepare: Callable[[Path], None] = lambda _: None) -> list[Path]:
    """Return a folder for each step that ``deed`` was killed before."""
    folders = [tmp_path / str(step) for step in range(1, STEPS_MAX + 1)]
    for folder in folders:
        assert KeyFolder(folder).create("old.period", OLD)
        prepare(folder)
    processes = [forked(folder, "kill", deed, str(step)) for step, folder in enumerate(folders, 1)]
    ends = [each.end() for each in processes]
    codes = [each.code for each in ends]
    steps = codes.count(-signal.SIGKILL)
    assert codes == [-signal.SIGKILL] * steps + [0] * (STEPS_MAX - steps), ends
    assert 0 < steps < STEPS_MAX
    return folders[:steps]


def left_over(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()} - {"old.period", "new.period"}


def everything(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.iterdir())


@pytest.mark.slow
def test_a_file_killed_in_its_making_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    found = set()
    for folder in killed(tmp_path, "create"):
        files = KeyFolder(folder)
        found.add(files.read("new.period"))
        with files.alone():
            assert not left_over(folder)
        files.create("new.period", NEW)
        assert (files.read("new.period"), files.read("old.period")) == (NEW, OLD)
    assert found == {None, NEW}


@pytest.mark.slow
def test_a_file_killed_in_its_replacing_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    found = set()
    for folder in killed(tmp_path, "replace"):
        files = KeyFolder(folder)
        found.add(files.read("old.period"))
        with files.alone():
            assert not left_over(folder)
        files.replace("old.period", NEW)
        assert files.read("old.period") == NEW
    assert OLD in found
    assert found <= {OLD, NEW}


@pytest.mark.slow
@pytest.mark.parametrize("finish", ["destroy", "alone"])
def test_a_destruction_that_was_killed_is_finished_by_the_next(tmp_path: Path, finish: str) -> None:
    hidden = 0
    for folder in killed(tmp_path, "destroy"):
        files = KeyFolder(folder)
        assert files.read("old.period") in (OLD, None), "never half a file"
        hidden += files.read("old.period") is None and OLD in everything(folder)
        if finish == "destroy":
            files.destroy("old.period")
        with files.alone():
            assert not left_over(folder)
        assert (OLD in everything(folder)) is (files.read("old.period") is not None)
    assert hidden, "the kill between the name's going and the overwriting was among them"


@pytest.mark.slow
def test_a_sweep_that_was_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    def litter(folder: Path) -> None:
        (folder / ".going-x").write_bytes(NEW)
        (folder / ".draft-y").write_bytes(NEW)
        (folder / ".draft-z").hardlink_to(folder / "old.period")

    for folder in killed(tmp_path, "sweep", litter):
        with KeyFolder(folder).alone():
            assert not left_over(folder)
        assert NEW not in everything(folder)
        assert KeyFolder(folder).read("old.period") == OLD
