"""Facts that a decision needs from a room above it: the kernel names them, a room provides them, `main` connects them.

A fact without provider is *cannot tell*, and every gate refuses on that. A provider answers for a whole batch, in its order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from yinji.kernel.actor import Actor
from yinji.kernel.decision import Decision
from yinji.kernel.ids import Ref
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View


@dataclass(frozen=True, slots=True)
class ApprovalUse:
    """One approval, and everything it would be used for: an approval holds for exactly what it names.

    ``about`` is the party looked at or erased; None for a search, which is about nobody yet.
    """

    approval: Ref
    actor: Actor
    purpose: Purpose
    deed: Deed
    party: PartyRole
    view: View
    about: Ref | None


class ApprovalFact(Protocol):
    """Prior approvals (事先审核): was this given, for this, by somebody else, and is it still in force?"""

    def may_use(self, uses: Sequence[ApprovalUse]) -> Sequence[Decision]:
        """Decide on each use, in order. Asks only: that an approval is used once is proven where its use is kept.

        Called before the transaction that keeps the use, outside any open work.
        """
        ...


class HoldFact(Protocol):
    """Legal holds (法定保留): must a parcel's persons be kept although someone asks, or retention ends?"""

    def held(self, org: Ref, parcels: Sequence[Ref]) -> Sequence[Decision]:
        """Decide for each parcel of ``org``, in order: Allow where nothing holds it, ON_HOLD with the ground's code where
        something does, CannotTell where it is not known.
        """
        ...
