"""The server as it runs: over loopback, stopped by a signal, with its chores beside it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.simulators.node import make_world
from yinji.flows.tend_node import tend_node

PROGRAM = "import sys; from yinji.main import run; sys.argv[0] = 'yinji'; run()"


def started(home: Path, *options: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "YINJI_HOME": str(home), "YINJI_LANGUAGE": "en"}
    command = [sys.executable, "-c", PROGRAM, "serve", *options]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def test_a_server_answers_and_a_stop_ends_it_well(tmp_path: Path) -> None:
    """A real process, some two seconds: nothing else shows that signals, sockets and threads end together."""
    home = make_world(tmp_path / "node").home
    path = str(tmp_path / "yinji.sock")
    server = started(home, "--socket", path)
    try:
        assert server.stderr
        while "serving at" not in (line := server.stderr.readline()):
            assert line, "it ended before it served"
        with httpx.Client(transport=httpx.HTTPTransport(uds=path, retries=3), base_url="http://node") as client:
            for _ in range(100):
                try:
                    assert client.get("/healthz").status_code == 200
                    break
                except httpx.TransportError:
                    time.sleep(0.05)
            assert client.get("/api/v1/me").status_code == 401
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=20) == 0
        assert not Path(path).exists()
    finally:
        server.kill()
        server.stderr.close() if server.stderr else None


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    home = make_world(tmp_path / "node").home
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = started(home, "--port", str(taken.getsockname()[1]), "--no-worker")
        _, said = server.communicate(timeout=30)
    assert server.returncode == 5
    assert "577" in said


def test_a_chore_is_done_once_until_it_is_due_again(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node")
    done = {each.name for each in tend_node(world.house)}
    assert done >= {"sign_evidence", "prune_sessions", "end_exemptions", "clear_uploads"}
    assert list(tend_node(world.again())) == []
    world.clock.pass_ms(10 * 60_000)
    assert all(each.refused is None for each in tend_node(world.house))
    world.house.close()
