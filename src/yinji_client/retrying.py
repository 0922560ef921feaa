"""When to send again, and how long to wait first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from yinji_client.errors import Problem, Unreachable

_LATER: Final = frozenset({429, 502, 503, 504})
_NOT_BEGUN: Final = frozenset({"NODE_CROWDED", "NODE_UNREADY"})
"""Refusals that come before anything is done: what must not be done twice may be sent again after them."""

_NOT_SOON: Final = frozenset({"QUOTA_SPENT", "SIGN_IN_LOCKED"})
"""Refusals that the next seconds do not mend."""


@dataclass(frozen=True, slots=True)
class Retries:
    """At most ``times`` further attempts, after ``first_seconds``, twice as long each time up to ``most_seconds``."""

    times: int = 4
    first_seconds: float = 0.5
    most_seconds: float = 20.0

    def seconds_before(self, attempt: int, *, asked: str, chance: float) -> float:
        """Return how long to wait before a further attempt (0 is the first).

        ``asked`` is the node's Retry-After in seconds, or "": never less than that. ``chance`` in 0..1 spreads clients by a half.
        """
        seconds = min(self.first_seconds * 2.0**attempt, self.most_seconds) * (0.5 + chance / 2)
        return max(seconds, min(float(asked), self.most_seconds)) if asked.isdecimal() else seconds


def may_send_again(error: Problem | Unreachable, *, again: bool) -> bool:
    """Decide whether a call may be sent again; ``again`` tells that twice does what once does."""
    if isinstance(error, Unreachable):
        return again or not error.sent
    if error.status not in _LATER or error.name in _NOT_SOON:
        return False
    return again or error.name in _NOT_BEGUN
