"""Headers that every answer carries: what a browser may load, frame, remember and tell others.

No page has an inline script or style, so that none can be slipped in (Content Security Policy Level 3).
"""

from __future__ import annotations

from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HSTS: Final = "max-age=31536000"
"""A year, for this host only: what stands beside it is not ours to decide (RFC 6797)."""

ALWAYS: Final = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(), microphone=()",  # the camera reads bar codes
}

_ALWAYS: Final = [(name.encode(), value.encode()) for name, value in ALWAYS.items()]
_HSTS: Final = (b"strict-transport-security", HSTS.encode())
_KEPT_NOWHERE: Final = (b"cache-control", b"no-store")

KEPT: Final = "/assets/"
"""What anybody may keep: style sheets and scripts, which hold nobody. All else is kept nowhere unless it says otherwise."""


def headed(app: ASGIApp) -> ASGIApp:
    """Return ``app`` with these headers on every answer, whoever gave it."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message["headers"]
                headers = [*given, *_ALWAYS]
                if scope["scheme"] == "https":
                    headers.append(_HSTS)
                if not scope["path"].startswith(KEPT) and b"cache-control" not in dict(given):
                    headers.append(_KEPT_NOWHERE)
                message["headers"] = headers
            await send(message)

        await app(scope, receive, with_headers)

    return answer
