"""``yinji serve`` as it runs, in cold processes on a port of this machine, and programs that ask it from many threads."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.simulators.command import ENTRY
from yinji.access.api_keys.model import Scope
from yinji.access.api_keys.service import Issued
from yinji.flows.hold_api_keys import issue_api_key
from yinji.main import open_house

HOST = "127.0.0.1"
PATIENCE_SECONDS = 120.0
GONE = (ConnectionError, TimeoutError, http.client.HTTPException, OSError)
"""What a client sees of a server that dies."""


@dataclass
class Server:
    """A node's server; what it says goes to the file ``said``."""

    home: Path
    port: int
    said: Path
    words: tuple[str, ...] = ("--no-worker",)
    started: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self.started
        return self.started.pid

    def start(self) -> None:
        """Begin, and wait until it answers."""
        command = [sys.executable, "-c", ENTRY, "--home", str(self.home), "serve", "--port", str(self.port), *self.words]
        with self.said.open("ab") as said:
            own = {**os.environ, "YINJI_LANGUAGE": "en"}
            self.started = subprocess.Popen(command, stderr=said, stdout=said, stdin=subprocess.DEVNULL, env=own)
        self.wait()

    def wait(self) -> None:
        """Wait until somebody answers."""
        until, asker = time.monotonic() + PATIENCE_SECONDS, Client(self.port)
        while time.monotonic() < until:
            try:
                if asker.ask("GET", "/healthz").status == 200:
                    return
            except GONE:
                time.sleep(0.05)
            finally:
                asker.close()
            assert self.started
            assert self.started.poll() is None, self.said.read_text("utf-8")
        raise TimeoutError(self.said.read_text("utf-8"))

    def stop(self) -> None:
        """End it as a supervisor does; it must end well."""
        if self.started and self.started.poll() is None:
            self.started.send_signal(signal.SIGTERM)
            assert self.started.wait(PATIENCE_SECONDS) == 0, self.said.read_text("utf-8")

    def kill(self) -> None:
        """Kill it, unannounced."""
        assert self.started
        self.started.kill()
        self.started.wait(PATIENCE_SECONDS)

    def children(self) -> list[int]:
        """The processes that it started to serve; not Python's own helper that watches what they share."""
        born = [int(each) for each in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]
        return [each for each in born if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]

    def peak_bytes(self) -> int:
        """The most memory that it has had at once."""
        told = Path(f"/proc/{self.pid}/status").read_text("ascii")
        return int(next(line.split()[1] for line in told.splitlines() if line.startswith("VmHWM"))) * 1_024


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    """A program with one connection and a key."""

    port: int
    key: str = ""
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Ask once. A body that is no bytes is sent as JSON."""
        own = {"authorization": f"Bearer {self.key}"} if self.key else {}
        raw = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        if raw is not None:
            own["content-type"] = "application/json"
        if self._connection is None:
            self._connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE_SECONDS)
        try:
            self._connection.request(method, path, raw, own | headers)
            got = self._connection.getresponse()
            return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        except GONE:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the connection; asked again it makes another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def insist(self, method: str, path: str, body: Any = None) -> Answer:
        """Ask until there is an answer that is no "come again"."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = self.ask(method, path, body)
                if answer.status != 503:
                    return answer
            except GONE:
                pass
            if time.monotonic() > until:
                raise TimeoutError(path)
            time.sleep(0.05)


def free_port() -> int:
    with socket.create_server((HOST, 0)) as taken:
        return int(taken.getsockname()[1])


def key_of(home: Path, *scopes: Scope) -> str:
    """A key of these scopes, all where none is named, by the clock that servers have."""
    house = open_house(home)
    issued = issue_api_key(house, f"key-{os.urandom(4).hex()}", scopes or tuple(Scope), days=30, test=False)
    house.close()
    assert isinstance(issued, Issued), issued
    return issued.text.open()


@contextmanager
def serving(home: Path, *words: str) -> Iterator[Server]:
    """A server that answers; it is ended, however the block ends."""
    server = Server(home, free_port(), home.parent / "said", words or ("--no-worker",))
    try:
        server.start()
        yield server
        server.stop()
    finally:
        if server.started and server.started.poll() is None:
            server.kill()


def at_once(clients: int, deed: Callable[[int], None]) -> None:
    """Do one thing in so many threads; the first error of any is raised."""
    wrong: list[BaseException] = []

    def one(at: int) -> None:
        try:
            deed(at)
        except BaseException as error:  # noqa: BLE001 - raised below, in the test's own thread
            wrong.append(error)

    threads = [threading.Thread(target=one, args=(at,)) for at in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if wrong:
        raise wrong[0]
