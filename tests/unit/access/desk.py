"""A desk where permits are asked for and redeemed, and its evidence read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.unit.access.people import access
from tests.unit.kernel.fixed_clock import FixedClock
from tests.unit.ledger.evidence import ledger

from yinji.access.service import Access
from yinji.db import Database
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.permit import Permit
from yinji.kernel.refusals import Refusal


@dataclass
class Desk:
    """A node's access, its clock, and what its disclosures' evidence says."""

    access: Access
    clock: FixedClock
    data: Database
    disclosures: Database

    def __post_init__(self) -> None:
        self.evidence = ledger()
        for database in (self.data, self.disclosures):
            database.connect_evidence(self.evidence)

    def said(self) -> list[Entry]:
        self.evidence.sequence(self.disclosures)
        return [placed.recorded.entry for placed in self.evidence.entries(self.disclosures, limit=10_000)]

    def told(self) -> list[tuple[Event, str]]:
        return [(entry.event, entry.ground) for entry in self.said()]

    def redeem(self, permit: Permit, outcome: Refuse | None = None) -> tuple[Refuse | None, bool]:
        """Return how it ended, and whether the act was done."""
        done: list[bool] = []

        def act() -> Refuse | None:
            done.append(True)
            return outcome

        with self.disclosures.work() as work:
            return self.access.redeem(work, permit, act, deed=permit.deed), bool(done)

    def redeem_all(
        self, permits: Sequence[Permit], ends: dict[int, Refuse] | None = None
    ) -> tuple[list[Refuse | None], list[int]]:
        """Return how each ended, and which places were acted on. ``ends`` are the acts that are to be refused, by place."""
        done: list[int] = []

        def act(held: Sequence[int]) -> list[Refuse | None]:
            done.extend(held)
            return [(ends or {}).get(at) for at in held]

        with self.disclosures.work() as work:
            return self.access.redeem_all(work, permits, act, deed=permits[0].deed), done


def desk_of(data: Database, disclosures: Database, **other: int) -> Desk:
    """A desk on two databases."""
    clock = FixedClock()
    return Desk(access(data, disclosures, clock, **other), clock, data, disclosures)


def refused(answer: Permit | Refuse) -> Refusal:
    assert isinstance(answer, Refuse), answer
    return answer.code


def codes(answers: Sequence[Permit | Refuse | None]) -> list[Refusal | None]:
    """The refusals of a batch, None where there was none."""
    return [each.code if isinstance(each, Refuse) else None for each in answers]
