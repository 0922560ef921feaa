"""The verbs of sessions: begin, resume, end one, end all of an account, prune."""

from __future__ import annotations

from typing import Final, NamedTuple

from yinji.access.accounts import store as accounts
from yinji.access.model import Account
from yinji.access.sessions import rules, store
from yinji.access.sessions.model import Session, SessionLimits
from yinji.db.database import Database
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import RandomBytes
from yinji.kernel.private import Private
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal

ONE: Final = "one"
EVERYWHERE: Final = "everywhere"


class Begun(NamedTuple):
    """A new session and its token, to be handed to one browser and kept nowhere."""

    session: Session
    token: Private


class Sessions:
    """Sessions of this node's named accounts, in the data database."""

    def __init__(self, *, data: Database, clock: Clock, random: RandomBytes, idle_ms: int, whole_ms: int) -> None:
        """``idle_ms`` is how long a session lasts without a request, ``whole_ms`` how long in any case."""
        self._data = data
        self._clock = clock
        self._random = random
        self._limits = SessionLimits(idle_ms, whole_ms)

    def begin(self, account: Account, *, where: str) -> Begun | Refuse:
        """Begin a session of an account that has just shown its secret (`Accounts.sign_in`).

        The token is made here, whatever the browser brought: nobody can fix one beforehand. Refuses ACCOUNT_CLOSED.
        """
        now, text = self._clock.now_ms(), self._random(rules.TOKEN_BYTES).hex()
        proof = rules.proof_of(text) or b""
        session = Session(proof, account, now, now)
        actor = account.acts_from(where)
        with self._data.work() as work:
            if not accounts.is_open(work, account.ref):
                return Refuse(Refusal.ACCOUNT_CLOSED, account.code)
            store.add(work, session)
            work.append(Entry(Event.SESSION_BEGUN, actor, Purpose.TEND_NODE, now, about=(account.ref,)))
        return Begun(session, Private(text))

    def resume(self, token: str) -> Session | Refuse:
        """Return the session with this token; refuses SESSION_OVER, whatever the reason.

        1 look it up by its hash; 2 see that neither it nor its account is over; 3 note now and then that it was seen.
        """
        proof = rules.proof_of(token)
        if proof is None:
            return Refuse(Refusal.SESSION_OVER)
        with self._data.reading() as reading:  # 1
            session = store.one(reading, proof)
        now = self._clock.now_ms()
        if session is None or rules.is_over(session, self._limits, now_ms=now):  # 2
            return Refuse(Refusal.SESSION_OVER)
        if now - session.seen_ms >= rules.SEEN_AGAIN_MS:  # 3
            with self._data.work() as work:
                store.see(work, proof, at_ms=now)
        return session

    def end(self, session: Session, *, where: str) -> None:
        """End one session; says so where it was not over already."""
        with self._data.work() as work:
            if store.end(work, session.proof):
                work.append(self._ended(session.account, where, ONE, count=1))

    def end_all(self, account: Account, *, where: str) -> int:
        """End every session of an account, on whatever machine (sign out everywhere); return how many there were."""
        with self._data.work() as work:
            count = store.end_all(work, account.ref)
            if count:
                work.append(self._ended(account, where, EVERYWHERE, count=count))
        return count

    def prune(self) -> int:
        """Forget what is over; return how many there were. The worker does it now and then."""
        now = self._clock.now_ms()
        with self._data.work() as work:
            return store.prune(work, seen_before_ms=now - self._limits.idle_ms, begun_before_ms=now - self._limits.whole_ms)

    def _ended(self, account: Account, where: str, ground: str, *, count: int) -> Entry:
        now, actor = self._clock.now_ms(), account.acts_from(where)
        return Entry(Event.SESSION_ENDED, actor, Purpose.TEND_NODE, now, about=(account.ref,), count=count, ground=ground)
