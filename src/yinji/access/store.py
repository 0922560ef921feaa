"""SQL of organisations, accounts, the node's identity, permits and quotas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Column, Index, Row, and_, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from yinji.access.model import Account, Node, Org, OrgKind, PermitState, Post
from yinji.db.schema import BINARY, MOMENT, NUMBER, SMALL, TEXT, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import FIRST_SHARD, Ref, shard_of
from yinji.kernel.permit import Permit

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
    Index("ix_access_permits_state", "org_id", "shard", "state", "made_ms"),
)
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


def add_permit(work: Work, permit: Permit, *, made_ms: int, entry: Entry) -> None:
    """Write a permit as an intent."""
    work.change(
        insert(PERMITS),
        {
            "org_id": permit.actor.org,
            "shard": shard_of(permit.ref),
            "ref": permit.ref,
            "deed": permit.deed.value,
            "account": permit.actor.account,
            "post": permit.actor.post,
            "purpose": permit.purpose.value,
            "about": permit.about,
            "party": permit.party.value,
            "view": permit.view.value,
            "made_ms": made_ms,
            "expires_ms": permit.expires_ms,
            "state": PermitState.INTENDED,
            "outcome": "",
        },
    )
    work.append(entry)


def permit_row(reading: Reading, *, org: Ref, ref: Ref) -> Row[Any] | None:
    """Return a permit's row, or None."""
    return reading.first(select(PERMITS).where(_is(org, ref)))


def use_permit(work: Work, *, org: Ref, ref: Ref, outcome: str, entry: Entry) -> bool:
    """Move a permit from intended to used; False where another use came first. One statement decides."""
    met = work.change(
        update(PERMITS)
        .where(_is(org, ref), PERMITS.c.state == PermitState.INTENDED)
        .values(state=PermitState.USED, outcome=outcome)
    )
    if met:
        work.append(entry)
    return met == 1


def open_intents(reading: Reading, *, org: Ref, before_ms: int) -> Sequence[Row[Any]]:
    """Return permits that expired without an outcome: each counts as disclosed."""
    return reading.rows(
        select(PERMITS).where(
            PERMITS.c.org_id == org, PERMITS.c.state == PermitState.INTENDED, PERMITS.c.expires_ms < before_ms
        )
    )


def used(reading: Reading, *, org: Ref, account: Ref, day: int) -> int:
    """Return how many disclosures the account has had on this day."""
    row = reading.first(
        select(QUOTAS.c.used).where(
            QUOTAS.c.org_id == org, QUOTAS.c.shard == FIRST_SHARD, QUOTAS.c.account == account, QUOTAS.c.day == day
        )
    )
    return int(row.used) if row else 0


def add_use(work: Work, *, org: Ref, account: Ref, day: int) -> int:
    """Count one disclosure against the account's day; return the count including this one."""
    make = sqlite.insert if work.dialect == "sqlite" else postgresql.insert
    statement = (
        make(QUOTAS)
        .values(org_id=org, shard=FIRST_SHARD, account=account, day=day, used=1)
        .on_conflict_do_update(index_elements=["org_id", "shard", "account", "day"], set_={"used": QUOTAS.c.used + 1})
        .returning(QUOTAS.c.used)
    )
    return int(work.changed_rows(statement)[0].used)


def _is(org: Ref, ref: Ref) -> Any:  # noqa: ANN401 - SQLAlchemy's boolean clause
    return and_(PERMITS.c.org_id == org, PERMITS.c.shard == shard_of(ref), PERMITS.c.ref == ref)
