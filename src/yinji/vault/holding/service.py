"""The verbs of holds: place, lift, list, and the fact that erasure asks for."""

from __future__ import annotations

from collections.abc import Sequence

from yinji.db.database import Database
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Allow, Decision, Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref, by_shard, shard_of
from yinji.kernel.purpose import PartyRole
from yinji.kernel.refusals import Refusal
from yinji.vault import store as vault
from yinji.vault.holding import store
from yinji.vault.model import Hold


class Holds:
    """Legal holds on parcels of this node. Implements `HoldFact`."""

    def __init__(self, data: Database, clock: Clock) -> None:
        """Ask nothing yet."""
        self._data = data
        self._clock = clock

    def place(self, org: Ref, parcel: Ref, ground: str, *, entry: Entry) -> tuple[PartyRole, ...] | Refuse:
        """Hold a parcel on a ground; nothing changes where the same ground holds it already.

        Return for whom it comes too late: those parties were erased before, the others are held. PERSON_FORGOTTEN, and nothing
        is held, where nobody is left.
        """
        hold, shard = Hold(parcel, ground, self._clock.now_ms()), shard_of(parcel)
        with self._data.work() as work:
            store.keep_still(work)
            left = {
                vault.ROLES[row.role]
                for row in vault.parties(work, org=org, shard=shard, of=[(parcel, each) for each in PartyRole])
            }
            if not left:
                return Refuse(Refusal.PERSON_FORGOTTEN)
            if hold.ground not in store.grounds_of(work, org=org, shard=shard, parcel=parcel):
                store.add_hold(work, hold, org=org, shard=shard, entry=entry)
        return tuple(each for each in PartyRole if each not in left)

    def lift(self, org: Ref, parcel: Ref, ground: str, *, entry: Entry) -> Refuse | None:
        """Lift a hold; a refusal where there is none."""
        with self._data.work() as work:
            lifted = store.lift_hold(work, org=org, shard=shard_of(parcel), parcel=parcel, ground=ground, entry=entry)
        return None if lifted else Refuse(Refusal.HOLD_UNKNOWN, ground)

    def every(self, org: Ref) -> list[Hold]:
        """Return every hold, oldest first."""
        with self._data.reading() as reading:
            return store.holds(reading, org=org)

    def held(self, org: Ref, parcels: Sequence[Ref]) -> Sequence[Decision]:
        """Decide for each parcel, in order: Allow where nothing holds it, ON_HOLD with a ground where something does."""
        grounds: dict[Ref, str] = {}
        with self._data.reading() as reading:
            for shard, some in by_shard(parcels).items():
                grounds |= store.grounds(reading, org=org, shard=shard, parcels=some)
        return [Refuse(Refusal.ON_HOLD, grounds[parcel]) if parcel in grounds else Allow(("no hold",)) for parcel in parcels]
