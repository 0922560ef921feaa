"""Bodies and heads that somebody means harm with: refused for what they are, early, in bounded memory, and never with a 5xx."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import select
import socket
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from uvicorn import Config
from uvicorn.server import ServerState

from tests.simulators.node import make_world
from tests.simulators.serving import HOST, Client, Server, key_of, serving
from tests.web.conftest import Site, form_token
from yinji.access.api_keys.model import Scope
from yinji.access.model import Post
from yinji.doors.http import heads
from yinji.doors.http.app import api_document

GIB, MIB = 1 << 30, 1 << 20
DEEP = "[" * 100_000
UPLOAD = "/console/issue/file"
BOUND = "XX"
MULTIPART = f"multipart/form-data; boundary={BOUND}"
END = f"--{BOUND}--\r\n".encode()

BODIES = {
    "nothing": b"",
    "null": b"null",
    "a list": b"[]",
    "no text": b"\xff\xfe\x00",
    "a mark before it": b"\xef\xbb\xbf{}",
    "deep": DEEP.encode(),
    "deep where nobody looks": ('{"x":' + DEEP).encode(),
    "deep and closed": ('{"orders":[{"x":' + DEEP + "]" * 100_000 + "}]}").encode(),
    "no number": b'{"orders":[NaN],"events":[Infinity],"numbers":[-Infinity]}',
    "a huge number": b'{"count":1e999,"owner":"OUT","days":' + b"9" * 5_000 + b"}",
    "half a letter": b'{"owner":"\\ud800","numbers":["\\udc00"],"merchant":"\\ud800","orders":[{"number":"\\ud800"}]}',
    "packed": gzip.compress(b'{"orders":[]}'),
    "a form": b"owner=OUT&count=1",
}

OPERATIONS = [
    (method.upper(), path.replace("{number}", "QL10000000000003").replace("{key}", "k"))
    for path, methods in api_document()["paths"].items()
    for method, operation in methods.items()
    if "requestBody" in operation
]


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_that_is_no_request_is_refused_by_every_operation(site: Site, body: bytes) -> None:
    key = site.key(*Scope).text.open()
    own = {"authorization": f"Bearer {key}", "content-type": "application/json", "accept-language": "en"}
    for method, path in OPERATIONS:
        answer = site.browser.request(method, path, content=body, headers=own)
        assert answer.status_code == 400 or _refused_by_order(answer), (path, answer.text[:200])
        if answer.status_code == 400:
            assert answer.json()["name"] == "BODY_UNREADABLE"
    assert site.world.house.register.audit(site.world.house.node.org) == (0, 0)


def _refused_by_order(answer: Any) -> bool:
    """Orders are refused one by one; what the form that lists the shipped leaves out has no row."""
    if answer.headers["content-type"].startswith("text/csv"):
        return answer.headers["x-rows"] == "0"
    return answer.status_code == 200 and {each["status"] for each in answer.json()["orders"]} == {"refused"}


def test_of_a_name_that_comes_twice_the_last_counts_alike_everywhere(site: Site) -> None:
    """Two readers of one document must not understand two things (RFC 8259, 4): there is one reader, and it takes the last."""
    key = site.key(*Scope).text.open()
    person = '{"name":"李思远","phone":"13800001234","address":"浙江省杭州市西湖区望云路8号听雨轩3幢2单元501室"}'
    body = '{"orders":[{"number":"A1","number":"A2","contents":"茶叶","recipient":' + person + "}]}"
    answer = site.browser.post("/api/v1/waybills", content=body.encode(), headers={"authorization": f"Bearer {key}"})
    assert [each["order"] for each in answer.json()["orders"]] == ["A2"]


def part(name: str, value: bytes, *, more: str = "", file: str = "") -> bytes:
    """One part of a form."""
    named = f'; name="{name}"' if name else ""
    filed = f'; filename="{file}"' if file else ""
    return f"--{BOUND}\r\nContent-Disposition: form-data{named}{filed}\r\n{more}\r\n".encode() + value + b"\r\n"


FORMS: dict[str, tuple[bytes, str]] = {
    "ten thousand parts": (b"".join(part(f"k{at}", b"v") for at in range(10_000)), MULTIPART),
    "ten thousand files": (b"".join(part(f"k{at}", b"v", file="a.csv") for at in range(10_000)), MULTIPART),
    "no boundary": (part("orders", b"x", file="a.csv"), "multipart/form-data"),
    "a long boundary": (part("orders", b"x", file="a.csv"), f"multipart/form-data; boundary={'x' * 50_000}"),
    "a long name": (part("n" * 900_000, b"x"), MULTIPART),
    "an unknown encoding": (part("merchant", b"\xff", more="Content-Type: text/plain; charset=nope\r\n"), MULTIPART),
    "an encoding it is not in": (part("merchant", b"\xff\xfe", more="Content-Type: text/plain; charset=utf-7\r\n"), MULTIPART),
    "no name": (part("", b"x"), MULTIPART),
    "orders that are no file": (part("orders", b"x"), MULTIPART),
    "json": (b'{"orders":[]}', "application/json"),
    "packed": (gzip.compress(b"x"), MULTIPART),
}


@pytest.mark.parametrize(("body", "kind"), FORMS.values(), ids=FORMS)
def test_a_form_that_is_none_is_refused_and_leaves_no_file(site: Site, body: bytes, kind: str) -> None:
    site.sign_in(site.opened("clerk-1", Post.OPERATIONS))
    token = part("form_token", form_token(site.browser.get("/console/issue").text).encode())
    raw = token + body + END if kind.startswith("multipart") else body
    answer = site.browser.post(UPLOAD, content=raw, headers={"content-type": kind}, follow_redirects=False)
    assert answer.status_code in {400, 403, 413}, answer.status_code
    assert list(site.world.home.glob("uploads/*/*/*")) == []
    stranger = TestClient(site.app, raise_server_exceptions=False)
    assert stranger.post("/console/sign-in", content=raw, headers={"content-type": kind}).status_code in {400, 403}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A server of small bounds, as it runs: nothing in one process shows what a server keeps in memory."""
    settings = "serve_seconds = 1\nserve_body_mib = 1\nserve_upload_mib = 1\n"
    made = make_world(tmp_path_factory.mktemp("bodies") / "node", settings=settings)
    made.house.close()
    key = key_of(made.home)
    with serving(made.home) as server:
        asker = Client(server.port, key)
        asker.ask("GET", "/api/v1/me")
        asker.close()
        yield server, key


