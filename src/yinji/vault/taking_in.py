"""What goes into the vault. Outside any transaction: 1 plan (masks, findings), 2 order keys, 3 seal under fresh leaves; inside the
caller's unit of work: 4 write, if the keys are still those it was sealed with.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

from yinji.db.work import Reading, Work
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard
from yinji.kernel.party import Party, PartyKind
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.kernel.refusals import Refusal
from yinji.keys.book import SEAL, TAG
from yinji.keys.keystore import period_of
from yinji.keys.suites import SealBroken
from yinji.vault import envelope, store
from yinji.vault.blind_index import ORDER, Tags
from yinji.vault.buckets import HELD_BUCKET, UNDATED, day_bucket, place_of
from yinji.vault.fields import LABEL_MEMBERS
from yinji.vault.model import Digests, Intake, KeyMoment, OrderKey, PartyRow, SealedParcel, Standing, ToldOrder
from yinji.vault.parts import VaultParts
from yinji.vault.periods.service import KeysMoved
from yinji.vault.sealer import Gone, kind_text, order_value, read_party
from yinji.vault.store import INDEXES

_DIGEST_BYTES: Final = 16
_SEALS: Final = 4
"""Values and masks of two parties."""

_AT: Final = {member: at for at, member in enumerate(LABEL_MEMBERS)}


class TakingIn(VaultParts):
    """The verbs by which parcels come in."""

    def look_for_undated(self, reading: Reading, org: Ref) -> None:
        """Look whether any order came without its date: where none did, no order is looked for among them.

        Ask once a batch; `write` looks again, in its own transaction.
        """
        self._undated[org] = store.any_undated(reading, org=org, shards=self._limits.shards)

    def order_key(self, org: Ref, told: ToldOrder) -> OrderKey:
        """Return how an order is recognised: bucketed by its own date, so that the same order has one place for ever."""
        return self.order_keys(org, (told,))[0]

    def order_keys(self, org: Ref, several: Sequence[ToldOrder]) -> list[OrderKey]:
        """Return the same for the orders of a batch: what their days and their sender have in common is worked out once."""
        index, undated = self._index(org), self._undated.get(org, True)
        markers: dict[int, tuple[KeyMoment, Tags] | None] = {}
        senders: dict[int, bytes] = {}  # by identity: most orders of a batch have one sender
        keys: list[OrderKey] = []
        for told in several:
            name = order_value(order_scope(told), told.belongings.order_number.open())
            digests = Digests(_digest(name, *_rest(told)), _sender_digest(told, senders))
            bucket = UNDATED if told.ordered is None else day_bucket(told.ordered)
            if bucket not in markers:
                over = bucket != UNDATED and self._periods.ended(org, place_of(bucket)[0])
                markers[bucket] = None if over else index.marker(ORDER, bucket)
            marker = markers[bucket]
            if marker is None:
                made, sought = index.tags_to_write(ORDER, UNDATED, name)
                sought += index.tags_to_seek(ORDER, (HELD_BUCKET,), name)
                keys.append(OrderKey(bucket, digests.recipient, tuple(sought), digests, (made,), ended=True))
                continue
            made, tags = marker
            own = tags(name)
            if bucket == UNDATED or not undated:
                keys.append(OrderKey(bucket, own[0][1], tuple(own), digests, (made,)))
                continue
            # An order that once came without its date is the same order.
            also, sought = index.tags_to_write(ORDER, UNDATED, name)
            keys.append(OrderKey(bucket, own[0][1], (*own, *sought), digests, (made, also)))
        return keys

    def order_mark(self, org: Ref, merchant: str, number: Private) -> bytes:
        """Return how an exemption recognises its order before it is issued, whatever date it comes with: sixteen bytes under a key
        of their own. Specimens have none.
        """
        return self._index(org).standing_tag("exempt order", order_value(_scope(merchant), number.open()))

    def known_orders(self, reading: Reading, *, org: Ref, shard: Shard, keys: Sequence[OrderKey]) -> dict[bytes, Ref]:
        """Return, by their tag, the parcels of those of ``keys`` that have a waybill already, dated or not."""
        found = store.orders(reading, org=org, shard=shard, keys=[place for key in keys for place in key.sought])
        known = {}
        for key in keys if found else ():
            parcels = [parcel for _, tag in key.sought if (parcel := found.get(tag))]
            if parcels:
                known[key.tag] = parcels[0]
        return known

    def standing_orders(
        self, reading: Reading, *, org: Ref, shard: Shard, parcels: Sequence[Ref]
    ) -> dict[Ref, Standing | Refuse]:
        """Return what is sealed of known orders; a parcel whose recipient was erased is not among them.

        Where the sender was erased, or the sender's row is gone, the sender's digest is empty: see `Standing.said`.
        """
        both = [(parcel, role) for parcel in parcels for role in PartyRole]
        rows = store.parties(reading, org=org, shard=shard, of=both)
        labels = {(Ref(row.parcel), store.ROLES[row.role]): self._label(row) for row in rows}
        standing: dict[Ref, Standing | Refuse] = {}
        for parcel in parcels:
            recipient, sender = labels.get((parcel, PartyRole.RECIPIENT)), labels.get((parcel, PartyRole.SENDER))
            if recipient is None:
                continue
            if isinstance(recipient, Refuse) or isinstance(sender, Refuse):
                standing[parcel] = Refuse(Refusal.SEAL_BROKEN, "label")
            else:
                standing[parcel] = Standing(recipient[_AT["token"]], Digests(_kept_digest(recipient), _kept_digest(sender)))
        return standing

    def _label(self, row: PartyRow) -> list[str] | Refuse | None:
        """Return the label that was sealed with a party; None where the party was erased."""
        try:
            return self._sealer.unseal(row, envelope.MASKS)
        except SealBroken:
            return Refuse(Refusal.SEAL_BROKEN, "label")
        except Gone:
            return None

    def seal(self, org: Ref, intakes: Sequence[Intake], *, at_ms: int) -> list[SealedParcel]:
        """Seal both parties of each parcel under leaves of their own. All parcels are of one shard; leases commit."""
        if not intakes:
            return []
        period = period_of(beijing_day(at_ms))
        self._book.add(org, period, SEAL, _SEALS * len(intakes))
        self._book.add(org, period, TAG, len(INDEXES) * len(intakes))
        if self._book.full:
            self._book.keep()
        return self._sealer.seal(org, intakes, at_ms=at_ms)

    def write(self, work: Work, org: Ref, parcels: Sequence[SealedParcel], *, entry: Entry) -> None:
        """Write sealed parcels in the caller's unit of work; raises `KeysMoved` where they were sealed under former keys, or where
        an order without its date came since nobody looked for one.
        """
        if not self._undated.get(org, True) and store.any_undated(work, org=org, shards=self._limits.shards):
            self._undated[org] = True
            raise KeysMoved
        self._periods.require_current(work, org, [made for parcel in parcels for made in parcel.made])
        store.add_parcels(work, parcels, entry=entry)

    def standing_sender(self, org: Ref) -> Party | Refuse | None:
        """Return an organisation's own sender, wrapped; None where none is kept. Its masks go on every label it sends."""
        with self._data.reading() as reading:
            row = store.party(reading, org=org, shard=FIRST_SHARD, parcel=org, role=PartyRole.SENDER)
        if row is None:
            return None
        try:
            values = self._sealer.unseal(row, envelope.VALUES)
        except Gone:
            return None
        except SealBroken:
            return Refuse(Refusal.SEAL_BROKEN, "sender")
        return read_party(values)

    def totals(self) -> tuple[int, int]:
        """Return how many parties of parcels and how many orders the vault holds: two and one a waybill, or rows are gone."""
        with self._data.reading() as reading:
            return store.totals(reading)


