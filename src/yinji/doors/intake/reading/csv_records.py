"""Physical lines into CSV records, so that one open quote spoils a few lines and not the rest of the file."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, Final

from yinji.doors.intake.reading.encoding import UTF_8, encoding_of
from yinji.doors.intake.reading.header import from_header
from yinji.doors.intake.reading.lines import read_lines
from yinji.doors.intake.reading.model import DELIMITERS, HEADER_ROWS_MAX, FileForm, Form, IsHeader, Record
from yinji.doors.intake.reading.source import Source
from yinji.kernel.faults import Fault

_PLAIN_CHARACTERS_MAX: Final = 100_000
"""A line without a quote that is no longer is cut at its delimiters: the csv module says the same at four times the time, and of a
longer one that a cell is too long (its own limit is 131,072 characters).
"""

LINES_MAX: Final = 20
"""Lines one record may span: an address or remark with line breaks, not a lost quote."""


class CsvReader:
    """Reads a text file of cells."""

    def __init__(self, source: Source, is_header: IsHeader, *, encoding: str = "") -> None:
        """Find out encoding and delimiter. An ``encoding`` that is known already need not be found out."""
        self._source = source
        self._is_header = is_header
        self._at = 0
        encoding = encoding or encoding_of(source)
        self.form = FileForm(Form.CSV, encoding=encoding, delimiter=self._delimiter(encoding))

    def records(self) -> Iterator[Record]:
        """Yield the header, then every row; raises FILE_NOT_TEXT naming the line."""
        with self._source.stream() as file:
            form = self.form
            rows = read_records(file, name=self._source.name, encoding=form.encoding, delimiter=form.delimiter)
            for record in from_header(rows, self._is_header):
                self._at = file.tell()
                yield record

    def progress(self) -> tuple[int, int]:
        """Return bytes read, and all."""
        return self._at, self._source.size

    def _delimiter(self, encoding: str) -> str:
        """Return the delimiter under which a header is found; else the one the first line has most of."""
        most = {}
        for delimiter in DELIMITERS:
            with self._source.stream() as file:
                rows = read_records(file, name=self._source.name, encoding=encoding, delimiter=delimiter)
                try:
                    first = [record.cells or [] for record in islice(rows, HEADER_ROWS_MAX)]
                except Fault:
                    break  # no text: named when the records are read
            if not first:
                return delimiter  # nothing but this one in the whole file
            if any(len(cells) > 1 and self._is_header(cells) for cells in first):
                return delimiter
            most[delimiter] = max((len(cells) for cells in first), default=0)
        return max(most, key=lambda each: most[each], default=",")


def read_records(file: BinaryIO, *, name: str, encoding: str = UTF_8, delimiter: str = ",") -> Iterator[Record]:
    """Yield the records of a CSV file; a record that does not close its quotes is given up after its first line.

    Lines without any content are passed over. Raises Fault(FILE_NOT_TEXT) naming file and line (see `read_lines`).
    """
    waiting: deque[tuple[int, str]] = deque()
    lines = read_lines(file, name=name, encoding=encoding)
    while True:
        if not waiting:
            following = next(lines, None)
            if following is None:
                return
            if (plain := _plain_cells(following[1], delimiter)) is not None:
                if any(plain):
                    yield Record(following[0], plain)
                continue
            waiting.append(following)
        gathered, closed = _gather(waiting, lines)
        if not closed:
            waiting.extendleft(reversed(gathered[1:]))
            yield Record(gathered[0][0], None)
            continue
        text = gathered[0][1] if len(gathered) == 1 else "".join(line for _, line in gathered)
        if not text.strip():
            continue
        cells = _cells(text, delimiter)
        if cells is None:
            waiting.extendleft(reversed(gathered[1:]))
        elif not any(cells):  # nothing but delimiters, as spreadsheets write below the last row
            continue
        yield Record(gathered[0][0], cells)


def _plain_cells(line: str, delimiter: str) -> list[str] | None:
    """Return the cells of a line that has no quote, none of a blank one; None where the csv module must look."""
    if '"' in line or len(line) > _PLAIN_CHARACTERS_MAX:
        return None
    return [] if line.isspace() else line.rstrip("\r\n").split(delimiter)


def _gather(waiting: deque[tuple[int, str]], lines: Iterator[tuple[int, str]]) -> tuple[list[tuple[int, str]], bool]:
    """Return the lines of one record, and whether its quotes are closed."""
    gathered: list[tuple[int, str]] = []
    closed = True
    while len(gathered) < LINES_MAX:
        following = waiting.popleft() if waiting else next(lines, None)
        if following is None:
            break
        gathered.append(following)
        if following[1].count('"') % 2:
            closed = not closed
        if closed:
            break
    return gathered, closed


def _cells(text: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):
        return None
