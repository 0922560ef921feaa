"""What is read of a connection before the framework has made a request of it: method, headers, cookies, language."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, cast

from litestar.types import Scope

from yinji.doors.http.language import COOKIE, chosen_language, cookies_of
from yinji.kernel.said import Language

_BROWSERS_REMEMBERED: Final = 256


def method_of(scope: Scope) -> str:
    """Return the method of a request."""
    return cast("str", scope.get("method", ""))


def header(scope: Scope, name: bytes) -> str:
    """Return a request's header, or "". ``name`` in small letters."""
    for key, value in scope["headers"]:
        if key == name:
            return value.decode("latin-1")
    return ""


def cookies(scope: Scope) -> dict[str, str]:
    """Return a request's cookies."""
    return cookies_of("; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"))


def language_of(scope: Scope) -> Language:
    """Return the language of whoever asks."""
    accept = header(scope, b"accept-language")
    if not header(scope, b"cookie"):  # a program, mostly
        return _asked_for(accept)
    return chosen_language(cookies(scope).get(COOKIE, ""), accept)


@lru_cache(maxsize=_BROWSERS_REMEMBERED)
def _asked_for(accept: str) -> Language:
    return chosen_language("", accept)
