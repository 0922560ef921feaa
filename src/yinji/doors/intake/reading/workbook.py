"""What a workbook consists of: its visible sheets, the styles that make a number a date, and where the texts are."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import Final

from yinji.doors.intake.reading.package import Package
from yinji.doors.intake.reading.xml_events import Forbidden, Start, feed, local

SHEETS_MAX: Final = 1_000
STYLES_MAX: Final = 100_000
"""Excel allows 65,490 cell formats."""

# ECMA-376-1, 18.8.30: formats that every program knows by number, those of Chinese, Japanese and Korean included.
_DATES: Final = frozenset({14, 15, 16, 17, 18, 19, 20, 21, 22, *range(27, 37), 45, 46, 47, *range(50, 59)})
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS: Final = re.compile(r"[ymdhs年月日时分秒]", re.IGNORECASE)
_ZEROS: Final = re.compile("0{2,15}")

DATE: Final = -1
"""In ``Workbook.styles``: the number is a date."""


@dataclass(slots=True)
class Workbook:
    """``sheets`` are the visible ones, name to part, in order; ``styles`` say of each cell format: 0 a plain number, DATE, or a
    number shown with so many digits.
    """

    sheets: dict[str, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    shared_texts: str = ""
    since_1904: bool = False


def read_workbook(package: Package) -> Workbook:
    """Return what the workbook consists of; raises FILE_BROKEN where that cannot be read."""
    main = next((part for kind, part in _relations(package, "").values() if kind == "officeDocument"), "xl/workbook.xml")
    book = Workbook()
    relations = _relations(package, main)
    for name, relation in _visible(package, main, book):
        kind, part = relations.get(relation, ("", ""))
        if kind == "worksheet":  # a sheet that is a chart has no rows
            if part in book.sheets.values():
                raise package.broken(part)
            book.sheets[name] = part
    for kind, part in relations.values():
        if kind == "sharedStrings" and part in package:
            book.shared_texts = part
        elif kind == "styles" and part in package:
            book.styles = _styles(package, part)
    return book


def _visible(package: Package, main: str, book: Workbook) -> list[tuple[str, str]]:
    """Return the visible sheets, each with the id of its part; note the date system."""
    found: list[tuple[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "workbookPr":
            book.since_1904 = attributes.get("date1904") in {"1", "true"}
        elif tag == "sheet" and attributes.get("state", "visible") == "visible":
            found.append((attributes["name"], next((value for key, value in attributes.items() if key.endswith(":id")), "")))
            if len(found) > SHEETS_MAX:
                raise Forbidden

    _read(package, main, start)
    return found


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to: id to kind and part."""
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes["Target"]
            where = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[attributes["Id"]] = attributes["Type"].rpartition("/")[2], where
            if len(found) > SHEETS_MAX * 10:
                raise Forbidden

    _read(package, place, start)
    return found


def _styles(package: Package, part: str) -> list[int]:
    formats: dict[int, str] = {}
    styles: list[int] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        tag = local(name)
        if tag == "numFmt":
            formats[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "cellXfs":
            inside = True
        elif tag == "cellStyles":
            inside = False
        elif tag == "xf" and inside:
            number = int(attributes.get("numFmtId", "0"))
            styles.append(_kind(number, formats.get(number, "")))
        if len(styles) > STYLES_MAX or len(formats) > STYLES_MAX:
            raise Forbidden

    _read(package, part, start)
    return styles


def _kind(number: int, code: str) -> int:
    if not code:
        return DATE if number in _DATES else 0
    if _ZEROS.fullmatch(code):
        return len(code)
    return DATE if _DATE_LETTERS.search(_QUOTED.sub("", code)) else 0


def _read(package: Package, part: str, start: Start) -> None:
    for _ in feed(package, part, start=start, end=_pass, text=_pass):
        pass


def _pass(*_: object) -> None:
    """Take no notice."""
