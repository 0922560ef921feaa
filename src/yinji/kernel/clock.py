"""Time, handed in: rooms take a `Clock`, decisions take a moment."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Protocol

BEIJING: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China keeps one time zone without summer time (since 1992); legal dates are Beijing dates."""


class Clock(Protocol):
    """Where moments come from. Milliseconds since 1970-01-01 UTC."""

    def now_ms(self) -> int:
        """Return the present moment."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now_ms(self) -> int:
        """Return the present moment by the machine's clock."""
        return time.time_ns() // 1_000_000


def moment(at_ms: int) -> datetime:
    """Return milliseconds since 1970 as a moment in Beijing time."""
    return datetime.fromtimestamp(at_ms / 1000, tz=UTC).astimezone(BEIJING)


def beijing_day(at_ms: int) -> date:
    """Return the Beijing date of a moment; UTC arithmetic would be a day wrong between midnight and eight."""
    return moment(at_ms).date()
