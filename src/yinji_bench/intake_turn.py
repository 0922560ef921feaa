"""One turn of ``yinji bench intake``, in a process of its own: reads one file, tells rows a second and the process's peak memory.

``ours`` is all that happens to a file before it is issued: header recognised, every row read and checked in a first pass (the survey),
read again and joined into parcels in a second. A peer reads the cells once and looks at nothing. Seconds are of the processor: every
reader here computes in one thread, and a shared machine takes its turns away.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Final

from yinji.doors.intake.collector import calm_collector
from yinji.doors.intake.parcels import KEY_BYTES, Parcel, read_parcels
from yinji.doors.intake.presets.recognition import Layout, is_header, recognise
from yinji.doors.intake.presets.shelf import presets
from yinji.doors.intake.reading.model import FileBounds, Record
from yinji.doors.intake.reading.opening import OrdersFile, open_orders_file
from yinji.doors.intake.row_model import AnyRow, Bounds
from yinji.doors.intake.rows import RowReader
from yinji.doors.intake.survey import survey
from yinji.kernel.faults import Misuse
from yinji.settings import Settings

_MEGABYTE: Final = 1_000_000
_KIBIBYTE: Final = 1_024
_NO_PEER: Final = 3
"""The exit code where a peer is not installed."""


def ours(path: Path) -> int:
    """Read a file as `yinji issue` does, up to what it would issue; return the rows that make parcels."""
    settings, shelf = Settings(), presets()
    with (
        open_orders_file(path, FileBounds(), is_header=lambda cells: is_header(cells, shelf)) as file,
        calm_collector(),
    ):
        layout = recognise(next(file.records(), Record(1, [])).cells or [], shelf)
        if not isinstance(layout, Layout):
            raise Misuse(f"an invented file was refused: {layout}")
        bounds = Bounds.around(
            datetime.now(UTC), cell_characters_max=settings.cell_characters_max, order_days_max=settings.order_days_max
        )
        reader, key = RowReader(layout, bounds), os.urandom(KEY_BYTES)
        found = survey(_rows(file, reader), layout, key=key)
        parcels = read_parcels(_rows(file, reader), layout, scattered=found.scattered, key=key)
        return sum(len(each.order.lines) for each in parcels if isinstance(each, Parcel))


def _rows(file: OrdersFile, reader: RowReader) -> Iterator[AnyRow]:
    return reader.rows(islice(file.records(), 1, None))


def csv_dict_reader(path: Path) -> int:
    """Python's own `csv.DictReader`."""
    with path.open(encoding="utf-8", newline="") as file:
        return _count(csv.DictReader(file))


def json_load(path: Path) -> int:
    """Python's own `json.load`: the whole array in memory."""
    with path.open(encoding="utf-8") as file:
        return len(json.load(file))


def json_loads(path: Path) -> int:
    """Python's own `json.loads`, line by line."""
    with path.open(encoding="utf-8") as file:
        return _count(json.loads(line) for line in file)


def calamine(path: Path) -> int:
    """python-calamine (Rust): the rows of the first sheet."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - a peer is loaded only to be measured

    with closing(CalamineWorkbook.from_path(path)) as book:
        return _count(book.get_sheet_by_index(0).iter_rows()) - 1


def openpyxl(path: Path) -> int:
    """Openpyxl in its read-only mode: the values of the first sheet."""
    from openpyxl import load_workbook  # noqa: PLC0415 - as above

    with closing(load_workbook(path, read_only=True)) as book:
        return _count(book.worksheets[0].iter_rows(values_only=True)) - 1


def _count(rows: Iterable[object]) -> int:
    return sum(1 for _ in rows)


READERS: Final[Mapping[str, Callable[[Path], int]]] = {
    "ours": ours,
    "csv.DictReader": csv_dict_reader,
    "json.load": json_load,
    "json.loads": json_loads,
    "python-calamine": calamine,
    "openpyxl": openpyxl,
}


def run(name: str, path: Path) -> None:
    """Read ``path`` and write rows, seconds and peak megabytes to the standard output, as JSON."""
    begun = process_time()
    try:
        rows = READERS[name](path)
    except ImportError:
        sys.exit(_NO_PEER)
    seconds = process_time() - begun
    sys.stdout.write(json.dumps({"rows": rows, "seconds": seconds, "peak_mb": peak_mb()}))


def peak_mb() -> float:
    """Return the most memory that this process has held, in megabytes (VmHWM; a fork's own, unlike the kernel's ``ru_maxrss``)."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as lines:  # noqa: PTH123 - a pseudo file
        kibibytes = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return round(kibibytes * _KIBIBYTE / _MEGABYTE, 1)


if __name__ == "__main__":
    run(sys.argv[1], Path(sys.argv[2]))
