"""The load of ``yinji bench api``, in a process of its own: connections that are kept, each sending one order after another.

Requests are written before the clock starts; an answer is read by its status line and its length, and must be a 200 that issued.
Prints JSON: the seconds from the first byte sent to the last answer, and each answer's milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from yinji_bench.orders import order_rows

_DAYS: Final = 30
_END: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length: "
_ISSUED: Final = b'"status":"issued"'


class Load(NamedTuple):
    """What is asked of whom."""

    host: str
    port: int
    key: str
    first: int
    orders: int
    connections: int


def requests(load: Load, today: date) -> list[bytes]:
    """Return whole requests, one order each, of invented people."""
    head = (
        f"POST /api/v1/waybills HTTP/1.1\r\nHost: {load.host}\r\nAuthorization: Bearer {load.key}\r\n"
        "Content-Type: application/json\r\nContent-Length: "
    )
    made: list[bytes] = []
    for number, day, name, phone, address, contents, pieces, remark, code in order_rows(
        load.orders, first=load.first, days=_DAYS, today=today
    ):
        order = {
            "number": number,
            "ordered": day,
            "recipient": {"name": name, "phone": phone, "address": address},
            "contents": contents,
            "pieces": int(pieces),
            "remark": remark,
            "sorting": {"code": code},
        }
        body = json.dumps({"merchant": "BENCH", "orders": [order]}, ensure_ascii=False).encode()
        made.append(head.encode() + str(len(body)).encode() + _END + body)
    return made


class _Answers(asyncio.Protocol):
    """One connection: writes a request, waits for its answer, writes the next."""

    def __init__(self, queue: list[bytes], done: asyncio.Event, told: list[float], refused: list[bytes]) -> None:
        self._queue, self._done, self._told, self._refused = queue, done, told, refused
        self._read = b""
        self._began = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport if isinstance(transport, asyncio.Transport) else None

    def go_on(self) -> None:
        """Send the next request, if there is one."""
        if not self._queue or self._transport is None:
            self._done.set()
            return
        self._began = time.perf_counter()
        self._transport.write(self._queue.pop())

    def data_received(self, data: bytes) -> None:
        self._read += data
        head = self._read.find(_END)
        if head < 0:
            return
        at = self._read.lower().find(_LENGTH, 0, head)
        length = int(self._read[at + len(_LENGTH) : self._read.find(b"\r", at)])
        if len(self._read) < head + len(_END) + length:
            return
        self._told.append((time.perf_counter() - self._began) * 1_000)
        if not self._read.startswith(b"HTTP/1.1 200") or _ISSUED not in self._read:
            self._refused.append(self._read)
        self._read = b""
        self.go_on()

    def connection_lost(self, _error: Exception | None) -> None:
        self._done.set()


async def drive(load: Load) -> dict[str, Any]:
    """Send everything; return how long it took, each answer's milliseconds, and how many were refused."""
    queue = requests(load, datetime.now(UTC).date())
    loop = asyncio.get_running_loop()
    told: list[float] = []
    refused: list[bytes] = []
    ends = [asyncio.Event() for _ in range(load.connections)]
    opened = [
        await loop.create_connection(lambda end=end: _Answers(queue, end, told, refused), load.host, load.port)  # type: ignore[misc]  # the default is the event itself
        for end in ends
    ]
    began = time.perf_counter()
    for _, each in opened:
        each.go_on()
    for end in ends:
        await end.wait()
    seconds = time.perf_counter() - began
    for transport, _ in opened:
        transport.close()
    return {
        "seconds": seconds,
        "ms": told,
        "refused": len(refused),
        "first_refused": refused[0].decode()[:400] if refused else "",
    }


def main(words: Sequence[str]) -> None:
    """Read the load from the standard input, drive it, print what came of it."""
    if words:
        raise SystemExit("the load is read from the standard input")
    given = json.load(sys.stdin)
    print(json.dumps(asyncio.run(drive(Load(**given)))))  # noqa: T201 - what the measuring process reads


if __name__ == "__main__":
    main(sys.argv[1:])