def order_scope(told: ToldOrder) -> str:
    """Return what an order's number is unique within: whose it is, and whether it is only a specimen."""
    return _scope(told.merchant, specimen=told.specimen)


def _scope(merchant: str, *, specimen: bool = False) -> str:
    return f"{'specimen' if specimen else 'real'}\0{merchant}"


def _kept_digest(label: Sequence[str] | None) -> bytes:
    return bytes.fromhex(label[_AT["digest"]]) if label else b""


def _rest(told: ToldOrder) -> tuple[str, ...]:
    """Return all that an order says beside its number and its sender."""
    return (told.belongings.contents.open(), told.belongings.remark.open(), *_opened(told.recipient), *told.printed)


def _sender(told: ToldOrder) -> tuple[str, ...]:
    """Return what an order says of its sender; who handed the parcel over belongs to it, where anybody did."""
    hands = told.belongings.hands
    said = _opened(told.sender)
    return said if hands is None else (*said, "by hand", *(each.open() for each in hands))


def _sender_digest(told: ToldOrder, known: dict[int, bytes]) -> bytes:
    """Return the digest of what an order says of its sender, worked out once for orders that share one."""
    if told.belongings.hands is not None:
        return _digest(*_sender(told))
    digest = known.get(id(told.sender))
    if digest is None:
        digest = known[id(told.sender)] = _digest(*_sender(told))
    return digest


def _opened(party: Party) -> tuple[str, ...]:
    plain = (party.name.open(), party.phone.open(), party.address.open())
    return plain if party.kind is PartyKind.PLAIN else (*plain, kind_text(party), party.handle.open())


def _digest(*said: str) -> bytes:
    return blake2b("\0".join(said).encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest()
