"""The verbs of saved views: offer, find, save, rename, replace, share, withdraw, begin with, delete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from yinji.access.views import rules, store
from yinji.access.views.model import Offered, SavedView, ViewChange, ViewPage
from yinji.db.database import Database
from yinji.db.trouble import Clash
from yinji.db.work import Work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Allow, Refuse, as_refusal
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, RandomBytes, Ref, mint_ref
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal


class SavedViews:
    """Saved views of this node's accounts, in the data database."""

    def __init__(self, *, data: Database, clock: Clock, random: RandomBytes) -> None:
        """Ask nothing yet."""
        self._data = data
        self._clock = clock
        self._random = random

    def offered(self, page: ViewPage, *, actor: Actor) -> Offered:
        """Return the views that somebody has on a page."""
        with self._data.reading() as reading:
            own = store.own(reading, actor.account, page)
            others = [each for each in store.shared(reading, actor.org, page) if each.account != actor.account]
            first = store.first(reading, actor.account, page)
        known = {each.ref for each in (*own, *others)}
        return Offered(tuple(own), tuple(others), first if first in known else None)

    def one(self, ref: Ref, *, actor: Actor) -> SavedView | Refuse:
        """Return a view that somebody has; refuses VIEW_UNKNOWN."""
        with self._data.reading() as reading:
            view = store.one(reading, ref)
        if view is None:
            return Refuse(Refusal.VIEW_UNKNOWN)
        decided = rules.may_use(view, actor)
        return view if isinstance(decided, Allow) else as_refusal(decided)

    def save(self, page: ViewPage, name: str, asked: Mapping[str, str], *, actor: Actor) -> SavedView | Refuse:
        """Keep a filter under a name, for its account alone. 1 read both; 2 see that there is room; 3 write it.

        Refuses VIEW_MALFORMED, VIEW_SHOWS_PERSON, VIEWS_FULL and VIEW_TAKEN, where the account has one of this name.
        """
        called, kept = rules.read_name(name), rules.read_asked(asked)  # 1
        if isinstance(called, Refuse):
            return called
        if isinstance(kept, Refuse):
            return kept
        now = self._clock.now_ms()
        ref = mint_ref(shard=FIRST_SHARD, at_ms=now, random=self._random)
        view = SavedView(ref, actor.org, actor.account, page, called, kept, shared=False, made_ms=now)
        try:
            with self._data.work() as work:
                work.alone(store.VIEWS)
                decided = rules.has_room(own=store.count_own(work, actor.account, page))  # 2
                if not isinstance(decided, Allow):
                    return as_refusal(decided)
                store.add(work, view)  # 3
        except Clash:
            return Refuse(Refusal.VIEW_TAKEN, "name")
        return view

    def rename(self, ref: Ref, name: str, *, actor: Actor) -> SavedView | Refuse:
        """Give a view another name."""
        called = rules.read_name(name)
        if isinstance(called, Refuse):
            return called
        return self._changed(ref, actor, ViewChange.RENAMED, name=called)

    def replace(self, ref: Ref, asked: Mapping[str, str], *, actor: Actor) -> SavedView | Refuse:
        """Let a view ask for something else."""
        kept = rules.read_asked(asked)
        if isinstance(kept, Refuse):
            return kept
        return self._changed(ref, actor, ViewChange.REPLACED, asked=kept)

    def share(self, ref: Ref, *, actor: Actor) -> SavedView | Refuse:
        """Share one's own view with the organisation; refuses ACCOUNT_NOT_ALLOWED and VIEWS_FULL."""
        decided = rules.may_share(actor)
        if not isinstance(decided, Allow):
            return as_refusal(decided)
        with self._data.work() as work:
            work.alone(store.VIEWS)
            view = store.one(work, ref)
            if view is None or view.account != actor.account:
                return Refuse(Refusal.VIEW_UNKNOWN)
            if view.shared:
                return view
            room = rules.has_room(own=store.count_shared(work, actor.org, view.page), own_max=rules.SHARED_MAX)
            if not isinstance(room, Allow):
                return as_refusal(room)
            shared = replace(view, shared=True)
            store.rewrite(work, shared)
            self._say(work, shared, actor, ViewChange.SHARED)
        return shared

    def withdraw(self, ref: Ref, *, actor: Actor) -> SavedView | Refuse:
        """Take one's own view back from the organisation: nobody else has it, or begins with it, any more."""
        with self._data.work() as work:
            view = store.one(work, ref)
            if view is None or view.account != actor.account:
                return Refuse(Refusal.VIEW_UNKNOWN)
            if not view.shared:
                return view
            private = replace(view, shared=False)
            store.rewrite(work, private)
            store.unchoose_others(work, private)
            self._say(work, private, actor, ViewChange.WITHDRAWN)
        return private

    def begin_with(self, page: ViewPage, ref: Ref | None, *, actor: Actor) -> Refuse | None:
        """Begin a page with a view from now on; None: with none."""
        with self._data.work() as work:
            view = None if ref is None else store.one(work, ref)
            if ref is not None and (view is None or view.page.value != page.value or not _has(view, actor)):
                return Refuse(Refusal.VIEW_UNKNOWN)
            work.alone(store.FIRSTS)  # of two browsers of one account the second waits here
            store.choose(work, actor.account, page, ref)
        return None

    def delete(self, ref: Ref, *, actor: Actor) -> Refuse | None:
        """Delete a view, for everybody who had it."""
        with self._data.work() as work:
            view = store.one(work, ref)
            if view is None:
                return Refuse(Refusal.VIEW_UNKNOWN)
            decided = rules.may_change(view, actor)
            if not isinstance(decided, Allow):
                return as_refusal(decided)
            store.remove(work, ref)
            if view.shared:
                self._say(work, view, actor, ViewChange.DELETED)
        return None

    def _changed(self, ref: Ref, actor: Actor, change: ViewChange, **parts: object) -> SavedView | Refuse:
        try:
            with self._data.work() as work:
                view = store.one(work, ref)
                if view is None:
                    return Refuse(Refusal.VIEW_UNKNOWN)
                decided = rules.may_change(view, actor)
                if not isinstance(decided, Allow):
                    return as_refusal(decided)
                changed = replace(view, **parts)  # type: ignore[arg-type]  # a name or what is asked, as the two verbs above hand it in
                store.rewrite(work, changed)
                if view.shared:
                    self._say(work, changed, actor, change)
        except Clash:
            return Refuse(Refusal.VIEW_TAKEN, "name")
        return changed

    def _say(self, work: Work, view: SavedView, actor: Actor, change: ViewChange) -> None:
        now = self._clock.now_ms()
        work.append(Entry(Event.SHARED_VIEW_CHANGED, actor, Purpose.TEND_NODE, now, about=(view.ref,), ground=change.value))


def _has(view: SavedView, actor: Actor) -> bool:
    return isinstance(rules.may_use(view, actor), Allow)
