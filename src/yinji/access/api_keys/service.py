"""The verbs of API keys: issue, list, revoke, recognise."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from yinji.access.api_keys import rules, store
from yinji.access.api_keys.model import ApiKey, Scope
from yinji.access.model import Account
from yinji.db.database import Database
from yinji.db.work import Work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Allow, Refuse, as_refusal
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, RandomBytes, Ref, mint_ref
from yinji.kernel.private import Private
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal

REMEMBERED_MS: Final = 3_000
"""How long a process believes what it read of a key: a revocation elsewhere takes effect within as long."""

RESTORED: Final = "restored"
"""The ground on which a restore revokes keys."""

REMEMBERED_MAX: Final = 10_000
"""Keys that a process remembers; beyond it forgets them all and reads them again."""

_DAY_MS: Final = 86_400_000


class Issued(NamedTuple):
    """A new key and its text, to be shown once."""

    key: ApiKey
    text: Private


class ApiKeys:
    """API keys of this node's accounts, in the data database. One instance a process, used by many threads."""

    def __init__(self, *, data: Database, clock: Clock, random: RandomBytes, days_max: int) -> None:
        """``days_max`` is how long a key may last."""
        self._data = data
        self._clock = clock
        self._random = random
        self._days_max = days_max
        self._known: dict[bytes, tuple[ApiKey, int]] = {}

    def issue(
        self, account: Account, name: str, scopes: Collection[Scope], *, days: int, test: bool, actor: Actor
    ) -> Issued | Refuse:
        """Issue a key that acts as ``account``, which must be the actor's own; its text is kept nowhere and shown once."""
        if account.ref != actor.account:
            return Refuse(Refusal.ACCOUNT_NOT_ALLOWED, account.code)
        decided = rules.may_issue(by=actor.post, name=name, scopes=scopes, days=days, days_max=self._days_max)
        if not isinstance(decided, Allow):
            return as_refusal(decided)
        now = self._clock.now_ms()
        text = rules.written(self._random(rules.SECRET_BYTES), test=test)
        key = ApiKey(
            ref=mint_ref(shard=FIRST_SHARD, at_ms=now, random=self._random),
            account=account,
            name=name,
            scopes=frozenset(scopes),
            test=test,
            made_ms=now,
            until_ms=now + days * _DAY_MS,
            revoked_ms=0,
            account_closed=False,
        )
        with self._data.work() as work:
            entry = Entry(Event.API_KEY_ISSUED, actor, Purpose.TEND_NODE, now, about=(key.ref, account.ref))
            store.add(work, key, proof=rules.proof_of(text) or b"", entry=entry)
        return Issued(key, Private(text))

    def every(self, org: Ref) -> list[ApiKey]:
        """Return an organisation's keys, those that are over too, oldest first."""
        with self._data.reading() as reading:
            return store.every(reading, org)

    def revoke(self, ref: Ref, *, actor: Actor) -> Refuse | None:
        """Revoke a key of the actor's organisation: at once in this process, within `REMEMBERED_MS` in others."""
        now = self._clock.now_ms()
        entry = Entry(Event.API_KEY_REVOKED, actor, Purpose.TEND_NODE, now, about=(ref,))
        with self._data.work() as work:
            key = store.by_ref(work, actor.org, ref)
            if key is None:
                return Refuse(Refusal.API_KEY_UNKNOWN)
            decided = rules.may_revoke(by=actor.post, own=key.account.ref == actor.account)
            if not isinstance(decided, Allow):
                return as_refusal(decided)
            if not store.revoke(work, ref, at_ms=now, entry=entry):
                return Refuse(Refusal.API_KEY_REVOKED)
        self._known = {}  # another one: who is reading this key at this moment writes what was read into the former, which nobody asks
        return None

    def remembered(self, text: str) -> ApiKey | None:
        """Return the key if this process read it a moment ago and it holds: costs no look at the database."""
        proof = rules.proof_of(text)
        known = self._known.get(proof) if proof else None
        now = self._clock.now_ms()
        if known is None or not 0 <= now - known[1] < REMEMBERED_MS:
            return None
        return known[0] if isinstance(rules.holds(known[0], now_ms=now), Allow) else None

    def read_before(self, text: str) -> Ref | None:
        """Return which key this process once read under this text, though it may have ceased to hold: for nothing but reading it anew."""
        proof = rules.proof_of(text)
        known = self._known.get(proof) if proof else None
        return None if known is None else known[0].ref

    def recognise(self, text: str) -> ApiKey | Refuse:
        """Return the key with this text. It is sought by its hash, so that how long it takes tells nothing about a key."""
        if (known := self.remembered(text)) is not None:
            return known
        proof = rules.proof_of(text)
        if proof is None:
            return Refuse(Refusal.API_KEY_WRONG)
        known_here, now = self._known, self._clock.now_ms()
        with self._data.reading() as reading:
            key = store.by_proof(reading, proof)
        if key is None:
            return Refuse(Refusal.API_KEY_WRONG)
        decided = rules.holds(key, now_ms=now)
        if not isinstance(decided, Allow):
            return as_refusal(decided)
        if len(known_here) >= REMEMBERED_MAX:
            known_here.clear()
        known_here[proof] = key, now
        return key


def end_restored(work: Work, tables: Collection[str], *, actor: Actor, at_ms: int) -> None:
    """Revoke, in the transaction that restores a node, every key that a backup brought back.

    The backup cannot know which of them were revoked after it was taken: a key that leaked would live again. They stay listed with
    their names and scopes, so that whoever used one is known and given another. A backup from before there were keys has none.
    """
    if store.API_KEYS.name in tables and (count := store.count_live(work)):
        entry = Entry(Event.API_KEY_REVOKED, actor, Purpose.TEND_NODE, at_ms, count=count, ground=RESTORED)
        store.revoke_every(work, at_ms=at_ms, entry=entry)
