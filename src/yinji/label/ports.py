"""What printing needs from outside: a printer that takes bytes, and says what became of them where it can."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from yinji.kernel.decision import Refuse


class Settled(StrEnum):
    """What is known of everything that was sent so far."""

    CONFIRMED = "confirmed"  # the printer says that nothing waits any more, and that nothing is wrong
    UNTOLD = "untold"  # it was handed over; whether it was printed nobody says


class Printer(Protocol):
    """One printer, for one job at a time. Every wait in it is bounded; nothing is sent a second time by itself."""

    def begin(self) -> Refuse | None:
        """Reach the printer, some times if need be, and ask whether it can print; refuse where it cannot."""
        ...

    def send(self, data: bytes) -> Refuse | None:
        """Hand over one label's commands; a refusal says that they may have arrived in part."""
        ...

    def settle(self) -> Settled | Refuse:
        """Wait until what was sent is printed, where the printer tells; refuse where it stopped or is gone."""
        ...

    def close(self) -> Refuse | None:
        """Let the printer go; a file is whole only now."""
        ...