def pushed(port: int, head: str, pieces: Iterable[bytes]) -> tuple[bytes, int]:
    """Send until there is an answer; return its first line and how many bytes went before it."""
    sent, left, rest = 0, head.encode(), iter(pieces)
    with socket.create_connection((HOST, port)) as line:
        line.settimeout(0)
        while True:
            heard, free, _ = select.select([line], [line] if left else [], [], 20)
            if heard:
                return line.recv(4_096).partition(b"\r\n")[0], sent
            assert free, "nobody answers, and nobody listens"
            with contextlib.suppress(ConnectionError):  # who hangs up has answered before: it is heard next
                done = line.send(left)
                sent, left = sent + done, left[done:] or next(rest, b"")


def endless(piece: bytes) -> Iterator[bytes]:
    """The same piece for ever."""
    while True:
        yield piece


CHUNK = b"10000\r\n" + b"x" * 65_536 + b"\r\n"


@pytest.mark.parametrize("path", ["/api/v1/waybills", "/api/v1/waybills?dry_run=true", "/api/v1/events", "/api/v1/shipped"])
@pytest.mark.parametrize("way", [f"content-length: {2 * GIB}", "transfer-encoding: chunked"])
def test_a_body_without_end_is_refused_before_it_is_kept(small: tuple[Server, str], path: str, way: str) -> None:
    server, key = small
    before = server.peak_bytes()
    head = f"POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\n{way}\r\n\r\n"
    said, sent = pushed(server.port, head, endless(CHUNK))
    assert said.startswith(b"HTTP/1.1 413")
    assert sent < 16 * MIB
    assert server.peak_bytes() - before < 32 * MIB


HEADS = {
    "a line without end": ("GET /api/v1/me HTTP/1.1\r\nhost: x\r\nx-a: ", b"x" * 65_536),
    "lines without end": ("GET /api/v1/me HTTP/1.1\r\nhost: x\r\n", b"x-a: b\r\n" * 8_192),
    "an address without end": ("GET /", b"a" * 65_536),
}


