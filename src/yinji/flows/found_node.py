"""Found a node: its identity, its organisations, its operator, numbers for specimens.

All of it is one transaction: a crash leaves a node or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from yinji.access.model import Account, Node, Org, OrgKind, Post
from yinji.access.service import Access
from yinji.db.database import Database
from yinji.kernel.clock import Clock
from yinji.kernel.ids import FIRST_SHARD, RandomBytes, Ref, mint_ref
from yinji.keys.keystore import KeyStore
from yinji.settings import Settings
from yinji.waybill.service import Register

OPERATOR: Final = "operator"
"""The code of the account that a fresh node has: whoever holds the node's files acts as it until sign-in exists."""


SPECIMEN_RANGE: Final = "YJT:10000000000-10000999999"
"""A million numbers to try things out with; their labels carry 样张 and they never ship."""


@dataclass(frozen=True, slots=True)
class Charter:
    """The organisations of a node: kind, code, name, code of the parent ("" for none). The first one runs the node."""

    orgs: tuple[tuple[OrgKind, str, str, str], ...]


def found_node(
    *,
    access: Access,
    register: Register,
    data: Database,
    keys: KeyStore,
    clock: Clock,
    random: RandomBytes,
    charter: Charter,
    settings: Settings,
) -> Node:
    """Write the node's identity and organisations; return what is there already where it was founded before."""
    known = access.node()
    if known is not None:
        return known
    now = clock.now_ms()

    def fresh() -> Ref:
        return mint_ref(shard=FIRST_SHARD, at_ms=now, random=random)

    orgs = _orgs(charter.orgs, [fresh() for _ in charter.orgs])
    ref = fresh()
    node = Node(ref, orgs[0].ref, keys.check_value(ref), now, settings.shards, settings.index_bucket)
    account = Account(fresh(), orgs[0].ref, OPERATOR, Post.OPERATIONS)
    actor = account.acts_from(node.ref.hex()[-12:])
    with data.work() as work:
        access.enter_node(work, node, actor=actor)
        for org in orgs:
            access.enter_org(work, org, actor=actor)
        access.open_account(work, account, actor=actor)
        register.enter_range_in(work, node.org, SPECIMEN_RANGE, specimen=True, actor=actor)
    return node


def _orgs(rows: Sequence[tuple[OrgKind, str, str, str]], refs: Sequence[Ref]) -> list[Org]:
    by_code = {code: ref for (_, code, _, _), ref in zip(rows, refs, strict=True)}
    return [Org(by_code[code], by_code.get(parent), kind, code, name) for kind, code, name, parent in rows]
