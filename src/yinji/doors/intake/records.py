"""Physical lines into CSV records, so that one open quote spoils a few lines and not the rest of the file."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

LINES_MAX: Final = 20
"""Lines one record may span: an address or remark with line breaks, not a lost quote."""

LINE_BYTES_MAX: Final = 1_000_000
"""Longest physical line that is read."""

_BOM: Final = "\ufeff"


class Record(NamedTuple):
    """One record: the line it began at (1 is the first), its cells; None where it cannot be read."""

    line: int
    cells: list[str] | None


def read_records(file: BinaryIO, *, name: str) -> Iterator[Record]:
    """Yield the records of a UTF-8 CSV file; a record that does not close its quotes is given up after its first line.

    Raises Fault(FILE_NOT_TEXT) naming file and line where the bytes are not UTF-8 or a line has no end.
    """
    waiting: deque[tuple[int, str]] = deque()
    lines = _lines(file, name)
    while True:
        gathered: list[tuple[int, str]] = []
        open_quote = False
        while len(gathered) < LINES_MAX:
            following = waiting.popleft() if waiting else next(lines, None)
            if following is None:
                break
            gathered.append(following)
            if following[1].count('"') % 2:
                open_quote = not open_quote
            if not open_quote:
                break
        if not gathered:
            return
        if open_quote:
            waiting.extendleft(reversed(gathered[1:]))
            yield Record(gathered[0][0], None)
            continue
        text = "".join(line for _, line in gathered)
        if not text.strip():
            continue
        cells = _cells(text)
        if cells is None:
            waiting.extendleft(reversed(gathered[1:]))
        yield Record(gathered[0][0], cells)


def _cells(text: str) -> list[str] | None:
    try:
        return next(csv.reader([text], strict=True))
    except (csv.Error, StopIteration):
        return None


def _lines(file: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    number = 0
    while raw := file.readline(LINE_BYTES_MAX):
        number += 1
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise Fault(Refusal.FILE_NOT_TEXT, f"{name}:{number}") from None
        if len(raw) == LINE_BYTES_MAX or "\0" in text:
            raise Fault(Refusal.FILE_NOT_TEXT, f"{name}:{number}")
        yield number, text.removeprefix(_BOM) if number == 1 else text
