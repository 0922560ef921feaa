"""What every reader gives, what it is bounded by, and what a person is told about the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple, Protocol

from yinji.kernel.said import Said

HEADER_ROWS_MAX: Final = 10
"""The header stands within so many rows: platforms write a title and notes above it."""

IsHeader = Callable[[list[str]], bool]
"""Tells whether cells are the header."""

DELIMITERS: Final = {",": Said("逗号", "commas"), "\t": Said("制表符", "tabs"), ";": Said("分号", "semicolons")}


class Record(NamedTuple):
    """One record: where it began (line, row or object; 1 is the first), its cells; None where it cannot be read."""

    line: int
    cells: list[str] | None


class Form(StrEnum):
    """The forms an order file may have."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    NDJSON = "ndjson"


@dataclass(frozen=True, slots=True)
class FileForm:
    """What the file turned out to be. ``encoding`` and ``delimiter`` are of texts, ``sheet`` of workbooks; empty elsewhere."""

    form: Form
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""

    def said(self) -> Said:
        """Return the form as a person is told it."""
        name = self.form.value.upper()
        encoding = self.encoding.removesuffix("-sig").upper()
        if self.form is Form.XLSX:
            return Said(f"{name}，工作表“{self.sheet}”", f"{name}, sheet “{self.sheet}”")
        if self.form is Form.CSV:
            by = DELIMITERS[self.delimiter]
            return Said(f"{name}，{encoding}，以{by.zh}分隔", f"{name}, {encoding}, separated by {by.en}")
        return Said(f"{name}，{encoding}", f"{name}, {encoding}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBounds:
    """What a file may ask of this machine. The defaults hold a million orders of twelve columns ten times over."""

    rows_max: int = 1_000_000
    columns_max: int = 512
    bytes_max: int = 4 << 30
    unpacked_bytes_max: int = 4 << 30
    """All parts of a workbook together; a million rows of twelve columns are about 0.5 GB."""
    unpacked_ratio_max: int = 250
    """Unpacked to packed bytes of a large part. Sheets reach 10 to 60; a bomb of zeros reaches 1,000 (RFC 1951 allows 1,032)."""
    parts_max: int = 5_000
    shared_text_bytes_max: int = 256 << 20
    """Texts that a workbook keeps apart from its rows; they are held in memory."""


class RecordReader(Protocol):
    """Reads one form. Every iteration begins at the first record."""

    form: FileForm

    def records(self) -> Iterator[Record]:
        """Yield the header, then every row."""
        ...

    def progress(self) -> tuple[int, int]:
        """Return how far the running iteration has come, and how far it will go."""
        ...
