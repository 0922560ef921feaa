"""The header: the first row that is one, within the first rows; what stands above it is a title or a note."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from yinji.doors.intake.reading.model import HEADER_ROWS_MAX, IsHeader, Record


def from_header(rows: Iterator[Record], is_header: IsHeader) -> Iterator[Record]:
    """Yield the rows from the header on; from the first readable row on, if none of the first rows is a header."""
    first = list(islice(rows, HEADER_ROWS_MAX))
    readable = [at for at, row in enumerate(first) if row.cells]
    start = next((at for at in readable if is_header(first[at].cells or [])), next(iter(readable), 0))
    return chain(first[start:], rows)


def any_row(cells: list[str]) -> bool:
    """Take the first row that says anything for the header."""
    return any(cells)
