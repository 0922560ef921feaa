"""An exemption on the command line: two people, a secret that is no argument, a kill before the commit, two processes at once."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.simulators.command import ENTRY, founded, invented, order_file, yinji
from tests.simulators.processes import begin

CASE = "（2026）沪01民初12号"
ENDS = """
import os, signal
from yinji.access.exempting import store
use = store.use
def used(*told, **more):
    use(*told, **more)
    os.kill(os.getpid(), signal.SIGKILL)
store.use = used
"""


def _secret(home: Path) -> str:
    added = yinji(home, "accounts", "add", "officer-1", "--post", "compliance")
    assert added.code == 0, added.said
    assert added.err.count("officer-1") == 1
    return added.out.strip()


def _listed(home: Path) -> dict[str, Any]:
    (listed,) = json.loads(yinji(home, "exempt", "list", "--json").out)["exemptions"]
    return dict(listed)


@pytest.mark.slow
def test_one_approval_survives_a_kill_and_two_processes_use_it_once(tmp_path: Path) -> None:
    home = founded(tmp_path)
    secret = _secret(home)
    rows = invented(3)
    orders = order_file(tmp_path / "orders.csv", rows)
    ref = yinji(home, "exempt", "ask", rows[1][0], "--document", CASE).out.split("：")[1].strip()
    approve = ("exempt", "approve", ref)
    assert "434" in yinji(home, *approve, "--as", "officer-1", typed="wrong\n").err
    assert yinji(home, *approve).code == 4, "the operator's post does not approve"
    done = yinji(home, "--as", "officer-1", *approve, env={"YINJI_SECRET": secret})
    assert done.code == 0, done.said
    assert (_listed(home)["asked_by"], _listed(home)["decided_by"]) == ("operator", "officer-1")

    issue = ("--home", str(home), "issue", str(orders), "--labels")
    assert begin(ENDS + ENTRY, *issue, str(tmp_path / "k.pdf")).end().code == -signal.SIGKILL
    assert _listed(home)["state"] == "approved"
    both = [begin(ENTRY, *issue, str(tmp_path / f"{name}.pdf")) for name in "ab"]
    assert [each.end().code for each in both] == [0, 0]
    used = _listed(home)
    assert (used["state"], used["draft"]) == ("used", False)
    assert used["number"]


@pytest.mark.slow
def test_a_closed_account_has_no_access_and_no_secret_stands_in_what_was_written(tmp_path: Path) -> None:
    home = founded(tmp_path)
    secret = _secret(home)
    assert yinji(home, "accounts", "close", "officer-1").code == 0
    refused = yinji(home, "exempt", "list", "--as", "officer-1", env={"YINJI_SECRET": secret})
    assert (refused.code, "433" in refused.err) == (4, True)
    listed = json.loads(yinji(home, "accounts", "list", "--json").out)["accounts"]
    assert [(each["code"], bool(each["closed"]), each["opened_by"]) for each in listed] == [("officer-1", True, "operator")]
    assert not [file for file in home.rglob("*") if file.is_file() and secret.encode() in file.read_bytes()]
