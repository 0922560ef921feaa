"""One call after another: signed, sent, sent again where that is safe, read."""

from __future__ import annotations

import json
import random
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from yinji_client.calls import Call
from yinji_client.errors import Problem, Unreachable, Unreadable, problem_of
from yinji_client.records import read
from yinji_client.retrying import Retries, may_send_again
from yinji_client.transport import Answer, Transport

_T = TypeVar("_T")
_ERROR: Final = 400
_JSON: Final = "application/json"


class Session:
    """A transport, a key, and patience."""

    def __init__(
        self, transport: Transport, key: str, *, language: str, retries: Retries, wait: Callable[[float], None] = time.sleep
    ) -> None:
        """``wait`` is how seconds pass: a test hands in its own."""
        self._transport = transport
        self._always = {"authorization": f"Bearer {key}", "accept-language": language, "user-agent": "yinji-client/1"}
        self._retries = retries
        self._wait = wait

    def ask(self, kind: type[_T], call: Call, address: str, **told: Any) -> _T:  # noqa: ANN401 - a query and a body
        """Return the record that a call gives."""
        answer = self.send(call, address, **told)
        try:
            return read(kind, json.loads(answer))
        except ValueError:
            raise Unreadable(call.id) from None

    def send(self, call: Call, address: str, *, query: Mapping[str, object] | None = None, body: object = None) -> bytes:
        """Return a call's whole answer; raises `Problem`, or `Unreachable` once patience is at an end."""
        chosen = {name: _written(value) for name, value in (query or {}).items() if value is not None}
        target = f"{address}?{urlencode(chosen)}" if chosen else address
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = self._always | {"accept": f"{call.gives}, application/problem+json"}
        if call.method != "GET":
            headers["idempotency-key"] = str(uuid.uuid4())
        if content is not None:
            headers["content-type"] = _JSON
        attempt = 0
        while True:
            asked = ""
            try:
                answer = self._transport.send(call.method, target, headers, content)
                asked = answer.headers.get("retry-after", "")
                return _done(answer)
            except (Problem, Unreachable) as error:
                if attempt >= self._retries.times or not may_send_again(error, again=call.again):
                    raise
            self._wait(self._retries.seconds_before(attempt, asked=asked, chance=random.random()))  # noqa: S311 - it spreads clients
            attempt += 1

    def close(self) -> None:
        """Give the connection back."""
        self._transport.close()


def _done(answer: Answer) -> bytes:
    if answer.status >= _ERROR:
        raise problem_of(answer.status, answer.body)
    return answer.body


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
