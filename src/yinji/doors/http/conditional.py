"""Conditional requests (RFC 9110, 13), for the whole API in one place.

What a GET answers has an entity tag, and one that comes with an ``If-None-Match`` which still holds is answered 304, without a body. A
request that changes something may bring ``If-Match``: the tag of what its sender last saw. It is compared just before the change, so
that two people do not undo each other's work; what may never be done the register refuses by itself, whatever was compared.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

import msgspec
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.params import HeaderParameter
from litestar.types import ASGIApp, HTTPResponseStartEvent, Message, Receive, Scope, Send

from yinji.doors.http.connection import header, method_of
from yinji.doors.http.problems import Refused
from yinji.doors.http.tags import fresh, tag_of
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal

IfMatch = Annotated[
    str,
    HeaderParameter(
        name="If-Match",
        max_length=256,
        description="The `ETag` that a GET of this gave: refused with 412 where it is another by now.",
    ),
]
"""How a handler takes the tag of what its sender last saw; "" where none is brought."""

_TAGGED: Final = (b"application/json", b"text/plain")
"""What gets a tag: records and proofs. The reference's page is kept by nobody."""

_KEPT: Final = (b"private, no-cache", b"authorization, accept-language")
"""Kept by the one who asked, under this key, and asked for again before it is used."""


class Conditional(ASGIMiddleware):
    """Gives answers their tags, and none to whoever has them already."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Let a GET through with its answer held until all of it is there; anything else as it comes."""
        held = _Held(header(scope, b"if-none-match"), send) if method_of(scope) in {"GET", "HEAD"} else None
        await next_app(scope, receive, held.take if held else send)


class _Held:
    """The beginning of an answer, until its body has come and the tag is known."""

    def __init__(self, wanted: str, send: Send) -> None:
        """``wanted`` is what the client has, by its If-None-Match."""
        self._wanted = wanted
        self._send = send
        self._start: HTTPResponseStartEvent | None = None

    async def take(self, message: Message) -> None:
        """Pass a message on, or hold it: an answer that comes in pieces has no tag."""
        if message["type"] == "http.response.start":
            if message["status"] == HTTPStatus.OK and _is_tagged(message):
                self._start = message
            else:
                await self._send(message)
            return
        start, self._start = self._start, None
        if start is not None and message["type"] == "http.response.body":
            if not message["more_body"]:
                tag = tag_of(message["body"])
                start["headers"] = [
                    *start["headers"],
                    (b"etag", tag.encode()),
                    *zip((b"cache-control", b"vary"), _KEPT, strict=True),
                ]
                if self._wanted and fresh(self._wanted, tag):
                    start["status"] = HTTPStatus.NOT_MODIFIED.value
                    start["headers"] = [
                        each for each in start["headers"] if each[0] not in {b"content-length", b"content-type"}
                    ]
                    message["body"] = b""
            await self._send(start)
        await self._send(message)


def require_match(wanted: str, seen: msgspec.Struct) -> None:
    """Raise `Refused` (CHANGED_MEANWHILE) unless ``wanted`` is the tag of what a GET answers now, or nothing is wanted."""
    if wanted and not fresh(wanted, tag_of(msgspec.json.encode(seen)), weak=False):
        raise Refused(Refuse(Refusal.CHANGED_MEANWHILE, "If-Match"))


def _is_tagged(start: HTTPResponseStartEvent) -> bool:
    headers = dict(start["headers"])
    return b"etag" not in headers and headers.get(b"content-type", b"").startswith(_TAGGED)
