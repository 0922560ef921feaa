"""Sorting codes: the order's own first, then a source's; nothing finer than a town, and no guess."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from yinji.flows.sorting_sources import sorting_of
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Sorting
from yinji.waybill.ports import SortingSource
from yinji.waybill.sorting import rules
from yinji.waybill.sorting.sources import OWN_COLUMNS, InTurn
from yinji.waybill.sorting.table import read_table

WESTLAKE = "浙江 杭州 西湖区"
TABLE = (
    "省,市,区县,三段码,大头笔,集包地\n",
    "浙江省,杭州市,西湖区,571-W07-012,杭州西湖区,杭州分拨中心\n",
    "浙江省,杭州市,,571-000,杭州,杭州分拨中心\n",
)


@dataclass(frozen=True)
class Reply:
    """What a carrier's system replied to orders when it was handed them."""

    replies: dict[str, Sorting]

    def sorting(
        self,
        destination: str,  # noqa: ARG002 - every source is asked with all of it
        told: Sorting,  # noqa: ARG002 - as above
        *,
        order: str = "",
    ) -> Sorting | None:
        return self.replies.get(order)


REPLY = Reply({"A1": Sorting("571-W07-012", "杭州西湖区", "杭州分拨中心")})


@pytest.fixture(params=["own columns", "table", "reply", "in turn"])
def source(request: pytest.FixtureRequest) -> SortingSource:
    made: dict[str, SortingSource] = {"own columns": OWN_COLUMNS, "table": read_table(TABLE), "reply": REPLY}
    return made.get(request.param) or InTurn((OWN_COLUMNS, REPLY, read_table(TABLE)))


def test_a_source_answers_with_a_code_that_may_be_printed_or_not_at_all(source: SortingSource) -> None:
    told = Sorting("571-W07-012") if source is OWN_COLUMNS else Sorting()
    found = source.sorting(WESTLAKE, told, order="A1")
    assert found is not None
    assert found.code == "571-W07-012"
    assert rules.fit(found)
    assert source.sorting("西藏 拉萨 城关区", Sorting(), order="B9") is None


def test_what_the_order_says_stands() -> None:
    told = Sorting("021-05", mark="上海", centre="")
    assert InTurn((OWN_COLUMNS, read_table(TABLE))).sorting(WESTLAKE, told) == told


def test_an_order_without_a_code_keeps_its_other_columns() -> None:
    found = InTurn((OWN_COLUMNS, read_table(TABLE))).sorting(WESTLAKE, Sorting(mark="杭州", door="驿站"))
    assert found == Sorting("571-W07-012", "杭州", "杭州分拨中心", "驿站")


def test_the_finest_division_that_the_table_knows_answers() -> None:
    table = read_table(TABLE)
    assert table.sorting("浙江 杭州 上城区", Sorting()) == Sorting("571-000", "杭州", "杭州分拨中心")
    by_code = read_table(["区划代码,三段码,大头笔\n", "440000,755-000,广东\n"])
    assert by_code.sorting("广东 深圳 南山区", Sorting()) == Sorting("755-000", "广东")
    assert table.sorting("四川 成都 武侯区", Sorting()) is None


def test_a_table_may_name_divisions_by_their_codes() -> None:
    table = read_table(["division,code\n", "330106,571-W07\n"])
    assert table.sorting(WESTLAKE, Sorting()) == Sorting("571-W07")


@pytest.mark.parametrize(
    "answer",
    [Sorting("571-W07-012-501"), Sorting("571", "西湖区望云路8号"), Sorting("571", "", "听雨轩3幢"), Sorting("13800001234")],
)
def test_an_answer_finer_than_a_town_counts_as_none(answer: Sorting) -> None:
    assert InTurn((OWN_COLUMNS, Reply({"A1": answer}))).sorting(WESTLAKE, Sorting(), order="A1") is None


@pytest.mark.parametrize("text", ["浙江 台州 路桥区", "杭州西湖区", "三墩镇", "杭州分拨中心", "华东转运中心", ""])
def test_divisions_towns_and_hubs_are_coarse_enough(text: str) -> None:
    assert rules.coarse_enough(text)


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        (["省,市,三段码,姓名\n"], "1: 姓名"),
        (["省,市,大头笔\n"], "1: "),
        ([TABLE[0], "浙江省,杭州市,西湖区望云路,571,,\n"], "2: province"),
        ([TABLE[0], "浙江省,杭州市,西湖区,571-1234567,,\n"], "2: code"),
        ([TABLE[0], "浙江省,杭州市,西湖区,,,\n"], "2: code"),
        ([TABLE[0], "浙江省,杭州市,西湖区,571,望云路,\n"], "2: mark"),
        ([TABLE[0], TABLE[1], TABLE[1]], "3: 330106"),
        ([TABLE[0], "浙江省,杭州市\n"], "2"),
        (["division,code\n", "33010,571\n"], "2: division"),
        ([TABLE[0], '"浙江省\n'], "2"),
        ([], "1: "),
    ],
)
def test_a_table_that_will_not_do_is_refused_by_line_and_column(lines: list[str], at: str) -> None:
    with pytest.raises(Fault) as raised:
        read_table(lines)
    assert raised.value.code is Refusal.SORTING_TABLE_MALFORMED
    assert raised.value.at.startswith(at)


def test_a_table_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sorting.csv"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Fault) as raised:
        sorting_of(str(file))
    assert raised.value.code is Refusal.SORTING_TABLE_MALFORMED
    with pytest.raises(Fault) as raised:
        sorting_of(str(file.with_name("none.csv")))
    assert raised.value.code is Refusal.FILE_MISSING
    assert sorting_of("") is OWN_COLUMNS
