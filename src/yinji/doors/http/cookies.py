"""The browser's session cookie: what it is called, and what a browser may do with it.

Behind TLS it is called ``__Host-…``: a browser takes such a cookie only from this host, over TLS, for all its paths (RFC 6265bis,
4.1.3), so that no neighbour can plant one. Only then is it read under TLS.
"""

from __future__ import annotations

from typing import Final

from litestar.datastructures import Cookie
from litestar.types import Scope

from yinji.doors.http.connection import cookies

_SESSION: Final = "yinji-session"
_SAME_SITE: Final = "strict"


def session_cookie_name(scope: Scope) -> str:
    """Return what the session's cookie is called on this connection."""
    return f"__Host-{_SESSION}" if scope["scheme"] == "https" else _SESSION


def session_token(scope: Scope) -> str:
    """Return what the browser says its session is, or ""."""
    return cookies(scope).get(session_cookie_name(scope), "")


def session_cookie(scope: Scope, token: str) -> Cookie:
    """Return the cookie that keeps ``token`` in the browser until it is closed; scripts do not read it."""
    return Cookie(
        key=session_cookie_name(scope),
        value=token,
        path="/",
        httponly=True,
        secure=scope["scheme"] == "https",
        samesite=_SAME_SITE,
    )


def no_session_cookie(scope: Scope) -> Cookie:
    """Return the cookie that makes the browser forget its session."""
    gone = session_cookie(scope, "")
    gone.max_age = 0
    return gone
