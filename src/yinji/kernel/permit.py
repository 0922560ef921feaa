"""`Permit`: what the first of a disclosure's two transactions made, and the second uses up."""

from __future__ import annotations

from dataclasses import dataclass

from yinji.kernel.actor import Actor
from yinji.kernel.ids import Ref
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View


@dataclass(frozen=True, slots=True)
class Permit:
    """A right to one look: who, why, at whom, how much, until when. Used once, by the vault.

    ``ref`` names the durable intent; ``expires_ms`` is milliseconds since 1970. A permit that was forged in memory
    fails, because the vault redeems ``ref`` against the stored intent. ``about`` is the parcel looked at; for a search,
    the permit's own reference.
    """

    ref: Ref
    deed: Deed
    actor: Actor
    purpose: Purpose
    about: Ref
    party: PartyRole
    view: View
    expires_ms: int
