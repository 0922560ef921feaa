"""Workbooks: what was typed is handed on; what is unclear is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.intake.reading.opened import BOUNDS, HEADER, is_header, read, refused
from tests.unit.intake.reading.workbooks import book, parts, shared, sheet, text_cell, write

from yinji.doors.intake.reading.model import FileBounds
from yinji.doors.intake.reading.opening import open_orders_file
from yinji.kernel.refusals import Refusal

ROW = ["A-1", "慕容晓棠", "望江路18号"]


def only(path: Path, value: str) -> str:
    """What a cell of a row of one column is handed on as."""
    _, (line, cells) = read(book(path / "one.xlsx", [["订单号"], [value]]))
    assert line == 2
    assert cells is not None
    (text,) = cells
    return text


def test_a_sheet_is_its_rows_and_says_so(tmp_path: Path) -> None:
    path = book(tmp_path / "o.xlsx", [HEADER, ROW])
    assert read(path) == [(1, HEADER), (2, ROW)]
    with open_orders_file(path, BOUNDS, is_header=is_header) as file:
        assert file.form.said().en == "XLSX, sheet “订单”"
        assert "工作表" in file.form.said().zh


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("<c><v>13977665544</v></c>", "13977665544"),
        ("<c><v>1.3977665544E10</v></c>", "13977665544"),
        ("<c><v>123456789012345</v></c>", "123456789012345"),
        ("<c><v>5.1234567890123398E+17</v></c>", "5.12345678901234E+17"),
        ("<c><v>512345678901234567</v></c>", "5.12345678901235E+17"),
        ("<c><v>12.300000000000001</v></c>", "12.3"),
        ("<c><v>0.10000000000000001</v></c>", "0.1"),
        ("<c><v>-7</v></c>", "-7"),
        ("<c><v>0</v></c>", "0"),
        ("<c><v>007</v></c>", "7"),
        ('<c s="4"><v>123</v></c>', "000123"),
        ('<c s="5"><v>12.5</v></c>', "12.5"),
        ('<c s="1"><v>46346</v></c>', "2026-11-20"),
        ('<c s="2"><v>46346.5</v></c>', "2026-11-20 12:00:00"),
        ('<c s="3"><v>46346</v></c>', "2026-11-20"),
        ('<c s="6"><v>0.75</v></c>', "18:00:00"),
        ('<c s="1"><v>60</v></c>', "60"),
        ('<c s="1"><v>99999999</v></c>', "99999999"),
        ('<c t="d"><v>2026-11-20T10:00:00</v></c>', "2026-11-20T10:00:00"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="str"><v>A-9</v></c>', "A-9"),
        ('<c t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r><rPh sb="0" eb="1"><t>jia</t></rPh></is></c>', "甲乙"),
        ('<c t="inlineStr"><is><t>a_x000D_b_x005F_x000D_</t></is></c>', "a\rb_x000D_"),
        ("<c><v>1E400</v></c>", "1E+400"),
        ("<c><v>nonsense</v></c>", "=nonsense"),
    ],
)
def test_a_cell_is_handed_on_as_it_was_typed(tmp_path: Path, typed: str, text: str) -> None:
    assert only(tmp_path, typed) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("<c><f>A1+1</f><v>2</v></c>", "=A1+1"),
        ('<c t="str"><f>"A-1"</f><v>A-1</v></c>', '="A-1"'),
        ('<c><f t="shared" si="0"/><v>5</v></c>', "="),
        ('<c t="e"><v>#N/A</v></c>', "=#N/A"),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "=1/0"),
    ],
)
def test_a_formula_is_handed_on_as_itself_and_never_as_its_last_value(tmp_path: Path, typed: str, text: str) -> None:
    assert only(tmp_path, typed) == text


def test_dates_of_the_system_of_1904_are_read(tmp_path: Path) -> None:
    text = sheet([["订单号"], ['<c s="1"><v>44884</v></c>']])
    assert read(write(tmp_path / "o.xlsx", parts({"a": text}, date1904=True)))[1].cells == ["2026-11-20"]


def test_shared_texts_are_read_without_their_pronunciation(tmp_path: Path) -> None:
    made = parts({"a": sheet([["订单号", "收件人"], ['<c t="s"><v>1</v></c>', '<c t="s"><v>0</v></c>']])})
    made["xl/sharedStrings.xml"] = shared(
        "<r><t>慕容</t></r><r><t>晓棠</t></r><rPh sb='0' eb='1'><t>mu</t></rPh>", "<t>A_x002D_1</t>"
    )
    assert read(write(tmp_path / "o.xlsx", made))[1].cells == ["A-1", "慕容晓棠"]


@pytest.mark.parametrize("number", ["2", "-1", "x"])
def test_a_shared_text_that_is_not_there_is_a_broken_file(tmp_path: Path, number: str) -> None:
    made = parts({"a": sheet([["订单号"], [f'<c t="s"><v>{number}</v></c>']])})
    made["xl/sharedStrings.xml"] = shared("<t>a</t>")
    assert refused(write(tmp_path / "o.xlsx", made)) == (Refusal.FILE_BROKEN, ":xl/worksheets/sheet1.xml")


def test_shared_texts_are_bounded(tmp_path: Path) -> None:
    made = parts({"a": sheet([["订单号"]])})
    made["xl/sharedStrings.xml"] = shared(*["<t>abcdefgh</t>"] * 1_000)
    code, _ = refused(write(tmp_path / "o.xlsx", made), FileBounds(shared_text_bytes_max=8_000))
    assert code is Refusal.FILE_TOO_LARGE


def test_parts_with_prefixed_names_and_no_places_are_read(tmp_path: Path) -> None:
    made = parts({"a": ""})
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    made["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row><x:c t="str"><x:v>订单号</x:v></x:c><x:c t="str"><x:v>数量</x:v></x:c></x:row>'
        "<x:row><x:c><x:v>7</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert read(write(tmp_path / "o.xlsx", made)) == [(1, ["订单号", "数量"]), (2, ["7", "2"])]


def test_titles_above_the_header_and_empty_rows_and_columns_are_left_out(tmp_path: Path) -> None:
    rows = [["导出说明"], [], ["共 1 单", "x"], [*HEADER, ""], [], ROW[:2], ["", "", ""], [*ROW, "", "多"]]
    assert read(book(tmp_path / "o.xlsx", rows)) == [(4, HEADER), (6, [*ROW[:2], ""]), (8, [*ROW, "", "多"])]


def test_a_header_below_the_first_rows_is_not_looked_for(tmp_path: Path) -> None:
    assert read(book(tmp_path / "o.xlsx", [["注"]] * 10 + [HEADER]))[0] == (1, ["注"])


def test_rows_that_merged_cells_touch_cannot_be_read_and_the_others_can(tmp_path: Path) -> None:
    after = '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B4:B5"/></mergeCells>'
    path = book(tmp_path / "o.xlsx", [["订单导出"], HEADER, ROW, ROW, ["A-2", "", "x"], ROW], after=after)
    assert read(path) == [(2, HEADER), (3, ROW), (4, None), (5, None), (6, ROW)]


def test_a_hidden_row_is_refused_by_its_number_but_not_above_the_header(tmp_path: Path) -> None:
    hidden = ' hidden="1"'
    path = book(tmp_path / "a.xlsx", [HEADER, ROW, ROW], attributes={3: hidden})
    assert refused(path) == (Refusal.ROWS_HIDDEN, ":3")
    path = book(tmp_path / "b.xlsx", [["订单号", "field"], HEADER, ROW], attributes={1: hidden})
    assert read(path) == [(2, HEADER), (3, ROW)]


def test_the_one_visible_sheet_with_a_header_is_read(tmp_path: Path) -> None:
    sheets = {"旧": sheet([HEADER, ["旧"]]), "空": sheet([]), "说明": sheet([["先看这里"]]), "订单": sheet([HEADER, ROW])}
    path = write(tmp_path / "o.xlsx", parts(sheets, states={"旧": "hidden"}))
    assert read(path) == [(1, HEADER), (2, ROW)]
    assert refused(path, sheet="旧") == (Refusal.SHEET_UNCLEAR, ": 空, 说明, 订单")
    assert read(path, sheet="说明") == [(1, ["先看这里"])]


def test_two_sheets_with_orders_are_refused_by_name_until_one_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "o.xlsx", parts({"上午": sheet([HEADER, ROW]), "下午": sheet([HEADER, ["A-2", "b", "c"]])}))
    assert refused(path) == (Refusal.SHEET_UNCLEAR, ": 上午, 下午")
    assert read(path, sheet="下午") == [(1, HEADER), (2, ["A-2", "b", "c"])]


def test_a_workbook_without_a_visible_row_is_empty(tmp_path: Path) -> None:
    assert refused(book(tmp_path / "a.xlsx", []))[0] is Refusal.FILE_EMPTY
    path = write(tmp_path / "b.xlsx", parts({"a": sheet([HEADER])}, states={"a": "veryHidden"}))
    assert refused(path)[0] is Refusal.FILE_EMPTY
    assert read(book(tmp_path / "c.xlsx", [HEADER])) == [(1, HEADER)]


def test_a_very_long_cell_is_cut_to_what_is_refused_anyway(tmp_path: Path) -> None:
    assert len(only(tmp_path, "长" * 200_000)) == 32_768


def test_a_row_too_long_or_too_wide_spoils_only_itself(tmp_path: Path) -> None:
    wide = [*ROW, *[""] * 9_990, "x"]
    assert read(book(tmp_path / "o.xlsx", [HEADER, wide, ["长" * 1_100_000, "b"], ROW])) == [
        (1, HEADER),
        (2, None),
        (3, None),
        (4, ROW),
    ]


def test_a_header_of_ten_thousand_columns_is_too_large(tmp_path: Path) -> None:
    assert refused(book(tmp_path / "o.xlsx", [["订单号"] * 10_000]))[0] is Refusal.FILE_TOO_LARGE


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>',
        "<worksheet><sheetData><row><c><v>1</v>",
        "<worksheet><sheetData><row r='2'/><row r='1'/></sheetData></worksheet>",
        "<worksheet><sheetData><row r='1'><c r='A-'><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r='x'/></sheetData></worksheet>",
        "<worksheet><sheetData><row><c s='x'><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c s='99'><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet>" + "".join(f"<a{n}/>" for n in range(1_001)) + "</worksheet>",
        f"<worksheet a='{'x' * 10_000_000}'/>",
        "no xml",
    ],
    ids=lambda text: text[:24],
)
def test_a_part_that_is_no_sheet_is_a_broken_file(tmp_path: Path, text: str) -> None:
    assert refused(write(tmp_path / "o.xlsx", parts({"a": text}))) == (Refusal.FILE_BROKEN, ":xl/worksheets/sheet1.xml")


LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\r")
TEXTS = st.text(LETTERS, max_size=8).filter(lambda text: not text.startswith("<c"))
FULL = TEXTS.filter(bool)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])  # the folder is the same, the file new
@given(st.lists(st.tuples(FULL, TEXTS, FULL).map(list), max_size=5), st.booleans())
def test_any_table_of_texts_is_read_back_from_a_workbook(tmp_path: Path, rows: list[list[str]], apart: bool) -> None:
    made = [HEADER, *rows]
    every = [each for row in rows for each in row]
    numbered = iter(range(len(every)))
    cells = [HEADER, *([f'<c t="s"><v>{next(numbered)}</v></c>' for _ in row] for row in rows)] if apart else made
    written = parts({"a": sheet(cells)})
    written["xl/sharedStrings.xml"] = shared(*(text_cell(each)[4:-5] for each in every))
    path = write(tmp_path / "o.xlsx", written)
    assert [each.cells for each in read(path)] == made
