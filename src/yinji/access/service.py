"""The verbs of access: enter organisations and accounts, declare what somebody wants to do with a person's information, redeem
the permits.

A disclosure takes two transactions. T1 (`Access.declare_all`, see `declaring`) decides, debits the day's quota, uses an
approval, and writes permits and intents. T2 (`Access.redeem_all`, see `redeeming`, called by the vault inside its own unit of
work) claims the permits, acts, and writes the outcomes. Only after T2 has committed does a value leave the vault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from yinji.access import redeeming, rules, store
from yinji.access.accounts import store as accounts
from yinji.access.declaring import Declaring
from yinji.access.model import Account, Ask, Node, OpenIntent, Org
from yinji.access.redeeming import ActAll
from yinji.access.sentences import DISCLOSED
from yinji.db.database import Database
from yinji.db.work import Work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Allow, Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.facts import ApprovalFact
from yinji.kernel.ids import RandomBytes, Ref
from yinji.kernel.permit import Permit
from yinji.kernel.purpose import Deed, Purpose

__all__ = ["Access", "Act", "ActAll", "Ask"]

OPEN_SHOWN_MAX: Final = 1_000
"""Open intents that one question returns; `Access.count_open_intents` counts them all."""

Act = Callable[[], Refuse | None]
"""What the vault does under one permit; returns the refusal it ended with, or None where it was done."""


class Access:
    """Organisations and accounts in the data database, permits in the database of disclosures."""

    def __init__(
        self, *, data: Database, disclosures: Database, clock: Clock, random: RandomBytes, permit_ms: int, daily_max: int
    ) -> None:
        """``permit_ms`` is how long a permit lives; ``daily_max`` how many disclosures an account has a day."""
        self._data = data
        self._disclosures = disclosures
        self._clock = clock
        self._declaring = Declaring(
            disclosures=disclosures, clock=clock, random=random, permit_ms=permit_ms, daily_max=daily_max
        )

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

    def account_codes(self) -> dict[Ref, str]:
        """Return the code of every account of this node."""
        with self._data.reading() as reading:
            return store.account_codes(reading)

    def connect_approvals(self, fact: ApprovalFact) -> None:
        """Tell who knows prior approvals. `main` calls this once; until then whatever brings an approval is refused."""
        self._declaring.approvals = fact

    def declare_all(self, asks: Sequence[Ask]) -> list[Permit | Refuse]:
        """Commit the intents of many asks in one transaction; return a permit or a refusal for each, in their order.

        Each ask has its own actor, decision, debit and sentence: a bad one spoils no other. Raises Misuse inside open work:
        a rollback would take the intents away.
        """
        return self._declaring.declare_all(asks, closed=self._closed(ask.actor for ask in asks))

    def declare(self, ask: Ask) -> Permit | Refuse:
        """Commit the intent of one ask and return its single-use permit; or commit the refusal and return it."""
        (answer,) = self.declare_all((ask,))
        return answer

    def redeem_all(self, work: Work, permits: Sequence[Permit], act: ActAll, *, deed: Deed) -> list[Refuse | None]:
        """Let the vault do, once, what was declared; return for each permit its refusal or None, in their order.

        ``act`` is called at most once, with the places of the permits that hold: stored as shown, for this ``deed``, alive,
        unused, and now claimed. It returns for each the refusal it ended with, or None. If it raises, the caller's work
        rolls back whole and the intents stay open. Nothing may leave the vault before ``work`` has committed.
        """
        closed = self._closed(permit.actor for permit in permits)
        return redeeming.redeem_all(work, permits, act, deed=deed, now_ms=self._clock.now_ms(), closed=closed)

    def redeem(self, work: Work, permit: Permit, act: Act, *, deed: Deed) -> Refuse | None:
        """Let the vault do what one permit allows, as `redeem_all` does."""
        (end,) = self.redeem_all(work, (permit,), lambda _: (act(),), deed=deed)
        return end

    def open_intents(self, org: Ref, *, limit: int = OPEN_SHOWN_MAX) -> tuple[OpenIntent, ...]:
        """Return up to ``limit`` intents that expired without an outcome, oldest first; each counts as disclosed."""
        with self._disclosures.reading() as reading:
            return store.open_intents(reading, org=org, before_ms=self._clock.now_ms(), limit=limit)

    def count_open_intents(self, org: Ref) -> int:
        """Return how many intents expired without an outcome."""
        with self._disclosures.reading() as reading:
            return store.count_open_intents(reading, org=org, before_ms=self._clock.now_ms())

    def looks_wait_until_ms(self, org: Ref) -> int | None:
        """Return until when an organisation's looks are refused with CLOCK_BACK (milliseconds since 1970); None where they are not.

        A clock that once ran ahead dated a permit, a look's or an erasure's, and was set right since. Erasures wait for nothing.
        """
        with self._disclosures.reading() as reading:
            newest_ms = store.newest_permit_ms(reading, org=org)
        held = rules.clock_holds(now_ms=self._clock.now_ms(), newest_ms=newest_ms)
        return None if isinstance(held, Allow) else rules.looks_from_ms(newest_ms=newest_ms)

    def count_disclosed(self, org: Ref, account: Ref, *, since_ms: int) -> int:
        """Return how many looks an account has had since a moment (milliseconds since 1970).

        Counted are permits made since that ended as disclosed, and all without an outcome: on doubt it was seen. Erasures
        show nobody and are not counted.
        """
        with self._disclosures.reading() as reading:
            return store.count_disclosed(reading, org=org, account=account, since_ms=since_ms, reached=DISCLOSED)

    def _closed(self, actors: Iterable[Actor]) -> set[Ref]:
        """Return who of some actors has left: an account that was closed declares nothing and uses no permit."""
        with self._data.reading() as reading:
            return accounts.closed(reading, {actor.account for actor in actors})

    def _entry(self, event: Event, actor: Actor, *, about: Ref, ground: str = "") -> Entry:
        return Entry(event, actor, Purpose.TEND_NODE, self._clock.now_ms(), about=(about,), ground=ground)
