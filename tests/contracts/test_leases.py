"""Leases on every engine: of many who ask one gets it, and whoever dies holds it no longer than it lasts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.simulators.processes import ROOT, begin

from yinji.db import Database
from yinji.db.leases import take_lease

NOW, MINUTE = 1_795_000_000_000, 60_000
DIES = """
import os, signal, sys
from yinji.db import Database
from yinji.db.leases import take_lease
assert take_lease(Database(sys.argv[1], log="data"), "sign", now_ms=int(sys.argv[2]), for_ms=60_000)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def two(database_factory: Callable[..., Database]) -> tuple[Database, Database]:
    """One database, opened by two processes."""
    return database_factory(), database_factory()


def test_one_of_two_workers_gets_it_until_it_is_over(two: tuple[Database, Database]) -> None:
    here, there = two
    assert take_lease(here, "sign", now_ms=NOW, for_ms=MINUTE)
    assert not take_lease(there, "sign", now_ms=NOW, for_ms=MINUTE)
    assert not take_lease(here, "sign", now_ms=NOW + MINUTE - 1, for_ms=MINUTE), "nor the one who has it"
    assert take_lease(there, "sign", now_ms=NOW + MINUTE, for_ms=MINUTE)
    assert take_lease(there, "prune", now_ms=NOW + MINUTE, for_ms=MINUTE), "another chore is another lease"


@pytest.mark.parametrize("fresh", [True, False])
def test_of_many_who_ask_at_once_one_gets_it(two: tuple[Database, Database], *, fresh: bool) -> None:
    if not fresh:
        take_lease(two[0], "sign", now_ms=NOW - MINUTE, for_ms=MINUTE)
    with ThreadPoolExecutor(8) as many:
        given = list(many.map(lambda at: take_lease(two[at % 2], "sign", now_ms=NOW, for_ms=MINUTE), range(16)))
    assert given.count(True) == 1


def test_a_worker_that_is_killed_holds_its_lease_no_longer_than_it_lasts(two: tuple[Database, Database]) -> None:
    here, _ = two
    address = here.url.render_as_string(hide_password=False)
    assert begin(DIES, address, str(NOW), cwd=Path(ROOT)).end().code == -9
    assert not take_lease(here, "sign", now_ms=NOW + MINUTE - 1, for_ms=MINUTE)
    assert take_lease(here, "sign", now_ms=NOW + MINUTE, for_ms=MINUTE)


def test_a_clock_that_was_set_back_waits_no_longer_than_a_lease_lasts(two: tuple[Database, Database]) -> None:
    here, there = two
    assert take_lease(here, "sign", now_ms=NOW, for_ms=MINUTE)
    assert take_lease(there, "sign", now_ms=NOW - 1, for_ms=MINUTE), "a lease from the future is none"
    assert not take_lease(here, "sign", now_ms=NOW - 1, for_ms=MINUTE)
