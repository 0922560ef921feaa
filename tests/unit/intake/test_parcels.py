"""Rows of one order are items of one parcel; what is said of a file before and after."""

from __future__ import annotations

import random
from array import array
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.intake.files import (
    ADDRESS,
    HEADER,
    KEY,
    NAME,
    PHONE,
    example,
    layout,
    parcels,
    refusals,
    sorted_out,
    surveyed,
)

from yinji.doors.intake import survey as survey_module
from yinji.doors.intake.opened import CONTENTS_CHARACTERS_MAX
from yinji.doors.intake.parcels import ITEMS_MAX, Parcel, Spoilt, number_marks
from yinji.doors.intake.reading.model import Record
from yinji.doors.intake.row_model import Who
from yinji.doors.intake.survey import scattered_among
from yinji.doors.intake.verdict import Level, judge
from yinji.kernel.refusals import Refusal

GENERAL = layout(HEADER.split(","))
MARK = number_marks(KEY)


def rows(*told: tuple[str, str, str, str], address: str = ADDRESS) -> list[Record]:
    """Rows of order number, name, contents, quantity."""
    return [
        Record(line, [number, name, PHONE, address, contents, quantity, "", "", ""])
        for line, (number, name, contents, quantity) in enumerate(told, 2)
    ]


def test_rows_with_one_number_and_recipient_are_one_parcel() -> None:
    (order,) = parcels(GENERAL, rows(("1", NAME, "茶杯", "2"), ("1", NAME, "茶壶", "1"), ("1", NAME, "茶杯", "3")))
    assert (order.line, order.lines, order.pieces) == (2, (2, 3, 4), 6)
    assert order.contents.open() == "茶壶×1；茶杯×5"


def test_one_article_keeps_its_name() -> None:
    (order,) = parcels(GENERAL, rows(("1", NAME, "茶杯", "2"), ("1", NAME, "茶杯", "1")))
    assert (order.contents.open(), order.pieces) == ("茶杯", 3)


def test_a_row_that_says_the_same_again_counts_once() -> None:
    found = sorted_out(GENERAL, rows(("1", NAME, "茶杯", "2"), ("1", NAME, "茶杯", "2")))
    (parcel,) = found
    assert isinstance(parcel, Parcel)
    assert (parcel.order.pieces, parcel.repeated) == (2, 1)


def test_another_recipient_under_the_same_number_is_a_bad_row_and_the_first_goes_on() -> None:
    told = rows(("1", NAME, "茶杯", "1"), ("1", "诸葛燕", "茶壶", "1"), ("1", NAME, "茶壶", "1"))
    assert refusals(GENERAL, told) == [(3, Refusal.ORDER_TWICE_IN_FILE)]
    assert [order.lines for order in parcels(GENERAL, told)] == [(2, 4)]


def test_a_bad_row_makes_its_order_wait() -> None:
    told = rows(("1", NAME, "茶杯", "1"), ("1", NAME, "", "1"), ("2", NAME, "茶壶", "1"))
    assert refusals(GENERAL, told) == [(2, Refusal.ORDER_PART_REFUSED), (3, Refusal.CONTENTS_MISSING)]
    assert [order.number for order in parcels(GENERAL, told)] == ["2"]


def test_rows_that_stand_apart_are_joined() -> None:
    told = rows(("1", NAME, "茶杯", "1"), ("2", NAME, "茶壶", "1"), ("1", NAME, "茶壶", "1"))
    assert [order.lines for order in parcels(GENERAL, told)] == [(3,), (2, 4)]


@given(
    st.lists(st.tuples(st.sampled_from("12345"), st.sampled_from("甲乙丙"), st.sampled_from("123")), max_size=14), st.randoms()
)
def test_the_order_of_rows_changes_no_parcel(told: list[tuple[str, str, str]], chance: random.Random) -> None:
    whole = [(number, NAME, contents, quantity) for number, contents, quantity in told]
    mixed = whole.copy()
    chance.shuffle(mixed)
    found = [
        sorted((order.number, order.contents.open(), order.pieces) for order in parcels(GENERAL, rows(*each)))
        for each in (whole, mixed)
    ]
    assert found[0] == found[1]
    assert len(found[0]) == len({number for number, _, _ in told})


@given(
    st.lists(
        st.tuples(st.sampled_from(["1", "2", ""]), st.sampled_from([NAME, "诸葛燕"]), st.sampled_from(["茶", ""])), max_size=12
    )
)
def test_every_row_is_in_one_parcel_refused_or_a_repeat(told: list[tuple[str, str, str]]) -> None:
    records = rows(*((number, name, contents, "1") for number, name, contents in told))
    found = sorted_out(GENERAL, records)
    kept = Counter(row.line for each in found for row in each.kept)
    repeated = sum(each.repeated for each in found if isinstance(each, Parcel))
    assert set(kept.values()) <= {1}
    assert len(kept) + repeated <= len(records)
    spoilt = [each for each in found if isinstance(each, Spoilt)]
    assert all({one.line for one in each.refused} == {row.line for row in each.kept} for each in spoilt)
    seen = surveyed(GENERAL, records)
    assert seen.rows == len(records)
    if not seen.scattered:
        assert seen.bad == sum(len(each.kept) for each in spoilt)
        assert seen.parcels == len(found) - len(spoilt)


def test_a_long_list_of_articles_ends_in_their_number() -> None:
    told = rows(*(("1", NAME, f"第{at}种商品名称比较长一些", "1") for at in range(30)))
    (order,) = parcels(GENERAL, told)
    text = order.contents.open()
    assert len(text) <= CONTENTS_CHARACTERS_MAX
    assert text.endswith("…等30种")


