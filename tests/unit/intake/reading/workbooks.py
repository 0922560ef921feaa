"""Workbooks written by hand: the smallest that a spreadsheet would open, and what people and attackers make of them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

Parts = dict[str, str | bytes]


def letters(column: int) -> str:
    """0 is A."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def text_cell(text: str) -> str:
    return f'<is><t xml:space="preserve">{escape(escaped(text), {chr(13): "&#13;"})}</t></is>'


def escaped(text: str) -> str:
    """As spreadsheets write what XML cannot hold, and what looks like that."""
    text = text.replace("_x", "_x005F_x")
    return "".join(
        f"_x{ord(each):04X}_" if (ord(each) < 32 and each not in "\t\n\r") or each in "\ufffe\uffff" else each for each in text
    )


def cell(place: str, value: str) -> str:
    """A text as it is; ``<c ...`` is a cell written out, with its place left to us."""
    if value.startswith("<c"):
        return value.replace("<c", f'<c r="{place}"', 1)
    return f'<c r="{place}" t="inlineStr">{text_cell(value)}</c>' if value else ""


def sheet(rows: Iterable[Sequence[str]], *, after: str = "", attributes: dict[int, str] | None = None) -> str:
    """A sheet's part; ``attributes`` are those of a row, by its number."""
    written = [
        f'<row r="{line}"{(attributes or {}).get(line, "")}>'
        + "".join(cell(f"{letters(at)}{line}", each) for at, each in enumerate(cells))
        + "</row>"
        for line, cells in enumerate(rows, 1)
    ]
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(written)}</sheetData>{after}</worksheet>'


def parts(sheets: dict[str, str], *, states: dict[str, str] | None = None, date1904: bool = False) -> Parts:
    """The parts of a workbook with these sheets, by name; ``states`` says which are hidden."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="r{at}"'
        + (f' state="{states[name]}"' if states and name in states else "")
        + "/>"
        for at, name in enumerate(sheets, 1)
    )
    places = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at, _ in enumerate(sheets, 1)
    )
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 22, 164, 165, 166, 21))
    return {
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr{" date1904=" + quoteattr("1") if date1904 else ""}/>'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{places}'
        f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="s" Type="{OFFICE}/styles" Target="/xl/styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>'
        '<numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
        '<numFmt numFmtId="165" formatCode="000000"/><numFmt numFmtId="166" formatCode="[Red]0.00&quot;d&quot;"/></numFmts>'
        f"<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>",
        **{f"xl/worksheets/sheet{at}.xml": text for at, text in enumerate(sheets.values(), 1)},
    }


def shared(*items: str) -> str:
    """The part of shared texts; each item is what stands inside ``si``."""
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{each}</si>" for each in items)}</sst>'


def write(path: Path, made: Parts) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in made.items():
            file.writestr(name, text)
    return path


def book(path: Path, rows: Iterable[Sequence[str]], *, after: str = "", attributes: dict[int, str] | None = None) -> Path:
    """Write a workbook of one sheet."""
    return write(path, parts({"订单": sheet(rows, after=after, attributes=attributes)}))
