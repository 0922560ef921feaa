"""SQL of named accounts: what their secrets are recognised by, and counts of wrong ones."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Column, Row, insert, select, update

from yinji.access.accounts.model import Kept, Named, Tries
from yinji.access.model import Account, Post
from yinji.access.store import ACCOUNTS
from yinji.db.schema import BINARY, MOMENT, NUMBER, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref

SIGN_INS: Final = table(
    "access_sign_ins",
    Column("account", BINARY, primary_key=True, nullable=False),
    Column("salt", BINARY, nullable=False),
    Column("proof", BINARY, nullable=False),
    Column("opened_by", BINARY, nullable=False),
    Column("opened_ms", MOMENT, nullable=False),
    Column("closed_ms", MOMENT, nullable=False),
)
TRIES: Final = table(
    "access_tries",
    Column("account", BINARY, primary_key=True, nullable=False),
    Column("since_ms", MOMENT, nullable=False),
    Column("wrong", NUMBER, nullable=False),
    tended=True,  # a count; that a secret was wrong is said by an entry of its own
)

_NAMED: Final = select(ACCOUNTS, SIGN_INS).join_from(SIGN_INS, ACCOUNTS, ACCOUNTS.c.ref == SIGN_INS.c.account)


def add_secret(work: Work, named: Named, *, salt: bytes, proof: bytes, entry: Entry) -> None:
    """Write what an account's secret is recognised by."""
    work.add_rows(SIGN_INS, [(named.account.ref, salt, proof, named.opened_by, named.opened_ms, named.closed_ms)])
    work.append(entry)


def add_tries(work: Work, account: Ref) -> None:
    """Begin an account's count."""
    work.change(insert(TRIES), {"account": account, "since_ms": 0, "wrong": 0})


def kept(reading: Reading, code: str) -> Kept | None:
    """Return what the account with this code is recognised by; None where there is no such named account."""
    row = reading.first(_NAMED.where(ACCOUNTS.c.code == code))
    return Kept(_account(row), bytes(row.salt), bytes(row.proof), row.closed_ms) if row else None


def named(reading: Reading, org: Ref) -> list[Named]:
    """Return an organisation's named accounts, by code."""
    rows = reading.rows(_NAMED.where(ACCOUNTS.c.org_id == org).order_by(ACCOUNTS.c.code))
    return [Named(_account(row), Ref(bytes(row.opened_by)), row.opened_ms, row.closed_ms) for row in rows]


def led(work: Work, *, org: Ref, post: Post) -> bool:
    """Tell whether an organisation has an open named account at ``post``; nobody opens or closes one meanwhile."""
    work.alone(SIGN_INS)
    mine = (ACCOUNTS.c.org_id == org, ACCOUNTS.c.post == post.value, SIGN_INS.c.closed_ms == 0)
    return work.first(_NAMED.where(*mine).limit(1)) is not None


def is_open(work: Work, account: Ref) -> bool:
    """Tell whether a named account is open, and keep it so until the work ends."""
    row = work.first(select(SIGN_INS.c.closed_ms).where(SIGN_INS.c.account == account).with_for_update())
    return row is not None and not row.closed_ms


def closed(reading: Reading, accounts: Collection[Ref]) -> set[Ref]:
    """Return those of some accounts that were closed."""
    some = (SIGN_INS.c.account.in_(accounts), SIGN_INS.c.closed_ms != 0)
    return {Ref(bytes(row.account)) for row in reading.rows(select(SIGN_INS.c.account).where(*some))}


def close(work: Work, account: Ref, *, at_ms: int, entry: Entry) -> None:
    """Close an account and wipe what its secret is recognised by."""
    work.change(update(SIGN_INS).where(SIGN_INS.c.account == account).values(closed_ms=at_ms, salt=b"", proof=b""))
    work.append(entry)


def tries(work: Work, account: Ref) -> Tries:
    """Return an account's count; nobody else counts until the work ends."""
    row = work.first(select(TRIES.c.since_ms, TRIES.c.wrong).where(TRIES.c.account == account).with_for_update())
    return Tries(row.since_ms, row.wrong) if row else Tries(0, 0)


def keep_tries(work: Work, account: Ref, counted: Tries) -> None:
    """Keep an account's count."""
    work.change(update(TRIES).where(TRIES.c.account == account).values(since_ms=counted.since_ms, wrong=counted.wrong))


def give_back(work: Work, account: Ref) -> None:
    """Take one try off an account's count: it was the right secret."""
    work.change(update(TRIES).where(TRIES.c.account == account, TRIES.c.wrong > 0).values(wrong=TRIES.c.wrong - 1))


def _account(row: Row[Any]) -> Account:
    return Account(Ref(bytes(row.ref)), Ref(bytes(row.org_id)), row.code, Post(row.post))
