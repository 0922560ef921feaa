"""A clock that stands still until a test moves it."""

from __future__ import annotations

from dataclasses import dataclass

DAY_MS = 86_400_000
NOON_MS = 1_795_233_600_000
"""2026-11-21 12:00 in Beijing."""


@dataclass
class FixedClock:
    """Says ``at_ms`` until it is moved."""

    at_ms: int = NOON_MS

    def now_ms(self) -> int:
        return self.at_ms

    def pass_ms(self, ms: int) -> None:
        self.at_ms += ms
