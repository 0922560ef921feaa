"""The verbs of named accounts: open, close, list, sign in."""

from __future__ import annotations

from typing import NamedTuple

from yinji.access import store as organisations
from yinji.access.accounts import rules, store
from yinji.access.accounts.hashing import SALT_BYTES, fresh_secret, hashed, matches
from yinji.access.accounts.model import Kept, Named
from yinji.access.model import Account, Post
from yinji.access.views import store as views
from yinji.db.database import Database
from yinji.db.trouble import Clash
from yinji.db.work import forbid_open_work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Allow, Refuse, as_refusal
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, RandomBytes, Ref, mint_ref
from yinji.kernel.private import Private
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal


class Opened(NamedTuple):
    """A new account and its secret, to be shown once."""

    named: Named
    secret: Private


class Accounts:
    """Named accounts of this node's organisations, in the data database."""

    def __init__(self, *, data: Database, clock: Clock, random: RandomBytes) -> None:
        """Ask nothing yet."""
        self._data = data
        self._clock = clock
        self._random = random

    def open(self, code: str, post: Post, *, actor: Actor) -> Opened | Refuse:
        """Open an account at a post of the actor's organisation; its secret is kept nowhere and shown once.

        Refuses ACCOUNT_MALFORMED, ACCOUNT_TAKEN (closed ones too), ACCOUNT_NOT_ALLOWED (see `rules.may_open`).
        """
        if not rules.is_account(code):
            return Refuse(Refusal.ACCOUNT_MALFORMED)
        now, secret, salt = self._clock.now_ms(), fresh_secret(self._random), self._random(SALT_BYTES)
        account = Account(mint_ref(shard=FIRST_SHARD, at_ms=now, random=self._random), actor.org, code, post)
        named, proof = Named(account, actor.account, now, 0), hashed(secret, salt)
        entry = Entry(Event.ACCOUNT_OPENED, actor, Purpose.TEND_NODE, now, about=(account.ref,), ground=post.value)
        try:
            with self._data.work() as work:
                decided = rules.may_open(by=actor.post, post=post, led=store.led(work, org=actor.org, post=Post.COMPLIANCE))
                if not isinstance(decided, Allow):
                    return as_refusal(decided)
                organisations.add_account(work, account, entry=entry)
                store.add_secret(work, named, salt=salt, proof=proof, entry=entry)
                store.add_tries(work, account.ref)
        except Clash:
            return Refuse(Refusal.ACCOUNT_TAKEN, code)
        return Opened(named, secret)

    def close(self, code: str, *, actor: Actor) -> Refuse | None:
        """Close an account: from this transaction on it signs in no more, declares nothing, and approves nothing; its views go."""
        decided = rules.may_close(by=actor.post)
        if not isinstance(decided, Allow):
            return as_refusal(decided)
        now = self._clock.now_ms()
        with self._data.work() as work:
            kept = store.kept(work, code)
            if kept is None or kept.account.org != actor.org:
                return Refuse(Refusal.ACCOUNT_UNKNOWN, code)
            ref = kept.account.ref
            if not store.is_open(work, ref):
                return Refuse(Refusal.ACCOUNT_CLOSED, code)
            entry = Entry(Event.ACCOUNT_CLOSED, actor, Purpose.TEND_NODE, now, about=(ref,), ground=kept.account.post.value)
            store.close(work, ref, at_ms=now, entry=entry)
            views.forget(work, ref)
        return None

    def every(self, org: Ref) -> list[Named]:
        """Return an organisation's named accounts, closed ones too, by code."""
        with self._data.reading() as reading:
            return store.named(reading, org)

    def sign_in(self, code: str, secret: Private, *, where: str) -> Account | Refuse:
        """Return the account whose secret this is. ``where`` is the node or terminal, for the evidence of a wrong one.

        1 look it up; 2 count the try, which a crash leaves counted; 3 compare, in constant time; 4 take the try back, or say so.
        """
        forbid_open_work("accounts.sign_in")
        with self._data.reading() as reading:  # 1
            kept = store.kept(reading, code) if rules.is_account(code) else None
        if kept is None:
            matches(secret, b"", b"")  # as long as for one that is there
            return Refuse(Refusal.SIGN_IN_WRONG)
        if kept.closed_ms:
            matches(secret, b"", b"")  # as above
            return Refuse(Refusal.ACCOUNT_CLOSED, code)
        ref = kept.account.ref
        with self._data.work() as work:  # 2
            counted = rules.one_more_try(store.tries(work, ref), now_ms=self._clock.now_ms())
            if isinstance(counted, Refuse):
                return counted
            store.keep_tries(work, ref, counted)
        right = matches(secret, kept.salt, kept.proof)  # 3
        with self._data.work() as work:  # 4
            if right:
                store.give_back(work, ref)
                if not store.is_open(work, ref):
                    return Refuse(Refusal.ACCOUNT_CLOSED, code)
            else:
                work.append(self._wrong(kept, where, last=counted.wrong >= rules.WRONG_MAX))
        return kept.account if right else Refuse(Refusal.SIGN_IN_WRONG)

    def _wrong(self, kept: Kept, where: str, *, last: bool) -> Entry:
        tried = kept.account.acts_from(where)
        ground = Refusal.SIGN_IN_LOCKED if last else Refusal.SIGN_IN_WRONG
        now = self._clock.now_ms()
        return Entry(Event.SIGN_IN_REFUSED, tried, Purpose.TEND_NODE, now, about=(kept.account.ref,), ground=ground.name)
