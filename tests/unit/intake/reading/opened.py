"""Order files read to their end."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from yinji.doors.intake.reading.csv_records import read_records
from yinji.doors.intake.reading.model import FileBounds, Record
from yinji.doors.intake.reading.opening import open_orders_file
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

BOUNDS = FileBounds()
HEADER = ["订单号", "收件人", "收件地址"]


def is_header(cells: list[str]) -> bool:
    return "订单号" in [cell.strip() for cell in cells]


def read(path: Path, bounds: FileBounds = BOUNDS, *, sheet: str = "") -> list[Record]:
    """Return the records, having seen that a second reading gives the same."""
    with open_orders_file(path, bounds, is_header=is_header, sheet=sheet) as file:
        found = list(file.records())
        assert list(file.records()) == found
        done, total = file.progress()
        assert done == total > 0
        return found


def read_or_fault(path: Path) -> list[Record] | Fault:
    try:
        return read(path)
    except Fault as fault:
        return fault


def read_text(folder: Path, text: str | bytes, name: str = "orders.csv") -> list[Record]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def refused(path: Path, bounds: FileBounds = BOUNDS, *, sheet: str = "") -> tuple[Refusal, str]:
    """Return the refusal and what it names behind the file's own path."""
    with pytest.raises(Fault) as raised:
        read(path, bounds, sheet=sheet)
    assert raised.value.at.startswith(str(path))
    return raised.value.code, raised.value.at.removeprefix(str(path))


def refused_text(folder: Path, text: str | bytes, name: str = "orders.csv") -> tuple[Refusal, str]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return refused(path)


def records(text: str | bytes) -> list[Record]:
    """Return the records of a CSV file in UTF-8 with commas."""
    raw = text.encode() if isinstance(text, str) else text
    return list(read_records(io.BytesIO(raw), name="orders.csv"))


def records_or_none(raw: bytes) -> list[Record] | None:
    """Return the records, or None where the file is refused as no text; anything else is raised."""
    try:
        return records(raw)
    except Fault as fault:
        if fault.code is Refusal.FILE_NOT_TEXT:
            return None
        raise
