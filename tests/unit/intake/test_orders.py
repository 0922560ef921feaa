"""A row becomes an order with its person wrapped, or all that is wrong with it."""

from __future__ import annotations

import io
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.intake.files import (
    ADDRESS,
    BOUNDS,
    GOOD,
    HEADER,
    NAME,
    PHONE,
    TODAY,
    answer,
    answers,
    codes,
    columns,
    order,
    records_or_none,
)

from yinji.doors.intake.columns import Columns, read_header
from yinji.doors.intake.error_file import HEADINGS, ErrorFile, cells_of
from yinji.doors.intake.orders import NUMBER_CHARACTERS_MAX, PIECES_MAX, Bounds
from yinji.doors.intake.records import Record
from yinji.flows.issue_model import RowRefused
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Order

R = Refusal
WIDE = Bounds.around(TODAY, cell_characters_max=10_000, order_days_max=400)
"""The widest cells that the settings allow."""


def test_a_good_row_is_an_order_with_its_person_wrapped() -> None:
    made = order()
    assert (made.line, made.number, made.pieces, made.sorting_code) == (7, "A-1", 2, "571-A12 03")
    assert made.ordered == date(2026, 11, 20)
    party = made.recipient
    assert (party.name.open(), party.phone.open(), party.address.open()) == (NAME, PHONE, ADDRESS)
    assert (made.contents.open(), made.remark.open()) == ("陶瓷茶具", "轻放")


def test_an_order_shows_no_person() -> None:
    assert not any(value in repr(order()) for value in (NAME, PHONE, ADDRESS, "陶瓷茶具", "轻放"))


def test_optional_cells_may_be_empty() -> None:
    made = order(数量="", 备注="", 三段码="", 下单时间="")
    assert (made.pieces, made.remark.open(), made.sorting_code, made.ordered) == (1, "", "", None)


@pytest.mark.parametrize("name", [name for name in GOOD if name not in ("订单号", "三段码", "下单时间", "数量")])
def test_white_space_and_line_breaks_become_one_space(name: str) -> None:
    made = order(**{name: "  甲 \r\n 乙\t丙  "})
    party = made.recipient
    assert "甲 乙 丙" in {each.open() for each in (party.name, party.phone, party.address, made.contents, made.remark)}


@pytest.mark.parametrize("header", ["订单号,收件人,收件人电话,收件地址", "", "订单号", "order,name"])
def test_a_header_that_lacks_columns_names_each(header: str) -> None:
    found = read_header(header.split(","))
    assert isinstance(found, list)
    missing = [name for name in HEADER.split(",")[:5] if name not in header.split(",")]
    assert found == [Refuse(R.COLUMN_MISSING, name) for name in missing]


@pytest.mark.parametrize("name", HEADER.split(","))
def test_a_column_that_stands_twice_is_refused_by_name(name: str) -> None:
    assert read_header([*HEADER.split(","), name]) == [Refuse(R.COLUMN_TWICE, name)]


def test_headers_are_trimmed_and_may_stand_in_any_order_with_others_between() -> None:
    found = read_header([" 物品名称", "身份证号", "收件地址", "收件人电话 ", "收件人", "订单号", "身份证号"])
    assert isinstance(found, Columns)
    assert found.at == {"订单号": 5, "收件人": 4, "收件人电话": 3, "收件地址": 2, "物品名称": 0}
    assert (found.width, found.dropped) == (7, ("身份证号", "身份证号"))


@pytest.mark.parametrize("cells", [None, [], ["A-1"], [*GOOD.values(), ""], list(GOOD.values())[:-1]])
def test_a_misshapen_row_is_refused_as_a_whole(cells: list[str] | None) -> None:
    (found,) = answers([Record(9, cells)])
    assert found == [RowRefused(9, Refuse(R.ROW_MISSHAPEN))]


