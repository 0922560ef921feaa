"""The transaction of `issue_waybills`: one shard of one batch, written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from yinji.db.trouble import Clash
from yinji.db.work import Reading, Work
from yinji.flows.house import House
from yinji.flows.issue_model import Candidate, Outcome, RowRefused
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref, Shard, mint_refs
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.law import pack_version
from yinji.ledger.batch import batch_root
from yinji.vault.model import Intake, Known, Plan, SealedParcel
from yinji.waybill.model import Taken, Waybill
from yinji.waybill.rules import evidence_item

TOKEN_BYTES: Final = 16
"""The label's QR code carries 128 random bits: they cannot be guessed and say nothing."""


TRIES_MAX: Final = 5
"""How often a batch is tried again after another process was first with one of its orders."""


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A candidate with its rows, ready to be written."""

    candidate: Candidate
    parcel: SealedParcel


@dataclass(frozen=True, slots=True)
class ShardBatch:
    """One shard's part of one batch. ``ref`` names the batch in its waybills and in the evidence."""

    house: House
    ref: Ref
    shard: Shard
    sender: Plan
    merchant: str
    specimen: bool
    at_ms: int

    def write(self, candidates: Sequence[Candidate], outcome: Outcome) -> dict[int, Waybill]:
        """Return the waybill of each row, by line: known ones as they stand, new ones as committed."""
        for _ in range(TRIES_MAX):
            try:
                return self._write_once(candidates, outcome)
            except Clash:  # another process issued one of these orders between our look and our commit
                continue
        raise Fault(Refusal.DATABASE_BUSY, "waybills")

    def _write_once(self, candidates: Sequence[Candidate], outcome: Outcome) -> dict[int, Waybill]:
        with self.house.data.reading() as reading:  # 4
            known = self._known(reading, candidates)
        fresh = [each for each in candidates if each.key.tag not in known]
        written: dict[int, Waybill] = {}
        dry: list[RowRefused] = []
        if fresh:
            sealed = self._seal(fresh)  # 5
            with self.house.data.work() as work:
                late = self._known(work, fresh)  # 6
                mine = [each for each in sealed if each.candidate.key.tag not in late]
                written = self._commit(work, mine, dry)
            known |= late
        outcome.refused += dry
        outcome.issued += len(written)
        return written | self._as_they_stand(candidates, known, outcome)

    def _known(self, reading: Reading, candidates: Sequence[Candidate]) -> dict[bytes, Known]:
        keys = [each.key for each in candidates]
        return self.house.vault.known_orders(reading, org=self.house.node.org, shard=self.shard, keys=keys)

    def _seal(self, fresh: Sequence[Candidate]) -> list[_Sealed]:
        parcels = sorted(mint_refs(len(fresh), shard=self.shard, at_ms=self.at_ms, random=self.house.random))
        intakes = [
            Intake(parcel, self.shard, each.plan, self.sender, each.belongings, each.key)
            for parcel, each in zip(parcels, fresh, strict=True)
        ]
        sealed = self.house.vault.seal(self.house.node.org, intakes, at_ms=self.at_ms)
        return [_Sealed(*pair) for pair in zip(fresh, sealed, strict=True)]

    def _commit(self, work: Work, mine: Sequence[_Sealed], dry: list[RowRefused]) -> dict[int, Waybill]:
        org, register = self.house.node.org, self.house.register
        drawn = register.draw(work, len(mine), org=org, shard=self.shard, specimen=self.specimen)  # 7
        numbered = list(zip(mine, drawn.taken, strict=False))
        exhausted = Refuse(Refusal.NUMBERS_EXHAUSTED)
        dry += [RowRefused(left.candidate.order.line, exhausted) for left in mine[len(numbered) :]]
        if not numbered:
            return {}
        bills = [self._bill(at, each, taken) for at, (each, taken) in enumerate(numbered)]
        entry = Entry(  # 8
            Event.WAYBILLS_ISSUED,
            self.house.actor,
            Purpose.ISSUE,
            self.at_ms,
            shard=self.shard,
            about=(self.ref,),
            count=len(bills),
            root=batch_root([evidence_item(bill) for bill in bills]),
        )
        register.write(work, bills, drawn, org=org, shard=self.shard, entry=entry)
        self.house.vault.write(work, [each.parcel for each, _ in numbered], entry=entry)
        return {each.candidate.order.line: bill for (each, _), bill in zip(numbered, bills, strict=True)}

    def _bill(self, item: int, sealed: _Sealed, taken: Taken) -> Waybill:
        return Waybill(
            ref=sealed.parcel.parcel,
            shard=self.shard,
            number=taken.number,
            merchant=self.merchant,
            destination=sealed.candidate.plan.destination,
            pieces=sealed.candidate.order.pieces,
            token=self.house.random(TOKEN_BYTES),
            rules=pack_version(),
            made_ms=self.at_ms,
            batch=self.ref,
            item=item,
            specimen=taken.specimen,
        )

    def _as_they_stand(
        self, candidates: Sequence[Candidate], known: dict[bytes, Known], outcome: Outcome
    ) -> dict[int, Waybill]:
        same: dict[int, Ref] = {}
        for each in candidates:
            found = known.get(each.key.tag)
            if found is None:
                continue
            if self.house.vault.same_order(self.house.node.org, each.key, found):
                same[each.order.line] = found.parcel
            else:
                outcome.refused.append(RowRefused(each.order.line, Refuse(Refusal.ORDER_CHANGED, "order.number")))
        if not same:
            return {}
        with self.house.data.reading() as reading:
            bills = self.house.register.waybills(reading, org=self.house.node.org, shard=self.shard, refs=list(same.values()))
        missing = Refuse(Refusal.WAYBILL_MISSING, "order.number")
        outcome.refused += [RowRefused(line, missing) for line, ref in same.items() if ref not in bills]
        standing = {line: bills[ref] for line, ref in same.items() if ref in bills}
        outcome.known += len(standing)
        return standing
