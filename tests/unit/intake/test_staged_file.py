"""A file appears whole under its name, or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from yinji.doors.intake.staged_file import StagedFile
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal


def test_a_kept_file_is_whole_and_leaves_no_part(tmp_path: Path) -> None:
    target = tmp_path / "labels.pdf"
    with StagedFile(target) as staged:
        staged.out.write(b"labels")
        assert not target.exists()
        staged.keep()
    assert target.read_bytes() == b"labels"
    assert [each.name for each in tmp_path.iterdir()] == ["labels.pdf"]


def test_a_file_that_is_not_kept_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "labels.pdf"
    target.write_bytes(b"before")
    with StagedFile(target) as staged:
        staged.out.write(b"labels")
    assert target.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["labels.pdf"]


def test_a_part_left_by_a_crash_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / ".labels.pdf.part").write_bytes(b"half of an old, long file")
    with StagedFile(tmp_path / "labels.pdf") as staged:
        staged.out.write(b"new")
        staged.keep()
    assert (tmp_path / "labels.pdf").read_bytes() == b"new"


def test_a_part_that_another_writes_is_refused_and_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "labels.pdf"
    with StagedFile(target) as first:
        first.out.write(b"first")
        with pytest.raises(Fault) as raised:
            StagedFile(target)
        assert (raised.value.code, raised.value.at) == (Refusal.NOT_WRITABLE, str(target))
        first.keep()
    assert target.read_bytes() == b"first"


def test_a_refused_part_leaves_no_handle_open(tmp_path: Path) -> None:
    with StagedFile(tmp_path / "labels.pdf"):
        before = len(list(Path("/proc/self/fd").iterdir()))
        with pytest.raises(Fault) as raised:
            StagedFile(tmp_path / "labels.pdf")
        held = raised.value.__traceback__  # as long as somebody looks at the fault
        assert len(list(Path("/proc/self/fd").iterdir())) == before
        del held


@pytest.mark.parametrize("place", ["nowhere/labels.pdf", "file/labels.pdf"])
def test_a_place_that_cannot_be_written_is_refused_by_name(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Fault) as raised:
        StagedFile(tmp_path / place)
    assert (raised.value.code, raised.value.at) == (Refusal.NOT_WRITABLE, str(tmp_path / place))


def test_a_kept_file_is_its_owners_alone(tmp_path: Path) -> None:
    with StagedFile(tmp_path / "labels.pdf") as staged:
        staged.keep()
    assert stat.S_IMODE((tmp_path / "labels.pdf").stat().st_mode) == 0o600


def test_a_pipe_and_a_device_are_not_moved_out_of_their_place(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "full").symlink_to("/dev/full")
    for target in (tmp_path / "pipe", tmp_path / "full", Path("/dev/full")):
        before = target.lstat()
        with pytest.raises(Fault) as raised:
            StagedFile(target)
        assert (raised.value.code, raised.value.at) == (Refusal.NOT_WRITABLE, str(target))
        assert os.path.samestat(target.lstat(), before)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["full", "pipe"]
