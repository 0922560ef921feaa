"""A file grows, the memory it is read in does not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.house.tree import SRC
from tests.unit.intake.reading.workbooks import MAIN, parts, write

ROWS = 20_000
GROWTH_BYTES_MAX = 11 << 20
"""The file's rows as Python texts would be twice as much."""

PROGRAM = """
import re, sys
from pathlib import Path
from yinji.doors.intake.reading.model import FileBounds
from yinji.doors.intake.reading.opening import open_orders_file
# Not `getrusage`: it begins with what the process had that started this one.
peak = lambda: 1024 * int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
before = peak()
with open_orders_file(Path(sys.argv[1]), FileBounds()) as file:
    count = sum(1 for _ in file.records())
print(count, peak() - before)
"""

ADDRESS = "浙江省杭州市西湖区望江路{}号翠柏小区{}幢1304室"
CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'


def cells(row: int) -> list[str]:
    return [f"A-{row:09}", ADDRESS.format(row, row % 99), ADDRESS.format(row + 1, row % 98), "陶瓷茶具", "轻放", "1"]


def as_csv(path: Path) -> None:
    path.write_text("".join(",".join(cells(row)) + "\n" for row in range(ROWS)))


def as_json(path: Path) -> None:
    path.write_text(json.dumps([dict(zip("abcdef", cells(row), strict=True)) for row in range(ROWS)], ensure_ascii=False))


def as_ndjson(path: Path) -> None:
    path.write_text("\n".join(json.dumps(dict(zip("abcdef", cells(row), strict=True))) for row in range(ROWS)))


def as_xlsx(path: Path) -> None:
    rows = "".join(f"<row>{''.join(map(CELL.format, cells(row)))}</row>" for row in range(ROWS))
    write(path, parts({"a": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'}))


@pytest.mark.parametrize("made", [as_csv, as_json, as_ndjson, as_xlsx])
def test_reading_takes_the_same_memory_however_long_the_file_is(tmp_path: Path, made: Callable[[Path], None]) -> None:
    path = tmp_path / "orders"
    made(path)
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(path)], cwd=SRC, capture_output=True, text=True, check=True)
    count, growth = map(int, done.stdout.split())
    assert count >= ROWS
    assert growth < GROWTH_BYTES_MAX
