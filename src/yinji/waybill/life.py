"""A waybill number's life once it is issued: printed, voided, completed, archived. The parcel's own life is not here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from yinji.db.work import Work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import Ref, Shard, by_shard, shard_of
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.waybill import store
from yinji.waybill.model import MOVES, NumberState, Waybill
from yinji.waybill.numbering import store as numbering
from yinji.waybill.ports import ParcelFacts
from yinji.waybill.rules import is_reason

_NOBODY: Final[Mapping[str, int]] = {}


class Life:
    """What happens to issued numbers. Each verb writes in the caller's unit of work, with its sentence."""

    def __init__(self, clock: Clock, facts: ParcelFacts | None) -> None:
        """Without ``facts`` nothing is known of parcels: who voids a number answers for the parcel not being on its way."""
        self._clock = clock
        self._facts = facts

    def printed(self, work: Work, *, org: Ref, batches: Iterable[Ref], actor: Actor) -> int:
        """Count one more print of every waybill of some batches; return how many. Voided ones are passed over.

        One statement a batch. What costs is the commit: a run marks many batches in one unit of work.
        """
        count = 0
        for batch in batches:
            entry = self._entry(Event.LABELS_PRINTED, actor, about=batch)
            met, stated = store.print_batch(work, org=org, shard=shard_of(batch), batch=batch, entry=entry)
            count += self._counted(work, org, shard_of(batch), met, stated)
        return count

    def printed_some(self, work: Work, *, org: Ref, refs: Sequence[Ref], actor: Actor, reason: str = "") -> int:
        """Count one more print of some waybills; return how many. Voided ones are passed over.

        ``reason`` is why a label was made again, empty for a first one.
        """
        count = 0
        for shard, some in by_shard(refs).items():
            entry = self._entry(Event.LABELS_AGAIN if reason else Event.LABELS_PRINTED, actor, about=some[0], ground=reason)
            met, stated = store.print_some(work, org=org, shard=shard, refs=some, entry=entry)
            count += self._counted(work, org, shard, met, stated)
        return count

    def void(self, work: Work, bill: Waybill, *, org: Ref, reason: str, actor: Actor) -> Refuse | None:
        """Void a waybill's number for good; None where it is done. Refuses where its parcel was accepted or its life has gone on."""
        if not is_reason(reason):
            return Refuse(Refusal.GROUND_MALFORMED)
        (now,) = store.locked(work, org=org, shard=bill.shard, refs=(bill.ref,))
        if now.state is NumberState.VOIDED:
            return Refuse(Refusal.WAYBILL_VOIDED, bill.number)
        accepted = self._facts is not None and bill.ref in self._facts.accepted(org, (bill.ref,))
        if accepted or NumberState.VOIDED not in MOVES[now.state]:
            return Refuse(Refusal.VOID_TOO_LATE, bill.number)
        entry = self._entry(Event.WAYBILL_VOIDED, actor, about=bill.ref, ground=reason)
        store.move(work, org=org, shard=bill.shard, refs=(bill.ref,), to=NumberState.VOIDED, entry=entry)
        voided = _NOBODY if now.specimen else {now.owner: 1}
        numbering.add_counts(work, org=org, shard=bill.shard, printed=_NOBODY, voided=voided, entry=entry)
        return None

    def complete(self, work: Work, *, org: Ref, refs: Sequence[Ref], actor: Actor) -> list[Ref]:
        """End the use of numbers whose parcels were delivered or came back; return those that moved."""
        return self._move(work, org, refs, to=NumberState.COMPLETED, event=Event.NUMBERS_COMPLETED, actor=actor)

    def archive(self, work: Work, *, org: Ref, refs: Sequence[Ref], actor: Actor) -> list[Ref]:
        """Put completed numbers away; return those that moved."""
        return self._move(work, org, refs, to=NumberState.ARCHIVED, event=Event.NUMBERS_ARCHIVED, actor=actor)

    def _move(self, work: Work, org: Ref, refs: Sequence[Ref], *, to: NumberState, event: Event, actor: Actor) -> list[Ref]:
        gone_on: list[Ref] = []
        for shard, some in by_shard(refs).items():
            standing = store.locked(work, org=org, shard=shard, refs=some)
            ready = [each.ref for each in standing if to in MOVES[each.state]]
            if ready:
                entry = self._entry(event, actor, about=ready[0], count=len(ready))
                store.move(work, org=org, shard=shard, refs=ready, to=to, entry=entry)
            gone_on += ready
        return gone_on

    def _counted(self, work: Work, org: Ref, shard: Shard, met: Sequence[store.Met], entry: Entry) -> int:
        fresh = Counter(each.owner for each in met if each.prints == 1 and not each.specimen)
        numbering.add_counts(work, org=org, shard=shard, printed=fresh, voided=_NOBODY, entry=entry)
        return len(met)

    def _entry(self, event: Event, actor: Actor, *, about: Ref, count: int = 1, ground: str = "") -> Entry:
        at_ms = self._clock.now_ms()
        return Entry(event, actor, Purpose.ISSUE, at_ms, shard=shard_of(about), about=(about,), count=count, ground=ground)
