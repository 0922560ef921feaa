"""Sealing parties under leaves of their own, and opening what was sealed. Knows nothing of permits: the service does."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from yinji.kernel.clock import beijing_day
from yinji.kernel.ids import FIRST_SHARD, RandomBytes, Ref, Shard, mint_refs
from yinji.kernel.party import Party
from yinji.kernel.purpose import PartyRole
from yinji.keys.keystore import STANDING, period_of
from yinji.keys.suites import NONCE_BYTES, Lock, SealBroken, suite_of
from yinji.keys.tree import LeafReader
from yinji.vault import envelope, store
from yinji.vault.blind_index import LAST_FOUR, PHONE, TAIL, BlindIndex, slice_of
from yinji.vault.buckets import bucket_of
from yinji.vault.envelope import packed
from yinji.vault.fields import LABEL_MEMBERS, SEALED_MEMBERS
from yinji.vault.leaves import Leaves
from yinji.vault.model import Intake, KeyMoment, PartyRow, SealedParcel
from yinji.vault.periods import Periods
from yinji.vault.planning import plan_party

_NONCES: Final = 2 * NONCE_BYTES
"""One for the values, one for the masks."""

TOKEN_BYTES: Final = 15
"""The label's QR code carries 120 random bits, 20 characters: they cannot be guessed and say nothing."""

TOKEN_CHARS: Final = 20

DAY_MS: Final = 24 * 60 * 60 * 1_000
"""The reference of a party tells its day and no more: to the millisecond it would name its parcel, whose own reference has that."""


class Gone(Exception):  # noqa: N818 - a finding about the world, not an error of ours
    """The record key was punctured: what it sealed is gone for good."""


class _Place(NamedTuple):
    """Where a party stands, and under which leaf: what its blobs are bound to."""

    org: Ref
    shard: Shard
    parcel: Ref
    role: PartyRole
    ref: Ref
    period: int
    leaf: int


