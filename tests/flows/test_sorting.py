"""Sorting codes on labels: the order's own, else the table's, else by hand; what a node says is on every label."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.simulators.node import LOOK, World, make_world, press
from yinji.doors.cli.issue import look_of
from yinji.flows.issue_model import Outcome
from yinji.flows.issue_waybills import IssueRun
from yinji.flows.sorting_sources import sorting_of
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Order, Sorting

TABLE = "省,市,区县,三段码,大头笔,集包地\n浙江省,杭州市,西湖区,{code},杭州西湖区,杭州分拨中心\n"


def issue(world: World, order: Order, file: Path | None) -> Outcome:
    look = replace(LOOK, sorting=sorting_of(str(file) if file else ""))
    return IssueRun(world.house, press(), merchant="M", look=look).issue([order])


def table(folder: Path, code: str = "571-W07-012") -> Path:
    file = folder / "sorting.csv"
    file.write_text(TABLE.format(code=code), encoding="utf-8-sig")
    return file


def test_an_order_without_a_code_gets_the_tables(world: World, tmp_path: Path) -> None:
    (label,) = issue(world, world.order("A1"), table(tmp_path)).labels
    assert (label.draft.sorting_code, label.draft.destination, label.draft.centre) == (
        "571-W07-012",
        "杭州西湖区",
        "杭州分拨中心",
    )
    (other,) = issue(world, world.order("A2"), None).labels
    assert other.draft.sorting_code == ""
    assert "人工分拣" in other.texts


def test_what_the_order_says_goes_before_the_table(world: World, tmp_path: Path) -> None:
    told = replace(world.order("A1"), sorting=Sorting("021-05"))
    (label,) = issue(world, told, table(tmp_path)).labels
    assert label.draft.sorting_code == "021-05"


def test_a_table_that_changed_makes_no_other_order_of_it(world: World, tmp_path: Path) -> None:
    (first,) = issue(world, world.order("A1"), table(tmp_path)).labels
    again = issue(world, world.order("A1"), table(tmp_path, "571-W08-001"))
    assert (again.known, again.refused) == (1, [])
    assert (again.labels[0].number, again.labels[0].draft.sorting_code) == (first.number, "571-W08-001")


def test_a_column_that_is_finer_than_a_town_does_not_reach_a_label(world: World) -> None:
    told = replace(world.order("A1"), sorting=Sorting("571-W07", mark="西湖区望云路8号"))
    assert {row.refusal.code for row in issue(world, told, None).refused} == {Refusal.LABEL_SHOWS_PERSON}


def test_what_the_node_says_stands_on_its_labels(tmp_path: Path) -> None:
    said = 'courier = "S-16"\nreturn_outlet = "浦东退件处"\nclause = "请当面查验"\n'
    world = make_world(tmp_path / "node", settings=said)
    (label,) = IssueRun(world.house, press(), merchant="M", look=look_of(world.house)).issue([world.order("A1")]).labels
    assert (label.draft.courier, label.draft.return_outlet, label.draft.clause) == ("S-16", "浦东退件处", "请当面查验")
    world.house.close()


def test_the_clause_that_a_node_has_by_itself_fits(world: World) -> None:
    (label,) = IssueRun(world.house, press(), merchant="M", look=look_of(world.house)).issue([world.order("A1")]).labels
    assert label.draft.clause
    assert label.draft.clause in label.texts
