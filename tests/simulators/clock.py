"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import datetime

DAY_MS = 24 * 60 * 60 * 1000


class StandingClock:
    """Begins at a moment written in ISO form with its zone."""

    def __init__(self, start: str = "2026-11-21T10:00:00+08:00") -> None:
        self.set_to(start)

    def now_ms(self) -> int:
        return self._now

    def set_to(self, iso: str) -> None:
        """Move to a moment, before or after the present one, written in ISO form with its zone."""
        self._now = round(datetime.fromisoformat(iso).timestamp() * 1000)

    def pass_ms(self, milliseconds: int) -> None:
        self._now += milliseconds

    def pass_days(self, days: int) -> None:
        self.pass_ms(days * DAY_MS)
