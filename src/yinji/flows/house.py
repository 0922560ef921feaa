"""What a story needs of the house: the rooms' services, wired once by main."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from yinji.access.accounts.service import Accounts
from yinji.access.api_keys.service import ApiKeys
from yinji.access.exempting.service import Exemptions
from yinji.access.model import Account, Node
from yinji.access.queries.service import Queries
from yinji.access.service import Access
from yinji.access.sessions.service import Sessions
from yinji.access.views.service import SavedViews
from yinji.db.database import Database
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.faults import Fault
from yinji.kernel.ids import RandomBytes
from yinji.keys.book import KeyBook
from yinji.keys.keystore import KeyStore
from yinji.keys.rotation import Rotation
from yinji.label.inspection.ports import SheetReader
from yinji.ledger.service import Ledger
from yinji.ledger.watch import Watch
from yinji.ledger.witnesses import Witnesses
from yinji.settings import Settings
from yinji.vault.holding.service import Holds
from yinji.vault.service import Vault
from yinji.waybill.parcel.service import Parcels
from yinji.waybill.service import Register


@dataclass(frozen=True, slots=True)
class House:
    """One node, open. ``node`` and ``account`` say whose it is and who is acting."""

    settings: Settings
    home: Path
    node: Node
    account: Account
    data: Database
    disclosures: Database
    access: Access
    accounts: Accounts
    exemptions: Exemptions
    sessions: Sessions
    views: SavedViews
    queries: Queries
    api_keys: ApiKeys
    ledger: Ledger
    witnesses: Witnesses
    watch: Watch
    vault: Vault
    holds: Holds
    keys: KeyStore
    rotation: Rotation
    key_book: KeyBook
    register: Register
    parcels: Parcels
    sheets: SheetReader
    clock: Clock
    random: RandomBytes
    specimens_only: bool = False
    """True for whoever came with a test key: whatever is issued is a specimen, whose number never ships."""

    @property
    def actor(self) -> Actor:
        """Who is acting, from this node."""
        return self.account.acts_from(self.node.ref.hex()[-12:])

    def close(self) -> None:
        """Write down how often keys were used, and give every connection back."""
        with suppress(Fault):  # a count that cannot be written keeps nobody from leaving
            self.key_book.keep()
        self.data.close()
        self.disclosures.close()
