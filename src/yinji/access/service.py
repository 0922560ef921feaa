"""The verbs of access: enter organisations and accounts, declare a disclosure, redeem its permit.

A disclosure takes two transactions. T1 (`Access.declare`): 1 decide; 2 debit the day's quota; 3 write permit and intent. T2
(`Access.redeem`, called by the vault inside its own unit of work): 4 the stored intent is this permit, unexpired and unused;
5 act; 6 mark it used, with the outcome. Only after T2 has committed does a value leave the vault.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from yinji.access import rules, store
from yinji.access.model import Account, Node, Org, PermitState
from yinji.db.database import Database
from yinji.db.work import Work, forbid_open_work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock, beijing_day
from yinji.kernel.decision import Allow, Decision, Refuse, as_refusal
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, RandomBytes, Ref, mint_ref
from yinji.kernel.permit import Permit
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal

_EPOCH: Final = date(1970, 1, 1)

Act = Callable[[], Refuse | None]
"""What the vault does under a permit; returns the refusal it ended with, or None where it disclosed."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody wants to see, and why. ``about`` is None for a search, which is about nobody yet."""

    actor: Actor
    purpose: Purpose
    deed: Deed
    party: PartyRole
    view: View
    about: Ref | None = None


class Access:
    """Organisations and accounts in the data database, permits in the database of disclosures."""

    def __init__(
        self, *, data: Database, disclosures: Database, clock: Clock, random: RandomBytes, permit_ms: int, daily_max: int
    ) -> None:
        """``permit_ms`` is how long a permit lives; ``daily_max`` how many disclosures an account has a day."""
        self._data = data
        self._disclosures = disclosures
        self._clock = clock
        self._random = random
        self._permit_ms = permit_ms
        self._daily_max = daily_max

    def enter_node(self, work: Work, node: Node, *, actor: Actor) -> None:
        """Write the node's identity inside the caller's unit of work."""
        store.add_node(work, node, entry=self._entry(Event.NODE_INITIALISED, actor, about=node.ref))

    def enter_org(self, work: Work, org: Org, *, actor: Actor) -> None:
        """Write an organisation."""
        store.add_org(work, org, entry=self._entry(Event.ORGANISATION_ENTERED, actor, about=org.ref, ground=org.kind.value))

    def open_account(self, work: Work, account: Account, *, actor: Actor) -> None:
        """Write an account."""
        store.add_account(
            work, account, entry=self._entry(Event.ACCOUNT_OPENED, actor, about=account.ref, ground=account.post.value)
        )

    def node(self) -> Node | None:
        """Return the node's identity, or None before it is set up."""
        with self._data.reading() as reading:
            return store.node(reading)

    def orgs(self) -> tuple[Org, ...]:
        """Return the organisations of this node."""
        with self._data.reading() as reading:
            return store.orgs(reading)

    def account(self, code: str) -> Account | None:
        """Return the account with this code."""
        with self._data.reading() as reading:
            return store.account(reading, code)

    def declare(self, ask: Ask) -> Permit | Refuse:
        """Commit the intent of one disclosure and return its single-use permit; or commit the refusal and return it."""
        forbid_open_work("access.declare")
        now = self._clock.now_ms()
        with self._disclosures.work() as work:
            decision = self._decide(work, ask, day=(beijing_day(now) - _EPOCH).days)
            if not isinstance(decision, Allow):
                refused = as_refusal(decision)
                work.append(self._refused(ask, refused, now))
                return refused
            permit = self._permit(ask, now)
            store.add_permit(work, permit, made_ms=now, entry=_intent(permit, now))  # 3
        return permit

    def redeem(self, work: Work, permit: Permit, act: Act, *, deed: Deed) -> Refuse | None:
        """Let the vault do what was declared, once, and record how it ended; a refusal where the permit does not hold.

        ``act`` runs only if the stored intent is this permit, for this ``deed``, unexpired and unused. It returns None, or the refusal it
        ended with. Both transactions have committed before the vault hands anything on.
        """
        now = self._clock.now_ms()
        refused = Refuse(Refusal.PERMIT_MISMATCH) if permit.deed is not deed else self._examine(work, permit, now)  # 4
        if refused:
            code = refused.code.name
            work.append(Entry(Event.REVEAL_REFUSED, permit.actor, permit.purpose, now, about=(permit.ref,), ground=code))
            return refused
        outcome = act()  # 5
        ground = outcome.code.name if outcome else "disclosed"
        ended = Event.REVEAL_ENDED if permit.deed is Deed.REVEAL else Event.FIND_ENDED
        entry = Entry(ended, permit.actor, permit.purpose, now, about=(permit.ref,), ground=ground)
        if not store.use_permit(work, org=permit.actor.org, ref=permit.ref, outcome=ground, entry=entry):  # 6
            work.append(replace(entry, event=Event.REVEAL_REFUSED, ground=Refusal.PERMIT_USED.name))
            return Refuse(Refusal.PERMIT_USED)
        return outcome

    def open_intents(self, org: Ref) -> int:
        """Return how many intents expired without an outcome; each counts as disclosed."""
        with self._disclosures.reading() as reading:
            return len(store.open_intents(reading, org=org, before_ms=self._clock.now_ms()))

    def _examine(self, work: Work, permit: Permit, now: int) -> Refuse | None:
        row = store.permit_row(work, org=permit.actor.org, ref=permit.ref)
        if row is None:
            return Refuse(Refusal.PERMIT_UNKNOWN)
        declared = (row.deed, row.account, row.post, row.purpose, row.about, row.party, row.view, row.expires_ms)
        shown = (
            permit.deed.value,
            permit.actor.account,
            permit.actor.post,
            permit.purpose.value,
            permit.about,
            permit.party.value,
            permit.view.value,
            permit.expires_ms,
        )
        if declared != shown:
            return Refuse(Refusal.PERMIT_MISMATCH)
        if row.state != PermitState.INTENDED:
            return Refuse(Refusal.PERMIT_USED)
        return Refuse(Refusal.PERMIT_EXPIRED) if now > permit.expires_ms else None

    def _decide(self, work: Work, ask: Ask, *, day: int) -> Decision:
        used = store.used(work, org=ask.actor.org, account=ask.actor.account, day=day)
        decision = rules.may_disclose(  # 1
            actor=ask.actor,
            purpose=ask.purpose,
            deed=ask.deed,
            view=ask.view,
            used_today=used,
            daily_max=self._daily_max,
        )
        if not isinstance(decision, Allow):
            return decision
        counted = store.add_use(work, org=ask.actor.org, account=ask.actor.account, day=day)  # 2
        return decision if counted <= self._daily_max else Refuse(Refusal.QUOTA_SPENT, str(self._daily_max))

    def _permit(self, ask: Ask, now: int) -> Permit:
        ref = mint_ref(shard=FIRST_SHARD, at_ms=now, random=self._random)
        return Permit(
            ref=ref,
            deed=ask.deed,
            actor=ask.actor,
            purpose=ask.purpose,
            about=ask.about or ref,
            party=ask.party,
            view=ask.view,
            expires_ms=now + self._permit_ms,
        )

    def _entry(self, event: Event, actor: Actor, *, about: Ref, ground: str = "") -> Entry:
        return Entry(event, actor, Purpose.TEND_NODE, self._clock.now_ms(), about=(about,), ground=ground)

    def _refused(self, ask: Ask, refused: Refuse, now: int) -> Entry:
        about = (ask.about,) if ask.about else ()
        return Entry(Event.REVEAL_REFUSED, ask.actor, ask.purpose, now, about=about, ground=refused.code.name)


def _intent(permit: Permit, now: int) -> Entry:
    event = Event.REVEAL_INTENDED if permit.deed is Deed.REVEAL else Event.FIND_INTENDED
    return Entry(event, permit.actor, permit.purpose, now, about=(permit.ref, permit.about), ground=permit.view.value)
