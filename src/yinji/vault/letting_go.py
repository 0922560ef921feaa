"""What leaves the vault for good: parties erased, periods dropped, keys of indexes rotated; and how what must stay is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from yinji.kernel.decision import Allow, Refuse, as_refusal
from yinji.kernel.entry import Entry
from yinji.kernel.facts import HoldFact
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard, shard_of
from yinji.kernel.party import Party
from yinji.kernel.permit import Permit
from yinji.kernel.purpose import Deed, PartyRole
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.keys.keystore import STANDING
from yinji.vault import store
from yinji.vault.erasing import store as erasing
from yinji.vault.erasing.dropping import Dropped, Dropping
from yinji.vault.erasing.forgetting import Forgetting, Why
from yinji.vault.erasing.mending import Mended, Mending
from yinji.vault.erasing.reindexing import Reindexing
from yinji.vault.erasing.tags import Tags
from yinji.vault.model import Erased, PeriodRow
from yinji.vault.parts import VaultParts
from yinji.vault.periods import store as period_store
from yinji.vault.periods.service import fits

_SOUND: Final = Said("完好", "sound")
_RENEWING: Final = Said("索引密钥更换中", "its index keys are being renewed")
_DROPPED: Final = Said("已整体销毁", "destroyed whole")
_LOST: Final = Said("密钥缺失：从备份恢复", "its keys are missing: restore them from a backup")
_APART: Final = Said("与数据不是同一时刻：运行 yinji keys mend", "not of the data's moment: run yinji keys mend")


class PeriodSeen(NamedTuple):
    """One period, as data and key store have it."""

    period: int
    revision: int
    erased: int
    state: Said
    sound: bool


class Farewell(NamedTuple):
    """One party to be erased: of which parcel, under which permit."""

    parcel: Ref
    permit: Permit


class LettingGo(VaultParts):
    """The verbs of erasure. ``holds`` is asked before anything is erased; where it cannot tell, nothing is."""

    holds: HoldFact

    def forget(self, farewells: Sequence[Farewell], why: Why) -> list[Erased | Refuse]:
        """Erase parties, each against its permit; return for each what became of it, in order.

        1 use up the permits: who is gone, on hold, or not the one permitted, is refused; 2 erase, shard by shard. Between the
        two a crash leaves an outcome that says the erasure began, and nothing erased: ask again.
        """
        erased: dict[Ref, Erased] = {}

        def act(held: Sequence[int]) -> Sequence[Refuse | None]:
            return self._why_not([farewells[at] for at in held])

        with self._disclosures.work() as work:
            permits = [each.permit for each in farewells]
            refused = self._access.redeem_all(work, permits, act, deed=Deed.ERASE)  # 1
        places: dict[tuple[Ref, Shard], list[tuple[Ref, PartyRole]]] = {}
        for each, end in zip(farewells, refused, strict=True):
            if end is None:
                place = (each.permit.actor.org, shard_of(each.parcel))
                places.setdefault(place, []).append((each.parcel, each.permit.party))
        for (org, shard), parties in places.items():  # 2
            erased |= {each.ref: each for each in self._forgetting().forget(org, shard, parties, why)}
        ends: list[Erased | Refuse] = []
        for each, end in zip(farewells, refused, strict=True):
            ends.append(end or erased.get(each.permit.about) or self._why_not([each])[0] or Refuse(Refusal.PERSON_FORGOTTEN))
        return ends

    def drop_period(self, org: Ref, period: int, why: Why) -> Dropped:
        """Erase everybody in a period at once, and seal anew who is on hold."""
        return Dropping(self._forgetting(), self.holds).drop(org, period, why)

    def rotate_index(self, org: Ref, why: Why) -> int:
        """Rotate the index keys of an organisation; return how many recipients' rows this run tagged anew."""
        return Reindexing(self._forgetting()).rotate(org, why)

    def mend(self, org: Ref, why: Why) -> Mended:
        """Bring data and key store together after one of them was restored; finish whatever a crash left."""
        return Mending(Reindexing(self._forgetting())).mend(org, why)

    def periods_seen(self, org: Ref) -> list[PeriodSeen]:
        """Return every period of an organisation: its revision, how many were erased from it, whether its keys are sound."""
        with self._data.reading() as reading:
            rows = period_store.periods(reading, org=org)
            erased = Counter(each.period for each in erasing.erasures(reading, org=org))
        return [self._period_seen(org, row, erased[row.period]) for row in rows]

    def _period_seen(self, org: Ref, row: PeriodRow, erased: int) -> PeriodSeen:
        keys = self._keys.reread(org, row.period)
        if row.dropped_ms:
            return PeriodSeen(row.period, row.revision, erased, _APART if keys else _DROPPED, sound=keys is None)
        if keys is None:
            return PeriodSeen(row.period, row.revision, erased, _LOST, sound=False)
        if not fits(keys, row):
            return PeriodSeen(row.period, row.revision, erased, _APART, sound=False)
        return PeriodSeen(row.period, row.revision, erased, _SOUND if keys.index.settled else _RENEWING, sound=True)

    def _why_not(self, farewells: Sequence[Farewell]) -> list[Refuse | None]:
        ends: list[Refuse | None] = []
        for each in farewells:
            org, role = each.permit.actor.org, each.permit.party
            with self._data.reading() as reading:
                row = store.party(reading, org=org, shard=shard_of(each.parcel), parcel=each.parcel, role=role)
            if row is None:
                ends.append(Refuse(Refusal.PERSON_FORGOTTEN))
            elif row.ref != each.permit.about:
                ends.append(Refuse(Refusal.PERMIT_MISMATCH))
            else:
                (held,) = self.holds.held(org, [each.parcel])
                ends.append(None if isinstance(held, Allow) else as_refusal(held))
        return ends

    def finish_erasures(self, org: Ref, why: Why) -> None:
        """Finish erasures whose rows are deleted and whose end was cut short: destroy their keys, say so."""
        with self._keys.alone():
            self._forgetting().resume(org, why)

    def keep_sender(self, org: Ref, party: Party, *, entry: Entry) -> None:
        """Keep an organisation's own sender, sealed; who was kept before is erased, keys and all. Commits by itself."""
        why = Why(entry.actor, entry.purpose)
        forgetting = self._forgetting()
        with self._keys.alone():
            forgetting.resume(org, why)
            if self._periods.given(org, STANDING) is not None:
                forgetting.align(org, STANDING, why)
            row, made = self._sealer.seal_standing(org, party, at_ms=self._clock.now_ms())
            with self._data.work() as work:
                self._periods.require_current(work, org, (made,))
                former = store.party(work, org=org, shard=FIRST_SHARD, parcel=org, role=PartyRole.SENDER)
                store.keep_party(work, row, org=org, shard=FIRST_SHARD, parcel=org, role=PartyRole.SENDER, entry=entry)
                if former is not None:
                    forgetting.note(work, org, FIRST_SHARD, former, entry=entry)
            self._periods.forget(org, STANDING)
            forgetting.resume(org, why)

    def _undo_until(self) -> int:
        return max(self._book.undo_until(), self._keys.backed_up_until())

    def _forgetting(self) -> Forgetting:
        return Forgetting(
            data=self._data,
            keys=self._keys,
            undo_until=self._undo_until,
            periods=self._periods,
            tags=Tags(self._sealer, self._index),
            clock=self._clock,
            random=self._random,
            shards=self._limits.shards,
            holds=self.holds,
        )