@pytest.mark.parametrize(("head", "piece"), HEADS.values(), ids=HEADS)
def test_a_head_without_end_is_refused_before_it_is_kept(small: tuple[Server, str], head: str, piece: bytes) -> None:
    before = small[0].peak_bytes()
    said, sent = pushed(small[0].port, head, endless(piece))
    assert said == b"HTTP/1.1 431 Request Header Fields Too Large"
    assert sent < 16 * MIB
    assert small[0].peak_bytes() - before < 32 * MIB


def test_a_body_that_does_not_come_is_waited_for_as_long_as_any_request_may_take(small: tuple[Server, str]) -> None:
    server, key = small
    begun = time.monotonic()
    head = f"POST /api/v1/waybills HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\ncontent-length: 100\r\n\r\n{{"
    said, _ = pushed(server.port, head, ())
    assert said.startswith(b"HTTP/1.1 503")
    assert time.monotonic() - begun < 10
    asker = Client(server.port, key)
    assert asker.ask("GET", "/api/v1/me").status == 200
    asker.close()


@pytest.mark.parametrize("begun", ["", "POST /api/v1/waybills HTTP/1.1\r\nho"])
def test_a_head_that_does_not_come_is_waited_for_a_while(monkeypatch: pytest.MonkeyPatch, begun: str) -> None:
    monkeypatch.setattr(heads, "HEAD_SECONDS", 0.05)

    async def asked() -> bytes:
        config = Config(_nothing, log_config=None, lifespan="off")
        loop = asyncio.get_running_loop()
        made = lambda: heads.BoundedHeads(config=config, server_state=ServerState(), app_state={}, _loop=loop)  # noqa: E731 - what a server makes of each connection
        async with await loop.create_server(made, HOST, 0) as listening:
            reader, writer = await asyncio.open_connection(*listening.sockets[0].getsockname()[:2])
            writer.write(begun.encode())
            try:
                return await asyncio.wait_for(reader.read(), 5)
            finally:
                writer.close()
                await writer.wait_closed()

    assert asyncio.run(asked()).startswith(b"HTTP/1.1 408")


async def _nothing(_scope: Any, _receive: Any, _send: Any) -> None:
    raise AssertionError("nobody asked anything")


def test_requests_one_after_another_on_one_connection_are_none_too_many(small: tuple[Server, str]) -> None:
    """The bound is of each head, not of a connection; a body is none of a head."""
    server, key = small
    asker = Client(server.port, key)
    for _ in range(12):
        assert asker.ask("GET", "/api/v1/me", **{"x-long": "x" * 8_000}).status == 200
        answer = asker.ask("POST", "/api/v1/events", json.dumps({"events": [], "x": "y" * 200_000}).encode())
        assert answer.status == 400
    asker.close()


def test_what_bodies_leave_behind_is_nothing(small: tuple[Server, str]) -> None:
    assert list(Path(small[0].home).glob("uploads/*/*/*")) == []


def test_an_address_that_no_database_need_take_is_refused_before_it(site: Site) -> None:
    """PostgreSQL keeps no NUL, and no whole number beyond 64 bits: an answer that the node is out of order would be wrong."""
    key = {"authorization": f"Bearer {site.key(*Scope).text.open()}"}
    asked = {
        "waybills?outlet=%00": "OUTLET_MALFORMED",
        "waybills?channel=%00": "OUTLET_MALFORMED",
        "waybills?until=0001-01-05": "DATE_MALFORMED",
        "waybills?since=9999-12-31": "DATE_MALFORMED",
        "numbers/reservations/%00": "RESERVATION_UNKNOWN",
        f"proofs/data/{10**30}": "BODY_UNREADABLE",
        f"checkpoints/data/growth?since={10**30}": "BODY_UNREADABLE",
    }
    told = {path: site.browser.get(f"/api/v1/{path}", headers=key).json()["name"] for path in asked}
    assert told == asked


def test_a_form_for_shipping_says_its_kind_once(site: Site) -> None:
    key = {"authorization": f"Bearer {site.key(*Scope).text.open()}"}
    answer = site.browser.post("/api/v1/shipped", json={"orders": [{"recipient": {}}]}, headers=key)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
