"""A server is killed while programs send orders; whoever got no answer asks again: nothing that was answered is lost, nothing is doubled."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.contracts.test_many_clients import PLENTY, Told, check_node, order
from tests.simulators.command import ENTRY
from tests.simulators.node import make_world
from tests.simulators.processes import begin
from tests.simulators.serving import GONE, Client, Server, at_once, free_port, key_of

from yinji.db import Database

CLIENTS = 6
ORDERS = 15
"""Orders that each client sends, one after the other; the kills come while they do."""


@pytest.fixture
def server(database_factory: Callable[..., Database], tmp_path: Path) -> Iterator[Server]:
    """A server that is to be started: one process on SQLite, two on PostgreSQL."""
    url = database_factory(tables=False).url
    sqlite = url.get_backend_name() == "sqlite"
    own = "" if sqlite else f'database_url = "{url.render_as_string(hide_password=False)}"\n'
    made = make_world(tmp_path / "node", settings=f"{own}shards = 2\n", number_range=PLENTY)
    made.house.close()
    server = Server(made.home, free_port(), tmp_path / "said", ("--no-worker", "--workers", "1" if sqlite else "2"))
    yield server
    if server.started and server.started.poll() is None:
        server.kill()


def send(at: int, server: Server, key: str, told: Told) -> None:
    """Send orders, each until it is answered; then all of them once more."""
    client = Client(server.port, key)
    try:
        for many in range(2 * ORDERS):
            answer = client.insist("POST", "/api/v1/waybills", {"orders": [order(f"K-{at}-{many % ORDERS}")]})
            assert answer.status == 200, answer.body
            told.hear(answer.told["orders"])
    finally:
        client.close()


def some(told: Told, orders: int) -> None:
    """Wait until so many orders were answered."""
    until = time.monotonic() + 30
    while len(told.numbers) < orders:
        assert time.monotonic() < until
        time.sleep(0.01)


def gone(port: int) -> None:
    """Wait until nobody listens any more."""
    until, asker = time.monotonic() + 10, Client(port)
    while time.monotonic() < until:
        try:
            asker.ask("GET", "/healthz")
        except GONE:
            return
        finally:
            asker.close()
        time.sleep(0.02)
    raise AssertionError("whom nobody watches goes on serving")


def test_killed_under_load_no_answered_order_is_lost_and_none_is_doubled(server: Server) -> None:
    """Cold processes killed and started anew, some seconds: a kill is real or it shows nothing.

    Where two processes serve, 1 one of them is killed and replaced by the one that started it; then 2 that one is killed, and those
    that it started end too, so that 3 a new one takes the same port.
    """
    told, key = Told(), key_of(server.home)
    worker = begin(ENTRY, "--home", str(server.home), "work")
    server.start()
    load = threading.Thread(target=at_once, args=(CLIENTS, lambda at: send(at, server, key, told)))
    load.start()
    try:
        some(told, CLIENTS * 3)
        if children := server.children():
            os.kill(children[0], signal.SIGKILL)  # 1
            some(told, CLIENTS * 6)
        worker.kill()  # and whoever gives the evidence its places on PostgreSQL
        server.kill()  # 2
        gone(server.port)
        server.start()  # 3
    finally:
        load.join()
        assert worker.end().code == -signal.SIGKILL
    assert len(told.numbers) == CLIENTS * ORDERS
    assert {name: many for name, many in told.numbers.items() if len(many) != 1} == {}
    server.stop()
    check_node(server.home, told)
