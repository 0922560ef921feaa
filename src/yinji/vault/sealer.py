"""Sealing parties under leaves of their own, and opening what was sealed. Knows nothing of permits: the service does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from yinji.kernel.clock import beijing_day
from yinji.kernel.ids import FIRST_SHARD, RandomBytes, Ref, Shard, mint_refs
from yinji.kernel.party import Party
from yinji.kernel.purpose import PartyRole
from yinji.keys.keystore import STANDING, period_of
from yinji.keys.suites import NONCE_BYTES, SealBroken
from yinji.keys.tree import leaf_key
from yinji.vault import envelope, store
from yinji.vault.blind_index import ORDER, PHONE, BlindIndex, bucket_of
from yinji.vault.leaves import Leaves
from yinji.vault.model import Belongings, Intake, Masks, PartyRow, SealedParcel
from yinji.vault.periods import Periods
from yinji.vault.planning import plan_party

_NONCES: Final = 2 * NONCE_BYTES
"""One for the values, one for the masks."""


@dataclass(frozen=True, slots=True)
class _Place:
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

    def seal(self, org: Ref, intakes: Sequence[Intake], *, at_ms: int) -> list[SealedParcel]:
        """Return the rows of parcels of one shard: two parties, a phone tag, an order tag each."""
        shard, period = intakes[0].shard, period_of(beijing_day(at_ms))
        count = 2 * len(intakes)
        leaves = self._leaves.take(count, org=org, shard=shard, period=period)
        refs = mint_refs(count, shard=shard, at_ms=at_ms, random=self._random)
        nonces = self._random(count * _NONCES)
        bucket = bucket_of(at_ms, width=self._index_bucket)
        index = self._index(org)
        sealed: list[SealedParcel] = []
        for at, intake in enumerate(intakes):
            parcel, parties = intake.parcel, []
            for n, role in ((2 * at, PartyRole.RECIPIENT), (2 * at + 1, PartyRole.SENDER)):
                leaf, secret = leaves[n]
                plan = intake.recipient if role is PartyRole.RECIPIENT else intake.sender
                belongings = intake.belongings if role is PartyRole.RECIPIENT else None
                place = _Place(org, shard, parcel, role, refs[n], period, leaf)
                parties.append(
                    self._party_row(place, secret, _texts(plan.party, belongings), plan.masks, nonces[n * _NONCES :][:_NONCES])
                )
            tag = index.tag(PHONE, bucket, intake.recipient.phone_digits.open())
            digest = index.bound(ORDER, intake.order.digest, parcel)
            order = (org, shard, intake.order.bucket, intake.order.tag, digest, parcel)
            sealed.append(SealedParcel(parcel, tuple(parties), ((org, shard, bucket, tag, parcel),), order))
        return sealed

    def seal_standing(self, org: Ref, party: Party, *, at_ms: int) -> tuple[object, ...]:
        """Return the row of an organisation's own sender: it belongs to no parcel, so the organisation stands for one."""
        ((leaf, secret),) = self._leaves.take(1, org=org, shard=FIRST_SHARD, period=STANDING)
        (ref,) = mint_refs(1, shard=FIRST_SHARD, at_ms=at_ms, random=self._random)
        place = _Place(org, FIRST_SHARD, org, PartyRole.SENDER, ref, STANDING, leaf)
        masks = plan_party(PartyRole.SENDER, party).masks
        return self._party_row(place, secret, _texts(party, None), masks, self._random(_NONCES))

    def unseal(self, row: PartyRow, role: PartyRole, part: bytes) -> list[str]:
        """Return the texts of one blob of a party's row; raises `SealBroken` where it is damaged or was moved."""
        bound = envelope.binding(org=row.org_id, parcel=row.parcel, role=role, ref=row.ref, period=row.period, leaf=row.leaf)
        secrets = self._periods.given(row.org_id, row.period)
        if secrets is None:
            raise SealBroken
        secret = leaf_key(secrets.suite, secrets.tree, row.leaf)
        sealed = row.sealed_values if part == envelope.VALUES else row.sealed_masks
        return envelope.unseal(secret, bytes(sealed), part=part, bound_to=bound)

    def _party_row(self, place: _Place, secret: bytes, texts: Sequence[str], masks: Masks, nonces: bytes) -> tuple[object, ...]:
        org, parcel, role, period, leaf = place.org, place.parcel, place.role, place.period, place.leaf
        bound = envelope.binding(org=org, parcel=parcel, role=role, ref=place.ref, period=period, leaf=leaf)
        suite = self._periods.begin(org, period).suite
        lock = suite.lock(secret)
        values = envelope.seal(suite, lock, texts, part=envelope.VALUES, bound_to=bound, nonce=nonces[:NONCE_BYTES])
        hidden = envelope.seal(suite, lock, masks, part=envelope.MASKS, bound_to=bound, nonce=nonces[NONCE_BYTES:])
        return (org, place.shard, parcel, store.ROLE_CODES[role], place.ref, period, leaf, values, hidden)


def _texts(party: Party, belongings: Belongings | None) -> tuple[str, ...]:
    own = (party.name.open(), party.phone.open(), party.address.open())
    if belongings is None:
        return (*own, "", "", "")
    return (*own, belongings.order_number.open(), belongings.contents.open(), belongings.remark.open())
