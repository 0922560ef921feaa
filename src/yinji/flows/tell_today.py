"""Tell what a day looks like: what was issued, what waits, what runs low, how many labels hid their persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from yinji.flows.house import House
from yinji.flows.tell_coverage import tell_coverage
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.waybill.coverage.model import By, Share
from yinji.waybill.numbering.odd_use import Warned
from yinji.waybill.numbering.stock import Stock

DAYS: Final = 30
"""Days of the course of privacy waybills."""

UNPRINTED_DAYS: Final = 7
"""Days that are looked back for labels which were never printed. A proposal of ours: older ones are found by `yinji numbers`."""

_DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Today:
    """One day. ``days`` are the last `DAYS` days, today the last; ``low`` who runs out of numbers; ``intents`` looks without outcome."""

    today: Share
    days: tuple[tuple[date, Share], ...]
    unprinted: int
    stock: Stock
    low: tuple[Warned, ...]
    specimens_only: bool
    has_sender: bool
    intents: int


def tell_today(house: House) -> Today | Refuse:
    """Return what there is to tell of today, Beijing time: 1 the course of days; 2 what waits; 3 the stock of numbers."""
    org, now = house.node.org, house.clock.now_ms()
    last = beijing_day(now)
    first = last - timedelta(days=DAYS - 1)
    told = tell_coverage(house, first=first, last=last, by=By.DAY)  # 1
    if isinstance(told, Refuse):
        return told
    by_day = {share.key: share for share in told.rows}
    days = tuple((day, by_day.get(day.isoformat(), Share(day.isoformat(), 0, 0, 0))) for day in _days(first, last))
    unprinted = house.register.count_unprinted(org, since_ms=now - UNPRINTED_DAYS * _DAY_MS)  # 2
    sender = house.vault.standing_sender(org)
    return Today(
        days[-1][1],
        days,
        unprinted,
        house.register.stock(org),  # 3
        house.register.low_stock(org),
        house.register.specimen_only(org),
        not isinstance(sender, Refuse) and sender is not None,
        house.access.count_open_intents(org),
    )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]
