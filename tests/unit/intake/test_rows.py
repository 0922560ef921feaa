"""A row becomes a row that may be issued, with its person wrapped, or all that is wrong with it."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.intake.files import ADDRESS, GOOD, NAME, NOW, PHONE, TODAY, answer, answers, codes, row

from yinji.doors.intake.cells import NUMBER_CHARACTERS_MAX, PIECES_MAX
from yinji.doors.intake.reading.model import Record
from yinji.doors.intake.row_model import BadRow, Bounds, HeldRow, Row
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal

R = Refusal
WIDE = Bounds.around(NOW, cell_characters_max=10_000, order_days_max=400)
"""The widest cells that the settings allow."""


def test_a_good_row_is_read_with_its_person_wrapped() -> None:
    made = row()
    assert (made.line, made.number, made.item.quantity, made.sorting.code) == (7, "A-1", 2, "571-A12 03")
    assert made.ordered == date(2026, 11, 20)
    party = made.recipient
    assert (party.name.open(), party.phone.open(), party.address.open()) == (NAME, PHONE, ADDRESS)
    assert (made.item.contents.open(), made.item.remark.open()) == ("陶瓷茶具", "轻放")


def test_a_row_shows_no_person() -> None:
    assert not any(value in repr(row()) for value in (NAME, PHONE, ADDRESS, "陶瓷茶具", "轻放"))
    assert not any(value in repr(answer(数量="x")) for value in (NAME, PHONE, ADDRESS, "陶瓷茶具", "轻放"))


def test_optional_cells_may_be_empty() -> None:
    made = row(数量="", 备注="", 三段码="", 下单时间="")
    assert (made.item.quantity, made.item.remark.open(), made.sorting.code, made.ordered) == (1, "", "", None)


@pytest.mark.parametrize("name", ["收件人", "收件地址", "物品名称", "备注"])
def test_white_space_and_line_breaks_become_one_space(name: str) -> None:
    made = row(**{name: f"  {ADDRESS} \r\n 乙\t丙  "})
    party = made.recipient
    assert f"{ADDRESS} 乙 丙" in {each.open() for each in (party.name, party.address, made.item.contents, made.item.remark)}


@pytest.mark.parametrize("cells", [None, [], ["A-1"], [*GOOD.values(), ""], list(GOOD.values())[:-1]])
def test_a_misshapen_row_is_refused_as_a_whole(cells: list[str] | None) -> None:
    (found,) = answers([Record(9, cells)])
    assert isinstance(found, BadRow)
    assert (found.line, found.number, found.refused) == (9, "", (Refuse(R.ROW_MISSHAPEN),))


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
    assert row(收件人=text).recipient.name.open() == text


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
    assert row(下单时间=text).ordered == date(*day)


@pytest.mark.parametrize(("days", "right"), [(-400, True), (-401, False), (0, True), (1, True), (2, False)])
def test_an_order_is_neither_too_old_nor_from_the_future(days: int, right: bool) -> None:
    found = answer(下单时间=(TODAY + timedelta(days)).isoformat())
    assert isinstance(found, Row) is right


@pytest.mark.parametrize("number", ["A-1", "2026112012345678", "E12", "12E5X", "x" * NUMBER_CHARACTERS_MAX, "单-壹"])
def test_an_order_number_stays_as_it_is(number: str) -> None:
    assert row(订单号=f" {number} ").number == number


@pytest.mark.parametrize(("text", "pieces"), [("1", 1), (" 9999 ", 9_999), ("007", 7), ("2.0", 2)])
def test_pieces_are_read(text: str, pieces: int) -> None:
    assert row(数量=text).item.quantity == pieces


def test_what_was_agreed_about_carrying_is_read_in_grams_and_fen() -> None:
    made = row(**{"重量(kg)": "1.25", "代收货款": "59.90元", "到付": "是", "保价": "0.00", "包裹数": "2"})
    assert (made.carriage.weight, made.carriage.collect_goods, made.carriage.collect_freight) == (1_250, 5_990, 0)
    assert (made.carriage.insured, made.packages) == (None, 2)


def test_another_place_and_another_hand_are_read_and_wrapped() -> None:
    made = row(实际揽收地址="杭州市余杭区鹤鸣路77号", 代寄人="宇文听雪").hands
    assert made.collected_at is not None
    assert made.handed_by is not None
    assert (made.collected_at.open(), made.handed_by.open()) == ("杭州市余杭区鹤鸣路77号", "宇文听雪")
    assert row(实际揽收地址="", 代寄人="").hands == (None, None)
    assert codes(answer(实际揽收地址="鹤鸣路**号", 代寄人="")) == [(R.ADDRESS_MASKED, "实际揽收地址")]


def test_freight_paid_and_the_agreed_check_are_read() -> None:
    made = row(寄付运费="12.50", 约定验收=" 当面  验收 ").carriage
    assert (made.freight, made.agreed_check) == (1_250, "当面 验收")


@pytest.mark.parametrize(
    "text", ["当面验收并核对外包装是否完好无损", "找王小明先生验收", "13977665544", "验收<b>", "3栋501室验收"]
)
def test_an_agreed_check_that_is_long_or_shows_a_person_is_refused(text: str) -> None:
    assert codes(answer(约定验收=text)) == [(R.AGREED_CHECK_MALFORMED, "约定验收")]


@pytest.mark.parametrize(
    ("name", "cell", "code"),
    [
        ("重量(kg)", "重", R.AMOUNT_MALFORMED), ("代收货款", "-5", R.AMOUNT_MALFORMED), ("保价", "1e9", R.AMOUNT_MALFORMED),
        ("代收货款", "99999999", R.AMOUNT_MALFORMED), ("到付", "也许", R.AMOUNT_MALFORMED), ("包裹数", "100", R.QUANTITY_MALFORMED),
        ("大头笔", "13977665544", R.SORTING_CODE_MALFORMED), ("集包地", "x" * 25, R.SORTING_CODE_MALFORMED),
        ("订单状态", "没见过", R.STATUS_UNKNOWN),
    ],
)  # fmt: skip
def test_a_wrong_cell_of_an_optional_column_is_refused(name: str, cell: str, code: Refusal) -> None:
    assert codes(answer(**{name: cell})) == [(code, name)]


@pytest.mark.parametrize(("name", "status"), [("订单状态", "交易关闭"), ("退款状态", "退款中"), ("订单状态", " 已发货\t")])
def test_a_row_of_a_closed_order_is_held_back_whatever_else_is_wrong(name: str, status: str) -> None:
    assert answer(**{name: status, "收件人电话": "138****5678"}) == HeldRow(7, status.strip())


@pytest.mark.parametrize("status", ["待发货", "", "待 发 货"])
def test_a_row_that_is_to_be_sent_goes_on(status: str) -> None:
    assert isinstance(answer(订单状态=status), Row)


ANY_CELL = (
    st.text(max_size=30) | st.from_regex(r"0{0,6}[0-9]{1,12}", fullmatch=True) | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
)


@given(st.lists(ANY_CELL, min_size=9, max_size=9))
@example(["A-1", "甲", "13977665544", "乙", "丙", "00001" + "9" * 6_000, "", "", ""])
@example(["A-1", "甲", "13977665544", "乙", "丙", "", "", "", "9" * 6_000 + "-1-1"])
def test_any_cells_are_a_row_within_its_bounds_or_refused_by_column(cells: list[str]) -> None:
    (found,) = answers([Record(2, cells)], WIDE)
    if isinstance(found, BadRow):
        assert found.refused
        assert {each.at for each in found.refused} <= set(GOOD)
        return
    assert isinstance(found, Row)
    assert 0 < found.item.quantity <= PIECES_MAX
    assert found.ordered is None or WIDE.oldest <= found.ordered <= WIDE.newest
    assert 0 < len(found.number) <= NUMBER_CHARACTERS_MAX


def test_bounds_are_in_the_time_of_beijing() -> None:
    late = datetime.fromisoformat("2026-11-20T17:00:00+00:00")
    assert Bounds.around(late, cell_characters_max=1, order_days_max=1).newest == date(2026, 11, 22)
