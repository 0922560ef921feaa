"""A session as it is known once its token was recognised."""

from __future__ import annotations

from dataclasses import dataclass

from yinji.access.model import Account


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in. ``proof`` is the hash of the token; moments in milliseconds since 1970."""

    proof: bytes
    account: Account
    begun_ms: int
    seen_ms: int


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lasts: without a request, and in any case. Milliseconds."""

    idle_ms: int
    whole_ms: int
