"""What is forked is a process of its own; and what is not forked, a cold interpreter, does the same."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.test_kill import KILLER
from tests.simulators.command import ENTRY, SENDER, cold, invented, order_file, yinji
from tests.simulators.processes import Ended, begin

INSTALLED = Path(sys.executable).with_name("yinji")
TELL = "import os, sys; print(os.getpid(), os.getppid(), os.getcwd(), os.environ['TOLD'], sys.argv[1:], sys.stdin.read())"


def test_a_forked_program_has_a_number_words_place_environment_and_keyboard_of_its_own(tmp_path: Path) -> None:
    one, other = (begin(TELL, word, env={"TOLD": word}, cwd=tmp_path, typed=f"{word}!") for word in ("a", "b"))
    told = [one.end().out.split(), other.end().out.split()]
    assert [int(each[0]) for each in told] == [one.pid, other.pid]
    assert len({os.getpid(), one.pid, other.pid}) == 3
    assert [each[2:] for each in told] == [[str(tmp_path), word, f"['{word}']", f"{word}!"] for word in ("a", "b")]
    assert "TOLD" not in os.environ


def test_a_forked_program_changes_nothing_for_the_next() -> None:
    changed = "import yinji.main, os, sys; yinji.main.run = None; os.chdir('/'); os.environ.clear(); sys.setprofile(print)"
    assert begin(changed).end().code == 0
    unchanged = "import yinji.main, os, sys; assert yinji.main.run and os.environ['PATH'] and not sys.getprofile()"
    assert begin(unchanged).end() == Ended(0, "", "")


@pytest.mark.parametrize(
    ("program", "code", "out", "err"),
    [
        ("print('said')", 0, "said\n", ""),
        ("import sys; sys.exit(7)", 7, "", ""),
        ("import sys; sys.exit('why')", 1, "", "why\n"),
        ("import atexit; atexit.register(print, 'late')", 0, "late\n", ""),
        ("import threading; threading.Timer(0.2, print, ('beside',)).start()", 0, "beside\n", ""),
        ("import os; print('lost'); os.kill(os.getpid(), 9)", -signal.SIGKILL, "", ""),
        ("import sys; sys.stderr.write('x' * 300_000); print('y' * 300_000)", 0, "y" * 300_000 + "\n", "x" * 300_000),
    ],
)
def test_a_forked_program_ends_as_any_other(program: str, code: int, out: str, err: str) -> None:
    assert begin(program).end() == Ended(code, out, err)


def test_an_error_of_a_forked_program_is_shown_where_it_was_made() -> None:
    ended = begin("def fail(): raise ValueError(3)\nfail()").end()
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.endswith("in fail\nValueError: 3\n")


def test_a_forked_program_that_does_not_end_is_killed() -> None:
    process, until = begin("import time; time.sleep(60)"), time.monotonic() + 30
    with pytest.raises(TimeoutError):
        process.end(patience_seconds=0.1)
    while (gone := Path(f"/proc/{process.pid}")).exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert not gone.exists()


@pytest.mark.slow
def test_the_installed_command_issues_verifies_and_is_killed_in_cold_interpreters(founded_once: Path, tmp_path: Path) -> None:
    home, orders = Path(shutil.copytree(founded_once, tmp_path / "node")), order_file(tmp_path / "orders.csv", invented(60))
    words = ("issue", str(orders), "--labels", str(tmp_path / "l.pdf"))
    killed = cold(home, *words, start=("-c", KILLER + ENTRY), env={"KILL_AT": "9000"})
    assert killed.code == -signal.SIGKILL
    for each in (words, ("ledger", "verify")):
        ended = cold(home, *each, start=(str(INSTALLED),))
        assert ended.code == 0, ended.said
    told = cold(home, "numbers", "audit", start=(str(INSTALLED),))
    assert told == yinji(home, "numbers", "audit")


@pytest.mark.slow
def test_the_installed_command_founds_a_node_in_a_cold_interpreter(tmp_path: Path) -> None:
    (tmp_path / "sender.toml").write_text(SENDER, encoding="utf-8")
    words = ("init", "--range", "QL:1000000000000-1000000999999", "--sender", str(tmp_path / "sender.toml"))
    ended = cold(tmp_path / "node", *words, start=(str(INSTALLED),))
    assert ended.code == 0, ended.said
    assert yinji(tmp_path / "node", "doctor").code == 0
