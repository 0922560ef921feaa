"""The files that an inspection is given, and their bytes, within bounds."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.label.inspection.ports import FILE_BYTES_MAX


class Given(NamedTuple):
    """One file. ``beside`` is True for one that was found in a folder: it may be no label at all."""

    path: Path
    beside: bool


def files_in(path: Path) -> list[Given]:
    """Return a file, or the files of a folder by their names, hidden ones left out; raises Fault(FILE_MISSING)."""
    if path.is_dir():
        return [Given(each, beside=True) for each in sorted(path.iterdir()) if each.is_file() and not each.name.startswith(".")]
    if not path.is_file():
        raise Fault(Refusal.FILE_MISSING, str(path))
    return [Given(path, beside=False)]


def read_whole(path: Path) -> bytes | Refuse:
    """Return the bytes of a file; one that is too large is refused unread."""
    try:
        if path.stat().st_size > FILE_BYTES_MAX:
            return Refuse(Refusal.SHEET_TOO_LARGE, path.name)
        with path.open("rb") as file:
            content = file.read(FILE_BYTES_MAX + 1)  # it may have grown
    except OSError:
        return Refuse(Refusal.FILE_UNREADABLE, path.name)
    return content if len(content) <= FILE_BYTES_MAX else Refuse(Refusal.SHEET_TOO_LARGE, path.name)
