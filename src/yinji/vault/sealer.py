"""Sealing parties under leaves of their own, and opening what was sealed. Knows nothing of permits: the service does."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, TypeAlias

from yinji.kernel.clock import beijing_day
from yinji.kernel.ids import FIRST_SHARD, RandomBytes, Ref, Shard, mint_refs
from yinji.kernel.party import Party, PartyKind
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.keys.keystore import STANDING, period_of
from yinji.keys.suites import NONCE_BYTES, Lock, SealBroken, Suite, suite_of
from yinji.keys.tree import LeafReader
from yinji.vault import envelope, store
from yinji.vault.blind_index import LAST_FOUR, PHONE, TAIL, BlindIndex
from yinji.vault.buckets import bucket_of
from yinji.vault.envelope import packed
from yinji.vault.fields import HANDS_MEMBERS, LABEL_MEMBERS, MASK_MEMBERS, SEALED_MEMBERS
from yinji.vault.leaves import Leaves
from yinji.vault.model import Intake, KeyMoment, PartyRow, SealedParcel
from yinji.vault.periods.service import Periods, moment_of
from yinji.vault.planning import plan_party

_BLOBS: Final = 2
"""Values and masks, under a nonce each. A leaf is handed out once, so a batch needs no more than these two; they are random because
data restored from a backup may have forgotten that a leaf was handed out, and a key must not meet the same nonce twice.
"""

TOKEN_BYTES: Final = 15
"""The label's QR code carries 120 random bits, 20 characters: they cannot be guessed and say nothing."""

TOKEN_CHARS: Final = 20

DAY_MS: Final = 24 * 60 * 60 * 1_000
"""The reference of a party tells its day and no more: to the millisecond it would name its parcel, whose own reference has that."""


_BUCKETS: Final = LABEL_MEMBERS.index("buckets")
_RECIPIENT: Final = store.ROLE_CODES[PartyRole.RECIPIENT]
_SENDER: Final = store.ROLE_CODES[PartyRole.SENDER]

_Packed: TypeAlias = tuple[Ref, int, Ref, bytes, bytes]
"""A party that is ready to be sealed: parcel, role as it is stored, reference, packed values, packed label."""


class Gone(Exception):  # noqa: N818 - a finding about the world, not an error of ours
    """The record key was punctured: what it sealed is gone for good."""


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
        """Return the rows of parcels of one shard: two parties, a row of each index.

        1 tag what is indexed; 2 pack what is sealed; 3 seal it under fresh leaves; 4 put the rows together.
        """
        shard, period = intakes[0].shard, period_of(beijing_day(at_ms))
        keys = self._periods.begin(org, period)
        made, bucket = moment_of(period, keys), bucket_of(at_ms, width=self._index_bucket)
        phones, tails = self._tags(org, bucket, intakes)  # 1
        tokens = _tokens(self._random(TOKEN_BYTES * len(intakes)))
        refs = mint_refs(2 * len(intakes), shard=shard, at_ms=at_ms - at_ms % DAY_MS, random=self._random)
        where = [
            f"{bucket} {each.order.bucket} {phone[0]} {tail[0]} {each.order.tag[0]}"
            for each, phone, tail in zip(intakes, phones, tails, strict=True)
        ]
        parties = _packed_parties(intakes, refs, tokens, where)  # 2
        rows = self._sealed(parties, org=org, shard=shard, period=period, suite=keys.suite)  # 3
        return [  # 4
            SealedParcel(
                parcel := intake.parcel,
                token,
                (recipient, sender),
                (org, shard, bucket, phone, parcel),
                (org, shard, bucket, tail, parcel),
                (org, shard, intake.order.bucket, intake.order.tag, parcel),
                (made, *intake.order.made),
            )
            for intake, token, phone, tail, recipient, sender in zip(
                intakes, tokens, phones, tails, rows[::2], rows[1::2], strict=True
            )
        ]

    def _tags(self, org: Ref, bucket: int, intakes: Sequence[Intake]) -> tuple[list[bytes], list[bytes]]:
        """Return the tags of recipients' phones and of their last four digits."""
        index = self._index(org)
        phone_tag, tail_tag = index.tagger(PHONE, bucket), index.tagger(TAIL, bucket)
        digits = [each.recipient.phone_digits.open() for each in intakes]
        tails = [tail_tag(tail_value(each.outlet, phone)) for each, phone in zip(intakes, digits, strict=True)]
        return [phone_tag(phone) for phone in digits], tails

    def _sealed(
        self, parties: Sequence[_Packed], *, org: Ref, shard: Shard, period: int, suite: Suite
    ) -> list[tuple[object, ...]]:
        """Return the rows of parties, each sealed under a leaf of its own."""
        leaves = self._leaves.take(len(parties), org=org, shard=shard, period=period)
        lock = suite.batch_lock([self._random(NONCE_BYTES) for _ in range(_BLOBS)])
        bound = {code: envelope.shared(org=org, role=role, period=period) for code, role in store.ROLES.items()}
        rows: list[tuple[object, ...]] = []
        for (parcel, role, ref, values, label), (leaf, secret) in zip(parties, leaves, strict=True):
            to = bound[role] + envelope.own(parcel, ref, leaf)
            blobs = lock.seal(secret, ((values, envelope.VALUES + to), (label, envelope.MASKS + to)))
            rows.append((org, shard, parcel, role, ref, period, leaf, *blobs))
        return rows

    def seal_standing(self, org: Ref, party: Party, *, at_ms: int) -> tuple[tuple[object, ...], KeyMoment]:
        """Return the row of an organisation's own sender, and the keys it was made with: it belongs to no parcel, so the
        organisation stands for one.
        """
        keys = self._periods.begin(org, STANDING)
        (ref,) = mint_refs(1, shard=FIRST_SHARD, at_ms=at_ms, random=self._random)
        masks = plan_party(PartyRole.SENDER, party).masks
        own = (org, _SENDER, ref, packed(_texts(party)), packed(masks))
        (row,) = self._sealed([own], org=org, shard=FIRST_SHARD, period=STANDING, suite=keys.suite)
        return row, moment_of(STANDING, keys)

    def reseal(
        self, rows: Sequence[PartyRow], *, org: Ref, shard: Shard, period: int, bucket: int
    ) -> tuple[list[tuple[object, ...]], KeyMoment]:
        """Return rows sealed anew under leaves of another period, and its keys: same party, same reference, other keys.

        ``bucket`` is where a recipient's index rows will stand.
        """
        keys = self._periods.begin(org, period)
        parties: list[_Packed] = []
        for row in rows:
            values, label = self.unseal(row, envelope.VALUES), self.unseal(row, envelope.MASKS)
            if row.role == _RECIPIENT:
                label[_BUCKETS] = f"{bucket} {bucket} {' '.join(label[_BUCKETS].split()[2:])}"
            parties.append((Ref(row.parcel), row.role, Ref(row.ref), packed(values), packed(label)))
        return self._sealed(parties, org=org, shard=shard, period=period, suite=keys.suite), moment_of(period, keys)

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


