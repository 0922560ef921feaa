"""Programs in processes of their own, forked from one that has read every module before; see `tests.simulators.parent`."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATIENCE_SECONDS = 120
ROOT = Path(__file__).parents[2]
PIPE_BYTES = 4_096
"""What any pipe takes without anybody reading (POSIX, PIPE_BUF on Linux)."""


@dataclass(frozen=True)
class Ended:
    """How a program ended and what it said; a code below zero is the signal that killed it."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@dataclass(frozen=True)
class Process:
    """A program that has been started; to be ended once."""

    pid: int
    _channel: socket.socket
    _out: int
    _err: int

    def kill(self) -> None:
        """Kill it, unannounced."""
        os.kill(self.pid, signal.SIGKILL)

    def end(self, *, patience_seconds: float = PATIENCE_SECONDS) -> Ended:
        """Wait for its end; bounded: it is killed and TimeoutError raised when patience ends."""
        with self._channel:
            try:
                said = _read_all((self._out, self._err), until=time.monotonic() + patience_seconds)
            except TimeoutError:
                self.kill()
                raise
            finally:
                os.close(self._out)
                os.close(self._err)
            self._channel.settimeout(patience_seconds)
            code = int(_line(self._channel))
        return Ended(code, *(each.decode("utf-8") for each in said))


def begin(entry: str, *words: str, env: Mapping[str, str] | None = None, cwd: Path | None = None, typed: str = "") -> Process:
    """Start ``python -c ENTRY WORDS``, under this process's environment and ``env``, with ``typed`` on its standard input."""
    keyboard = typed.encode("utf-8")
    assert len(keyboard) < PIPE_BYTES
    ours, theirs = socket.socketpair()
    (given, giving), (out, says), (err, complains) = os.pipe(), os.pipe(), os.pipe()
    os.write(giving, keyboard)
    os.close(giving)
    asked = {"entry": entry, "words": words, "env": {**os.environ, **(env or {})}, "cwd": str(cwd or Path.cwd())}
    with theirs:
        socket.send_fds(_parent(), [b"!"], [theirs.fileno(), given, says, complains])
    for descriptor in (given, says, complains):
        os.close(descriptor)
    ours.settimeout(PATIENCE_SECONDS)
    with contextlib.suppress(BrokenPipeError):  # where it could not even begin, its end says so
        ours.sendall(json.dumps(asked).encode("utf-8") + b"\n")
    return Process(int(_line(ours)), ours, out, err)


@cache
def _parent() -> socket.socket:
    """The socket to the parent of all processes that this test run (one worker of it) starts."""
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-m", "tests.simulators.parent", str(theirs.fileno())]
        parent = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])

    def close() -> None:
        ours.close()
        parent.wait(PATIENCE_SECONDS)

    atexit.register(close)
    return ours


def _read_all(descriptors: tuple[int, ...], *, until: float) -> list[bytes]:
    """Everything that is said until all have fallen silent."""
    said: dict[int, list[bytes]] = {each: [] for each in descriptors}
    with selectors.DefaultSelector() as selector:
        for each in descriptors:
            selector.register(each, selectors.EVENT_READ)
        while selector.get_map():
            if not (ready := selector.select(max(0, until - time.monotonic()))) and time.monotonic() > until:
                raise TimeoutError
            for key, _ in ready:
                piece = os.read(key.fd, 65_536)
                said[key.fd].append(piece)
                if not piece:
                    selector.unregister(key.fd)
    return [b"".join(pieces) for pieces in said.values()]


def _line(channel: socket.socket) -> bytes:
    """The next line on a channel, byte by byte: what follows it is not ours yet."""
    line = b""
    while not line.endswith(b"\n"):
        piece = channel.recv(1)
        if not piece:
            raise ConnectionError("the parent of processes has gone")
        line += piece
    return line
