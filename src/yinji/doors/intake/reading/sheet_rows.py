"""One sheet, row after row, as it comes out of the zip: a million rows pass through the memory of a few hundred."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from yinji.doors.intake.reading.cell_values import date_text, number_text, unescaped
from yinji.doors.intake.reading.package import Package
from yinji.doors.intake.reading.shared_texts import TEXT_CHARACTERS_MAX, SharedTexts
from yinji.doors.intake.reading.workbook import DATE, Workbook
from yinji.doors.intake.reading.xml_events import Forbidden, LocalNames, feed

ROW_CHARACTERS_MAX: Final = 1_000_000
"""Longest row that is kept: as long as the longest line of a text file."""

DIGITS: Final = "0123456789"
_COLUMN_LETTERS_MAX: Final = 3
_TRUE: Final = frozenset({"1", "true"})


class SheetRow(NamedTuple):
    """A row with something in it: its number, its cells up to the last one that is not empty (None: too many, too long), hidden or not."""

    line: int
    cells: list[str] | None
    hidden: bool


class SheetRows:
    """Handlers for one pass over a sheet. A cell is handed on as its text; a formula, and an error, as text that begins with ``=``."""

    def __init__(self, package: Package, part: str, book: Workbook, texts: SharedTexts, *, columns_max: int) -> None:
        """Take what the cells refer to: formats and shared texts."""
        self._package = package
        self._part = part
        self._book = book
        self._texts = texts
        self._columns = _Columns(columns_max)
        self._names = LocalNames()
        self._rows: list[SheetRow] = []
        self._line = 0
        self._hidden = self._spoilt = self._spoken = False
        self._cells: list[str] = []
        self._column = -1
        self._characters = 0
        self._kind = self._style = ""
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._into: list[str] | None = None
        self.bytes_done = 0

    def __iter__(self) -> Iterator[SheetRow]:
        for done in feed(self._package, self._part, start=self._start, end=self._end, text=self._text):
            self.bytes_done = done
            if self._rows:
                rows, self._rows = self._rows, []
                yield from rows

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self._names[name]
        if tag == "c":
            place = attributes.get("r")
            self._column = self._columns[place.rstrip(DIGITS)] if place else self._column + 1
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._value = []
        elif tag == "v" or (tag == "t" and not self._spoken):
            self._into = self._value
        elif tag == "f":
            self._into = self._formula = []
        elif tag == "row":
            line = int(attributes.get("r", self._line + 1))
            if line <= self._line:
                raise Forbidden
            self._line = line
            self._hidden = attributes.get("hidden") in _TRUE
            self._spoilt = False
            self._cells = []
            self._column = -1
            self._characters = 0
        elif tag == "rPh":
            self._spoken = True

    def _text(self, data: str) -> None:
        if self._into is not None and self._characters <= ROW_CHARACTERS_MAX:
            self._characters += len(data)
            self._into.append(data)

    def _end(self, name: str) -> None:
        tag = self._names[name]
        if tag == "c":
            self._end_cell()
        elif tag in {"v", "t", "f"}:
            self._into = None
        elif tag == "row":
            self._end_row()
        elif tag == "rPh":
            self._spoken = False

    def _end_cell(self) -> None:
        value = self._value
        raw = value[0] if len(value) == 1 else "".join(value)
        if self._formula is not None:
            text = "=" + "".join(self._formula)
            self._formula = None
        elif not raw:
            return
        elif self._kind == "s":
            text = self._texts[int(raw)]
        else:
            text = self._said(raw)
        if not text:
            return
        column, cells = self._column, self._cells
        self._characters += len(text)
        missing = column - len(cells)
        if missing < 0 or column >= self._columns.most or self._characters > ROW_CHARACTERS_MAX:
            self._spoilt = True
            cells.clear()
            return
        if missing:
            cells.extend([""] * missing)
        cells.append(text[:TEXT_CHARACTERS_MAX] if len(text) > TEXT_CHARACTERS_MAX else text)

    def _said(self, raw: str) -> str:
        match self._kind:
            case "n":
                styles = self._book.styles
                style = styles[int(self._style)] if self._style and styles else 0
                return date_text(raw, since_1904=self._book.since_1904) if style == DATE else number_text(raw, digits=style)
            case "inlineStr" | "str":
                return unescaped(raw)
            case "b":
                return "TRUE" if raw.strip() in _TRUE else "FALSE"
            case "d":
                return raw
            case _:  # "e", an error such as #N/A: the outcome of a formula, refused as one
                return f"={raw}"

    def _end_row(self) -> None:
        if self._cells or self._spoilt:
            self._rows.append(SheetRow(self._line, None if self._spoilt else self._cells, self._hidden))


class _Columns(dict[str, int]):
    """Columns by their letters: A is 0. Columns beyond ``most`` are all alike, so that no file makes this grow."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def __missing__(self, letters: str) -> int:
        if not letters.isascii() or not letters.isalpha() or len(letters) > _COLUMN_LETTERS_MAX:
            raise Forbidden
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        self[letters] = number - 1
        return number - 1