def _tokens(chance: bytes) -> list[str]:
    """Return the tokens of a batch: fifteen bytes are twenty characters of base64 and leave no rest."""
    every = urlsafe_b64encode(chance).decode()
    return [every[at : at + TOKEN_CHARS] for at in range(0, len(every), TOKEN_CHARS)]


def order_value(merchant: str, number: str) -> str:
    """Return what the index of orders holds: a number, within whose it is."""
    return f"{merchant}\0{number}"


def tail_value(outlet: str, digits: str) -> str:
    """Return what the index of last four digits holds of a phone: the digits, within an outlet."""
    return f"{outlet}\0{digits[-LAST_FOUR:]}"


def _packed_parties(
    intakes: Sequence[Intake], refs: Sequence[Ref], tokens: Sequence[str], where: Sequence[str]
) -> list[_Packed]:
    """Return recipient and sender of each parcel in turn; ``where`` is what a label says of its index rows."""
    senders: dict[int, tuple[bytes, bytes]] = {}  # by identity: most parcels of a batch have one sender
    parties: list[_Packed] = []
    for intake, to, of, token, buckets in zip(intakes, refs[::2], refs[1::2], tokens, where, strict=True):
        parcel, digests, recipient, sender = intake.parcel, intake.order.digests, intake.recipient, intake.sender
        label = (*recipient.masks, token, digests.recipient.hex(), buckets, intake.printed)
        if (hands := intake.belongings.hands) is not None:  # this parcel's own
            own = (packed(_with_hands(sender.party, hands)), packed((*sender.masks, "", digests.sender.hex())))
        elif (shared := senders.get(id(sender))) is not None:
            own = shared
        else:
            own = senders[id(sender)] = (packed(_texts(sender.party)), packed((*sender.masks, "", digests.sender.hex())))
        parties.append((parcel, _RECIPIENT, to, packed(_recipient_texts(intake)), packed(label)))
        parties.append((parcel, _SENDER, of, *own))
    return parties


def _texts(party: Party) -> tuple[str, ...]:
    return (party.name.open(), party.phone.open(), party.address.open())


def _with_hands(party: Party, hands: tuple[Private, Private]) -> tuple[str, ...]:
    """Return a sender's texts with where the parcel was really picked up and who handed it over, in the places of `SEALED_MEMBERS`."""
    texts = _texts(party)
    between = len(SEALED_MEMBERS) - len(texts) - len(HANDS_MEMBERS)
    return (*texts, *([""] * between), *(each.open() for each in hands))


def _recipient_texts(intake: Intake) -> tuple[str, ...]:
    own, belongings = _texts(intake.recipient.party), intake.belongings
    told = (belongings.order_number.open(), belongings.contents.open(), belongings.remark.open())
    if (party := intake.recipient.party).kind is PartyKind.PLAIN:
        return (*own, *told, intake.merchant, intake.outlet)
    return (*own, *told, intake.merchant, intake.outlet, kind_text(party), party.handle.open())


def kind_text(party: Party) -> str:
    """Return how an order named a party, as it is sealed: nothing for plain, ``virtual 2026-12-31``, ``handle``."""
    if party.kind is PartyKind.PLAIN:
        return ""
    return f"{party.kind.value} {party.until.isoformat()}" if party.until else party.kind.value


def read_party(values: Sequence[str]) -> Party:
    """Return a party from what `Sealer.unseal` gives of its values, wrapped. Raises `SealBroken` where its kind is none of ours."""
    told = dict(zip(SEALED_MEMBERS, values, strict=True))
    kind, _, until = told["kind"].partition(" ")
    try:
        named, last = PartyKind(kind or PartyKind.PLAIN), date.fromisoformat(until) if until else None
    except ValueError:
        raise SealBroken from None
    name, phone, address = (Private(told[member]) for member in MASK_MEMBERS)
    return Party(name, phone, address, named, Private(told["handle"]), last)
