"""The vault: what goes in, what comes out, what goes for good."""

from __future__ import annotations

from yinji.access.service import Access
from yinji.db.database import Database
from yinji.kernel.clock import Clock
from yinji.kernel.facts import HoldFact
from yinji.kernel.ids import RandomBytes
from yinji.keys.book import KeyBook
from yinji.keys.keystore import KeyStore
from yinji.vault.counting import Counting
from yinji.vault.disclosing import Disclosing
from yinji.vault.labelling import Labelling
from yinji.vault.lasting import Lasting
from yinji.vault.letting_go import LettingGo
from yinji.vault.parts import VaultLimits
from yinji.vault.proving import Proving
from yinji.vault.showing import Showing
from yinji.vault.taking_in import TakingIn


class Vault(TakingIn, Showing, Proving, Labelling, Disclosing, LettingGo, Lasting, Counting):
    """Delivery users' personal information of every organisation on this node."""

    def __init__(
        self,
        *,
        data: Database,
        disclosures: Database,
        access: Access,
        keys: KeyStore,
        book: KeyBook,
        holds: HoldFact,
        clock: Clock,
        random: RandomBytes,
        limits: VaultLimits,
    ) -> None:
        """``holds`` says who must not be erased."""
        super().__init__(
            data=data,
            disclosures=disclosures,
            access=access,
            keys=keys,
            book=book,
            clock=clock,
            random=random,
            limits=limits,
        )
        self.holds = holds
