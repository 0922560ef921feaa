"""SQL of API keys."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, Index, Row, func, select, update

from yinji.access.accounts.store import SIGN_INS
from yinji.access.api_keys.model import ApiKey, Scope
from yinji.access.model import Account, Post
from yinji.access.store import ACCOUNTS
from yinji.db.schema import BINARY, MOMENT, SMALL, TEXT, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref

API_KEYS: Final = table(
    "access_api_keys",
    Column("ref", BINARY, primary_key=True, nullable=False),
    Column("proof", BINARY, nullable=False),
    Column("account", BINARY, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("scopes", TEXT, nullable=False),
    Column("test", SMALL, nullable=False),
    Column("made_ms", MOMENT, nullable=False),
    Column("until_ms", MOMENT, nullable=False),
    Column("revoked_ms", MOMENT, nullable=False),
    Index("ux_access_api_keys_proof", "proof", unique=True),
)

_WHOLE: Final = (
    select(API_KEYS, ACCOUNTS.c.org_id, ACCOUNTS.c.code, ACCOUNTS.c.post, SIGN_INS.c.closed_ms)
    .join_from(API_KEYS, ACCOUNTS, ACCOUNTS.c.ref == API_KEYS.c.account)
    .outerjoin(SIGN_INS, SIGN_INS.c.account == API_KEYS.c.account)  # the operator has no secret, and is never closed
)


def add(work: Work, key: ApiKey, *, proof: bytes, entry: Entry) -> None:
    """Write a key."""
    scopes = " ".join(sorted(each.value for each in key.scopes))
    row = (key.ref, proof, key.account.ref, key.name, scopes, int(key.test), key.made_ms, key.until_ms, key.revoked_ms)
    work.add_rows(API_KEYS, [row])
    work.append(entry)


def by_proof(reading: Reading, proof: bytes) -> ApiKey | None:
    """Return the key with this proof, over or not."""
    row = reading.first(_WHOLE.where(API_KEYS.c.proof == proof))
    return _key(row) if row else None


def by_ref(reading: Reading, org: Ref, ref: Ref) -> ApiKey | None:
    """Return an organisation's key by its reference."""
    row = reading.first(_WHOLE.where(ACCOUNTS.c.org_id == org, API_KEYS.c.ref == ref))
    return _key(row) if row else None


def every(reading: Reading, org: Ref) -> list[ApiKey]:
    """Return an organisation's keys, oldest first."""
    return [_key(row) for row in reading.rows(_WHOLE.where(ACCOUNTS.c.org_id == org).order_by(API_KEYS.c.ref))]


def revoke(work: Work, ref: Ref, *, at_ms: int, entry: Entry) -> bool:
    """Revoke a key; tells whether it was not revoked already."""
    live = (API_KEYS.c.ref == ref, API_KEYS.c.revoked_ms == 0)
    if (
        work.first(select(API_KEYS.c.ref).where(*live).with_for_update()) is None
    ):  # of two who revoke at once the second waits here
        return False
    work.change(update(API_KEYS).where(*live).values(revoked_ms=at_ms))
    work.append(entry)
    return True


def count_live(reading: Reading) -> int:
    """Return how many keys are not revoked."""
    row = reading.first(select(func.count()).select_from(API_KEYS).where(API_KEYS.c.revoked_ms == 0))
    return int(row[0]) if row else 0


def revoke_every(work: Work, *, at_ms: int, entry: Entry) -> None:
    """Revoke every key that is not."""
    work.change(update(API_KEYS).where(API_KEYS.c.revoked_ms == 0).values(revoked_ms=at_ms))
    work.append(entry)


def _key(row: Row[Any]) -> ApiKey:
    account = Account(Ref(bytes(row.account)), Ref(bytes(row.org_id)), row.code, Post(row.post))
    return ApiKey(
        ref=Ref(bytes(row.ref)),
        account=account,
        name=row.name,
        scopes=frozenset(map(Scope, row.scopes.split())),
        test=bool(row.test),
        made_ms=row.made_ms,
        until_ms=row.until_ms,
        revoked_ms=row.revoked_ms,
        account_closed=bool(row.closed_ms),
    )
