"""An orders file is opened: what it is, told by its content and never by its name; then its records, as often as they are wanted."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from yinji.doors.intake.reading.csv_records import CsvReader
from yinji.doors.intake.reading.encoding import encoding_of
from yinji.doors.intake.reading.header import any_row
from yinji.doors.intake.reading.json_records import JsonReader
from yinji.doors.intake.reading.json_scan import Members, parse
from yinji.doors.intake.reading.model import FileBounds, FileForm, Form, IsHeader, Record, RecordReader
from yinji.doors.intake.reading.source import Source
from yinji.doors.intake.reading.xlsx_records import XlsxReader
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

LOOKED_AT_BYTES: Final = 1 << 20
"""Enough to see whether the first line of a JSON text is an object by itself."""

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""A compound file (MS-CFB, 2.2): an old workbook, or a workbook under a password (MS-OFFCRYPTO, 2.3.4)."""
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_OTHER: Final = (b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
_MARKUP: Final = re.compile(r"\s*<[!?a-zA-Z]")
_JSON: Final = re.compile(r'\s*(?:\[\s*(?:[\[{\]"]|$)|\{\s*(?:["}]|$))')
"""A text that begins so is JSON: no header of a table does."""


class OrdersFile:
    """An open orders file. Used as a context manager."""

    def __init__(self, source: Source, reader: RecordReader, bounds: FileBounds) -> None:
        """Take the file and the reader of its form."""
        self._source = source
        self._reader = reader
        self._bounds = bounds
        self.form: Final[FileForm] = reader.form

    def records(self) -> Iterator[Record]:
        """Yield the header, then every row, from the beginning each time.

        Raises Fault naming file and line: FILE_NOT_TEXT, FILE_BROKEN (damaged, cut short, changed since it was opened),
        FILE_TOO_LARGE (rows or columns), FILE_EMPTY (no row at all), ROWS_HIDDEN, SHEET_UNCLEAR.
        """
        self._source.require_unchanged()
        count = -1
        for count, record in enumerate(self._reader.records()):
            if count > self._bounds.rows_max or (not count and len(record.cells or ()) > self._bounds.columns_max):
                raise Fault(Refusal.FILE_TOO_LARGE, f"{self._source.name}:{record.line}")
            yield record
        self._source.require_unchanged()
        if count < 0:
            raise Fault(Refusal.FILE_EMPTY, self._source.name)

    def progress(self) -> tuple[int, int]:
        """Return how far the running iteration has come, and how far it will go, in units of the form's own."""
        return self._reader.progress()

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._reader, XlsxReader):
            self._reader.package.close()
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def open_orders_file(path: Path, bounds: FileBounds, *, is_header: IsHeader = any_row, sheet: str = "") -> OrdersFile:
    """Open a file of orders; ``is_header`` tells its header from titles above it, ``sheet`` names a workbook's sheet.

    Raises Fault naming the file: FILE_MISSING, FILE_UNREADABLE, FILE_EMPTY, FILE_TOO_LARGE, FILE_BROKEN, FILE_BOMB, FILE_ENCRYPTED,
    FILE_FORM_UNKNOWN, SHEET_UNCLEAR, FILE_NOT_TEXT.
    """
    source = Source(path, bytes_max=bounds.bytes_max)
    try:
        return OrdersFile(source, _reader(source, bounds, is_header, sheet), bounds)
    except BaseException:
        source.close()
        raise


def _reader(source: Source, bounds: FileBounds, is_header: IsHeader, sheet: str) -> RecordReader:
    head = source.head(LOOKED_AT_BYTES)
    if head.startswith(_ZIP):
        return XlsxReader(source, is_header, bounds, sheet=sheet)
    if head.startswith(_OLE):
        raise Fault(Refusal.FILE_ENCRYPTED if _is_encrypted(source) else Refusal.FILE_FORM_UNKNOWN, source.name)
    if head.startswith(_OTHER):
        raise Fault(Refusal.FILE_FORM_UNKNOWN, source.name)
    encoding = encoding_of(source)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head).removeprefix("\ufeff")
    if _MARKUP.match(text):  # a web page under the name of a spreadsheet, as some platforms export it
        raise Fault(Refusal.FILE_FORM_UNKNOWN, source.name)
    if _JSON.match(text):
        form = Form.NDJSON if _is_lines(text) else Form.JSON
        return JsonReader(source, form, encoding=encoding, columns_max=bounds.columns_max)
    return CsvReader(source, is_header, encoding=encoding)


def _is_encrypted(source: Source) -> bool:
    before = b""
    with source.stream() as file:
        while piece := file.read(LOOKED_AT_BYTES):
            if _ENCRYPTED_PACKAGE in before + piece:
                return True
            before = piece[-len(_ENCRYPTED_PACKAGE) :]
    return False


def _is_lines(text: str) -> bool:
    """Tell whether the first line is an object by itself, and not one around an array of objects."""
    try:
        first = parse(text.lstrip().split("\n", 1)[0])
    except (ValueError, RecursionError):
        return False
    if not isinstance(first, Members):
        return False
    return "\n" in text.strip() or not _holds_objects(first)


def _holds_objects(value: Members) -> bool:
    return any(
        (isinstance(each, list) and bool(each) and isinstance(each[0], Members))
        or (isinstance(each, Members) and _holds_objects(each))
        for _, each in value.pairs
    )
