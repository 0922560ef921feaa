"""What a story needs of the house: the rooms' services, wired once by main."""

from __future__ import annotations

from dataclasses import dataclass

from yinji.access.model import Account, Node
from yinji.access.service import Access
from yinji.db.database import Database
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.ids import RandomBytes
from yinji.ledger.service import Ledger
from yinji.settings import Settings
from yinji.vault.service import Vault
from yinji.waybill.service import Register


@dataclass(frozen=True, slots=True)
class House:
    """One node, open. ``node`` and ``account`` say whose it is and who is acting."""

    settings: Settings
    node: Node
    account: Account
    data: Database
    disclosures: Database
    access: Access
    ledger: Ledger
    vault: Vault
    register: Register
    clock: Clock
    random: RandomBytes

    @property
    def actor(self) -> Actor:
        """Who is acting, from this node."""
        return self.account.acts_from(self.node.ref.hex()[-12:])

    def close(self) -> None:
        """Give every connection back."""
        self.data.close()
        self.disclosures.close()
