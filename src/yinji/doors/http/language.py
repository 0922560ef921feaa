"""In which language a visitor is answered: as they chose, else as their browser asks, else Chinese."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import Final

from yinji.kernel.said import Language

COOKIE: Final = "yinji-language"

_HEADER_MAX: Final = 200
"""Characters of the header that are read: more than any browser sends."""


def cookies_of(header: str) -> dict[str, str]:
    """Return the cookies of a request's header; none where it cannot be read."""
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return {}
    return {name: each.value for name, each in jar.items()}


def chosen_language(cookie: str, accept: str) -> Language:
    """Return the language of an answer (RFC 9110, 12.5.4). ``cookie`` is what the visitor chose here, or ""."""
    if cookie in set(Language):
        return Language(cookie)
    wanted: list[tuple[float, Language]] = []
    for part in accept[:_HEADER_MAX].split(","):
        tag, _, parameter = part.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language in set(Language):
            wanted.append((_weight(parameter), Language(language)))
    best = max(wanted, key=lambda each: each[0], default=(0.0, Language.ZH))
    return best[1] if best[0] > 0 else Language.ZH


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
