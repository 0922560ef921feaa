"""The worker on PostgreSQL: two of them place what two processes issue; nothing is lost, nothing stands twice."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url
from tests.simulators.erasing import check_evidence, end, start
from tests.simulators.node import World, make_world

from yinji.flows.tend_node import Done, tend_node
from yinji.kernel.events import Event

EACH = 40
SECOND_MS = 1_000


@pytest.fixture
def shared(postgresql_url: str, tmp_path: Path) -> Iterator[World]:
    schema = f"chores_{os.getpid()}"
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    url = make_url(postgresql_url).update_query_dict({"options": f"-csearch_path={schema}"})
    made = make_world(tmp_path / "node", settings=f'database_url = "{url.render_as_string(hide_password=False)}"\n')
    yield made
    made.house.close()


def waiting(world: World) -> int:
    with world.house.data.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM ledger_pending").scalar_one())


def test_two_workers_place_what_two_processes_issue(shared: World) -> None:
    """Two processes of their own issue, some two seconds: only they have leases of numbers and key leaves of their own."""
    stop, done = threading.Event(), list[Done]()

    def work() -> None:
        house = shared.again()
        while not stop.is_set():
            done.extend(tend_node(house))
            shared.clock.pass_ms(SECOND_MS // 4)
            stop.wait(0.02)
        house.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    issuing = [start(shared.home, "issue", str(first), str(EACH)) for first in (0, EACH)]
    for each in workers:
        each.start()
    try:
        numbers = [number for process in issuing for number in end(process)]
    finally:
        stop.set()
        for each in workers:
            each.join()
    shared.clock.pass_ms(3_600_000)
    last = list(tend_node(shared.house))
    assert [each for each in (*done, *last) if each.refused] == []
    assert len(set(numbers)) == 2 * EACH
    assert waiting(shared) == 0
    entries = [each.recorded.entry for each in shared.house.ledger.entries(shared.house.data, limit=10_000)]
    assert sum(each.count for each in entries if each.event is Event.WAYBILLS_ISSUED) == 2 * EACH
    placed = Counter(each.name for each in done if each.things)
    assert placed["place_evidence"] > 1, "they were placed while others were issued"
    check_evidence(shared.house)
