"""The verbs of exemptions: ask, approve, refuse, use, and what is known of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from yinji.access.accounts import store as accounts
from yinji.access.exempting import rules, store
from yinji.access.exempting.model import Exemption, ExemptionState, Ground
from yinji.db.database import Database
from yinji.db.trouble import Clash
from yinji.db.work import Reading, Work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Allow, Refuse, as_refusal
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import RandomBytes, Ref, Shard, by_shard, mint_ref, shard_of
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal

REFS_SAID_MAX: Final = 32
"""References that one sentence about several exemptions names: some 500 bytes. The others it counts."""

_EXPIRED: Final = "expired"
_FORGOTTEN: Final = "forgotten"


class Exemptions:
    """Exemptions of this node's organisations, in the data database, each in its order's shard."""

    def __init__(self, *, data: Database, clock: Clock, random: RandomBytes, lives_ms: int) -> None:
        """``lives_ms`` is how long one waits for its approval, and then for its use."""
        self._data = data
        self._clock = clock
        self._random = random
        self._lives_ms = lives_ms

    def ask(self, shard: Shard, tag: bytes, merchant: str, ground: Ground, *, actor: Actor) -> Exemption | Refuse:
        """Ask for an exemption of one order, known by its tag. Refuses EXEMPTION_OPEN where it has one that is not over."""
        decided = rules.may_ask(actor)
        if not isinstance(decided, Allow):
            return as_refusal(decided)
        now = self._clock.now_ms()
        self.end_expired(actor=actor)
        ref = mint_ref(shard=shard, at_ms=now, random=self._random)
        asked = Exemption(ref, shard, merchant, ground, actor.account, now, now + self._lives_ms, ExemptionState.ASKED)
        entry = _entry(Event.EXEMPTION_ASKED, actor, now, asked)
        try:
            with self._data.work() as work:
                store.add(work, asked, org=actor.org, tag=tag, entry=entry)
        except Clash:
            return Refuse(Refusal.EXEMPTION_OPEN)
        return asked

    def approve(self, ref: Ref, *, actor: Actor) -> Exemption | Refuse:
        """Approve one as a second, named, open account at the compliance post; from now on it waits for its one use."""
        now, shard = self._clock.now_ms(), shard_of(ref)
        with self._data.work() as work:
            asked = store.one(work, org=actor.org, shard=shard, ref=ref)
            if asked is None:
                return Refuse(Refusal.EXEMPTION_UNKNOWN)
            decided = rules.may_approve(actor, asked, now_ms=now)
            if not isinstance(decided, Allow):
                return as_refusal(decided)
            if not accounts.is_open(work, actor.account):
                return Refuse(Refusal.ACCOUNT_CLOSED)
            until = now + self._lives_ms
            entry = _entry(Event.EXEMPTION_APPROVED, actor, now, asked)
            store.approve(work, ref, org=actor.org, shard=shard, by=actor.account, until_ms=until, entry=entry)
            return store.one(work, org=actor.org, shard=shard, ref=ref) or Refuse(Refusal.EXEMPTION_UNKNOWN)

    def refuse(self, ref: Ref, *, actor: Actor) -> Refuse | None:
        """Refuse or withdraw one that was not used yet; None where it is done."""
        now, shard = self._clock.now_ms(), shard_of(ref)
        with self._data.work() as work:
            asked = store.one(work, org=actor.org, shard=shard, ref=ref)
            if asked is None:
                return Refuse(Refusal.EXEMPTION_UNKNOWN)
            decided = rules.may_refuse(actor, asked, now_ms=now)
            if not isinstance(decided, Allow):
                return as_refusal(decided)
            entry = _entry(Event.EXEMPTION_REFUSED, actor, now, asked)
            store.refuse(work, ref, org=actor.org, shard=shard, by=actor.account, entry=entry)
        return None

    def every(self, org: Ref) -> list[Exemption]:
        """Return an organisation's exemptions, oldest first."""
        with self._data.reading() as reading:
            return store.every(reading, org)

    def any_open(self, reading: Reading, org: Ref) -> bool:
        """Tell whether an organisation has any exemption that is asked for or approved: one short look."""
        return store.any_open(reading, org)

    def of_orders(self, org: Ref, tags: Mapping[Shard, Collection[bytes]]) -> dict[bytes, Exemption]:
        """Return, by tag, what is asked for or approved for some orders and has not expired."""
        now = self._clock.now_ms()
        found: dict[bytes, Exemption] = {}
        with self._data.reading() as reading:
            for shard, some in tags.items():
                found |= store.by_tag(reading, some, org=org, shard=shard)
        return {tag: each for tag, each in found.items() if each.is_open(now)}

    def of_parcels(self, reading: Reading, parcels: Sequence[Ref], *, org: Ref, shard: Shard) -> dict[Ref, Exemption]:
        """Return, by parcel, the exemption that each was issued under."""
        return store.of_parcels(reading, parcels, org=org, shard=shard)

    def standing(self, work: Work, refs: Collection[Ref], *, org: Ref, shard: Shard) -> set[Ref]:
        """Return those of some exemptions that are approved, unused and alive."""
        return store.standing(work, refs, org=org, shard=shard, now_ms=self._clock.now_ms())

    def use(self, work: Work, uses: Mapping[Ref, tuple[Exemption, Ref]], *, shard: Shard, actor: Actor) -> None:
        """Use exemptions up, by reference, each for one parcel, in the transaction that writes its waybill.

        Raises Clash where another transaction was first with one of them: nothing of this one may stay.
        """
        if not uses:
            return
        now = self._clock.now_ms()
        entries = [_entry(Event.EXEMPTION_USED, actor, now, each, parcel) for each, parcel in uses.values()]
        parcels = {ref: parcel for ref, (_, parcel) in uses.items()}
        if not store.use(work, parcels, org=actor.org, shard=shard, now_ms=now, entry=entries):
            raise Clash("access_exemptions")

    def end_expired(self, *, actor: Actor) -> None:
        """End what has expired, so that it forgets its order; says so where there was any."""
        now = self._clock.now_ms()
        with self._data.reading() as reading:
            if not store.expired(reading, org=actor.org, now_ms=now):
                return
        with self._data.work() as work:
            over = store.expired(work, org=actor.org, now_ms=now)
            if over:
                entry = _several(actor, now, over, _EXPIRED)
                store.end_expired(work, org=actor.org, now_ms=now, entry=entry)

    def forget(self, parcels: Sequence[Ref], *, actor: Actor) -> None:
        """Forget the documents of parcels whose recipients were erased; says so where there was any."""
        now = self._clock.now_ms()
        for shard, some in by_shard(parcels).items():
            with self._data.work() as work:
                known = store.of_parcels(work, some, org=actor.org, shard=shard)
                told = [each.ref for each in known.values() if each.ground.document]
                if told:
                    entry = _several(actor, now, told, _FORGOTTEN)
                    store.forget(work, list(known), org=actor.org, shard=shard, entry=entry)


def _entry(event: Event, actor: Actor, now: int, asked: Exemption, *more: Ref) -> Entry:
    return Entry(event, actor, Purpose.ISSUE, now, shard=asked.shard, about=(asked.ref, *more), ground=asked.ground.said)


def _several(actor: Actor, now: int, refs: Sequence[Ref], ground: str) -> Entry:
    about = tuple(refs[:REFS_SAID_MAX])
    return Entry(Event.EXEMPTION_ENDED, actor, Purpose.ISSUE, now, about=about, count=len(refs), ground=ground)
