"""A table of divisions: which sorting code, destination and package centre belong to which province, city or district.

A CSV file with headings, in Chinese or English: 省,市,区县 or 区划代码; 三段码; 大头笔, 集包地 (both may be absent). A row for a whole
province names it by its code (440000): its name alone is no destination.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from yinji.deid import read_division
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Sorting
from yinji.waybill.sorting import rules

ROWS_MAX: Final = 10_000
"""Three times the divisions there are (some 3,200 districts, GB/T 2260)."""

_HEADINGS: Final = {
    "省": "province", "市": "city", "区县": "district", "区划代码": "division", "三段码": "code", "大头笔": "mark",
    "集包地": "centre",
}  # fmt: skip
_KNOWN: Final = frozenset(_HEADINGS.values())
_NAMES: Final = ("province", "city", "district")
_CODE_DIGITS: Final = 6
_LEVELS: Final = (6, 4, 2)
"""Digits of a division's code (GB/T 2260): district, city, province. The finest that the table knows answers."""


@dataclass(frozen=True, slots=True)
class DivisionTable:
    """Sorting by the division code of the destination. Read once; some 200 bytes a row."""

    rows: Mapping[str, Sorting]

    def sorting(
        self,
        destination: str,
        told: Sorting,  # noqa: ARG002 - every source is asked with all of it
        *,
        order: str = "",  # noqa: ARG002 - as above
    ) -> Sorting | None:
        """Return what the table says of the destination's district, or else its city, or else its province."""
        code = _division_of(destination)
        found = (self.rows.get(code[:digits].ljust(_CODE_DIGITS, "0")) for digits in _LEVELS) if code else ()
        return next((each for each in found if each is not None), None)


def read_table(lines: Iterable[str]) -> DivisionTable:
    """Return the table that stands in the lines of a CSV file; raises SORTING_TABLE_MALFORMED naming line and column."""
    reader = csv.reader(lines, strict=True)
    rows: dict[str, Sorting] = {}
    try:
        headings = _read_headings(next(reader, []))
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            line = f"{reader.line_num}"
            if len(cells) != len(headings) or len(rows) >= ROWS_MAX:
                raise _wrong(line)
            row = {name: cell.strip() for name, cell in zip(headings, cells, strict=True)}
            code = _division_in(row, line)
            if code in rows:
                raise _wrong(f"{line}: {code}")
            rows[code] = _sorting_in(row, line)
    except (csv.Error, UnicodeDecodeError):
        raise _wrong(f"{reader.line_num}") from None
    return DivisionTable(rows)


def _read_headings(cells: list[str]) -> list[str]:
    names = [_HEADINGS.get(cell.strip().removeprefix("\ufeff"), cell.strip().removeprefix("\ufeff")) for cell in cells]
    unknown = [name for name in names if name not in _KNOWN]
    placed = "division" in names or {"province", "city"} <= set(names)
    if unknown or len(set(names)) != len(names) or "code" not in names or not placed:
        raise _wrong(f"1: {' '.join(unknown) or ' '.join(names)}")
    return names


def _division_in(row: Mapping[str, str], line: str) -> str:
    if code := row.get("division", ""):
        if not (code.isascii() and code.isdigit() and len(code) == _CODE_DIGITS):
            raise _wrong(f"{line}: division")
        return code
    named = "".join(row.get(name, "") for name in _NAMES)
    division = read_division(named)
    if division is None or division.end != len(named):
        raise _wrong(f"{line}: {', '.join(_NAMES)}")
    return division.code


def _sorting_in(row: Mapping[str, str], line: str) -> Sorting:
    found = Sorting(row["code"], row.get("mark", ""), row.get("centre", ""))
    for name in _bad(found):
        raise _wrong(f"{line}: {name}")
    return found


def _bad(found: Sorting) -> Iterator[str]:
    if not found.code or not rules.is_code(found.code):
        yield "code"
    for name in ("mark", "centre"):
        if not rules.coarse_enough(getattr(found, name)):
            yield name


def _wrong(at: str) -> Fault:
    return Fault(Refusal.SORTING_TABLE_MALFORMED, at)


@lru_cache(maxsize=4_096)
def _division_of(destination: str) -> str:
    """Return the code of a destination as waybills have it: province, city, district with spaces between."""
    division = read_division(destination.replace(" ", ""))
    return division.code if division else ""
