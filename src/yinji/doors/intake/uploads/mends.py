"""What was mended on the page: single cells, by row and column, laid over the file each time it is read.

They are kept in the uploader's own folder, beside the file that they mend, and go with it. A cell comes from a person's form and is
wrapped there; it is opened here in two places only: to be kept, and to be read as if it stood in the file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

from yinji.doors.intake.reading.model import Record
from yinji.doors.intake.uploads.folder import Upload
from yinji.flows.clear_uploads import MENDS
from yinji.kernel.private import Private

CELLS_MAX: Final = 2_000
"""Cells of one upload that are mended by hand; who has more mends the file."""

MENDED_CHARACTERS_MAX: Final = 2_000
"""Characters of a mended cell that are kept; `cell_characters_max` refuses it long before, with its own words."""


class Cell(NamedTuple):
    """A cell of a file: the line of its record, the place of its column from 0."""

    line: int
    place: int


Mends: TypeAlias = Mapping[Cell, Private]


def read_mends(upload: Upload) -> dict[Cell, Private]:
    """Return what was mended so far."""
    path = upload.folder / MENDS
    if not path.is_file():
        return {}
    return {Cell(line, place): Private(text) for line, place, text in json.loads(path.read_text(encoding="utf-8"))}


def keep_mends(upload: Upload, more: Mends) -> None:
    """Add to what was mended; the later takes the place of the earlier."""
    kept = dict(list((read_mends(upload) | dict(more)).items())[:CELLS_MAX])
    told = [(cell.line, cell.place, text.open()[:MENDED_CHARACTERS_MAX]) for cell, text in kept.items()]
    part = upload.folder / f".{MENDS}.part"
    with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "w", encoding="utf-8") as out:
        json.dump(told, out, ensure_ascii=False)
    part.replace(upload.folder / MENDS)


class Mending:
    """Lays mended cells over the records of a file."""

    def __init__(self, mends: Mends) -> None:
        """Sort them by their rows once."""
        self._of: dict[int, list[tuple[int, Private]]] = {}
        for cell, text in mends.items():
            self._of.setdefault(cell.line, []).append((cell.place, text))

    def __call__(self, record: Record) -> Record:
        """Return a record with what was mended in it."""
        mends = self._of.get(record.line)
        if mends is None or record.cells is None:
            return record
        cells = list(record.cells)
        for place, text in mends:
            if place < len(cells):
                cells[place] = text.open()
        return Record(record.line, cells)
