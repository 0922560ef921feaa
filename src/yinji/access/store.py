"""SQL of organisations, accounts, the node's identity, permits and quotas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Column, Index, Row, bindparam, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from yinji.access.model import Account, Node, OpenIntent, Org, OrgKind, PermitState, Post
from yinji.db.bulk import KEYS_MAX
from yinji.db.schema import BINARY, MOMENT, NUMBER, SMALL, TEXT, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import FIRST_SHARD, REF_BYTES, Ref
from yinji.kernel.permit import Permit
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View

_OPEN: Final = text(f"state = {PermitState.INTENDED:d}")  # in words, or neither engine would use the index of the open ones
_APPROVED: Final = text("approval IS NOT NULL")

_TIME_BYTES: Final = 6
"""A reference begins with its moment in milliseconds (UUIDv7, RFC 9562, 5.7)."""

NODES: Final = table(
    "access_nodes",
    Column("ref", BINARY, primary_key=True, nullable=False),
    Column("org_id", BINARY, nullable=False),
    Column("key_check", BINARY, nullable=False),
    Column("made_ms", MOMENT, nullable=False),
    Column("shards", SMALL, nullable=False),
    Column("index_bucket", TEXT, nullable=False),
)
ORGS: Final = table(
    "access_orgs",
    Column("ref", BINARY, primary_key=True, nullable=False),
    Column("parent", BINARY, nullable=True),
    Column("kind", TEXT, nullable=False),
    Column("code", TEXT, nullable=False, unique=True),
    Column("name", TEXT, nullable=False),
)
ACCOUNTS: Final = table(
    "access_accounts",
    Column("ref", BINARY, primary_key=True, nullable=False),
    Column("org_id", BINARY, nullable=False),
    Column("code", TEXT, nullable=False, unique=True),
    Column("post", TEXT, nullable=False),
)
PERMITS: Final = table(
    "access_permits",
    *place(),
    Column("ref", BINARY, primary_key=True, nullable=False),
    Column("deed", TEXT, nullable=False),
    Column("account", BINARY, nullable=False),
    Column("post", TEXT, nullable=False),
    Column("purpose", TEXT, nullable=False),
    Column("about", BINARY, nullable=False),
    Column("party", TEXT, nullable=False),
    Column("view", TEXT, nullable=False),
    Column("made_ms", MOMENT, nullable=False),
    Column("expires_ms", MOMENT, nullable=False),
    Column("state", SMALL, nullable=False),
    Column("outcome", TEXT, nullable=False),
    Column("approval", BINARY, nullable=True),
    Index("ix_access_permits_open", "org_id", "shard", "made_ms", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index(
        "ux_access_permits_approval",
        "org_id",
        "shard",
        "approval",
        unique=True,
        sqlite_where=_APPROVED,
        postgresql_where=_APPROVED,
    ),
)
"""Permits stand in the first shard, as quotas do. Their references sort by the moment they were made."""

QUOTAS: Final = table(
    "access_quotas",
    *place(),
    Column("account", BINARY, primary_key=True, nullable=False),
    Column("day", NUMBER, primary_key=True, nullable=False, autoincrement=False),
    Column("used", NUMBER, nullable=False),
    tended=True,  # a count: the intent or refusal in the same transaction is its sentence
)


def add_node(work: Work, node: Node, *, entry: Entry) -> None:
    """Write the node's identity, once."""
    work.add_rows(NODES, [(node.ref, node.org, node.key_check, node.made_ms, node.shards, node.index_bucket)])
    work.append(entry)


def node(reading: Reading) -> Node | None:
    """Return the node's identity, or None before it is set up."""
    row = reading.first(select(NODES))
    return Node(row.ref, row.org_id, row.key_check, row.made_ms, row.shards, row.index_bucket) if row else None


def add_org(work: Work, org: Org, *, entry: Entry) -> None:
    """Write an organisation."""
    work.change(
        insert(ORGS), {"ref": org.ref, "parent": org.parent, "kind": org.kind.value, "code": org.code, "name": org.name}
    )
    work.append(entry)


def orgs(reading: Reading) -> tuple[Org, ...]:
    """Return the organisations of this node, by code."""
    return tuple(_org(row) for row in reading.rows(select(ORGS).order_by(ORGS.c.code)))


def _org(row: Row[Any]) -> Org:
    return Org(Ref(row.ref), Ref(row.parent) if row.parent else None, OrgKind(row.kind), row.code, row.name)


def add_account(work: Work, account: Account, *, entry: Entry) -> None:
    """Write an account."""
    work.change(insert(ACCOUNTS), {"ref": account.ref, "org_id": account.org, "code": account.code, "post": account.post.value})
    work.append(entry)


def account(reading: Reading, code: str) -> Account | None:
    """Return an account by its code."""
    row = reading.first(select(ACCOUNTS).where(ACCOUNTS.c.code == code))
    return Account(Ref(row.ref), Ref(row.org_id), row.code, Post(row.post)) if row else None


