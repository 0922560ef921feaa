"""The verbs of the vault.

Going in, outside any transaction: 1 plan (masks, findings), 2 order keys, 3 seal under fresh leaves; inside the caller's unit of
work: 4 write. Coming out: a permit was declared (T1); 5 redeem it and open (T2); 6 hand on what it allows, still wrapped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from yinji.access.service import Access
from yinji.db.database import Database
from yinji.db.work import Reading, Work
from yinji.deid import read_phone
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.ids import FIRST_SHARD, RandomBytes, Ref, Shard, shard_of
from yinji.kernel.party import Party
from yinji.kernel.permit import Permit
from yinji.kernel.private import Private
from yinji.kernel.purpose import Deed, PartyRole, View
from yinji.kernel.refusals import Refusal
from yinji.keys.keystore import KeyStore
from yinji.keys.suites import SealBroken
from yinji.vault import envelope, store
from yinji.vault.blind_index import HOURS_A_DAY, ORDER, PHONE, UNDATED, BlindIndex, bucket_of, buckets_between, day_bucket
from yinji.vault.fields import MASK_MEMBERS, SEALED_MEMBERS
from yinji.vault.leaves import Leaves
from yinji.vault.model import Found, Intake, Known, Masks, OrderKey, SealedParcel, Seen, ToldOrder
from yinji.vault.periods import Periods
from yinji.vault.sealer import Sealer

_TIME_BYTES: Final = 6
"""A reference begins with its moment (UUIDv7): newest first holds over shards too."""

_SEEN: Final[dict[View, tuple[str, ...]]] = {
    View.NAME: ("name",),
    View.PHONE: ("phone",),
    View.ADDRESS: ("address",),
    View.ALL: SEALED_MEMBERS,
}


@dataclass(frozen=True, slots=True)
class VaultLimits:
    """How the vault is set: width of an index bucket (``day`` or ``hour``), days a search reaches back, shards."""

    index_bucket: str
    find_days: int
    shards: int


class Vault:
    """Delivery users' personal information of every organisation on this node."""

    def __init__(
        self,
        *,
        data: Database,
        disclosures: Database,
        access: Access,
        keys: KeyStore,
        clock: Clock,
        random: RandomBytes,
        limits: VaultLimits,
    ) -> None:
        """Nothing is opened until a verb needs it."""
        self._data = data
        self._disclosures = disclosures
        self._access = access
        self._clock = clock
        self._limits = limits
        periods = Periods(data, keys)
        self._index = lru_cache(maxsize=64)(lambda org: BlindIndex(keys, periods, org))
        self._sealer = Sealer(periods, Leaves(data, periods), self._index, random=random, index_bucket=limits.index_bucket)

    def order_key(self, org: Ref, told: ToldOrder) -> OrderKey:
        """Return how an order is recognised: bucketed by its own date, so that the same order has one place for ever."""
        bucket = UNDATED if told.ordered is None else day_bucket(told.ordered)
        index = self._index(org)
        number = told.belongings.order_number.open()
        name = f"{'specimen' if told.specimen else 'real'}\0{told.merchant}\0{number}"
        parties = (
            value.open() for party in (told.recipient, told.sender) for value in (party.name, party.phone, party.address)
        )
        said = "\0".join((name, told.belongings.contents.open(), told.belongings.remark.open(), *parties, *told.printed))
        standing = index.tag(ORDER, UNDATED, name)
        tag = standing if bucket == UNDATED else index.tag(ORDER, bucket, name)
        return OrderKey(bucket, tag, standing, index.tag(ORDER, UNDATED, said))

    def known_orders(self, reading: Reading, *, org: Ref, shard: Shard, keys: Sequence[OrderKey]) -> dict[bytes, Known]:
        """Return, by their tag, those of ``keys`` that have a waybill already, dated or not."""
        sought = [(key.bucket, key.tag) for key in keys] + [(UNDATED, key.standing) for key in keys if key.bucket != UNDATED]
        found = store.orders(reading, org=org, shard=shard, keys=sought)
        return {key.tag: known for key in keys if (known := found.get(key.tag) or found.get(key.standing))}

    def same_order(self, org: Ref, key: OrderKey, known: Known) -> bool:
        """Tell whether a known order says what ``key`` says, and still points to the parcel it was issued for."""
        return self._index(org).bound(ORDER, key.digest, known.parcel) == known.digest

    def seal(self, org: Ref, intakes: Sequence[Intake], *, at_ms: int) -> list[SealedParcel]:
        """Seal both parties of each parcel under leaves of their own. All parcels are of one shard; leases commit."""
        return self._sealer.seal(org, intakes, at_ms=at_ms) if intakes else []

    def write(self, work: Work, parcels: Sequence[SealedParcel], *, entry: Entry) -> None:
        """Write sealed parcels in the caller's unit of work."""
        store.add_parcels(work, parcels, entry=entry)

    def keep_sender(self, org: Ref, party: Party, *, entry: Entry) -> None:
        """Keep an organisation's own sender, sealed, in place of the one before. Commits by itself."""
        row = self._sealer.seal_standing(org, party, at_ms=self._clock.now_ms())
        with self._data.work() as work:
            store.keep_party(work, row, org=org, shard=FIRST_SHARD, parcel=org, role=PartyRole.SENDER, entry=entry)

    def standing_sender(self, org: Ref) -> Party | Refuse | None:
        """Return an organisation's own sender, wrapped; None where none is kept. Its masks go on every label it sends."""
        with self._data.reading() as reading:
            row = store.party(reading, org=org, shard=FIRST_SHARD, parcel=org, role=PartyRole.SENDER)
        if row is None:
            return None
        try:
            values = self._sealer.unseal(row, PartyRole.SENDER, envelope.VALUES)
        except SealBroken:
            return Refuse(Refusal.SEAL_BROKEN, "sender")
        return Party(*(Private(text) for text in values[: len(MASK_MEMBERS)]))

    def party_ref(self, *, org: Ref, parcel: Ref, role: PartyRole) -> Ref | None:
        """Return the reference of a parcel's party, which is what permits and evidence speak of; None once erased."""
        with self._data.reading() as reading:
            row = store.party(reading, org=org, shard=shard_of(parcel), parcel=parcel, role=role)
        return Ref(row.ref) if row else None

    def reveal(self, parcel: Ref, permit: Permit) -> Seen | Refuse:
        """Use up ``permit`` and return what its view allows of one party, wrapped."""
        org, role = permit.actor.org, permit.party
        values: list[str] = []

        def act() -> Refuse | None:
            with self._data.reading() as reading:
                row = store.party(reading, org=org, shard=shard_of(parcel), parcel=parcel, role=role)
            if row is None:
                return Refuse(Refusal.PERSON_FORGOTTEN)
            if row.ref != permit.about:
                return Refuse(Refusal.PERMIT_MISMATCH)
            try:
                values.extend(self._sealer.unseal(row, role, envelope.MASKS if permit.view is View.MASKED else envelope.VALUES))
            except SealBroken:
                return Refuse(Refusal.SEAL_BROKEN, role.value)
            return None

        with self._disclosures.work() as work:
            refused = self._access.redeem(work, permit, act, deed=Deed.REVEAL)  # 5
        if refused:
            return refused
        members = MASK_MEMBERS if permit.view is View.MASKED else SEALED_MEMBERS
        wanted = _SEEN.get(permit.view, members)
        return Seen(role, permit.view, {m: Private(v) for m, v in zip(members, values, strict=True) if m in wanted})  # 6

    def phone_digits(self, phone: Private) -> Private | Refuse:
        """Return a phone in the form in which it is indexed, wrapped; refuses what cannot be one."""
        read = read_phone(phone.open())
        return read if isinstance(read, Refuse) else Private(read.digits)

    def find(self, phone_digits: Private, permit: Permit) -> tuple[Found, ...] | Refuse:
        """Use up ``permit`` and return the parcels whose recipient has this phone, newest first, with their masks."""
        found: list[Found] = []

        def act() -> Refuse | None:
            try:
                found.extend(self._search(permit.actor.org, phone_digits))
            except SealBroken:
                return Refuse(Refusal.SEAL_BROKEN, "masks")
            return None

        with self._disclosures.work() as work:
            refused = self._access.redeem(work, permit, act, deed=Deed.FIND)
        return refused or tuple(found)

    def totals(self) -> tuple[int, int]:
        """Return how many parties of parcels and how many orders the vault holds: two and one a waybill, or rows are gone."""
        with self._data.reading() as reading:
            return store.totals(reading)

    def _search(self, org: Ref, phone_digits: Private) -> list[Found]:
        limits, index, digits = self._limits, self._index(org), phone_digits.open()
        now = bucket_of(self._clock.now_ms(), width=limits.index_bucket)
        first = now - limits.find_days * HOURS_A_DAY
        found: list[Found] = []
        with self._data.reading() as reading:
            for shard in map(Shard, range(limits.shards)):
                # A clock that once ran ahead put parcels into buckets that have not come yet: they are found too.
                last = max(now, store.newest_bucket(reading, org=org, shard=shard) or now)
                keys = index.tags_to_seek(PHONE, buckets_between(first, last, width=limits.index_bucket), digits)
                parcels = store.parcels_by_phone(reading, org=org, shard=shard, keys=keys)
                rows = {row.parcel: row for row in store.recipients(reading, org=org, shard=shard, parcels=parcels)}
                found += [
                    Found(parcel, Masks(*self._sealer.unseal(rows[parcel], PartyRole.RECIPIENT, envelope.MASKS)))
                    for parcel in parcels
                    if parcel in rows
                ]
        return sorted(found, key=lambda each: each.parcel[:_TIME_BYTES], reverse=True)