class Sealer:
    """Turns wrapped parties into rows, and rows into texts."""

    def __init__(
        self,
        periods: Periods,
        leaves: Leaves,
        index: Callable[[Ref], BlindIndex],
        *,
        random: RandomBytes,
        index_bucket: str,
    ) -> None:
        """``index`` gives an organisation's blind index."""
        self._periods = periods
        self._leaves = leaves
        self._index = index
        self._random = random
        self._index_bucket = index_bucket
        self._readers: dict[tuple[Ref, int], LeafReader] = {}
        periods.tell(lambda org, period: self._readers.pop((org, period), None))

    def seal(self, org: Ref, intakes: Sequence[Intake], *, at_ms: int) -> list[SealedParcel]:
        """Return the rows of parcels of one shard: two parties, a row of each index."""
        shard, period = intakes[0].shard, period_of(beijing_day(at_ms))
        count = 2 * len(intakes)
        keys = self._periods.begin(org, period)
        lock, made = keys.suite.lock, KeyMoment(period, keys.revision)
        leaves = self._leaves.take(count, org=org, shard=shard, period=period)
        refs = mint_refs(count, shard=shard, at_ms=at_ms - at_ms % DAY_MS, random=self._random)
        nonces, tokens = self._random(count * _NONCES), _tokens(self._random(TOKEN_BYTES * len(intakes)))
        bucket = bucket_of(at_ms, width=self._index_bucket)
        phone_tag, tail_tag = self._index(org).tagger(PHONE, bucket), self._index(org).tagger(TAIL, bucket)
        senders: dict[int, tuple[bytes, bytes]] = {}  # by identity: most parcels of a batch have one sender
        sealed: list[SealedParcel] = []
        for at, intake in enumerate(intakes):
            parcel, order, first = intake.parcel, intake.order, 2 * at
            token = tokens[at * TOKEN_CHARS : (at + 1) * TOKEN_CHARS]
            digits = intake.recipient.phone_digits.open()
            phone_row, tail_row = phone_tag(digits), tail_tag(tail_value(intake.outlet, digits))
            slices = f"{slice_of(phone_row)} {slice_of(tail_row)} {slice_of(order.tag)}"
            label = (*intake.recipient.masks, token, order.digest.hex(), f"{bucket} {order.bucket} {slices}")
            recipient = _Place(org, shard, parcel, PartyRole.RECIPIENT, refs[first], period, leaves[first][0])
            sender = _Place(org, shard, parcel, PartyRole.SENDER, refs[first + 1], period, leaves[first + 1][0])
            if id(intake.sender) not in senders:
                senders[id(intake.sender)] = (packed(_texts(intake.sender.party)), packed(intake.sender.masks))
            own = nonces[first * _NONCES : (first + 2) * _NONCES]
            parties = (
                _party_row(recipient, lock(leaves[first][1]), packed(_recipient_texts(intake)), packed(label), own[:_NONCES]),
                _party_row(sender, lock(leaves[first + 1][1]), *senders[id(intake.sender)], own[_NONCES:]),
            )
            phone = (org, shard, bucket, phone_row, parcel)
            tail = (org, shard, bucket, tail_row, parcel)
            row = (org, shard, order.bucket, order.tag, parcel)
            sealed.append(SealedParcel(parcel, token, parties, phone, tail, row, (made, *order.made)))
        return sealed

    def seal_standing(self, org: Ref, party: Party, *, at_ms: int) -> tuple[tuple[object, ...], KeyMoment]:
        """Return the row of an organisation's own sender, and the keys it was made with: it belongs to no parcel, so the
        organisation stands for one.
        """
        keys = self._periods.begin(org, STANDING)
        ((leaf, secret),) = self._leaves.take(1, org=org, shard=FIRST_SHARD, period=STANDING)
        (ref,) = mint_refs(1, shard=FIRST_SHARD, at_ms=at_ms, random=self._random)
        place = _Place(org, FIRST_SHARD, org, PartyRole.SENDER, ref, STANDING, leaf)
        masks = plan_party(PartyRole.SENDER, party).masks
        row = _party_row(place, keys.suite.lock(secret), packed(_texts(party)), packed(masks), self._random(_NONCES))
        return row, KeyMoment(STANDING, keys.revision)

    def reseal(
        self, rows: Sequence[PartyRow], *, org: Ref, shard: Shard, period: int, bucket: int
    ) -> tuple[list[tuple[object, ...]], KeyMoment]:
        """Return rows sealed anew under leaves of another period, and its keys: same party, same reference, other keys.

        ``bucket`` is where a recipient's index rows will stand.
        """
        keys = self._periods.begin(org, period)
        leaves = self._leaves.take(len(rows), org=org, shard=shard, period=period)
        fresh = []
        for row, (leaf, secret) in zip(rows, leaves, strict=True):
            role = store.ROLES[row.role]
            values, label = self.unseal(row, envelope.VALUES), self.unseal(row, envelope.MASKS)
            if role is PartyRole.RECIPIENT:
                label[-1] = f"{bucket} {bucket} {' '.join(label[-1].split()[2:])}"
            place = _Place(org, shard, Ref(row.parcel), role, Ref(row.ref), period, leaf)
            fresh.append(_party_row(place, keys.suite.lock(secret), packed(values), packed(label), self._random(_NONCES)))
        return fresh, KeyMoment(period, keys.revision)

    def relabel(self, row: PartyRow, label: Sequence[str]) -> bytes:
        """Return a recipient's masks sealed anew under the key that they have, with another label."""
        lock = self._lock(row)
        bound = self._bound(row)
        return envelope.seal(lock, packed(label), part=envelope.MASKS, bound_to=bound, nonce=self._random(NONCE_BYTES))

    def unseal(self, row: PartyRow, part: bytes) -> list[str]:
        """Return the texts of one blob of a party's row; raises `SealBroken` where it is damaged or was moved, `Gone` where
        its key was punctured.
        """
        values = part == envelope.VALUES
        return envelope.unseal(
            self._lock(row),
            bytes(row.sealed_values if values else row.sealed_masks),
            part=part,
            bound_to=self._bound(row),
            members=len(SEALED_MEMBERS if values else LABEL_MEMBERS),
        )

    def _lock(self, row: PartyRow) -> Lock:
        keys = self._periods.given(row.org_id, row.period)
        if keys is None:
            raise Gone
        reader = self._readers.get((row.org_id, row.period))
        if reader is None or reader.tree is not keys.records:
            reader = self._readers[row.org_id, row.period] = LeafReader(keys.records)
        secret = reader.leaf(row.leaf)
        if secret is None:
            raise Gone
        return suite_of(bytes(row.sealed_values)).lock(secret)

    def _bound(self, row: PartyRow) -> bytes:
        role = store.ROLES[row.role]
        return envelope.binding(org=row.org_id, parcel=row.parcel, role=role, ref=row.ref, period=row.period, leaf=row.leaf)

    def label_opens(self, row: PartyRow) -> bool:
        """Tell whether a row's masks open: then its reference, its place and its key are its own. Its values stay sealed."""
        try:
            return bool(self.unseal(row, envelope.MASKS))
        except (SealBroken, Gone):
            return False

    def opens(self, row: PartyRow) -> bool:
        """Tell whether both blobs of a row open; shows nothing of them."""
        try:
            return bool(self.unseal(row, envelope.VALUES) and self.unseal(row, envelope.MASKS))
        except (SealBroken, Gone):
            return False


def _tokens(chance: bytes) -> str:
    """Return the tokens of a batch, one after the other: fifteen bytes are twenty characters of base64 and leave no rest."""
    return urlsafe_b64encode(chance).decode()


def order_value(merchant: str, number: str) -> str:
    """Return what the index of orders holds: a number, within whose it is."""
    return f"{merchant}\0{number}"


def tail_value(outlet: str, digits: str) -> str:
    """Return what the index of last four digits holds of a phone: the digits, within an outlet."""
    return f"{outlet}\0{digits[-LAST_FOUR:]}"


def _party_row(place: _Place, lock: Lock, values: bytes, label: bytes, nonces: bytes) -> tuple[object, ...]:
    org, shard, parcel, role, ref, period, leaf = place
    bound = envelope.binding(org=org, parcel=parcel, role=role, ref=ref, period=period, leaf=leaf)
    sealed_values = envelope.seal(lock, values, part=envelope.VALUES, bound_to=bound, nonce=nonces[:NONCE_BYTES])
    sealed_label = envelope.seal(lock, label, part=envelope.MASKS, bound_to=bound, nonce=nonces[NONCE_BYTES:])
    return (org, shard, parcel, store.ROLE_CODES[role], ref, period, leaf, sealed_values, sealed_label)


def _texts(party: Party) -> tuple[str, ...]:
    return (party.name.open(), party.phone.open(), party.address.open())


def _recipient_texts(intake: Intake) -> tuple[str, ...]:
    own, belongings = _texts(intake.recipient.party), intake.belongings
    told = (belongings.order_number.open(), belongings.contents.open(), belongings.remark.open())
    return (*own, *told, intake.merchant, intake.outlet)
