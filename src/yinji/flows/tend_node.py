"""Tend a node that runs: chores that nobody asks for, each in a bounded batch, done by one process at a time.

A chore is due when its lease is over; who takes the lease does it. Reservations of numbers need no chore: what expired is
anybody's again at the next look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from yinji.db.leases import take_lease
from yinji.flows.clear_uploads import clear_uploads
from yinji.flows.end_retention import end_retention
from yinji.flows.house import House
from yinji.flows.plan_retention import months_over
from yinji.flows.sign_evidence import sign_evidence
from yinji.flows.track_parcel import tell_queries
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Chore:
    """One chore: its name, how often it is due, what it does. ``do`` returns how many things it did."""

    name: str
    every_ms: Callable[[House], int]
    do: Callable[[House], int]
    wanted: Callable[[House], bool] = lambda _: True


class Done(NamedTuple):
    """A chore that was due: how many things it did, or what kept it from them."""

    name: str
    things: int
    refused: Refusal | None = None


def _place(house: House) -> int:
    """Give waiting entries their place, one batch a log."""
    return sum(house.ledger.sequence(database) for database in (house.data, house.disclosures))


def _sign(house: House) -> int:
    """Sign both logs as they stand; heads that are signed already give their notes again."""
    return len(sign_evidence(house))


def _end_exemptions(house: House) -> int:
    """End what expired unused, so that it forgets its order."""
    house.exemptions.end_expired(actor=house.actor)
    return 1


def _end_retention(house: House) -> int:
    """Erase one month that is over, and whom only a lifted hold kept; the next hour goes on. Says it where it was refused."""
    done = end_retention(house, months_max=1)
    if done.refused:
        raise Fault(done.refused[0].code, done.refused[0].at)
    return done.parties


def _plan_retention(house: House) -> int:
    """Count the months that are over, and erase nobody: the worker was not told to (`retention_run`)."""
    return len(months_over(house))


def _runs_retention(house: House) -> bool:
    return house.settings.retention_run == "on"


_SECOND_MS: Final = 1_000
_MINUTE_MS: Final = 60_000
_HOUR_MS: Final = 60 * _MINUTE_MS

CHORES: Final[tuple[Chore, ...]] = (
    # On SQLite an entry has its place in the transaction that brings it: none ever waits.
    Chore("place_evidence", lambda _: _SECOND_MS, _place, lambda house: house.data.file is None),
    Chore("sign_evidence", lambda house: house.settings.checkpoint_minutes * _MINUTE_MS, _sign),
    Chore("prune_sessions", lambda _: 10 * _MINUTE_MS, lambda house: house.sessions.prune()),
    Chore("tell_queries", lambda _: 10 * _MINUTE_MS, tell_queries),
    Chore("end_exemptions", lambda _: 10 * _MINUTE_MS, _end_exemptions),
    Chore("end_retention", lambda _: _HOUR_MS, _end_retention, _runs_retention),
    Chore("plan_retention", lambda _: 24 * _HOUR_MS, _plan_retention, lambda house: not _runs_retention(house)),
    Chore("clear_uploads", lambda _: 10 * _MINUTE_MS, clear_uploads),
)
"""The chores there are. Each may run twice at once without harm; leases keep it from being done for nothing."""


def tend_node(house: House) -> Iterator[Done]:
    """Do every chore that is due, and say of each what came of it: one that fails keeps no other from being done."""
    for chore in CHORES:
        if not chore.wanted(house):
            continue
        try:
            now, for_ms = house.clock.now_ms(), chore.every_ms(house)
            if take_lease(house.data, chore.name, now_ms=now, for_ms=for_ms):
                yield Done(chore.name, chore.do(house))
        except Fault as fault:
            yield Done(chore.name, 0, fault.code)
