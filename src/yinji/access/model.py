"""Organisations, posts, accounts, and a permit's life."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from yinji.kernel.actor import Actor
from yinji.kernel.ids import Ref
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View


class OrgKind(StrEnum):
    """What an organisation is to the parcel."""

    HEADQUARTERS = "headquarters"  # 品牌总部
    FRANCHISEE = "franchisee"  # 加盟企业
    OUTLET = "outlet"  # 网点
    MERCHANT = "merchant"  # 商家
    PLATFORM = "platform"  # 电商平台
    POSTAL_AUTHORITY = "postal_authority"  # 邮政管理部门


class Post(StrEnum):
    """Posts (岗位): access hangs on the post, not on the person."""

    OPERATIONS = "operations"  # 运营: issues waybills, solves deliveries that stick
    COURIER = "courier"  # 收派员
    COMPLIANCE = "compliance"  # 合规
    PARTNER = "partner"  # 合作方: a platform's or an outlet's guest, who checks labels here
    AUTHORITY = "authority"  # 监管部门: a guest who checks labels and evidence, and sees no person


@dataclass(frozen=True, slots=True)
class Org:
    """An organisation on this node. ``parent`` is None for the top of its tree."""

    ref: Ref
    parent: Ref | None
    kind: OrgKind
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can act: an account at a post of an organisation. Staff are not delivery users."""

    ref: Ref
    org: Ref
    code: str
    post: Post

    def acts_from(self, where: str) -> Actor:
        """Return the actor that this account is at a node or terminal."""
        return Actor(account=self.ref, org=self.org, post=self.post.value, where=where)


@dataclass(frozen=True, slots=True)
class Node:
    """The node's identity: its reference, the organisation that runs it, how it recognises its key store.

    ``shards`` and ``index_bucket`` are as they were set when it was founded: rows stand where these say.
    """

    ref: Ref
    org: Ref
    key_check: bytes
    made_ms: int
    shards: int
    index_bucket: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody wants to do with one party's information, and why.

    ``about`` is None for a search, which is about nobody yet. ``approval`` is the prior approval it brings, used once.
    """

    actor: Actor
    purpose: Purpose
    deed: Deed
    party: PartyRole
    view: View
    about: Ref | None = None
    approval: Ref | None = None


@dataclass(frozen=True, slots=True)
class OpenIntent:
    """A permit that ended without an outcome: what it was for counts as disclosed. Moments in milliseconds since 1970."""

    ref: Ref
    deed: Deed
    purpose: Purpose
    view: View
    party: PartyRole
    account: Ref
    made_ms: int
    expires_ms: int


class PermitState(IntEnum):
    """A permit's life. An intent without outcome counts as disclosed."""

    INTENDED = 1
    USED = 2


MOVES: Final[dict[PermitState, frozenset[PermitState]]] = {
    PermitState.INTENDED: frozenset({PermitState.USED}),
    PermitState.USED: frozenset(),
}

OWNER: Final[dict[PermitState, str]] = {
    PermitState.INTENDED: "access.declare",
    PermitState.USED: "access.redeem",
}
