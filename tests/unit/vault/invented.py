"""Invented parties, a key store of the test's own, and a vault over real databases."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests.unit.access.people import OPERATOR, OWN, access, ask, granted, random
from tests.unit.kernel.fixed_clock import FixedClock
from tests.unit.ledger.evidence import entry, ledger

from yinji.access.service import Access
from yinji.adapters.keys.file_root import FileRoot
from yinji.adapters.keys.key_folder import KeyFolder
from yinji.db import Database
from yinji.kernel.actor import Actor
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard, mint_ref
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.kernel.purpose import Deed, PartyRole, View
from yinji.keys.book import KeyBook
from yinji.keys.keystore import KeyStore
from yinji.keys.suites import SM, Suite
from yinji.vault.holding.service import Holds
from yinji.vault.model import Belongings, Found, Intake, Plan, Seen, ToldOrder
from yinji.vault.parts import VaultLimits
from yinji.vault.planning import plan_party
from yinji.vault.search import Sought
from yinji.vault.service import Vault

NAME = "慕容晓棠"
PHONE = "13977665544"
ADDRESS = "浙江省杭州市西湖区望江路18号翠柏小区7幢2单元1304室"
ROOM = "2单元1304室"
CONTENTS = "陶瓷茶具"
REMARK = "放在门口鞋柜"
OUTLET = "余杭良渚二部"
SENDER_NAME = "欧阳怀瑾"
SENDER_PHONE = "13855443322"
SENDER_ADDRESS = "广东省深圳市南山区海棠路6号蓝天大厦9层902室"
FIND_DAYS = 30


def party(name: str = NAME, phone: str = PHONE, address: str = ADDRESS) -> Party:
    return Party(Private(name), Private(phone), Private(address))


def recipient(*given: str) -> Plan:
    return plan_party(PartyRole.RECIPIENT, party(*given))


def sender() -> Plan:
    return plan_party(PartyRole.SENDER, party(SENDER_NAME, SENDER_PHONE, SENDER_ADDRESS))


def belongings(number: str = "A-1", contents: str = CONTENTS, remark: str = REMARK) -> Belongings:
    return Belongings(Private(number), Private(contents), Private(remark))


def told(plan: Plan, goods: Belongings, *, merchant: str = "m", ordered: date | None = date(2026, 11, 20)) -> ToldOrder:
    return ToldOrder(merchant, False, ordered, plan.party, sender().party, goods, ("1", ""))  # noqa: FBT003 - a real order


def key_store(folder: Path, suite: Suite = SM) -> KeyStore:
    store = KeyStore(root=FileRoot(folder), files=KeyFolder(folder), suite=suite, random=os.urandom)
    store.make_node()
    return store


@dataclass
class Strongroom:
    """A vault with its databases, keys, access and clock. ``shards`` as many as the node would have."""

    data: Database
    disclosures: Database
    folder: Path
    shards: int = 1
    index_bucket: str = "day"
    suite: Suite = SM
    clock: FixedClock = field(default_factory=FixedClock)
    _numbers: int = 0

    def __post_init__(self) -> None:
        self.evidence = ledger()
        for database in (self.data, self.disclosures):
            database.connect_evidence(self.evidence)
        self.keys = key_store(self.folder / "keys", self.suite)
        self.holds = Holds(self.data, self.clock)
        self.access: Access = access(self.data, self.disclosures, self.clock, daily_max=1_000_000)
        self.vault = Vault(
            data=self.data,
            disclosures=self.disclosures,
            access=self.access,
            keys=self.keys,
            book=KeyBook(self.data),
            holds=self.holds,
            clock=self.clock,
            random=random,
            limits=VaultLimits(self.index_bucket, FIND_DAYS, self.shards),
        )

    def take_in(self, plan: Plan | None = None, *, shard: int = 0, goods: Belongings | None = None, org: Ref = OWN) -> Ref:
        """Seal and write one parcel; return its reference."""
        self._numbers += 1
        plan = plan or recipient()
        goods = goods or belongings(f"A-{self._numbers}")
        now = self.clock.now_ms()
        parcel = mint_ref(shard=Shard(shard), at_ms=now, random=random)
        order = self.vault.order_key(org, told(plan, goods))
        sealed = self.vault.seal(
            org, [Intake(parcel, Shard(shard), plan, sender(), goods, order, "real\0m", OUTLET)], at_ms=now
        )
        with self.data.work() as work:
            self.vault.write(work, org, sealed, entry=entry(self._numbers))
        return parcel

    def reveal(self, parcel: Ref, view: View = View.ALL, role: PartyRole = PartyRole.RECIPIENT, **other: Any) -> Seen | Refuse:
        """Declare and reveal, as the operator unless ``actor`` says who."""
        actor: Actor = other.pop("actor", OPERATOR)
        about = self.vault.party_ref(org=actor.org, parcel=parcel, role=role)
        permit = self.access.declare(ask(actor, view=view, party=role, about=about, **other))
        return permit if isinstance(permit, Refuse) else self.vault.reveal(parcel, permit)

    def find(self, phone: str) -> Sequence[Found] | Refuse:
        sought = self.vault.sought_phone(Private(phone))
        assert isinstance(sought, Sought)
        permit = granted(self.access.declare(ask(deed=Deed.FIND, view=View.MASKED, about=None)))
        return self.vault.find(sought, permit)

    def found(self, phone: str = PHONE) -> list[Ref]:
        answer = self.find(phone)
        assert not isinstance(answer, Refuse), answer
        return [each.parcel for each in answer]

    def raw(self) -> bytes:
        """Return every byte of the data and disclosures files and what stands beside them."""
        return b"".join(each.read_bytes() for each in sorted(self.folder.glob("*.db*")))


def seen(answer: Seen | Refuse) -> dict[str, str]:
    assert isinstance(answer, Seen), answer
    return {member: value.open() for member, value in answer.values.items()}


__all__ = [
    "ADDRESS", "CONTENTS", "FIND_DAYS", "FIRST_SHARD", "NAME", "PHONE", "REMARK", "ROOM", "SENDER_ADDRESS", "SENDER_NAME",
    "SENDER_PHONE", "Strongroom", "belongings", "key_store", "party", "recipient", "seen", "sender",
]  # fmt: skip
