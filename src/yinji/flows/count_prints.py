"""Count what was put on paper: 1 batches that were issued; 2 waybills that stood already, whose label was made once more."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from yinji.flows.house import House
from yinji.flows.issue_model import Outcome
from yinji.kernel.ids import REF_BYTES, Ref

RERUN: Final = "rerun"
"""Why a label was made again: its order came again."""

_BATCHES_AT_ONCE: Final = 10
"""What costs is the commit: one for ten batches is a third of one each (measured)."""

_BILLS_AT_ONCE: Final = 1_000


@dataclass(slots=True)
class Prints:
    """Labels on their way to paper: batches that were written, waybills that were met again.

    ``known`` are references one behind the other, a piece a batch: by themselves a million of them would take 70 MB.
    """

    batches: list[Ref] = field(default_factory=list)
    known: list[bytes] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Take in what a batch came to."""
        self.batches += outcome.batches
        if outcome.known_bills:
            self.known.append(b"".join(outcome.known_bills))


def count_prints(house: House, prints: Prints) -> None:
    """Count a print of each; call it when the labels are in their place.

    What is killed before it leaves waybills that say they were never printed: their orders, sent again, print and count them.
    """
    org, life, actor = house.node.org, house.register.life, house.actor
    for at in range(0, len(prints.batches), _BATCHES_AT_ONCE):
        with house.data.work() as work:
            life.printed(work, org=org, batches=prints.batches[at : at + _BATCHES_AT_ONCE], actor=actor)  # 1
    known = b"".join(prints.known)
    for at in range(0, len(known), _BILLS_AT_ONCE * REF_BYTES):
        with house.data.work() as work:
            some = _refs(known[at : at + _BILLS_AT_ONCE * REF_BYTES])
            life.printed_some(work, org=org, refs=some, actor=actor, reason=RERUN)  # 2


def _refs(joined: bytes) -> list[Ref]:
    return [Ref(joined[at : at + REF_BYTES]) for at in range(0, len(joined), REF_BYTES)]
