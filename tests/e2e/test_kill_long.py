"""A long run killed again and again, wherever it has come to, and started again: every order has exactly one number, and its labels.

`scripts/kill_a_run.py` does the same with a hundred thousand orders.
"""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.simulators.command import ENTRY, founded
from tests.simulators.issued import check_kept, in_packages, numbers_of, pages, read_labels, rows_of, shipped, write_orders
from tests.simulators.processes import begin

ORDERS = 1_200
LABELS = ORDERS + 2 * (ORDERS // 10)
ENTERED = 2_000
BATCH = 100


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = founded(tmp_path, numbers=f"QL:10000000-{10_000_000 + ENTERED - 1}")
    (made / "yinji.toml").write_text(f"batch_orders = {BATCH}\nshards = 1\n", encoding="utf-8")
    write_orders(tmp_path / "orders.csv", in_packages(ORDERS))
    return made


def words(home: Path) -> tuple[str, ...]:
    folder = home.parent
    outputs = (("--labels", "l.pdf"), ("--errors", "e.csv"), ("--report", "r.json"), ("--shipped", "s.csv"))
    places = [word for option, name in outputs for word in (option, str(folder / name))]
    return ("--home", str(home), "issue", str(folder / "orders.csv"), *places)


def kill_when(home: Path, stored: int) -> int:
    """Kill a run as soon as so many orders stand in the database; return how many did then."""
    run = begin(ENTRY, *words(home))
    until = time.monotonic() + 60
    with closing(sqlite3.connect(home / "data.db")) as rows:
        while rows.execute("SELECT count(*) FROM waybill_waybills").fetchone()[0] < stored and time.monotonic() < until:
            time.sleep(0.002)
    run.kill()
    assert run.end().code == -signal.SIGKILL
    (found,) = rows_of(home, "SELECT count(*) FROM waybill_waybills")
    return int(found[0])


@pytest.mark.slow
def test_killed_at_every_stage_and_finished_nothing_is_lost_doubled_or_left_behind(home: Path) -> None:
    folder = home.parent
    for stored in (1, 500, 900, ORDERS):  # the last one between the last commit and the labels' place
        found = kill_when(home, stored)
        assert found >= stored
        assert found % BATCH == 0
        assert not (folder / "l.pdf").exists()
        assert not (folder / "s.csv").exists()
        assert len(numbers_of(home)) == len(set(numbers_of(home)))
    ended = begin(ENTRY, *words(home)).end()
    assert ended.code == 0, ended.said
    report = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    assert (report["issued"], report["known"], report["labels"]) == (0, ORDERS, LABELS)
    check_kept(home, used=LABELS, left=ENTERED - LABELS, printed=ORDERS)
    check_paper(home)
    assert sorted(each.name for each in folder.iterdir()) == ["e.csv", "l.pdf", "node", "orders.csv", "r.json", "s.csv"]


def check_paper(home: Path) -> None:
    """Every order has its numbers and every number its label, in the order of the file."""
    told = shipped(home.parent / "s.csv")
    assert sorted(told) == [f"E{at:08d}" for at in range(1, ORDERS + 1)]
    assert [len(told[f"E{at:08d}"]) for at in range(1, ORDERS + 1)] == [1 if at % 10 else 3 for at in range(1, ORDERS + 1)]
    on_form = [number for numbers in told.values() for number in numbers]
    assert sorted(on_form) == sorted(numbers_of(home))
    assert pages(home.parent / "l.pdf") == LABELS
    sampled = range(5, LABELS, 61)
    assert read_labels(home.parent / "l.pdf", sampled) == [on_form[at] for at in sampled]
