"""What comes before a body, the head of a request, is bounded in bytes and in seconds.

The server beneath bounds neither: its parser keeps a line for as long as the line goes on, copying it with every piece, and waits for
its end for ever. A head beyond the bound is answered 431, one that does not end in time 408 (RFC 6585, 5; RFC 9110, 15.5.9).
"""

from __future__ import annotations

import asyncio
from typing import Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

HEAD_MAX_BYTES: Final = 32 << 10
"""Bytes of a head, beyond the piece that it began in: four times what common servers allow one line (nginx, large_client_header_buffers)."""

HEAD_SECONDS: Final = 20.0
"""How long a head may take. As long as common servers wait (Apache, RequestReadTimeout)."""

_TOO_LARGE: Final = b"431 Request Header Fields Too Large"
_TOO_SLOW: Final = b"408 Request Timeout"


class BoundedHeads(HttpToolsProtocol):
    """One connection, whose heads are small and quick, or whose end it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - what the server gives its protocols
        """Wait for nothing yet."""
        super().__init__(*args, **kwargs)
        self._waiting: asyncio.TimerHandle | None = None
        self._head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the server itself narrows it
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._begin()

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of a head."""
        super().on_message_begin()
        self._begin()

    def on_headers_complete(self) -> None:
        """Wait no longer."""
        self._end()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._end()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in a piece. One that begins and ends within the same head counts; a head of ordinary size is a piece or two."""
        before = self._waiting
        super().data_received(data)
        if self._waiting is not None and self._waiting is before:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_MAX_BYTES:
                self._refuse(_TOO_LARGE)

    def _begin(self) -> None:
        self._end()
        self._head_bytes = 0
        self._waiting = self.loop.call_later(HEAD_SECONDS, self._refuse, _TOO_SLOW)

    def _end(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _refuse(self, status: bytes) -> None:
        """Say why, where no other answer is on its way, and hang up."""
        self._end()
        answering = cast("RequestResponseCycle | None", self.cycle)  # none before the first request, whatever its type says
        if answering is None or answering.response_complete:
            self.transport.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()
