"""Servers of ``yinji bench api``: a process on the first core that we may use, how busy it is, and the load that another core drives."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_LEAST_ISSUED: Final = 0.99
_LOOK_SECONDS: Final = 0.1
_DRIVE_SECONDS: Final = 300
_STOP_SECONDS: Final = 60
_ADDRESS: Final = re.compile(rb"http://127\.0\.0\.1:([0-9]+)\s")


@dataclass(slots=True)
class Server:
    """A server that was started and serves at a port of this machine. ``next_order`` is the first number nobody has sent it yet."""

    pid: int
    port: int
    key: str
    next_order: int = 1

    def drive(self, count: int, *, connections: int) -> dict[str, Any]:
        """Let another process send ``count`` orders; return its seconds and milliseconds, and the server's own ``cpu`` seconds.

        Raises RuntimeError where orders were not issued.
        """
        before = _cpu_seconds(self.pid)
        load = {
            "host": "127.0.0.1",
            "port": self.port,
            "key": self.key,
            "first": self.next_order,
            "orders": count,
            "connections": connections,
        }
        self.next_order += count
        command = ["taskset", "-c", str(max(os.sched_getaffinity(0))), sys.executable, "-m", "yinji_bench.api_load"]
        ended = subprocess.run(  # noqa: S603 - our own module
            command, input=json.dumps(load).encode(), capture_output=True, check=True, timeout=_DRIVE_SECONDS
        )
        told: dict[str, Any] = json.loads(ended.stdout)
        if told["refused"] > (1 - _LEAST_ISSUED) * count:
            raise RuntimeError(f"{told['refused']} of {count} were not issued: {told['first_refused']}")
        return told | {"cpu": _cpu_seconds(self.pid) - before}


@contextmanager
def serving(command: Sequence[str], said: Path, *, key: str = "") -> Iterator[Server]:
    """Start a server on the first core, wait until it says where it serves, stop it at the end. ``said`` is where its log goes."""
    first = {min(os.sched_getaffinity(0))}
    with said.open("wb") as log:  # a pipe that nobody reads would stop the server
        started = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stderr=log,
            preexec_fn=lambda: os.sched_setaffinity(0, first),  # noqa: PLW1509 - no threads here
        )
    try:
        yield Server(started.pid, _port(started, said), key)
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(timeout=_STOP_SECONDS)


def empty_command() -> list[str]:
    """Return what serves the empty application, by the same server with the same options as `yinji serve` has."""
    options = ["--host", "127.0.0.1", "--port", "0", "--lifespan", "off", "--ws", "none", "--no-access-log"]
    return [
        sys.executable,
        "-m",
        "uvicorn",
        "yinji_bench.api_empty:answer",
        "--no-server-header",
        "--no-proxy-headers",
        *options,
    ]


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
