"""Every byte of every file that leaves a small log is changed once: the verifier calls none of it verified."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.verify.exported import BATCH, EARLY, KEY, SIZE, WITNESS_KEY, Exported

from yinji_verify import Verdict, trusted, verify_file, verify_folder
from yinji_verify.verdict import Outcome


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exported]:
    exported = Exported(tmp_path_factory.mktemp("exported"))
    yield exported
    exported.database.close()


@pytest.fixture
def folder(made: Exported, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made.folder, tmp_path / "copy"))


def changes(data: bytes) -> Iterator[tuple[int, bytes]]:
    for i, byte in enumerate(data):
        yield i, data[:i] + bytes([byte ^ 1 << i % 8]) + data[i + 1 :]


def verdict_on(folder: Path, key: str | None = KEY) -> Verdict:
    return verify_folder(folder, key=key, witnesses=[WITNESS_KEY], quorum=1)


def test_the_whole_is_verified_up_to_its_witness(folder: Path) -> None:
    assert verdict_on(folder).verified
    assert "1 witnesses cosigned up to 7 entries" in verdict_on(folder).en


def test_every_byte_of_every_entry_is_named(folder: Path) -> None:
    file = folder / "tile" / "entries" / "000.p" / str(SIZE)
    data, ends, at = file.read_bytes(), [], 0
    while at < len(data):
        at += 2 + int.from_bytes(data[at : at + 2], "big")
        ends.append(at)
    for i, changed in changes(data):
        file.write_bytes(changed)
        verdict = verdict_on(folder)
        seq = sum(end <= i for end in ends)
        start = ends[seq - 1] if seq else 0
        assert verdict.outcome is Outcome.BROKEN
        assert verdict.seq is not None
        assert verdict.seq == seq if i >= start + 2 else verdict.seq >= 0  # a length that changed shifts what follows


@pytest.mark.parametrize("path", [f"tile/0/000.p/{SIZE}", "checkpoint", f"checkpoints/{EARLY}", f"checkpoints/{SIZE}", "key"])
def test_every_byte_of_every_other_file_is_found(folder: Path, path: str) -> None:
    file = folder / path
    data = file.read_bytes()
    for i, changed in changes(data[:-1] if path == "key" else data):
        file.write_bytes(changed)
        verdict = verdict_on(folder, key=None if path == "key" else KEY)
        assert not verdict.verified, (path, i)
        if path.startswith("tile"):
            assert verdict.seq == i // 32


@pytest.mark.parametrize("name", ["proof", "item", "receipt", "item-receipt", "growth"])
def test_every_byte_of_a_single_file_is_found(made: Exported, tmp_path: Path, name: str) -> None:
    file, trust = tmp_path / name, trusted(KEY)
    data = made.files[name].encode()
    file.write_bytes(data)
    assert verify_file(file, trust, [made.early]).verified
    for i, changed in changes(data):
        file.write_bytes(changed)
        assert not verify_file(file, trust, [made.early]).verified, (name, i, changed[max(0, i - 9) : i + 9])


@pytest.mark.parametrize("name", ["proof", "item", "receipt", "item-receipt", "growth"])
def test_a_single_file_cut_off_anywhere_is_found(made: Exported, tmp_path: Path, name: str) -> None:
    file, trust = tmp_path / name, trusted(KEY)
    data = made.files[name].encode()
    for end in (*range(0, len(data) - 1, 5), *range(len(data) - 150, len(data) - 1)):
        file.write_bytes(data[:end])
        assert not verify_file(file, trust, [made.early]).verified, (name, end)


def test_every_swap_and_every_length_of_the_entries_is_found(folder: Path) -> None:
    file = folder / "tile" / "entries" / "000.p" / str(SIZE)
    data, frames, at = file.read_bytes(), list[bytes](), 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        frames.append(data[at:end])
        at = end
    for one in range(SIZE):
        for two in range(one + 1, SIZE):
            swapped = list(frames)
            swapped[one], swapped[two] = swapped[two], swapped[one]
            file.write_bytes(b"".join(swapped))
            assert verdict_on(folder).seq == one
        file.write_bytes(b"".join(frames[:one] + frames[one + 1 :]))
        assert verdict_on(folder).outcome is Outcome.BROKEN
        file.write_bytes(b"".join([*frames[:one], frames[BATCH], *frames[one:]]))
        assert verdict_on(folder).outcome is Outcome.BROKEN
    for end in range(0, len(data), 3):
        file.write_bytes(data[:end])
        assert verdict_on(folder).outcome is Outcome.BROKEN
