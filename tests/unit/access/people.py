"""Three people: the operator who may, the courier who may a little, the stranger who must see nothing. All invented."""

from __future__ import annotations

from typing import Any

from yinji.access.model import Account, Post
from yinji.access.service import Access, Ask
from yinji.db import Database
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import FIRST_SHARD, mint_refs
from yinji.kernel.permit import Permit
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View

PERMIT_MS = 60_000
DAILY_MAX = 5

_numbers = iter(range(1, 1 << 40))


def random(count: int) -> bytes:
    """Return bytes that never repeat in a run."""
    return b"".join(next(_numbers).to_bytes(8, "big") for _ in range(count // 8 + 1))[:count]


OWN, ELSEWHERE, OPERATOR_REF, COURIER_REF, STRANGER_REF, COMPLIANCE_REF, RECIPIENT, SOMEBODY_ELSE = mint_refs(
    8, shard=FIRST_SHARD, at_ms=1_795_000_000_000, random=random
)

OPERATOR = Account(OPERATOR_REF, OWN, "operator", Post.OPERATIONS).acts_from("node-1")
COURIER = Account(COURIER_REF, OWN, "courier-7", Post.COURIER).acts_from("handheld-7")
COMPLIANCE = Account(COMPLIANCE_REF, OWN, "officer", Post.COMPLIANCE).acts_from("desk-2")
STRANGER = Actor(STRANGER_REF, ELSEWHERE, "cleaner", "door-1")


def access(data: Database, disclosures: Database, clock: Clock, *, daily_max: int = DAILY_MAX) -> Access:
    return Access(data=data, disclosures=disclosures, clock=clock, random=random, permit_ms=PERMIT_MS, daily_max=daily_max)


def ask(actor: Actor = OPERATOR, **other: Any) -> Ask:
    """Return an operator's wish to see a recipient's phone, but for what ``other`` says."""
    wish: dict[str, Any] = {"purpose": Purpose.SOLVE_DELIVERY, "deed": Deed.REVEAL, "party": PartyRole.RECIPIENT}
    return Ask(actor, **(wish | {"view": View.PHONE, "about": RECIPIENT} | other))


def granted(answer: Permit | Refuse) -> Permit:
    assert isinstance(answer, Permit), answer
    return answer