@pytest.mark.parametrize(
    ("name", "cell", "code"),
    [
        ("订单号", "", R.ORDER_NUMBER_MISSING),
        ("订单号", "  ", R.ORDER_NUMBER_MISSING),
        ("订单号", "A 1", R.ORDER_NUMBER_MALFORMED),
        ("订单号", "A\n1", R.ORDER_NUMBER_MALFORMED),
        ("订单号", "A\u30001", R.ORDER_NUMBER_MALFORMED),
        ("订单号", "x" * (NUMBER_CHARACTERS_MAX + 1), R.ORDER_NUMBER_MALFORMED),
        ("订单号", "2.02611E+17", R.ORDER_NUMBER_MALFORMED),
        ("订单号", "1E+12", R.ORDER_NUMBER_MALFORMED),
        ("订单号", "3.5e15", R.ORDER_NUMBER_MALFORMED),
        ("物品名称", "", R.CONTENTS_MISSING),
        ("物品名称", " \u3000", R.CONTENTS_MISSING),
        ("数量", "0", R.QUANTITY_MALFORMED),
        ("数量", "-1", R.QUANTITY_MALFORMED),
        ("数量", "1.5", R.QUANTITY_MALFORMED),
        ("数量", "两", R.QUANTITY_MALFORMED),
        ("数量", "２", R.QUANTITY_MALFORMED),
        ("数量", "²", R.QUANTITY_MALFORMED),
        ("数量", str(PIECES_MAX + 1), R.QUANTITY_MALFORMED),
        ("数量", "9" * 400, R.QUANTITY_MALFORMED),
        ("数量", "0000199999", R.QUANTITY_MALFORMED),
        ("数量", "00001" + "9" * 400, R.QUANTITY_MALFORMED),
        ("下单时间", "昨天", R.DATE_MALFORMED),
        ("下单时间", "2026-02-30", R.DATE_MALFORMED),
        ("下单时间", "0000-01-01", R.DATE_MALFORMED),
        ("下单时间", "20261120", R.DATE_MALFORMED),
        ("下单时间", "11/20/2026", R.DATE_MALFORMED),
        ("下单时间", "2026-11-20x", R.DATE_MALFORMED),
        ("下单时间", "２０２６-11-20", R.DATE_MALFORMED),
        ("三段码", "X" * 25, R.SORTING_CODE_MALFORMED),
        ("三段码", "王晓明", R.SORTING_CODE_MALFORMED),
        ("三段码", "501室", R.SORTING_CODE_MALFORMED),
        ("三段码", "13911112222", R.SORTING_CODE_MALFORMED),
        *[(name, "甲" * 501, R.CELL_TOO_LONG) for name in ("收件人", "收件人电话", "收件地址", "物品名称", "备注")],
        *[(name, "=1+1", R.CELL_IS_FORMULA) for name in GOOD if name not in ("数量", "下单时间")],
        *[(name, "甲\x07乙", R.CELL_UNPRINTABLE) for name in GOOD if name not in ("数量", "下单时间")],
    ],
)
def test_a_wrong_cell_is_refused_with_its_column(name: str, cell: str, code: Refusal) -> None:
    assert codes(answer(**{name: cell})) == [(code, name)]


def test_everything_wrong_with_a_row_is_told_at_once() -> None:
    found = codes(answer(订单号="", 收件人="=A1", 数量="x", 下单时间="x", 物品名称=""))
    assert set(found) == {
        (R.CELL_IS_FORMULA, "收件人"), (R.ORDER_NUMBER_MISSING, "订单号"), (R.QUANTITY_MALFORMED, "数量"),
        (R.DATE_MALFORMED, "下单时间"), (R.CONTENTS_MISSING, "物品名称"),
    }  # fmt: skip


BIDI = [chr(n) for n in range(0x110000) if unicodedata.bidirectional(chr(n)) in {"LRE", "RLE", "LRO", "RLO", "PDF"}]
DIRECTION = [*BIDI, "\u061c", "\u200e", "\u200f", "\u2066", "\u2067", "\u2068", "\u2069"]
"""Unicode's Bidi_Control property, UAX 9, 2.5: twelve characters that turn reading direction."""

CONTROLS = [chr(n) for n in range(0xA0) if unicodedata.category(chr(n)) == "Cc" and chr(n) not in "\t\n\r"]


@pytest.mark.parametrize("character", [*DIRECTION, *CONTROLS, "\ufffe", "\uffff"], ids=lambda each: f"U+{ord(each):04X}")
def test_a_character_that_hides_or_turns_text_is_refused(character: str) -> None:
    assert (R.CELL_UNPRINTABLE, "备注") in codes(answer(备注=f"甲{character}乙"))


@pytest.mark.parametrize("text", ["𠮷野", "🏠", "Ａ座", "é", "한국", "藏ོ", "（一）"])
def test_letters_of_any_script_are_read(text: str) -> None:
    assert order(收件人=text).recipient.name.open() == text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-20", (2026, 11, 20)),
        ("2026/11/2", (2026, 11, 2)),
        ("2026.1.02", (2026, 1, 2)),
        ("2026-11-20 23:59:59", (2026, 11, 20)),
        ("2026-11-20T23:59:59+08:00", (2026, 11, 20)),
        (" 2026-11-20 ", (2026, 11, 20)),
    ],
)
def test_dates_are_read_as_platforms_write_them(text: str, day: tuple[int, int, int]) -> None:
    assert order(下单时间=text).ordered == date(*day)


