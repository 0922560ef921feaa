"""A workbook into records: the one visible sheet that holds orders, its header, its rows.

python-calamine was measured and not taken: it holds a sheet whole (1,012 MB for a million rows of twelve columns), gives the last
value of a formula as if it were typed, and turns numbers into binary fractions before anyone can see what was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from yinji.doors.intake.reading.header import any_row
from yinji.doors.intake.reading.merged_rows import ROWS_MAX, merged_rows
from yinji.doors.intake.reading.model import HEADER_ROWS_MAX, FileBounds, FileForm, Form, IsHeader, Record
from yinji.doors.intake.reading.package import Package
from yinji.doors.intake.reading.shared_texts import SharedTexts, read_shared_texts
from yinji.doors.intake.reading.sheet_rows import SheetRow, SheetRows
from yinji.doors.intake.reading.source import Source
from yinji.doors.intake.reading.workbook import read_workbook
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

SHEETS_NAMED_MAX: Final = 10
SHEET_NAME_MAX: Final = 31
"""Characters of a sheet's name (Excel specifications and limits)."""


class XlsxReader:
    """Reads one sheet of a workbook."""

    def __init__(self, source: Source, is_header: IsHeader, bounds: FileBounds, *, sheet: str = "") -> None:
        """Choose the sheet; raises FILE_BOMB, FILE_BROKEN, FILE_ENCRYPTED, FILE_EMPTY, FILE_TOO_LARGE, SHEET_UNCLEAR."""
        self._name = source.name
        self._is_header = is_header
        self._bounds = bounds
        self.package: Final = Package(source, bounds)
        try:
            self._book = read_workbook(self.package)
            part = self._book.shared_texts
            most = bounds.shared_text_bytes_max
            self._texts = read_shared_texts(self.package, part, bytes_max=most) if part else SharedTexts()
            chosen, self._header = self._choose(sheet)
            self._part = self._book.sheets[chosen]
            self._merged = merged_rows(self.package, self._part)
        except BaseException:
            self.package.close()
            raise
        self.form = FileForm(Form.XLSX, sheet=chosen)
        self._rows = self._open(self._part)

    def records(self) -> Iterator[Record]:
        """Yield the header, then every row that is not empty, as wide as the header; a row that merged cells touch has no cells.

        Raises ROWS_HIDDEN naming the first hidden row below the header, FILE_BROKEN.
        """
        self._rows = rows = self._open(self._part)
        width = 0
        for line, cells, hidden in rows:
            if line < self._header:
                continue
            if line == self._header:
                if cells is None:
                    raise Fault(Refusal.FILE_TOO_LARGE, f"{self._name}:{line}")
                width = len(cells)
                yield Record(line, cells)
                continue
            if hidden:
                raise Fault(Refusal.ROWS_HIDDEN, f"{self._name}:{line}")
            if cells is None or line > ROWS_MAX or self._merged[line]:
                yield Record(line, None)
                continue
            missing = width - len(cells)
            if missing > 0:
                cells.extend([""] * missing)
            yield Record(line, cells)

    def progress(self) -> tuple[int, int]:
        """Return bytes of the unpacked sheet read, and all."""
        return self._rows.bytes_done, self.package.size(self._part)

    def _open(self, part: str) -> SheetRows:
        return SheetRows(self.package, part, self._book, self._texts, columns_max=self._bounds.columns_max)

    def _choose(self, wanted: str) -> tuple[str, int]:
        """Return the sheet and its header's row: the one that is wanted, else the only one that has a header or anything at all."""
        sheets = self._book.sheets
        if wanted and wanted not in sheets:
            raise self._unclear(list(sheets))
        looked = {name: self._look(part) for name, part in sheets.items() if not wanted or name == wanted}
        found = {name: rows for name, rows in looked.items() if rows}
        if not found:
            raise Fault(Refusal.FILE_EMPTY, self._name)
        headers = {name: line for name, rows in found.items() if (line := self._header_of(rows))}
        if len(headers) == 1:
            return next(iter(headers.items()))
        if len(found) > 1:
            raise self._unclear(list(headers or found))
        name, rows = next(iter(found.items()))
        return name, next((row.line for row in rows if row.cells and any_row(row.cells)), rows[0].line)

    def _look(self, part: str) -> list[SheetRow]:
        return list(islice((row for row in self._open(part) if not row.hidden), HEADER_ROWS_MAX))

    def _header_of(self, rows: list[SheetRow]) -> int:
        return next((row.line for row in rows if row.cells and self._is_header(row.cells)), 0)

    def _unclear(self, names: list[str]) -> Fault:
        told = ["".join(each for each in name if each.isprintable())[:SHEET_NAME_MAX] for name in names[:SHEETS_NAMED_MAX]]
        return Fault(Refusal.SHEET_UNCLEAR, f"{self._name}: {', '.join(told)}")
