"""The refused cells of an upload as they stand, to be mended: read out of the file when they are shown, and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from yinji.doors.intake.presets.recognition import is_header
from yinji.doors.intake.presets.shelf import presets
from yinji.doors.intake.reading.model import FileBounds
from yinji.doors.intake.reading.opening import open_orders_file
from yinji.doors.intake.uploads.folder import Upload
from yinji.doors.intake.uploads.mends import Cell, Mending, read_mends
from yinji.flows.house import House
from yinji.kernel.private import Private


def refused_cells(house: House, upload: Upload, cells: Iterable[Cell]) -> dict[Cell, Private]:
    """Return some cells with what was mended in them; reads the file up to the last of them. Raises what opening a file raises."""
    wanted: dict[int, list[int]] = {}
    for cell in cells:
        wanted.setdefault(cell.line, []).append(cell.place)
    found: dict[Cell, Private] = {}
    if not wanted:
        return found
    mending, shelf, last = Mending(read_mends(upload)), presets(), max(wanted)
    bounds = FileBounds(rows_max=house.settings.file_rows_max)
    sheet = upload.state.sheet
    with open_orders_file(upload.orders, bounds, is_header=lambda row: is_header(row, shelf), sheet=sheet) as file:
        for record in islice(file.records(), 1, None):
            if record.line in wanted and record.cells is not None:
                mended = mending(record).cells or []
                found |= {
                    Cell(record.line, place): Private(mended[place]) for place in wanted[record.line] if place < len(mended)
                }
            if record.line >= last:
                break
    return found
