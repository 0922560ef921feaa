"""The empty application beside `yinji bench api` answers what the load takes for an issued order, whatever it is sent."""

from __future__ import annotations

import asyncio
from typing import Any

from yinji_bench import api_empty, api_load


def test_the_load_takes_the_empty_answer_for_an_issued_order() -> None:
    sent: list[Any] = []
    pieces = [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.request", "body": b"}"}]

    async def receive() -> Any:
        return pieces.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(api_empty.answer({}, receive, send))
    start, body = sent
    assert (pieces, start["status"]) == ([], 200)
    assert api_load._ISSUED in body["body"]
    assert dict(start["headers"])[b"content-length"] == str(len(body["body"])).encode()
