"""When things go wrong: a clear message, a non-zero exit, nothing changed, no traceback."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from tests.simulators.command import ENTRY, Ended, cold, founded, invented, order_file, yinji

LIMIT = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes}, {bytes}))
"""
# Root writes wherever it likes: the command gives that one capability up (capabilities(7), CAP_DAC_OVERRIDE = 1) and
# stays who it is, so an interpreter in a home of root's own is still found.
BOUND_BY_MODES = """
import ctypes, os
if os.getuid() == 0:
    libc = ctypes.CDLL(None, use_errno=True)
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)
    held = (ctypes.c_uint32 * 6)()
    assert libc.capget(head, held) == 0, os.strerror(ctypes.get_errno())
    held[0] &= ~(1 << 1)
    assert libc.capset(head, held) == 0, os.strerror(ctypes.get_errno())
"""


@pytest.fixture
def home(founded_once: Path, tmp_path: Path) -> Path:
    order_file(tmp_path / "orders.csv", invented(40))
    return Path(shutil.copytree(founded_once, tmp_path / "node"))


def issue(home: Path, *, entry: str = ENTRY, labels: Path | None = None, env: dict[str, str] | None = None) -> Ended:
    folder = home.parent
    return yinji(home, "issue", str(folder / "orders.csv"), "--labels", str(labels or folder / "l.pdf"), entry=entry, env=env)


def check_refused(ended: Ended, code: int, says: str) -> None:
    assert ended.code == code, ended.said
    assert says in ended.err
    assert "→" in ended.err
    assert "Traceback" not in ended.said


def check_nothing_issued(home: Path) -> None:
    with sqlite3.connect(home / "data.db") as rows:
        assert rows.execute("SELECT count(*) FROM waybill_waybills").fetchone() == (0,)
        assert rows.execute("SELECT coalesce(sum(next - first), 0) FROM waybill_blocks").fetchone() == (0,)
    assert not (home.parent / "l.pdf").exists()
    assert not list(home.parent.glob(".*.part"))


def test_without_a_node_it_says_init_first(tmp_path: Path) -> None:
    order_file(tmp_path / "orders.csv", invented(1))
    check_refused(issue(tmp_path / "node"), 5, "这里还没有节点")
    assert not (tmp_path / "node").exists()


def test_a_second_init_is_refused(home: Path) -> None:
    check_refused(yinji(home, "init"), 5, "这里已经有节点")


def test_a_key_file_that_others_can_read_is_refused(home: Path) -> None:
    (home / "keys" / "root-1.key").chmod(0o644)
    check_refused(issue(home), 5, "可被其他用户读取")
    check_nothing_issued(home)


def test_a_key_folder_that_others_can_enter_is_refused(home: Path) -> None:
    (home / "keys").chmod(0o755)
    check_refused(issue(home), 5, "可被其他用户读取")
    check_nothing_issued(home)


