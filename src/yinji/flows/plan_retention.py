"""Plan the end of retention: which months are over, how many parties stand in them, who is on hold. A dry run: nothing changes.

A month is over when its last day is more than the days of retention ago: nobody in it was issued later. How many days that is the
setting `retention_days` says; where it is 0, the proposal of the rule pack, which is no law and is shown as a proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from yinji.flows.house import House
from yinji.kernel.clock import beijing_day
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref
from yinji.kernel.purpose import PartyRole
from yinji.kernel.refusals import Refusal
from yinji.law import Rule, rule, rules

PROPOSAL: Final = "house-retention-days"
ARCHIVE: Final = "waybill-archive-years"
BASIS: Final = frozenset({"pipl-retention-shortest", "pipl-retention-ended", PROPOSAL, ARCHIVE})
"""The records that a plan shows: what the law says, what is only quoted, and what is ours."""

_MONTHS: Final = 12


class Held(NamedTuple):
    """A parcel of a month that is over, and on which ground it stays. ``number`` is "" where the waybill is not known."""

    number: str
    ground: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month that still has its keys: 202611, the last day its persons are kept, how many parties stand in it, who is on hold."""

    period: int
    kept_until: date
    parties: int
    held: tuple[Held, ...]
    over: bool


@dataclass(frozen=True, slots=True)
class RetentionPlan:
    """What would be done today. ``proposed`` tells that the days are the rule pack's, not the operator's.

    ``released`` are parties of earlier months whose hold was lifted. ``below_archive`` tells that fewer days are kept than a notice
    asks whose force is not confirmed.
    """

    today: date
    days: int
    proposed: bool
    basis: tuple[Rule, ...]
    months: tuple[Month, ...]
    released: int
    below_archive: bool

    @property
    def over(self) -> tuple[Month, ...]:
        """The months that are over, oldest first."""
        return tuple(each for each in self.months if each.over)


def retention_days(house: House) -> tuple[int, bool]:
    """Return how many days persons are kept, and whether that is only proposed."""
    if house.settings.retention_days:
        return house.settings.retention_days, False
    proposal = rule(PROPOSAL, beijing_day(house.clock.now_ms()))
    if proposal is None or proposal.value is None:  # before the record's first day: nobody proposes anything
        raise Fault(Refusal.SETTING_MALFORMED, "retention_days")
    return proposal.value, True


def kept_until(period: int, *, days: int) -> date:
    """Return the last day on which the persons of a month are kept."""
    year, month = divmod(period, 100)
    following = date(year + month // _MONTHS, month % _MONTHS + 1, 1)
    return following - timedelta(days=1) + timedelta(days=days)


def months_over(house: House) -> list[int]:
    """Return the months whose retention has ended, oldest first; counts nobody."""
    days, _ = retention_days(house)
    today = beijing_day(house.clock.now_ms())
    return [period for period in house.vault.months(house.node.org) if kept_until(period, days=days) < today]


def parties_released(house: House) -> list[tuple[Ref, PartyRole]]:
    """Return the parties that only a hold kept beyond their month, and that nothing holds any more."""
    return house.vault.let_go_of(house.node.org)


def plan_retention(house: House) -> RetentionPlan:
    """Tell what would be done; change nothing."""
    org, today = house.node.org, beijing_day(house.clock.now_ms())
    days, proposed = retention_days(house)
    over, counts = set(months_over(house)), house.vault.parties_by_month(org)
    held = _held(house, over)
    archive = rule(ARCHIVE, today)
    return RetentionPlan(
        today=today,
        days=days,
        proposed=proposed,
        basis=tuple(each for each in rules(today) if each.id in BASIS),
        months=tuple(
            Month(period, kept_until(period, days=days), counts.get(period, 0), tuple(held.get(period, ())), period in over)
            for period in house.vault.months(org)
        ),
        released=len(parties_released(house)),
        below_archive=archive is not None and archive.value is not None and days < archive.value,
    )


def _held(house: House, periods: set[int]) -> dict[int, Sequence[Held]]:
    """Return, by month, who in it is on hold and why: numbers and grounds, never a name."""
    org = house.node.org
    holds = house.holds.every(org)
    where = house.vault.standing_in(org, [each.parcel for each in holds])
    concerned = [each for each in holds if where.get(each.parcel, set()) & periods]
    numbers = house.register.numbers(org, [each.parcel for each in concerned])
    found: dict[int, list[Held]] = {}
    for each in concerned:
        for period in sorted(where[each.parcel] & periods):
            found.setdefault(period, []).append(Held(numbers.get(each.parcel, ""), each.ground))
    return dict(found)
