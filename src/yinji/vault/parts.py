"""What every verb of the vault needs, put together once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from yinji.access.service import Access
from yinji.db.database import Database
from yinji.db.work import Reading
from yinji.kernel.clock import Clock
from yinji.kernel.ids import RandomBytes, Ref, Shard, shard_of
from yinji.kernel.purpose import PartyRole
from yinji.keys.book import KeyBook
from yinji.keys.keystore import KeyStore
from yinji.vault import store
from yinji.vault.blind_index import BlindIndex
from yinji.vault.leaves import Leaves
from yinji.vault.model import PartyRow
from yinji.vault.periods.service import Periods
from yinji.vault.sealer import Sealer


@dataclass(frozen=True, slots=True)
class VaultLimits:
    """How the vault is set: width of an index bucket (``day`` or ``hour``), days a search reaches back, shards."""

    index_bucket: str
    find_days: int
    shards: int


class VaultParts:
    """The vault's databases, keys and helpers. Nothing is opened until a verb needs it."""

    def __init__(
        self,
        *,
        data: Database,
        disclosures: Database,
        access: Access,
        keys: KeyStore,
        book: KeyBook,
        clock: Clock,
        random: RandomBytes,
        limits: VaultLimits,
    ) -> None:
        """``keys`` are in a place that no backup of ``data`` holds."""
        self._data = data
        self._disclosures = disclosures
        self._access = access
        self._keys = keys
        self._book = book
        self._clock = clock
        self._random = random
        self._limits = limits
        self._periods = Periods(data, keys)
        self._undated: dict[Ref, bool] = {}
        self._index = lru_cache(maxsize=64)(self._index_of)
        self._sealer = Sealer(
            self._periods, Leaves(data, self._periods), self._index, random=random, index_bucket=limits.index_bucket
        )

    def _index_of(self, org: Ref) -> BlindIndex:
        return BlindIndex(self._periods, org)

    def blind_index(self, org: Ref) -> BlindIndex:
        """Return an organisation's blind index."""
        return self._index(org)

    def _rows(
        self, reading: Reading, org: Ref, parties: Sequence[tuple[Ref, PartyRole]]
    ) -> dict[tuple[Ref, PartyRole], PartyRow]:
        """Return the sealed rows of parties (parcel, role); who was erased is not among them."""
        by_shard: dict[Shard, list[tuple[Ref, PartyRole]]] = {}
        for each in parties:
            by_shard.setdefault(shard_of(each[0]), []).append(each)
        return {
            (Ref(row.parcel), store.ROLES[row.role]): row
            for shard, some in by_shard.items()
            for row in store.parties(reading, org=org, shard=shard, of=some)
        }