def account_codes(reading: Reading) -> dict[Ref, str]:
    """Return the code of every account."""
    return {Ref(bytes(row.ref)): row.code for row in reading.rows(select(ACCOUNTS.c.ref, ACCOUNTS.c.code))}


Shown = tuple[str, Ref, str, str, Ref, str, str, int]
"""What a permit says: deed, account, post, purpose, about, party, view, end. Compared whole with what is stored."""

Key = tuple[Ref, Ref]
"""Organisation and reference: of a permit, or of an approval."""

Stored = tuple[PermitState, int, tuple[Any, ...]]
"""A stored permit: its state, when it was made, what it says (`Shown`)."""

_STORED: Final = (
    PERMITS.c.org_id,
    PERMITS.c.ref,
    PERMITS.c.state,
    PERMITS.c.made_ms,
    PERMITS.c.deed,
    PERMITS.c.account,
    PERMITS.c.post,
    PERMITS.c.purpose,
    PERMITS.c.about,
    PERMITS.c.party,
    PERMITS.c.view,
    PERMITS.c.expires_ms,
)

_OF_ORG: Final = (PERMITS.c.org_id == bindparam("of_org"), PERMITS.c.shard == FIRST_SHARD)
_AMONG: Final = PERMITS.c.ref.in_(bindparam("refs", expanding=True))

_CLAIM: Final = (
    update(PERMITS)
    .where(*_OF_ORG, _AMONG, PERMITS.c.state == PermitState.INTENDED)
    .values(state=PermitState.USED, outcome=bindparam("reached"))
    .returning(PERMITS.c.ref)
)
_END: Final = update(PERMITS).where(*_OF_ORG, PERMITS.c.ref == bindparam("of_ref")).values(outcome=bindparam("reached"))
_NEWEST: Final = select(PERMITS.c.made_ms).where(*_OF_ORG).order_by(PERMITS.c.ref.desc()).limit(1)
_EXPIRED: Final = (
    *_OF_ORG,
    _OPEN,
    PERMITS.c.made_ms < bindparam("before_ms"),  # says no more than the next line, and leads SQLite to the index
    PERMITS.c.expires_ms < bindparam("before_ms"),
)
_OPEN_INTENTS: Final = (
    select(
        PERMITS.c.ref,
        PERMITS.c.deed,
        PERMITS.c.purpose,
        PERMITS.c.view,
        PERMITS.c.party,
        PERMITS.c.account,
        PERMITS.c.made_ms,
        PERMITS.c.expires_ms,
    )
    .where(*_EXPIRED)
    .order_by(PERMITS.c.made_ms, PERMITS.c.ref)
    .limit(bindparam("most"))
)
_COUNT_OPEN: Final = select(func.count()).select_from(PERMITS).where(*_EXPIRED)
_COUNT_DISCLOSED: Final = (
    select(func.count())
    .select_from(PERMITS)
    .where(
        *_OF_ORG,
        PERMITS.c.ref >= bindparam("since"),
        PERMITS.c.account == bindparam("of_account"),
        PERMITS.c.deed != Deed.ERASE.value,
        (PERMITS.c.state == PermitState.INTENDED) | (PERMITS.c.outcome == bindparam("reached")),
    )
)


def add_permits(work: Work, permits: Sequence[tuple[Permit, Ref | None]], *, made_ms: int, entry: Sequence[Entry]) -> None:
    """Write permits, each with the approval it used, as intents; ``entry`` has one for each, in their order."""
    work.add_rows(PERMITS, [_row(permit, approval, made_ms) for permit, approval in permits])
    for said in entry:
        work.append(said)


def _row(permit: Permit, approval: Ref | None, made_ms: int) -> tuple[Any, ...]:
    *told, expires_ms = shown(permit)
    return (
        permit.actor.org, FIRST_SHARD, permit.ref, *told, made_ms, expires_ms, PermitState.INTENDED, "", approval
    )  # fmt: skip


def shown(permit: Permit) -> Shown:
    """Return what a permit says, in the form in which it is stored."""
    actor = permit.actor
    return (
        permit.deed.value,
        actor.account,
        actor.post,
        permit.purpose.value,
        permit.about,
        permit.party.value,
        permit.view.value,
        permit.expires_ms,
    )


def stored_permits(reading: Reading, keys: Sequence[Key]) -> dict[Key, Stored]:
    """Return those of these permits that are stored."""
    found = reading.rows_among(
        _STORED, fixed=[(PERMITS.c.shard, FIRST_SHARD)], key=(PERMITS.c.org_id, PERMITS.c.ref), values=keys
    )
    return {(org, ref): (state, made_ms, tuple(said)) for org, ref, state, made_ms, *said in found}


