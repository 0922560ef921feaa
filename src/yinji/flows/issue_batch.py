"""The transaction of `issue_waybills`: one shard of one batch, written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from yinji.db.trouble import Clash
from yinji.db.work import Reading, Work
from yinji.flows.exempt_label import keep_standing, use_up
from yinji.flows.house import House
from yinji.flows.issue_model import Candidate, Numbered, Outcome, RowRefused
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref, Shard, mint_refs
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.law import pack_version
from yinji.ledger.batch import batch_root
from yinji.vault.model import Intake, OrderKey, Plan, SealedParcel, Standing
from yinji.vault.periods.service import KeysMoved
from yinji.vault.taking_in import order_scope
from yinji.waybill.model import NumberState, Taken, Waybill, WaybillKind
from yinji.waybill.rules import evidence_item, token_mark

TRIES_MAX: Final = 10
"""How often a batch is tried again after another process was first with one of its orders, or moved the keys it was sealed with."""


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
    outlet: str
    specimen: bool
    at_ms: int
    outlet_code: str = ""

    def write(self, candidates: Sequence[Candidate], outcome: Outcome) -> dict[int, Numbered]:
        """Return the waybill of each row, by line: known ones as they stand, new ones as committed."""
        for _ in range(TRIES_MAX):
            try:
                return self._write_once(candidates, outcome)
            except Clash:  # another process issued one of these orders between our look and our commit
                continue
            except KeysMoved:  # somebody was erased, or keys are being rotated: what was sealed with the former ones is let go
                candidates = [replace(each, key=self._key(each)) for each in candidates]
        raise Fault(Refusal.DATABASE_BUSY, "waybills")

    def _write_once(self, candidates: Sequence[Candidate], outcome: Outcome) -> dict[int, Numbered]:
        with self.house.data.reading() as reading:  # 4
            known = self._known(reading, candidates)
        fresh = [each for each in candidates if each.key.tag not in known and not each.key.ended]
        ended = Refuse(Refusal.PERIOD_ENDED, "order.date")
        late_ones = [each for each in candidates if each.key.ended and each.key.tag not in known]
        written: dict[int, Numbered] = {}
        dry: list[RowRefused] = []
        if fresh:
            sealed = self._seal(fresh)  # 5
            with self.house.data.work() as work:
                late = self._known(work, fresh)  # 6
                mine = [each for each in sealed if each.candidate.key.tag not in late]
                written = self._commit(work, mine, dry)
            known |= late
        outcome.refused += dry
        outcome.refused += [RowRefused(each.order.line, ended) for each in late_ones]
        outcome.issued += len(written)
        outcome.batches += [self.ref] if written else []
        return written | self._as_they_stand(candidates, known, outcome)

    def _key(self, candidate: Candidate) -> OrderKey:
        return self.house.vault.order_key(self.house.node.org, candidate.told)

    def _known(self, reading: Reading, candidates: Sequence[Candidate]) -> dict[bytes, Ref]:
        keys = [each.key for each in candidates]
        return self.house.vault.known_orders(reading, org=self.house.node.org, shard=self.shard, keys=keys)

    def _seal(self, fresh: Sequence[Candidate]) -> list[_Sealed]:
        parcels = sorted(mint_refs(len(fresh), shard=self.shard, at_ms=self.at_ms, random=self.house.random))
        intakes = [
            Intake(
                parcel,
                self.shard,
                each.plan,
                self.sender,
                each.belongings,
                each.key,
                order_scope(each.told),
                self.outlet,
                *each.told.printed,
            )
            for parcel, each in zip(parcels, fresh, strict=True)
        ]
        sealed = self.house.vault.seal(self.house.node.org, intakes, at_ms=self.at_ms)
        return [_Sealed(*pair) for pair in zip(fresh, sealed, strict=True)]

    def _commit(self, work: Work, mine: Sequence[_Sealed], dry: list[RowRefused]) -> dict[int, Numbered]:
        org, register = self.house.node.org, self.house.register
        over = keep_standing(self.house, work, [each.candidate for each in mine], shard=self.shard)
        dry += over.values()
        mine = [each for each in mine if each.candidate.order.line not in over]
        packages = [each.candidate.order.packages for each in mine]
        drawn = register.draw(  # 7
            work,
            len(mine),
            org=org,
            shard=self.shard,
            specimen=self.specimen,
            outlet=self.outlet_code,
            packages=packages if max(packages, default=1) > 1 else (),
        )
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
        self.house.vault.write(work, org, [each.parcel for each, _ in numbered], entry=entry)
        use_up(self.house, work, [(each.candidate, each.parcel.parcel) for each, _ in numbered], shard=self.shard)
        return {
            each.candidate.order.line: Numbered(bill, each.parcel.token)
            for (each, _), bill in zip(numbered, bills, strict=True)
        }

    def _bill(self, item: int, sealed: _Sealed, taken: Taken) -> Waybill:
        return Waybill(
            ref=sealed.parcel.parcel,
            shard=self.shard,
            number=taken.number,
            merchant=self.merchant,
            destination=sealed.candidate.plan.destination,
            pieces=sealed.candidate.order.pieces,
            token=token_mark(sealed.parcel.token),
            rules=pack_version(),
            made_ms=self.at_ms,
            batch=self.ref,
            item=item,
            specimen=taken.specimen,
            outlet=self.outlet_code,
            channel=sealed.candidate.order.channel,
            owner=taken.owner,
            subs=taken.subs,
            kind=WaybillKind.EXEMPT if sealed.candidate.exempt else WaybillKind.PRIVACY,
        )

    def _as_they_stand(self, candidates: Sequence[Candidate], known: dict[bytes, Ref], outcome: Outcome) -> dict[int, Numbered]:
        met = [(each, parcel) for each in candidates if (parcel := known.get(each.key.tag))]
        if not met:
            return {}
        org, parcels = self.house.node.org, list(dict.fromkeys(parcel for _, parcel in met))
        with self.house.data.reading() as reading:
            standing = self.house.vault.standing_orders(reading, org=org, shard=self.shard, parcels=parcels)
            bills = self.house.register.waybills(reading, org=org, shard=self.shard, refs=parcels)
        stand: dict[int, Numbered] = {}
        for each, parcel in met:
            answer = _as_it_stands(each, standing.get(parcel), bills.get(parcel))
            if isinstance(answer, Refuse):
                outcome.refused.append(RowRefused(each.order.line, answer))
            else:
                stand[each.order.line] = answer
        outcome.known += len(stand)
        outcome.known_bills += [each.bill.ref for each in stand.values()]
        outcome.known_lines += stand
        return stand


def _as_it_stands(candidate: Candidate, standing: Standing | Refuse | None, bill: Waybill | None) -> Numbered | Refuse:
    """Return the waybill that an order has already, if it says what it said then, and the parcel is the one it was issued for."""
    if isinstance(standing, Refuse):
        return standing
    if standing is None or bill is None:
        return Refuse(Refusal.WAYBILL_MISSING, "order.number")
    if not standing.said(candidate.key):
        return Refuse(Refusal.ORDER_CHANGED, "order.number")
    if bill.state is NumberState.VOIDED:
        return Refuse(Refusal.WAYBILL_VOIDED, "order.number")
    return Numbered(bill, standing.token)
