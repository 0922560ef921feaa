"""Which rows of a sheet merged cells touch: only the first cell of a merged area holds its value, so what the others mean is a guess."""

from __future__ import annotations

import re
from typing import Final

from yinji.doors.intake.reading.package import Package

ROWS_MAX: Final = 1_048_576
"""Rows a sheet may have (Excel specifications and limits)."""

MARKED_MAX: Final = 100 * ROWS_MAX
"""Rows marked in all before a sheet is taken for an attack: areas do not overlap, so a real one marks each row a few times."""

_WORD: Final = b"mergeCell"
_AREA: Final = re.compile(rb"""mergeCell\s[^<>]*?ref\s*=\s*["']\$?[A-Za-z]{1,3}\$?(\d{1,7}):\$?[A-Za-z]{1,3}\$?(\d{1,7})["']""")
_TAG_BYTES_MAX: Final = 512


def merged_rows(package: Package, part: str) -> bytearray:
    """Return one byte a row, 1 where merged cells touch it. Merged areas stand behind all rows, so the part is read to its end,
    and its checksum with it; raises FILE_BROKEN naming the part.
    """
    marked = bytearray(ROWS_MAX + 1)
    count = 0
    window = b""
    for at, piece in enumerate(package.pieces(part)):
        if not at and b"\0" in piece[:4]:
            raise package.broken(part)  # UTF-16: no spreadsheet writes it, and areas would not be seen
        window = window[-_TAG_BYTES_MAX:] + piece
        if _WORD not in window:
            continue
        for first, last in _AREA.findall(window):
            low, high = int(first), min(int(last), ROWS_MAX)
            count += max(0, high - low + 1)
            if count > MARKED_MAX:
                raise package.broken(part)
            marked[low : high + 1] = b"\1" * max(0, high - low + 1)
    return marked
