"""The way to a node: one connection that is kept, one request after another. A test hands in another way."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from yinji_client.errors import Unreachable


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, its headers in small letters, the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """What carries requests."""

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        """Return the answer; raises Unreachable."""
        ...

    def close(self) -> None:
        """Give the connection back."""
        ...


class HttpTransport:
    """HTTP/1.1 over one kept connection. Not for several threads: give each thread a client of its own."""

    def __init__(self, base_url: str, *, seconds: float, tls: ssl.SSLContext | None) -> None:
        """Connect to nothing yet. Raises ValueError for an address that is none."""
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("base_url is http://host or https://host, with a port and a path if need be")
        self._path = parts.path.rstrip("/")
        self._connection: http.client.HTTPConnection
        if parts.scheme == "https":
            context = tls or ssl.create_default_context()
            self._connection = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=seconds, context=context)
        else:
            self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=seconds)

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        """Return the answer; a connection that the node closed meanwhile counts as broken."""
        sent = False
        try:
            if self._connection.sock is None:
                self._connection.connect()
            sent = True
            self._connection.request(method, self._path + target, body=body, headers=dict(headers))
            answer = self._connection.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise Unreachable(type(error).__name__, sent=sent) from None
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, told)

    def close(self) -> None:
        """Close the connection; the next request opens it anew."""
        self._connection.close()