def test_an_order_of_more_pieces_than_a_label_can_say_is_refused() -> None:
    told = rows(("1", NAME, "茶杯", "9999"), ("1", NAME, "茶壶", "1"))
    assert refusals(GENERAL, told) == [(2, Refusal.QUANTITY_MALFORMED), (3, Refusal.QUANTITY_MALFORMED)]


def test_more_rows_of_one_number_than_are_joined_in_passing_count_as_scattered() -> None:
    told = rows(*(("1", NAME, f"茶{at}", "1") for at in range(ITEMS_MAX + 1)))
    assert list(surveyed(GENERAL, told).scattered.values()) == [ITEMS_MAX + 1]


def test_too_many_scattered_rows_are_seen_before_they_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey_module, "SCATTERED_ROWS_MAX", 3)
    told = [(str(at), NAME, f"茶{turn}", "1") for turn in range(2) for at in range(2)]
    assert surveyed(GENERAL, rows(*told)).too_scattered
    assert not surveyed(GENERAL, rows(*sorted(told))).too_scattered


@given(st.lists(st.integers(0, 30), max_size=60), st.integers(1, 4))
def test_scattered_orders_are_found_whatever_part_is_looked_at(numbers: list[int], runs: int) -> None:
    marks = array("Q", [MARK(str(each)) for each in numbers])
    before = survey_module._BUCKET_RUNS
    try:
        survey_module._BUCKET_RUNS = runs  # type: ignore[misc] # a part as small as a test needs it
        found, apart = scattered_among(marks, array("I", [2] * len(marks)))
    finally:
        survey_module._BUCKET_RUNS = before  # type: ignore[misc] # as it was
    several = {number: count for number, count in Counter(numbers).items() if count > 1}
    assert found == {MARK(str(number)): 2 * count for number, count in several.items()}
    assert apart == sum(several.values()) - len(several)


def test_an_order_of_wangdiantong_names_every_original_number() -> None:
    where, told = example("orders-wangdiantong.csv", "gb18030")
    subs = {each.order.number: each.subs for each in sorted_out(where, told) if isinstance(each, Parcel)}
    assert subs["JY202611190001"] == ("6930000000000000601", "6930000000000000602")
    assert subs["JY202611190002"] == ("5127000000000000603", "5127000000000000607")


EXPECTED = {
    "orders-douyin.csv": (Level.CARE, {Who.VIRTUAL: 2, Who.PLAIN: 2, Who.HANDLE: 1}, 2, 1, 3),
    "orders-jd.csv": (Level.CARE, {Who.PLAIN: 5, Who.MASKED: 1}, 1, 2, 3),
    "orders-pinduoduo.csv": (Level.NOTHING, {Who.HANDLE: 3}, 2, 3, 0),
    "orders-taobao.csv": (Level.CARE, {Who.PLAIN: 6, Who.MASKED: 1}, 2, 3, 4),
    "orders-tmall.csv": (Level.CARE, {Who.PLAIN: 5, Who.MASKED: 1}, 1, 2, 3),
    "orders-youzan.csv": (Level.CARE, {Who.PLAIN: 4}, 2, 1, 3),
    "orders-general.csv": (Level.FINE, {Who.PLAIN: 200}, 0, 0, 200),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_gets_its_verdict(name: str) -> None:
    where, told = example(name)
    seen = surveyed(where, told)
    assert (judge(seen).level, dict(seen.who), seen.held_rows, seen.bad, seen.parcels) == EXPECTED[name]


def spoken(told: list[Record]) -> list[str]:
    return [each.en for each in judge(surveyed(GENERAL, told)).sentences]


def test_a_file_of_platform_protected_rows_is_told_so_in_one_sentence() -> None:
    where = layout(["订单号", "商品", "商品总价(元)", "商家实收金额(元)"])
    told = [Record(line, [f"26-{line}", "茶", "1", "1"]) for line in range(2, 314)]
    verdict = judge(surveyed(where, told))
    assert verdict.level is Level.NOTHING
    assert verdict.sentences[0].zh == "拼多多：全部 312 行都由平台保护，现在一张也做不了。"
    assert verdict.sentences[0].en == "Pinduoduo: all 312 rows are platform-protected: none can be issued now."
    assert "virtual numbers" in verdict.sentences[1].en


def test_a_file_with_only_a_header_is_told_so() -> None:
    assert spoken([]) == ["general form: only a header, no orders."]


def test_a_file_of_closed_orders_is_told_so() -> None:
    where = layout([*HEADER.split(","), "订单状态"])
    told = [Record(2, ["1", NAME, PHONE, ADDRESS, "茶", "1", "", "", "", "交易关闭"])]
    assert judge(surveyed(where, told)).sentences[0].en.endswith("closed, refunded or shipped: there is nothing to issue.")


def test_a_verdict_names_reasons_and_remedies_but_nobody() -> None:
    told = rows(("1", NAME, "茶", "1"), ("2", NAME, "", "1"), ("3", NAME, "茶", "x"))
    said = " ".join(spoken(told))
    assert "1 parcels can be issued; 2 rows need care" in said
    assert "the contents are empty" in said
    assert NAME not in said


def test_a_parcel_of_several_rows_keeps_who_handed_it_over() -> None:
    where = layout([*HEADER.split(","), "代寄人"])
    rows = [
        Record(2, ["A-1", NAME, PHONE, ADDRESS, "茶", "1", "", "", "", ""]),
        Record(3, ["A-1", NAME, PHONE, ADDRESS, "茶", "1", "", "", "", "宇文听雪"]),
    ]
    (order,) = parcels(where, rows)
    assert order.handed_by is not None
    assert (order.handed_by.open(), order.lines, order.collected_at) == ("宇文听雪", (2, 3), None)