def test_the_keys_of_another_node_are_refused(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    founded(other)
    shutil.rmtree(home / "keys")
    shutil.copytree(other / "node" / "keys", home / "keys")
    check_refused(issue(home), 5, "属于另一个节点")
    check_nothing_issued(home)


def test_missing_keys_are_refused(home: Path) -> None:
    shutil.rmtree(home / "keys")
    check_refused(issue(home), 5, "找不到密钥库")
    check_nothing_issued(home)


def test_damaged_keys_are_refused(home: Path) -> None:
    (home / "keys" / "root-1.key").write_text("yinji-root-1 zz\n", encoding="ascii")
    check_refused(issue(home), 5, "密钥库损坏")
    check_nothing_issued(home)


def test_a_node_of_a_pre_release_is_refused(home: Path) -> None:
    (home / "keys" / "root-1.key").rename(home / "keys" / "root.key")
    check_refused(issue(home), 5, "516")
    check_nothing_issued(home)


def test_a_database_from_the_future_is_refused(home: Path) -> None:
    with sqlite3.connect(home / "data.db") as rows:
        rows.execute("UPDATE alembic_version SET version_num = '9999'")
    check_refused(issue(home), 5, "更新的版本")
    check_nothing_issued(home)


def test_a_damaged_database_is_refused(home: Path) -> None:
    (home / "data.db").write_bytes(b"this is no database" * 400)
    check_refused(issue(home), 5, "数据库")


@pytest.mark.parametrize("limit", [400_000, 470_000, 560_000])
def test_when_the_disk_is_full_nothing_half_done_stays_and_the_next_run_finishes(home: Path, limit: int) -> None:
    order_file(home.parent / "orders.csv", invented(900))
    full = issue(home, entry=LIMIT.format(bytes=limit) + ENTRY)
    check_refused(full, 5, "磁盘已满")
    assert yinji(home, "ledger", "verify").code == 0
    assert yinji(home, "numbers", "audit").code == 0
    assert not (home.parent / "l.pdf").exists()
    again = issue(home)
    assert again.code == 0, again.said
    assert yinji(home, "numbers", "audit").code == 0
    assert "900 张面单" in again.out


def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_issued(home: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(stat.S_IRUSR | stat.S_IXUSR)
    check_refused(issue(home, entry=BOUND_BY_MODES + ENTRY, labels=closed / "l.pdf"), 5, "没有写入权限")
    check_nothing_issued(home)


def test_a_node_that_cannot_be_written_is_refused(home: Path) -> None:
    (home / "data.db").chmod(0o400)
    home.chmod(0o500)
    check_refused(issue(home, entry=BOUND_BY_MODES + ENTRY), 5, "")
    home.chmod(0o700)
    check_nothing_issued(home)


def test_a_missing_font_is_refused_with_the_package_to_install(home: Path, tmp_path: Path) -> None:
    check_refused(issue(home, env={"YINJI_FONT": str(tmp_path / "nothing.otf")}), 5, "fonts-noto-cjk")
    check_nothing_issued(home)


def test_a_character_without_a_glyph_refuses_its_row_and_names_it(home: Path) -> None:
    rows = invented(2)
    order_file(home.parent / "orders.csv", [rows[0], (*rows[1][:5], "\U0001f9ff护身符", "1", "")])
    ended = issue(home)
    assert ended.code == 3
    assert "\U0001f9ff" in ended.err
    assert "1 张面单" in ended.out


def test_a_missing_file_is_named(home: Path) -> None:
    ended = yinji(home, "issue", str(home / "none.csv"), "--labels", str(home / "l.pdf"))
    check_refused(ended, 5, "none.csv")


def test_a_file_that_is_no_text_is_named_with_its_line(home: Path) -> None:
    (home.parent / "orders.csv").write_bytes("订单号,收件人,收件人电话,收件地址,物品名称\n".encode() + b"1,\xff\xff\n")
    check_refused(issue(home), 5, "orders.csv:2")
    check_nothing_issued(home)


def test_labels_without_a_place_are_a_usage_error(home: Path) -> None:
    ended = yinji(home, "issue", str(home.parent / "orders.csv"))
    assert ended.code == 2
    assert "--check" in ended.err
    check_nothing_issued(home)


def test_a_check_says_what_a_file_is_worth_and_issues_nothing(home: Path) -> None:
    ended = yinji(home, "issue", str(home.parent / "orders.csv"), "--check")
    assert ended.code == 0, ended.said
    assert "只检查，未制作" in ended.out
    assert "通用表格" in ended.err
    check_nothing_issued(home)


def test_a_missing_column_refuses_the_file(home: Path) -> None:
    (home.parent / "orders.csv").write_text("订单号,收件人\n1,李思远\n", encoding="utf-8")
    check_refused(issue(home), 4, "收件地址")
    check_nothing_issued(home)


def test_a_setting_outside_its_bounds_is_named(home: Path) -> None:
    check_refused(issue(home, env={"YINJI_BATCH_ORDERS": "0"}), 5, "batch_orders")


def test_a_wrong_option_is_a_usage_error_in_one_line(home: Path) -> None:
    ended = yinji(home, "issue", "--wrong")
    assert ended.code == 2
    assert "Traceback" not in ended.said


def test_an_error_of_ours_shows_its_place_and_no_value(home: Path) -> None:
    broken = (
        "import yinji.doors.cli.issue as i\ndef fail(*a, **k): raise ValueError('李思远 13800001234')\ni.issue_file = fail\n"
    )
    ended = issue(home, entry=broken + ENTRY)
    check_refused(ended, 70, "ValueError")
    assert "李思远" not in ended.said


def test_refusals_are_spoken_in_the_users_language(home: Path) -> None:
    ended = yinji(home, "--lang", "en", "reveal", "QL1", "--purpose", "solve")
    assert ended.code == 4
    assert "check the number" in ended.err


def test_neither_terminal_nor_locale_nor_home_is_needed(home: Path) -> None:
    bare = dict.fromkeys(("LANG", "LC_ALL", "HOME", "TERM", "COLUMNS"), "")
    poor = {**bare, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ended = cold(home, "issue", str(home.parent / "orders.csv"), "--labels", str(home.parent / "l.pdf"), env=poor)
    assert ended.code == 0, ended.said
    assert "40 张面单" in ended.out


assert sys.platform == "linux", "real limits and capabilities are Linux's"
