"""What goes back to the merchant: refused rows that can be mended and fed back, and the platform's shipping form."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.intake.files import ADDRESS, HEADER, NAME, PHONE, called, example, layout, parcels, refusals, sorted_out

from yinji.doors.intake.error_file import HEADINGS, ErrorFile
from yinji.doors.intake.parcels import Spoilt
from yinji.doors.intake.presets.model import Field, Per
from yinji.doors.intake.presets.recognition import Layout
from yinji.doors.intake.presets.shelf import presets
from yinji.doors.intake.reading.model import Record
from yinji.doors.intake.ship_back import Sent, ShipBack
from yinji.flows.issue_model import RowRefused
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.law import Confidence, Weight

GENERAL = layout(HEADER.split(","))


def error_file(where: Layout, rows: Sequence[Record]) -> str:
    out = io.StringIO()
    file = ErrorFile(out, where)
    for each in sorted_out(where, rows):
        if isinstance(each, Spoilt):
            file.write(each.kept, each.refused)
    return out.getvalue()


def read_again(text: str) -> tuple[Layout, list[list[str]]]:
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return layout(header), rows


NAMED = [
    "orders-douyin.csv",
    "orders-jd.csv",
    "orders-pinduoduo.csv",
    "orders-taobao.csv",
    "orders-tmall.csv",
    "orders-youzan.csv",
]


@pytest.mark.parametrize("name", [*NAMED, "orders-with-mistakes.csv"])
def test_an_error_file_fed_back_unmended_is_the_same_file_with_the_same_refusals(name: str) -> None:
    where, rows = example(name)
    again, left = read_again(error_file(where, rows))
    records = [Record(int(row[-len(HEADINGS)]), row) for row in left]
    assert again.preset is where.preset
    assert refusals(again, records) == refusals(where, rows)
    assert parcels(again, records) == []
    bodies = [
        [row[: -len(HEADINGS)] for row in read_again(text)[1]] for text in (error_file(again, records), error_file(where, rows))
    ]
    assert bodies[0] == bodies[1]


def test_only_the_mended_rows_of_an_error_file_are_parcels() -> None:
    where, rows = example("orders-taobao.csv")
    again, left = read_again(error_file(where, rows))
    phone = again.at[Field.PHONE][0][0]
    mended = [[*row[:phone], "15900005678", *row[phone + 1 :]] for row in left]
    made = parcels(again, [Record(line, row) for line, row in enumerate(mended, 2)])
    assert [order.number for order in made] == ["510000000000000108", "510000000000000109"]


def test_an_error_file_holds_the_refused_rows_only() -> None:
    where, rows = example("orders-general.csv")
    spoilt = rows[5].cells
    assert spoilt is not None
    text = error_file(where, [*rows[:5], Record(7, [*spoilt[:4], "138****5678", *spoilt[5:]]), *rows[6:]])
    assert text.count("\r\n") == 2
    assert rows[4].cells is not None
    assert rows[4].cells[3] not in text


def test_columns_that_nobody_may_read_are_not_given_back() -> None:
    where = layout([*HEADER.split(","), "身份证号", "买家手机号", "配送员", "颜色"])
    row = ["", NAME, PHONE, ADDRESS, "茶", "1", "", "", "", "110101190001010000", "13911110000", "钱七", "青"]
    text = error_file(where, [Record(2, row)])
    assert not any(told in text for told in ("110101190001010000", "13911110000", "钱七", "身份证号", "买家手机号"))
    assert "青" in text


def test_everything_wrong_with_a_row_stands_in_its_one_line() -> None:
    text = error_file(GENERAL, [Record(9, ["A1", "", PHONE, ADDRESS, "茶", "x", "", "", ""])])
    _, (row,) = read_again(text)
    line, place, code, *_ = row[-len(HEADINGS) :]
    assert (line, place.split("\n"), code.split("\n")) == (
        "9", ["收件人", "数量"], ["110 NAME_MISSING", "118 QUANTITY_MALFORMED"],
    )  # fmt: skip


def test_a_finding_of_a_label_is_told_with_its_rule() -> None:
    out = io.StringIO()
    ((each,),) = [sorted_out(GENERAL, [Record(2, ["1", NAME, PHONE, ADDRESS, "茶", "", "", "", ""])])]
    says = Said("露出六位", "six digits show")
    ErrorFile(out, GENERAL).write(each.kept, [RowRefused(2, Refuse(Refusal.LABEL_SHOWS_PERSON, "remark"), says, "GB/T 1")])
    _, (row,) = read_again(out.getvalue())
    told = row[-len(HEADINGS) :]
    assert (told[1], told[5]) == ("备注", "GB/T 1")
    assert told[3].endswith("：露出六位")
    assert told[6].endswith(": six digits show")


def test_a_rules_own_remedy_stands_before_the_codes_and_what_stands_behind_it_beside_its_citation() -> None:
    out = io.StringIO()
    ((each,),) = [sorted_out(GENERAL, [Record(2, ["1", NAME, PHONE, ADDRESS, "茶", "", "", "", ""])])]
    remedy = Said("去掉房号", "take the room out")
    refused = RowRefused(
        2, Refuse(Refusal.LABEL_SHOWS_PERSON, "remark"), None, "GB/T 1", remedy, Weight.RECOMMENDED, Confidence.B
    )
    ErrorFile(out, GENERAL).write(each.kept, [refused])
    _, (row,) = read_again(out.getvalue())
    told = dict(zip(HEADINGS, row[-len(HEADINGS) :], strict=True))
    assert (told["隐寄·办法"], told["隐寄·remedy"]) == ("去掉房号", "take the room out")
    assert told["隐寄·依据"] == "GB/T 1（推荐性标准，可信度 B）"


@given(
    st.lists(
        st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=12), min_size=9, max_size=9
    )
)
def test_no_cell_of_an_error_file_is_executed(cells: list[str]) -> None:
    text = error_file(GENERAL, [Record(2, ["", *cells[1:]])])
    _, (row,) = read_again(text)
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("cells", [None, [], ["A-1"], ["x"] * 40])
def test_a_row_without_shape_keeps_the_shape_of_its_file(cells: list[str] | None) -> None:
    _, (row,) = read_again(error_file(GENERAL, [Record(3, cells)]))
    assert len(row) == 9 + len(HEADINGS)


def shipped(preset: str, sent: list[Sent]) -> list[list[str]]:
    out = io.StringIO()
    ShipBack(out, called(preset).shipped, carrier="青鸾快递").write(sent)
    assert out.getvalue().startswith("\ufeff")
    return list(csv.reader(io.StringIO(out.getvalue().removeprefix("\ufeff"), newline="")))


def test_a_shipping_form_has_a_row_an_order() -> None:
    told = shipped("taobao", [Sent("510000000000000101", (), ("QL1",)), Sent("A-2", ("x", "y"), ("QL2", "QL3"))])
    assert told == [
        ["订单编号", "物流公司", "物流单号"],
        ["510000000000000101\t", "青鸾快递", "QL1"],
        ["A-2", "青鸾快递", "QL2"],
        ["A-2", "青鸾快递", "QL3"],
    ]


def test_a_shipping_form_by_original_numbers_names_each_of_them() -> None:
    told = shipped("wangdiantong", [Sent("JY1", ("693", "694"), ("QL1",)), Sent("JY2", (), ("QL2",))])
    assert [row[:2] for row in told[1:]] == [["693", "JY1"], ["694", "JY1"], ["JY2", "JY2"]]


@pytest.mark.parametrize("preset", presets(), ids=lambda each: each.id)
def test_a_shipping_form_names_order_carrier_and_waybill(preset: object) -> None:
    form = next(each for each in presets() if each is preset).shipped
    told = {what.value for _, what in form.columns}
    assert {"carrier", "waybill", form.per.value} <= told
    assert form.per in Per


def test_a_carrier_is_called_as_the_platform_calls_it() -> None:
    form = called("taobao").shipped
    out = io.StringIO()
    named = type(form)(form.per, form.dress, form.columns, {"青鸾快递": "QINGLUAN"})
    ShipBack(out, named, carrier="青鸾快递").write([Sent("1", (), ("QL1",))])
    assert "QINGLUAN" in out.getvalue()
