"""An exemption, its ground, and its life."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from yinji.kernel.ids import Ref, Shard

DOCUMENT: Final = "document"
"""The ground of an exemption that rests on a named document and no rule of the packs."""


class ExemptionState(IntEnum):
    """An exemption's life: one order, one approval, one use."""

    ASKED = 1
    APPROVED = 2
    USED = 3
    REFUSED = 4
    EXPIRED = 5


MOVES: Final[dict[ExemptionState, frozenset[ExemptionState]]] = {
    ExemptionState.ASKED: frozenset({ExemptionState.APPROVED, ExemptionState.REFUSED, ExemptionState.EXPIRED}),
    ExemptionState.APPROVED: frozenset({ExemptionState.USED, ExemptionState.REFUSED, ExemptionState.EXPIRED}),
    ExemptionState.USED: frozenset(),
    ExemptionState.REFUSED: frozenset(),
    ExemptionState.EXPIRED: frozenset(),
}

OWNER: Final[dict[ExemptionState, str]] = {
    ExemptionState.ASKED: "exemptions.ask",
    ExemptionState.APPROVED: "exemptions.approve",
    ExemptionState.USED: "exemptions.use",
    ExemptionState.REFUSED: "exemptions.refuse",
    ExemptionState.EXPIRED: "exemptions.end_expired",
}

OPEN: Final = frozenset(state for state, moves in MOVES.items() if moves)
"""States in which an exemption still knows its order."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What an exemption rests on: a rule's id or `DOCUMENT`, the number of a document ("" for none), whether it is only a draft."""

    code: str
    document: str = ""
    draft: bool = False

    @property
    def said(self) -> str:
        """The ground as evidence has it: never a document's number, which could lead to a person."""
        return f"{self.code}:draft" if self.draft else self.code


@dataclass(frozen=True, slots=True)
class Exemption:
    """One exemption. Moments in milliseconds since 1970; ``until_ms`` ends what is still open.

    ``approved_by`` is whoever decided, for it or against; ``parcel`` the waybill it was used for. None before that.
    """

    ref: Ref
    shard: Shard
    merchant: str
    ground: Ground
    asked_by: Ref
    asked_ms: int
    until_ms: int
    state: ExemptionState
    approved_by: Ref | None = None
    parcel: Ref | None = None

    def is_open(self, now_ms: int) -> bool:
        """Tell whether it can still be decided or used; ``until_ms`` is its last moment."""
        return self.state in OPEN and now_ms <= self.until_ms
