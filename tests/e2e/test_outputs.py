"""Where outputs go, and what happens to what was there."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.simulators.command import Ended, invented, order_file, yinji


@pytest.fixture
def home(founded_once: Path, tmp_path: Path) -> Path:
    order_file(tmp_path / "orders.csv", invented(5))
    return Path(shutil.copytree(founded_once, tmp_path / "node"))


def issue(home: Path, labels: Path, *more: str) -> Ended:
    return yinji(home, "issue", str(home.parent / "orders.csv"), "--labels", str(labels), *more)


def waybills(home: Path) -> int:
    with sqlite3.connect(home / "data.db") as rows:
        return int(rows.execute("SELECT count(*) FROM waybill_waybills").fetchone()[0])


def test_an_output_that_is_the_orders_file_is_refused(home: Path, tmp_path: Path) -> None:
    before = (tmp_path / "orders.csv").read_bytes()
    assert issue(home, tmp_path / "orders.csv").code == 5
    assert issue(home, tmp_path / "l.pdf", "--errors", str(tmp_path / "l.pdf")).code == 5
    assert (tmp_path / "orders.csv").read_bytes() == before
    assert waybills(home) == 0


def test_a_folder_is_no_output(home: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for labels in (tmp_path / "folder", Path(), Path("/")):
        ended = issue(home, labels)
        assert ended.code == 5, ended.said
        assert "没有写入权限" in ended.err
    assert waybills(home) == 0


def test_a_link_laid_where_the_part_goes_is_not_followed(home: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    (tmp_path / ".l.pdf.part").symlink_to(victim)
    assert issue(home, tmp_path / "l.pdf").code == 5
    assert victim.read_text(encoding="utf-8") == "mine"


def test_outputs_are_readable_by_their_owner_only(home: Path, tmp_path: Path) -> None:
    (tmp_path / ".l.pdf.part").touch(mode=0o666)
    report, errors = tmp_path / "r.json", tmp_path / "e.csv"
    assert issue(home, tmp_path / "l.pdf", "--report", str(report), "--errors", str(errors)).code == 0
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "l.pdf", report, errors)} == {0o600}


def test_errors_of_yesterday_do_not_stay(home: Path, tmp_path: Path) -> None:
    errors = tmp_path / "e.csv"
    errors.write_text("old", encoding="utf-8")
    assert issue(home, tmp_path / "l.pdf", "--errors", str(errors)).code == 0
    (headings,) = errors.read_text(encoding="utf-8-sig").splitlines()
    assert headings.endswith("备注,隐寄·行,隐寄·列,隐寄·代码,隐寄·原因,隐寄·办法,隐寄·依据,隐寄·reason,隐寄·remedy")


def test_where_no_label_was_made_it_says_what_became_of_the_old_file(home: Path, tmp_path: Path) -> None:
    (tmp_path / "l.pdf").write_bytes(b"old")
    order_file(tmp_path / "orders.csv", [("1", "", "李思远", "12", "杭州", "茶", "1", "")])
    ended = issue(home, tmp_path / "l.pdf")
    assert ended.code == 3
    assert "未改动" in ended.err
    assert (tmp_path / "l.pdf").read_bytes() == b"old"


@pytest.mark.parametrize("spoil", [b"\xff\xfe", b"a\0b", b"x" * 1_000_001])
def test_a_file_that_spoils_in_its_middle_is_refused_whole(home: Path, tmp_path: Path, spoil: bytes) -> None:
    good = order_file(tmp_path / "orders.csv", invented(1_200)).read_bytes().splitlines(keepends=True)
    (tmp_path / "orders.csv").write_bytes(b"".join([*good[:1_100], spoil + b"\r\n", *good[1_100:]]))
    ended = issue(home, tmp_path / "l.pdf")
    assert ended.code == 5
    assert "orders.csv:1101" in ended.err
    assert waybills(home) == 0


def test_more_rows_than_allowed_are_refused_before_any_is_issued(home: Path, tmp_path: Path) -> None:
    (home / "yinji.toml").write_text("file_rows_max = 4\n", encoding="utf-8")
    assert issue(home, tmp_path / "l.pdf").code == 5
    assert waybills(home) == 0


def test_brackets_in_an_address_are_no_markup(home: Path, tmp_path: Path) -> None:
    row = ("1", "", "李思远", "13800001234", "浙江省杭州市西湖区文一西路[/b]969号[red]", "茶", "1", "")
    order_file(tmp_path / "orders.csv", [row])
    assert issue(home, tmp_path / "l.pdf").code == 0
    found = yinji(home, "find", "--phone", "13800001234")
    assert found.code == 0, found.said
    assert "找到 1 件" in found.err


def test_init_beside_a_node_whose_keys_are_away_makes_no_new_ones(home: Path, tmp_path: Path) -> None:
    (home / "keys").rename(tmp_path / "away")
    assert yinji(home, "init").code == 5
    assert not (home / "keys").exists()
    (tmp_path / "away").rename(home / "keys")
    assert issue(home, tmp_path / "l.pdf").code == 0


@pytest.mark.parametrize("words", [("--range", "BAD"), ("--range", "QL:1-2"), ("--sender", "none.toml")])
def test_init_with_a_wrong_word_founds_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    ended = yinji(tmp_path / "node", "init", *words)
    assert ended.code == 4, ended.said
    assert not (tmp_path / "node").exists()
