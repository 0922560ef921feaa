"""End retention: 1 months that are over are dropped, the oldest first, each as `drop_period` does it: a chunk of parties a transaction,
whoever is on hold sealed anew; 2 parties whom only a hold kept, and nothing holds any more, are forgotten some hundreds at a time.

One month that cannot be dropped keeps no other from it. Safe to run again, and beside another run: who comes second finds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from yinji.flows.drop_period import drop_period
from yinji.flows.forget_persons import Forget, forget_persons
from yinji.flows.house import House
from yinji.flows.plan_retention import months_over, parties_released
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.vault.erasing.dropping import Dropped
from yinji.vault.model import Erased

RELEASED_AT_ONCE: Final = 1_000
"""Parties whose hold was lifted that one run forgets: each costs a permit and a puncture; the next run goes on."""

Ending: TypeAlias = Dropped | Refuse


@dataclass(frozen=True, slots=True)
class MonthEnded:
    """What became of one month."""

    period: int
    end: Ending


@dataclass(frozen=True, slots=True)
class RetentionRun:
    """What a run came to: months, and parties whose hold was lifted; ``left`` months are over and wait for the next run."""

    months: tuple[MonthEnded, ...]
    released: int
    refused: tuple[Refuse, ...]
    left: int

    @property
    def parties(self) -> int:
        """How many parties were erased."""
        return self.released + sum(each.end.deleted for each in self.months if isinstance(each.end, Dropped))


def end_retention(house: House, *, months_max: int) -> RetentionRun:
    """Erase what retention has ended for, at most ``months_max`` months of it."""
    over = months_over(house)
    ended = [MonthEnded(period, _dropped(house, period)) for period in over[:months_max]]  # 1
    released, refused = _release(house)  # 2
    refused += [each.end for each in ended if isinstance(each.end, Refuse)]
    return RetentionRun(tuple(ended), released, tuple(refused), len(over) - len(ended))


def _dropped(house: House, period: int) -> Ending:
    try:
        return drop_period(house, period)
    except Fault as fault:
        if fault.code is Refusal.PERIOD_ENDED:  # another run was first
            return Dropped(0, 0, ())
        return Refuse(fault.code, fault.at)


def _release(house: House) -> tuple[int, list[Refuse]]:
    parties = parties_released(house)[:RELEASED_AT_ONCE]
    numbers = house.register.numbers(house.node.org, [parcel for parcel, _ in parties])
    asked = [Forget(numbers[parcel], role) for parcel, role in parties if parcel in numbers]
    ends = forget_persons(house, asked, purpose=Purpose.RETENTION) if asked else []
    # Held again, or forgotten by somebody else since they were looked for: both are as they should be.
    passed = {Refusal.ON_HOLD, Refusal.PERSON_FORGOTTEN}
    refused = [each for each in ends if isinstance(each, Refuse) and each.code not in passed]
    return sum(isinstance(each, Erased) for each in ends), refused
