"""SQL of sessions. They are tended rows: that somebody signed in or out is said by entries of their own."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, delete, select, update

from yinji.access.accounts.store import SIGN_INS
from yinji.access.model import Account, Post
from yinji.access.sessions.model import Session
from yinji.access.store import ACCOUNTS
from yinji.db.schema import BINARY, MOMENT, table
from yinji.db.work import Reading, Work
from yinji.kernel.ids import Ref

SESSIONS: Final = table(
    "access_sessions",
    Column("proof", BINARY, primary_key=True, nullable=False),
    Column("account", BINARY, nullable=False),
    Column("begun_ms", MOMENT, nullable=False),
    Column("seen_ms", MOMENT, nullable=False),
    Index("ix_access_sessions_account", "account"),
    Index("ix_access_sessions_seen", "seen_ms"),
    tended=True,
    passing=True,
)

_OPEN: Final = (
    select(SESSIONS, ACCOUNTS.c.ref, ACCOUNTS.c.org_id, ACCOUNTS.c.code, ACCOUNTS.c.post)
    .join_from(SESSIONS, ACCOUNTS, ACCOUNTS.c.ref == SESSIONS.c.account)
    .join(SIGN_INS, SIGN_INS.c.account == SESSIONS.c.account)
    .where(SIGN_INS.c.closed_ms == 0)
)


def add(work: Work, session: Session) -> None:
    """Write a session."""
    work.add_rows(SESSIONS, [(session.proof, session.account.ref, session.begun_ms, session.seen_ms)])


def one(reading: Reading, proof: bytes) -> Session | None:
    """Return the session with this proof, if its account is open."""
    row = reading.first(_OPEN.where(SESSIONS.c.proof == proof))
    if row is None:
        return None
    account = Account(Ref(bytes(row.ref)), Ref(bytes(row.org_id)), row.code, Post(row.post))
    return Session(bytes(row.proof), account, row.begun_ms, row.seen_ms)


def see(work: Work, proof: bytes, *, at_ms: int) -> None:
    """Note that a session was seen."""
    work.change(update(SESSIONS).where(SESSIONS.c.proof == proof).values(seen_ms=at_ms))


def end(work: Work, proof: bytes) -> int:
    """Forget a session; return how many there were."""
    return work.change(delete(SESSIONS).where(SESSIONS.c.proof == proof))


def end_all(work: Work, account: Ref) -> int:
    """Forget every session of an account; return how many there were."""
    return work.change(delete(SESSIONS).where(SESSIONS.c.account == account))


def prune(work: Work, *, seen_before_ms: int, begun_before_ms: int) -> int:
    """Forget sessions that are over; return how many there were."""
    over = (SESSIONS.c.seen_ms < seen_before_ms) | (SESSIONS.c.begun_ms < begun_before_ms)
    return work.change(delete(SESSIONS).where(over))