@pytest.mark.parametrize(("days", "right"), [(-400, True), (-401, False), (0, True), (1, True), (2, False)])
def test_an_order_is_neither_too_old_nor_from_the_future(days: int, right: bool) -> None:
    found = answer(下单时间=(TODAY + timedelta(days)).isoformat())
    assert isinstance(found, Order) is right


@pytest.mark.parametrize("number", ["A-1", "2026112012345678", "E12", "12E5X", "x" * NUMBER_CHARACTERS_MAX, "单-壹"])
def test_an_order_number_stays_as_it_is(number: str) -> None:
    assert order(订单号=f" {number} ").number == number


@pytest.mark.parametrize(("text", "pieces"), [("1", 1), (" 9999 ", 9_999), ("007", 7)])
def test_pieces_are_read(text: str, pieces: int) -> None:
    assert order(数量=text).pieces == pieces


ANY_CELL = (
    st.text(max_size=30) | st.from_regex(r"0{0,6}[0-9]{1,12}", fullmatch=True) | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
)


@given(st.lists(ANY_CELL, min_size=9, max_size=9))
@example(["A-1", "甲", "13977665544", "乙", "丙", "00001" + "9" * 6_000, "", "", ""])
@example(["A-1", "甲", "13977665544", "乙", "丙", "", "", "", "9" * 6_000 + "-1-1"])
def test_any_cells_are_an_order_within_its_bounds_or_refused_by_column(cells: list[str]) -> None:
    (found,) = answers([Record(2, cells)], WIDE)
    if isinstance(found, list):
        assert found
        assert {each.refusal.at for each in found} <= set(GOOD)
        return
    assert 0 < found.pieces <= PIECES_MAX
    assert found.ordered is None or WIDE.oldest <= found.ordered <= WIDE.newest
    assert 0 < len(found.number) <= NUMBER_CHARACTERS_MAX


@given(st.binary(max_size=400) | st.text(st.sampled_from('甲1,"\r\n=0\ufeff\0'), max_size=200).map(str.encode))
def test_any_bytes_raise_a_fault_or_give_one_answer_a_record(raw: bytes) -> None:
    read = records_or_none(raw)
    if read is None:
        return
    assert isinstance(read_header((read[0] if read else Record(1, [])).cells or []), Columns | list)
    found = answers(read)
    assert len(found) == len(read)
    for row, each in zip(read, found, strict=True):
        assert {part.line for part in each} == {row.line} if isinstance(each, list) else each.line == row.line


MARKED = st.text("龘靐齉龗䨻", min_size=3, max_size=8)
"""Characters that stand in none of our own sentences."""


@given(
    head=st.lists(MARKED, max_size=3),
    rows=st.lists(
        st.lists(MARKED | MARKED.map(lambda text: "=" + text) | MARKED.map(lambda text: text * 80), max_size=10), max_size=5
    ),
)
def test_the_error_file_shows_no_cell_of_the_input(head: list[str], rows: list[list[str]]) -> None:
    out = io.StringIO()
    file = ErrorFile(out)
    told = [RowRefused(1, each) for each in _refusals(read_header(head))]
    told += [
        each for found in answers(Record(n, row) for n, row in enumerate(rows, 2)) if isinstance(found, list) for each in found
    ]
    file.write(told)
    written = out.getvalue()
    assert not set(written) & set("龘靐齉龗䨻")
    assert written.count("\r\n") == len(told) + 1


def _refusals(found: Columns | list[Refuse]) -> list[Refuse]:
    return found if isinstance(found, list) else []


def test_the_error_file_opens_in_a_spreadsheet_and_names_line_column_code_and_remedy() -> None:
    out = io.StringIO()
    ErrorFile(out).write([RowRefused(7, Refuse(R.PHONE_IMPOSSIBLE, "recipient.phone"))])
    assert out.getvalue().startswith("\ufeff" + ",".join(HEADINGS))
    cells = cells_of(RowRefused(7, Refuse(R.PHONE_IMPOSSIBLE, "recipient.phone")))
    assert cells[:3] == ("7", "收件人电话", "112 PHONE_IMPOSSIBLE")
    assert len(cells) == len(HEADINGS)
    assert all(cells[at] for at in (3, 4, 6, 7))


@pytest.mark.parametrize("code", Refusal)
def test_no_refusal_begins_like_a_formula(code: Refusal) -> None:
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells_of(RowRefused(2, Refuse(code, "contents"))))


def test_the_bounds_let_a_platforms_clock_be_a_day_ahead() -> None:
    assert (BOUNDS.oldest, BOUNDS.newest) == (TODAY - timedelta(400), TODAY + timedelta(1))
    assert columns().width == 9
