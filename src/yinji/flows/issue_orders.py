"""Orders of a request in, an answer for each out. 1 one run, one batch (`issue_waybills`); 2 keep the write-ahead log short; 3 each
order's answer: its numbers, whether it had them before, or all that is wrong with it.

The same order is the same waybill for as long as it stands, whoever sends it again: a retry is answered, never issued twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from yinji.flows.house import House
from yinji.flows.issue_model import Look, RowRefused
from yinji.flows.issue_waybills import IssueRun
from yinji.label.press import Press
from yinji.waybill.model import Order

KEPT_MS: Final = 3_000
"""As long as a process believes what it read of an API key."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one order. ``numbers`` is its waybill's and each further package's; empty where it is refused or only checked."""

    numbers: tuple[str, ...] = ()
    known: bool = False
    refused: tuple[RowRefused, ...] = ()


class KeptRun:
    """The last run of one thread, kept for requests that follow closely: sender and ranges are not read anew for each group.

    Whoever sets another sender, or enters the first real range, waits `KEPT_MS` at most until requests follow it.
    """

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._run: IssueRun | None = None
        self._of: tuple[object, ...] = ()
        self._since_ms = 0

    def of(self, house: House, press: Press, look: Look, *, merchant: str) -> IssueRun:
        """Return a run that has seen no order, for this account and merchant."""
        of, now = (house.account, house.specimens_only, merchant, look, press), house.clock.now_ms()
        if self._run is None or self._of != of or not 0 <= now - self._since_ms < KEPT_MS:
            self._run, self._of, self._since_ms = IssueRun(house, press, merchant=merchant, look=look), of, now
        self._run.begin_anew()
        return self._run


class Answered(NamedTuple):
    """An answer for each order, in their order. ``specimen``: none of these numbers ships."""

    answers: list[Answer]
    specimen: bool


def issue_orders(house: House, press: Press, look: Look, *, merchant: str, orders: Sequence[Order], kept: KeptRun) -> Answered:
    """Issue orders as one batch; returns after the commit. Every order has a ``line`` of its own, every thread what it ``kept``."""
    run = kept.of(house, press, look, merchant=merchant)
    outcome = run.issue(orders)  # 1
    house.data.shorten_log()  # 2
    refused = _by_line(outcome.refused)
    known = set(outcome.known_lines)
    answers: list[Answer] = []
    first: dict[str, Answer] = {}
    for order in orders:  # 3
        numbers = outcome.numbers.get(order.line, ())
        answer = Answer(numbers, order.line in known, tuple(refused.get(order.line, ())))
        before = first.setdefault(order.number, answer)
        repeated = not numbers and not answer.refused
        answers.append(Answer(before.numbers, known=True, refused=before.refused) if repeated else answer)
    return Answered(answers, run.specimen)


def check_orders(house: House, press: Press, look: Look, *, merchant: str, orders: Sequence[Order]) -> Answered:
    """Plan and lint orders as issuing them would; nothing is written and no number taken."""
    run = IssueRun(house, press, merchant=merchant, look=look)
    refused = _by_line(run.check(orders))
    return Answered([Answer(refused=tuple(refused.get(order.line, ()))) for order in orders], run.specimen)


def _by_line(rows: Sequence[RowRefused]) -> dict[int, list[RowRefused]]:
    found: dict[int, list[RowRefused]] = {}
    for row in rows:
        found.setdefault(row.line, []).append(row)
    return found
