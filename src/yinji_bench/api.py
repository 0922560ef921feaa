"""Single orders over HTTP: ``yinji bench api``. The real `yinji serve` in a process pinned to one core, the load in another on another.

Each request brings an API key and one order; it is answered after the commit that holds its waybill (SQLite, synchronous=FULL). What is
counted is answers a second over all connections, and how long one waited, from its first byte sent to its last byte read. Beside it
stand answers a second of the server's own processor time: what a core gives where nobody else is on it and the disk keeps up.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any, BinaryIO, Final

from yinji_bench.issue_node import IssueNode, command_of

CONNECTIONS: Final = 64
_WARM: Final = 2_000
"""Orders before the clock starts: fonts, presses and statements are made on first use."""

_LEAST_ISSUED: Final = 0.99
_HUNDRED: Final = 100
_LOOK_SECONDS: Final = 0.1
_DRIVE_SECONDS: Final = 300
_ADDRESS: Final = re.compile(rb"http://127\.0\.0\.1:([0-9]+)\s")


def measure(
    *, orders: int = 20_000, rounds: int = 3, connections: int = CONNECTIONS, folder: Path | None = None
) -> dict[str, Any]:
    """Return answers a second (median of rounds), and the median, 99th percentile and largest of milliseconds waited."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        node = IssueNode(Path(name) / "node", 1, datetime.now(UTC).date())
        node.found()
        key = _key(node)
        said = Path(name) / "said"
        with said.open("wb") as log:  # a pipe that nobody reads would stop the server
            server = _serve(node, log)
        try:
            port = _port(server, said)
            first, turns = 1, []
            for count in (_WARM, *[orders] * rounds):
                before = _cpu_seconds(server.pid)
                turns.append(_drive(port, key, first=first, count=count, connections=connections))
                turns[-1]["cpu"] = _cpu_seconds(server.pid) - before
                first += count
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)
    measured = turns[1:]
    waited = [quantiles(each["ms"], n=_HUNDRED) for each in measured]
    return {
        "orders": orders,
        "rounds": rounds,
        "connections": connections,
        "single_per_s": round(median(len(each["ms"]) / each["seconds"] for each in measured), 1),
        "single_per_cpu_s": round(median(len(each["ms"]) / each["cpu"] for each in measured), 1),
        "p50_ms": round(median(each[49] for each in waited), 1),
        "p99_ms": round(median(each[98] for each in waited), 1),
        "max_ms": round(max(max(each["ms"]) for each in measured), 1),
        "refused": sum(each["refused"] for each in measured),
    }


def _key(node: IssueNode) -> str:
    command = command_of(node.home, "api-keys", "issue", "bench", "--scope", "waybills:issue")
    made = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own program
    return made.stdout.decode().strip()


def _serve(node: IssueNode, log: BinaryIO) -> subprocess.Popen[bytes]:
    """Start the server on the first core that we may use; it logs every request, as it does at work."""
    first = {min(os.sched_getaffinity(0))}
    return subprocess.Popen(  # noqa: S603 - our own program
        command_of(node.home, "serve", "--port", "0"),
        stderr=log,
        preexec_fn=lambda: os.sched_setaffinity(0, first),  # noqa: PLW1509 - no threads here
    )


def _port(server: subprocess.Popen[bytes], said: Path) -> int:
    """Return the port that the server says it serves at."""
    while server.poll() is None:
        if found := _ADDRESS.search(said.read_bytes()):
            return int(found[1])
        time.sleep(_LOOK_SECONDS)
    raise RuntimeError(said.read_text(encoding="utf-8"))


def _cpu_seconds(pid: int) -> float:
    """Return the processor time of a process so far, its own and the system's for it (proc(5), stat, fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _drive(port: int, key: str, *, first: int, count: int, connections: int) -> dict[str, Any]:
    """Let the other process drive; raises RuntimeError where orders were not issued."""
    cores = sorted(os.sched_getaffinity(0))
    load = {"host": "127.0.0.1", "port": port, "key": key, "first": first, "orders": count, "connections": connections}
    command = ["taskset", "-c", str(cores[-1]), sys.executable, "-m", "yinji_bench.api_load"]
    ended = subprocess.run(command, input=json.dumps(load).encode(), capture_output=True, check=True, timeout=_DRIVE_SECONDS)  # noqa: S603 - our own module
    told: dict[str, Any] = json.loads(ended.stdout)
    if told["refused"] > (1 - _LEAST_ISSUED) * count:
        raise RuntimeError(f"{told['refused']} of {count} were not issued: {told['first_refused']}")
    return told