def use_permits(
    work: Work,
    keys: Sequence[Key],
    *,
    reached: str,
    entry: Callable[[Sequence[Key]], Iterable[tuple[Key, str, Entry]]],
) -> set[Key]:
    """Move permits from intended to used; return those that were moved: another use came first for the others.

    One statement decides (one an organisation and `KEYS_MAX`): on every engine a row is moved by one transaction only.
    They are written with the outcome ``reached``; ``entry`` is told once which were moved, and gives each its true outcome
    and its sentence.
    """
    orgs: dict[Ref, list[Ref]] = {}
    for org, ref in keys:
        orgs.setdefault(org, []).append(ref)
    moved: list[Key] = []
    for org, refs in orgs.items():
        for at in range(0, len(refs), KEYS_MAX):
            given = {"of_org": org, "refs": refs[at : at + KEYS_MAX], "reached": reached}
            moved += [(org, Ref(row.ref)) for row in work.changed_rows(_CLAIM, given)]
    others = []
    for (org, ref), outcome, said in entry(moved):
        work.append(said)
        if outcome != reached:
            others.append({"of_org": org, "of_ref": ref, "reached": outcome})
    if others:
        work.change(_END, others)
    return set(moved)


def used_approvals(reading: Reading, keys: Sequence[Key]) -> set[Key]:
    """Return which of these approvals, by organisation and reference, a permit has used already."""
    found = reading.rows_among(
        (PERMITS.c.org_id, PERMITS.c.approval),
        fixed=[(PERMITS.c.shard, FIRST_SHARD)],
        key=(PERMITS.c.org_id, PERMITS.c.approval),
        values=keys,
    )
    return {(Ref(org), Ref(approval)) for org, approval in found}


def newest_permit_ms(reading: Reading, *, org: Ref) -> int:
    """Return when an organisation's newest permit was made; 0 where there is none."""
    row = reading.first(_NEWEST, {"of_org": org})
    return int(row.made_ms) if row else 0


def open_intents(reading: Reading, *, org: Ref, before_ms: int, limit: int) -> tuple[OpenIntent, ...]:
    """Return permits that expired without an outcome, oldest first."""
    rows = reading.rows(_OPEN_INTENTS, {"of_org": org, "before_ms": before_ms, "most": limit})
    return tuple(
        OpenIntent(
            ref=Ref(row.ref),
            deed=Deed(row.deed),
            purpose=Purpose(row.purpose),
            view=View(row.view),
            party=PartyRole(row.party),
            account=Ref(row.account),
            made_ms=row.made_ms,
            expires_ms=row.expires_ms,
        )
        for row in rows
    )


def count_open_intents(reading: Reading, *, org: Ref, before_ms: int) -> int:
    """Return how many permits expired without an outcome."""
    row = reading.first(_COUNT_OPEN, {"of_org": org, "before_ms": before_ms})
    return int(row[0]) if row else 0


def count_disclosed(reading: Reading, *, org: Ref, account: Ref, since_ms: int, reached: str) -> int:
    """Return how many of an account's permits, of those made since, disclosed or have no outcome. Erasures are not counted."""
    first = since_ms.to_bytes(_TIME_BYTES, "big") + bytes(REF_BYTES - _TIME_BYTES)
    given = {"of_org": org, "since": first, "of_account": account, "reached": reached}
    row = reading.first(_COUNT_DISCLOSED, given)
    return int(row[0]) if row else 0


def _counting(adding: Any) -> Any:  # noqa: ANN401 - the two dialects' inserts share no public type
    """Return the statement that adds to an account's day: today, or a later one that it has uses on already."""
    mine = (QUOTAS.c.org_id == bindparam("of_org"), QUOTAS.c.shard == FIRST_SHARD, QUOTAS.c.account == bindparam("of_account"))
    latest = select(func.coalesce(func.max(QUOTAS.c.day), bindparam("today"))).where(*mine, QUOTAS.c.day >= bindparam("today"))
    added = adding.values(
        org_id=bindparam("of_org"),
        shard=FIRST_SHARD,
        account=bindparam("of_account"),
        day=latest.scalar_subquery(),
        used=bindparam("more"),
    )
    return added.on_conflict_do_update(
        index_elements=["org_id", "shard", "account", "day"], set_={"used": QUOTAS.c.used + added.excluded.used}
    ).returning(QUOTAS.c.used)


_COUNTING: Final = {
    "sqlite": _counting(sqlite.insert(QUOTAS)),
    "postgresql": _counting(postgresql.insert(QUOTAS)),
}


def add_uses(work: Work, *, org: Ref, account: Ref, today: int, more: int) -> int:
    """Count disclosures against the account's day; return how many it has with these. Negative gives some back.

    The day is ``today`` or, where the account has uses on a later one, that: a clock set back brings no fresh quota.
    """
    given = {"of_org": org, "of_account": account, "today": today, "more": more}
    return int(work.changed_rows(_COUNTING[work.dialect], given)[0].used)
