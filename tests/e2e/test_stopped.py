"""Stopped from outside, and outputs that no file can be put in the place of: a sentence, an exit code, nothing half written."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.simulators.command import ENTRY, founded, yinji
from tests.simulators.issued import check_kept, in_packages, numbers_of, pages, write_orders
from tests.simulators.processes import begin

ORDERS = 600
LABELS = ORDERS + 2 * (ORDERS // 10)
ENTERED = 2_000


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node with small batches, to be copied."""
    home = founded(tmp_path_factory.mktemp("stopped"), numbers=f"QL:10000000-{10_000_000 + ENTERED - 1}")
    (home / "yinji.toml").write_text("batch_orders = 50\n", encoding="utf-8")
    return home


@pytest.fixture
def home(node: Path, tmp_path: Path) -> Path:
    write_orders(tmp_path / "orders.csv", in_packages(ORDERS))
    return Path(shutil.copytree(node, tmp_path / "node"))


def words(home: Path, labels: str = "l.pdf") -> tuple[str, ...]:
    folder = home.parent
    return ("issue", str(folder / "orders.csv"), "--labels", str(folder / labels), "--errors", str(folder / "e.csv"))


def signalled(home: Path, sent: signal.Signals, *, entry: str = ENTRY) -> tuple[int, str]:
    """Send a signal to a run as soon as it has written something; return how it ended and what it said."""
    run = begin(entry, "--home", str(home), *words(home), env={"YINJI_LANGUAGE": "zh"})
    until = time.monotonic() + 60
    with closing(sqlite3.connect(home / "data.db")) as rows:
        while not rows.execute("SELECT count(*) FROM waybill_waybills").fetchone()[0] and time.monotonic() < until:
            time.sleep(0.002)
    os.kill(run.pid, sent)
    ended = run.end()
    assert "Traceback" not in ended.said
    return ended.code, ended.err


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)])
def test_a_run_that_is_stopped_says_so_leaves_no_part_and_can_be_finished(
    home: Path, tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    ended, said = signalled(home, sent)
    assert ended == code
    assert "已停止：没有写到一半的文件" in said
    assert 0 < len(numbers_of(home)) < LABELS
    assert sorted(each.name for each in tmp_path.iterdir()) == ["node", "orders.csv"]
    again = yinji(home, *words(home))
    assert again.code == 0, again.said
    assert pages(tmp_path / "l.pdf") == LABELS
    check_kept(home, used=LABELS, left=ENTERED - LABELS, printed=ORDERS)


def test_a_run_that_does_not_end_with_its_terminal_goes_on(home: Path, tmp_path: Path) -> None:
    left_alone = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"  # as nohup(1) does
    assert signalled(home, signal.SIGHUP, entry=left_alone + ENTRY)[0] == 0
    assert pages(tmp_path / "l.pdf") == LABELS


@pytest.mark.parametrize("place", ["pipe", "/dev/full"])
def test_a_pipe_and_a_device_stay_where_they_are(home: Path, tmp_path: Path, place: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    before = (tmp_path / place).stat()
    ended = yinji(home, *words(home, place))
    assert ended.code == 5, ended.said
    assert "没有写入权限" in ended.err
    assert os.path.samestat((tmp_path / place).stat(), before)
    assert numbers_of(home) == []


FULL = "os.open('/dev/full', os.O_WRONLY)"
GONE = "(ends := os.pipe(), os.close(ends[0]))[0][1]"
"""A pipe that nobody reads any more."""


@pytest.mark.parametrize(
    ("place", "stream", "code", "issued"), [(FULL, 1, 5, LABELS), (FULL, 2, 5, 0), (GONE, 1, 0, LABELS), (GONE, 2, 5, 0)]
)
def test_where_nothing_more_can_be_said_the_exit_code_says_it(
    home: Path, place: str, stream: int, code: int, issued: int
) -> None:
    ended = yinji(home, *words(home), entry=f"import os; os.dup2({place}, {stream})\n{ENTRY}")
    assert ended.code == code, ended.said
    assert "Traceback" not in ended.said
    numbers = numbers_of(home)
    assert len(numbers) == len(set(numbers)) == issued
