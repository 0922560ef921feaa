"""A file from end to end on a real node: presets, verdict, error file mended and fed back, shipping form."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.simulators.node import LOOK, World, make_world
from yinji.doors.intake.file_report import FileReport
from yinji.doors.intake.file_run import Job, run_file
from yinji.doors.intake.presets.shelf import presets
from yinji.doors.intake.verdict import Level, Verdict
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = sorted(path.name for path in EXAMPLES.glob("orders-*") if path.name != "orders-own-form.csv")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_world(tmp_path_factory.mktemp("file") / "node")


def run(
    world: World, orders: Path, folder: Path, *, merchant: str, heard: list[Verdict] | None = None, **more: object
) -> FileReport:
    job = Job(
        orders,
        folder / "l.pdf",
        folder / "e.csv",
        folder / "r.json",
        merchant=merchant,
        shipped=folder / "s.csv",
        **more,  # type: ignore[arg-type] # a test names what it changes
    )
    found = run_file(world.house, job, look=LOOK, progress=lambda *_: None, hear=(heard if heard is not None else []).append)
    assert isinstance(found, FileReport), found
    return found


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_an_example_ends_in_exactly_one_place(world: World, tmp_path: Path, name: str) -> None:
    heard: list[Verdict] = []
    found = run(world, EXAMPLES / name, tmp_path, merchant=f"M{NAMES.index(name)}", heard=heard)
    ends = found.issued + found.known + found.repeated + found.joined + found.held + found.refused_rows
    assert (ends, found.rows) == (found.rows, found.rows)
    assert len(heard) == 1
    assert found.labels == found.issued
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["verdict"]["level"] == heard[0].level.value
    assert len(rows_of(tmp_path / "e.csv")) == 1 + found.refused_rows
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_every_preset_has_an_example() -> None:
    assert {preset.id for preset in presets()} <= {name.removeprefix("orders-").partition(".")[0] for name in NAMES}


def test_a_second_run_issues_nothing_and_tells_the_same_numbers(world: World, tmp_path: Path) -> None:
    first = run(world, EXAMPLES / "orders-wangdiantong.csv", tmp_path, merchant="AGAIN")
    told = rows_of(tmp_path / "s.csv")
    second = run(world, EXAMPLES / "orders-wangdiantong.csv", tmp_path, merchant="AGAIN")
    assert (second.issued, second.known) == (0, first.issued)
    assert rows_of(tmp_path / "s.csv") == told
    numbers = {row[0].strip(): row[3] for row in told[1:]}
    assert numbers["6930000000000000601"] == numbers["6930000000000000602"]


def test_a_mended_error_file_issues_only_the_mended_rows(world: World, tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    first = run(world, EXAMPLES / "orders-jd.csv", tmp_path / "1", merchant="MEND")
    header, *left = rows_of(tmp_path / "1" / "e.csv")
    phone, address = header.index("联系电话"), header.index("客户地址")
    left[0][phone] = "18600002911"
    with (tmp_path / "mended.csv").open("w", encoding="gb18030", newline="") as file:  # as a spreadsheet may save it
        csv.writer(file).writerows([header, *left])
    second = run(world, tmp_path / "mended.csv", tmp_path / "2", merchant="MEND")
    assert (first.issued, second.rows, second.issued, second.known, second.refused_rows) == (3, 2, 1, 0, 1)
    assert rows_of(tmp_path / "2" / "e.csv")[1][address] == "望云路8号"
    again = run(world, EXAMPLES / "orders-jd.csv", tmp_path / "1", merchant="MEND")
    assert (again.issued, again.known) == (0, 3)


def test_a_workbook_of_the_same_orders_gets_the_same_numbers(world: World, tmp_path: Path) -> None:
    run(world, EXAMPLES / "orders-jd.csv", tmp_path, merchant="BOOK")
    told = rows_of(tmp_path / "s.csv")
    assert run(world, EXAMPLES / "orders-jd.xlsx", tmp_path, merchant="BOOK").known == 3
    assert rows_of(tmp_path / "s.csv") == told


def test_a_file_in_ones_own_form_is_read_by_its_mapping(world: World, tmp_path: Path) -> None:
    found = run(world, EXAMPLES / "orders-own-form.csv", tmp_path, merchant="OWN", mapping=EXAMPLES / "mapping.toml")
    assert (found.preset, found.issued, found.held) == ("shop", 2, 1)
    assert rows_of(tmp_path / "s.csv")[0] == ["单据", "哪家快递", "快递单号"]


def test_a_check_issues_nothing_and_tells_every_refusal(world: World, tmp_path: Path) -> None:
    before = world.house.register.stock(world.house.node.org)
    found = run(world, EXAMPLES / "orders-taobao.csv", tmp_path, merchant="CHECK", check=True)
    assert world.house.register.stock(world.house.node.org) == before
    assert (found.issued, found.refused_rows, found.held) == (0, 3, 2)
    assert {path.name for path in tmp_path.iterdir()} == {"e.csv", "r.json"}
    assert len(rows_of(tmp_path / "e.csv")) == 4


def test_a_check_tells_what_the_labels_would_be_refused_for_and_writes_nothing(world: World, tmp_path: Path) -> None:
    head, body = (
        "订单号,收件人,收件人电话,收件地址,物品名称,约定验收,寄付运费\n",
        "{},沈听澜,13900001234,浙江省杭州市西湖区望云路8号,{},当面验收,12.5\n",
    )
    orders = tmp_path / "orders.csv"
    orders.write_text(head + body.format("C1", "茶" * 300) + body.format("C2", "茶"), encoding="utf-8")
    before = _kept(world)
    checked = run(world, orders, tmp_path, merchant="CHECK", check=True)
    assert _kept(world) == before
    assert checked.by_code == {"TEXT_DOES_NOT_FIT": 1}
    made = run(world, orders, tmp_path, merchant="CHECK")
    assert (made.by_code, made.issued) == (checked.by_code, 1)


def _kept(world: World) -> tuple[object, ...]:
    """Everything that a run could have added to."""
    house = world.house
    return (house.vault.totals(), house.register.stock(house.node.org), house.ledger.head(house.data).size)


def test_a_file_of_protected_rows_is_told_before_and_makes_no_label(world: World, tmp_path: Path) -> None:
    heard: list[Verdict] = []
    found = run(world, EXAMPLES / "orders-pinduoduo.csv", tmp_path, merchant="PDD", heard=heard)
    assert heard[0].level is Level.NOTHING
    assert (found.labels, found.by_code) == (0, {"HANDLE_WAITS": 3})
    assert not (tmp_path / "l.pdf").exists()
    assert not (tmp_path / "s.csv").exists()


def test_what_the_vault_refuses_takes_its_whole_order_into_the_error_file(world: World, tmp_path: Path) -> None:
    # A label that cannot be set is refused after the survey: the font has no such character.
    header = "订单号,收件人,收件人电话,收件地址,物品名称"
    person = "李思远,13800001234,浙江省杭州市西湖区望云路8号"
    (tmp_path / "o.csv").write_text(f"{header}\nV1,{person},茶\U000f0000\nV1,{person},茶壶\nV2,{person},茶\n", encoding="utf-8")
    found = run(world, tmp_path / "o.csv", tmp_path, merchant="VAULT")
    assert (found.issued, found.refused_rows, found.joined) == (1, 2, 0)
    assert found.by_code["ORDER_PART_REFUSED"] == 1
    assert [row[0] for row in rows_of(tmp_path / "e.csv")[1:]] == ["V1", "V1"]


def test_a_specimens_number_is_never_told_to_a_platform(tmp_path: Path) -> None:
    bare = make_world(tmp_path / "node", number_range="", with_sender=False)
    folder = tmp_path / "out"
    folder.mkdir()
    found = run(bare, EXAMPLES / "orders-jd.csv", folder, merchant="SPECIMEN")
    assert (found.specimen, found.issued, found.shipped) == (True, 3, 0)
    assert not (folder / "s.csv").exists()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"preset": "ebay"}, Refusal.PRESET_UNKNOWN),
        ({"preset": "jd"}, Refusal.COLUMN_MISSING),
        ({"mapping": EXAMPLES / "sender.toml"}, Refusal.MAPPING_MALFORMED),
    ],
)
def test_a_form_that_is_not_the_files_is_refused_whole(
    world: World, tmp_path: Path, more: dict[str, object], code: Refusal
) -> None:
    job = Job(EXAMPLES / "orders-taobao.csv", tmp_path / "l.pdf", **more)  # type: ignore[arg-type] # a test names what it changes
    found = run_file(world.house, job, look=LOOK, progress=lambda *_: None, hear=lambda _: None)
    assert isinstance(found, list)
    assert code in {each.code for each in found}
    assert all(isinstance(each, Refuse) for each in found)
    assert list(tmp_path.iterdir()) == []


def test_a_shipping_form_does_not_replace_the_orders(world: World) -> None:
    orders = EXAMPLES / "orders-jd.csv"
    with pytest.raises(Fault, match="OUTPUT_IS_INPUT"):
        run_file(
            world.house, Job(orders, Path("l.pdf"), shipped=orders), look=LOOK, progress=lambda *_: None, hear=lambda _: None
        )
