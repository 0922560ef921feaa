"""The same invented orders in every form that is read: CSV, JSON, lines of JSON, and workbooks with their texts in either place."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, TypeAlias
from xml.sax.saxutils import escape

from yinji_bench.orders import HEADINGS

Row: TypeAlias = Sequence[str]

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET: Final = "xl/worksheets/sheet1.xml"
_SHARED: Final = "xl/sharedStrings.xml"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/{_SHEET}" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/{_SHARED}" ContentType="{_TYPE}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="订单" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}
"""The least that a workbook is made of (ECMA-376, Open Packaging Conventions and SpreadsheetML), its sheet and texts apart."""


def write_csv(path: Path, rows: Iterable[Row]) -> None:
    """Write a table separated by commas."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(chain([HEADINGS], rows))


def write_json(path: Path, rows: Iterable[Row]) -> None:
    """Write one array of objects."""
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        file.writelines(f"{',' if at else ''}\n{each}" for at, each in enumerate(_objects(rows)))
        file.write("\n]\n")


def write_lines(path: Path, rows: Iterable[Row]) -> None:
    """Write an object a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{each}\n" for each in _objects(rows))


def write_inline(path: Path, rows: Iterable[Row]) -> None:
    """Write a workbook whose texts stand in their cells, as streaming exporters write it."""
    _write_workbook(path, rows, lambda place, text: f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>', {})


def write_shared(path: Path, rows: Iterable[Row]) -> None:
    """Write a workbook whose texts stand once in a part of their own, as office programs write it."""
    texts: dict[str, int] = {}
    _write_workbook(
        path, rows, lambda place, text: f'<c r="{place}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>', texts
    )


FORMS: Final[Mapping[str, Callable[[Path, Iterable[Row]], None]]] = {
    "csv": write_csv,
    "json": write_json,
    "ndjson": write_lines,
    "xlsx": write_inline,
    "xlsx_shared": write_shared,
}


def _objects(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(dict(zip(HEADINGS, row, strict=True)), ensure_ascii=False)


def _write_workbook(path: Path, rows: Iterable[Row], cell: Callable[[str, str], str], texts: Mapping[str, int]) -> None:
    """Write the sheet, and then the texts that its cells have named by now."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, part in _PARTS.items():
            package.writestr(name, part)
        with package.open(_SHEET, "w") as sheet:
            sheet.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for line, row in enumerate(chain([HEADINGS], rows), 1):
                cells = "".join(cell(f"{letter}{line}", text) for letter, text in zip(_LETTERS, row, strict=False) if text)
                sheet.write(f'<row r="{line}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        with package.open(_SHARED, "w") as table:
            table.write(f'<sst xmlns="{_MAIN}" uniqueCount="{len(texts)}">'.encode())
            table.writelines(f"<si><t>{escape(text)}</t></si>".encode() for text in texts)
            table.write(b"</sst>")
