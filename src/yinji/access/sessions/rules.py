"""Tokens of sessions, what follows from them, and when a session is over. Pure."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

from yinji.access.sessions.model import Session, SessionLimits

TOKEN_BYTES: Final = 32
"""256 random bits: beyond guessing, so that a plain hash is enough to keep (OWASP asks for 64 bits of entropy at least)."""

SEEN_AGAIN_MS: Final = 60_000
"""How old the last note of a request may be before the next is written: one short write a minute and session, not one a request."""

_TOKEN: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


def proof_of(token: str) -> bytes | None:
    """Return what a token is recognised by; None where the text cannot be one."""
    return hashlib.sha256(token.encode("ascii")).digest() if _TOKEN.fullmatch(token) else None


def form_token(token: str) -> str:
    """Return what a form of this session carries: it follows from the session's token, and the token not from it."""
    return hmac.digest(token.encode("utf-8", "surrogatepass"), b"yinji form", "sha256").hex()


def fits_form(token: str, given: str) -> bool:
    """Tell in constant time whether a form was given out to the session with this token."""
    return hmac.compare_digest(form_token(token).encode(), given.encode("utf-8", "surrogatepass"))


def is_over(session: Session, limits: SessionLimits, *, now_ms: int) -> bool:
    """Tell whether a session has ended by itself. A clock set back ends it too: it cannot be told how old it is."""
    idle, age = now_ms - session.seen_ms, now_ms - session.begun_ms
    return age < 0 or idle >= limits.idle_ms or age >= limits.whole_ms
