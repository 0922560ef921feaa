"""What is read of a connection before the framework has made a request of it: method, headers, cookies, language."""

from __future__ import annotations

from typing import cast

from litestar.types import Scope

from yinji.doors.http.language import COOKIE, chosen_language, cookies_of
from yinji.kernel.said import Language


def method_of(scope: Scope) -> str:
    """Return the method of a request."""
    return cast("str", scope.get("method", ""))


def header(scope: Scope, name: bytes) -> str:
    """Return a request's header, or "". ``name`` in small letters."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def cookies(scope: Scope) -> dict[str, str]:
    """Return a request's cookies."""
    return cookies_of("; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"))


def language_of(scope: Scope) -> Language:
    """Return the language of whoever asks."""
    return chosen_language(cookies(scope).get(COOKIE, ""), header(scope, b"accept-language"))
