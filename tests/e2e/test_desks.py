"""Two desks at one node: the same file at once, files that overlap, the same orders in another form or under another name."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.simulators.command import ENTRY, founded, yinji
from tests.simulators.issued import (
    MORE_HEADINGS,
    check_kept,
    in_packages,
    numbers_of,
    pages,
    read_labels,
    shipped,
    write_orders,
)
from tests.simulators.processes import Ended, begin
from tests.unit.intake.reading.workbooks import parts, sheet, write

ENTERED = 4_000
LATER = (
    "import yinji.kernel.clock as c; now = c.SystemClock.now_ms\n"
    "c.SystemClock.now_ms = lambda clock: now(clock) + 40 * 86_400_000\n"
)
"""Forty days on: in a month that the node has no keys of yet."""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node with small batches, to be copied."""
    home = founded(tmp_path_factory.mktemp("desks"), numbers=f"QL:10000000-{10_000_000 + ENTERED - 1}")
    (home / "yinji.toml").write_text("batch_orders = 50\n", encoding="utf-8")
    return home


@pytest.fixture
def home(node: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(node, tmp_path / "node"))


def words(home: Path, orders: Path, desk: str) -> Sequence[str]:
    folder = home.parent
    told = ("--labels", str(folder / f"{desk}.pdf"), "--shipped", str(folder / f"{desk}.csv"))
    return ("issue", str(orders), *told)


def at_once(home: Path, orders: Sequence[Path]) -> list[Ended]:
    """Issue files at the same time, each at a desk of its own: ``0``, ``1`` …"""
    running = [begin(ENTRY, "--home", str(home), *words(home, path, str(at))) for at, path in enumerate(orders)]
    return [run.end() for run in running]


def test_the_same_file_at_two_desks_at_once_gives_each_order_one_number_and_both_all_labels(home: Path, tmp_path: Path) -> None:
    orders = write_orders(tmp_path / "orders.csv", in_packages(600))
    ended = at_once(home, (orders, orders))
    assert [each.code for each in ended] == [0, 0], ended
    one, other = (shipped(tmp_path / f"{desk}.csv") for desk in (0, 1))
    assert one == other
    assert [pages(tmp_path / f"{desk}.pdf") for desk in (0, 1)] == [720, 720]
    sampled = range(0, 720, 97)
    assert read_labels(tmp_path / "0.pdf", sampled) == read_labels(tmp_path / "1.pdf", sampled)
    check_kept(home, used=720, left=ENTERED - 720, printed=600)


def test_files_that_overlap_give_an_order_of_both_one_number(home: Path, tmp_path: Path) -> None:
    rows = in_packages(400)
    first, second = write_orders(tmp_path / "a.csv", rows[:300]), write_orders(tmp_path / "b.csv", rows[100:])
    ended = at_once(home, (first, second))
    assert [each.code for each in ended] == [0, 0], ended
    one, other = (shipped(tmp_path / f"{desk}.csv") for desk in (0, 1))
    assert (len(one), len(other), len(one | other)) == (300, 300, 400)
    assert all(one[order] == other[order] for order in one.keys() & other.keys())
    check_kept(home, used=480, left=ENTERED - 480, printed=400)


def test_the_same_orders_in_another_form_or_under_another_name_get_no_new_number(home: Path, tmp_path: Path) -> None:
    rows = [(*row[:1], "2026-11-21 23:59:59", *row[2:]) for row in in_packages(40)]
    given = write_orders(tmp_path / "orders.csv", rows)
    book = write(tmp_path / "orders.xlsx", parts({"订单": sheet([MORE_HEADINGS, *rows])}))
    (tmp_path / "copy").write_bytes(given.read_bytes())
    (tmp_path / "gb.csv").write_bytes(given.read_text(encoding="utf-8").encode("gb18030"))
    told = []
    for desk, path in enumerate((given, book, tmp_path / "copy", tmp_path / "gb.csv")):
        ended = yinji(home, *words(home, path, str(desk)))
        assert ended.code == 0, ended.said
        told.append(shipped(tmp_path / f"{desk}.csv"))
    assert told[0] == told[1] == told[2] == told[3]
    assert len(numbers_of(home)) == 48


def test_two_desks_that_write_to_one_place_do_not_mix_their_labels(home: Path, tmp_path: Path) -> None:
    orders = write_orders(tmp_path / "orders.csv", in_packages(300))
    running = [begin(ENTRY, "--home", str(home), *words(home, orders, "same")) for _ in range(2)]
    codes = sorted(each.end().code for each in running)
    assert codes in ([0, 0], [0, 5])  # one after the other, or the second refused
    assert pages(tmp_path / "same.pdf") == 360
    check_kept(home, used=360, left=ENTERED - 360, printed=300)


def test_two_desks_share_the_last_numbers_to_the_last_one(tmp_path: Path) -> None:
    home = founded(tmp_path, numbers="QL:10000000-10000099")
    (home / "yinji.toml").write_text("batch_orders = 20\n", encoding="utf-8")
    rows = in_packages(160, packages=1)
    ended = at_once(home, [write_orders(tmp_path / f"o{at}.csv", rows[at::2]) for at in range(2)])
    assert max(each.code for each in ended) == 3, ended
    assert "号段已用完" in "".join(each.err for each in ended)
    told = [shipped(tmp_path / f"{desk}.csv") for desk in range(2)]
    assert sorted(number for each in told for (number,) in each.values()) == sorted(numbers_of(home))
    check_kept(home, used=100, left=0, printed=100)


def test_two_desks_that_begin_a_month_together_use_the_same_keys(home: Path, tmp_path: Path) -> None:
    orders = write_orders(tmp_path / "orders.csv", in_packages(20))
    running = [begin(LATER + ENTRY, "--home", str(home), *words(home, orders, str(desk))) for desk in range(2)]
    ended = [run.end() for run in running]
    assert [each.code for each in ended] == [0, 0], ended
    assert shipped(tmp_path / "0.csv") == shipped(tmp_path / "1.csv")
    for told in (("numbers", "audit"), ("doctor",)):  # the second opens every value again
        after = yinji(home, *told, entry=LATER + ENTRY)
        assert after.code == 0, after.said
