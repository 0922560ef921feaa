"""What comes out of the vault: only against a single-use permit. A permit was declared (T1); 1 redeem it and open (T2); 2 only after
that has committed, hand on what it allows, still wrapped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from yinji.db.work import Reading
from yinji.deid import read_phone
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.permit import Permit
from yinji.kernel.private import Private
from yinji.kernel.purpose import Deed, PartyRole, View
from yinji.kernel.refusals import Refusal
from yinji.keys.book import OPEN
from yinji.keys.suites import SealBroken
from yinji.vault import envelope, store
from yinji.vault.erasing.tags import Tags
from yinji.vault.fields import HANDS_MEMBERS, LABEL_MEMBERS, MASK_MEMBERS, SEALED_MEMBERS, TOLD_MEMBERS
from yinji.vault.model import Found, Masks, PartyRow, Seen
from yinji.vault.parts import VaultParts
from yinji.vault.periods.service import Stated, begun
from yinji.vault.planning import plan_party
from yinji.vault.sealer import Gone, read_party
from yinji.vault.search import Search, Sought

_TIME_BYTES: Final = 6
"""A reference begins with its moment (UUIDv7): newest first holds over shards too."""

_SEEN: Final[dict[View, tuple[str, ...]]] = {
    View.MASKED: MASK_MEMBERS,
    View.NAME: ("name",),
    View.PHONE: ("phone",),
    View.ADDRESS: ("address",),
    View.ALL: TOLD_MEMBERS,
}

_LOOKS_MAX: Final = 5
"""How often a search looks again because keys moved while it looked."""


class Look(NamedTuple):
    """One look to be taken: at which parcel, under which permit."""

    parcel: Ref
    permit: Permit


class Showing(VaultParts):
    """The verbs by which somebody sees something."""

    def party_refs(self, org: Ref, parties: Sequence[tuple[Ref, PartyRole]]) -> list[Ref | None]:
        """Return the references of parties (parcel, role), which is what permits and evidence speak of; None once erased."""
        with self._data.reading() as reading:
            rows = self._rows(reading, org, parties)
        return [Ref(row.ref) if (row := rows.get(each)) else None for each in parties]

    def party_ref(self, *, org: Ref, parcel: Ref, role: PartyRole) -> Ref | None:
        """Return the reference of one party; None once erased."""
        (ref,) = self.party_refs(org, ((parcel, role),))
        return ref

    def reveal(self, parcel: Ref, permit: Permit) -> Seen | Refuse:
        """Use up ``permit`` and return what its view allows of one party, wrapped."""
        (seen,) = self.reveal_all((Look(parcel, permit),))
        return seen

    def reveal_all(self, looks: Sequence[Look]) -> list[Seen | Refuse]:
        """Take many looks in one transaction; each answer stands for itself, in order."""
        opened: dict[int, list[str]] = {}

        def act(held: Sequence[int]) -> Sequence[Refuse | None]:
            with self._data.reading() as reading:
                rows = self._rows_of(reading, [looks[at] for at in held])
                return [self._open(looks[at].permit, rows.get(at_place(looks[at])), at, opened) for at in held]

        with self._disclosures.work() as work:
            refused = self._access.redeem_all(work, [look.permit for look in looks], act, deed=Deed.REVEAL)  # 1
        for permit in (look.permit for at, look in enumerate(looks) if at in opened):
            self._book.add(permit.actor.org, 0, OPEN, 1)
        return [  # 2
            end or _seen(look.permit, opened[at]) for at, (look, end) in enumerate(zip(looks, refused, strict=True))
        ]

    def sought_phone(self, phone: Private, *, name: Private | None = None) -> Sought | Refuse:
        """Return a search by phone, and by name beside it; refuses what cannot be a phone."""
        read = read_phone(phone.open())
        return read if isinstance(read, Refuse) else Sought.by_phone(Private(read.line), name)

    def find(self, sought: Sought, permit: Permit) -> tuple[Found, ...] | Refuse:
        """Use up ``permit`` and return the parcels that a search meets, newest first, with their recipient's masks."""
        (found,) = self.find_all(((sought, permit),))
        return found

    def find_all(self, searches: Sequence[tuple[Sought, Permit]]) -> list[tuple[Found, ...] | Refuse]:
        """Make many searches in one transaction; each answer stands for itself, in order."""
        found: dict[int, tuple[Found, ...]] = {}

        def act(held: Sequence[int]) -> Sequence[Refuse | None]:
            return [self._search(*searches[at], at, found) for at in held]

        with self._disclosures.work() as work:
            permits = [permit for _, permit in searches]
            refused = self._access.redeem_all(work, permits, act, deed=Deed.FIND)
        return [end or found[at] for at, end in enumerate(refused)]

    def try_open(self, limit: int) -> tuple[int, int]:
        """Open up to ``limit`` parties spread over the vault, show none of them; return how many were tried, how many opened."""
        with self._data.reading() as reading:
            rows = store.sampled_parties(reading, limit=limit)
        return len(rows), sum(self._sealer.opens(row) for row in rows)

    def _search(self, sought: Sought, permit: Permit, at: int, found: dict[int, tuple[Found, ...]]) -> Refuse | None:
        org = permit.actor.org
        try:
            met = self._looking(org, lambda reading, stated: self._met(reading, org, sought, begun(stated)))
        except SealBroken:
            return Refuse(Refusal.SEAL_BROKEN, "masks")
        found[at] = tuple(sorted(met, key=lambda each: each.parcel[:_TIME_BYTES], reverse=True))
        return None

    def _met(self, reading: Reading, org: Ref, sought: Sought, months: frozenset[int]) -> list[Found]:
        search = Search(self._index(org), self._limits.index_bucket, self._limits.find_days, self._clock.now_ms(), months)
        met: list[Found] = []
        for shard in map(Shard, range(self._limits.shards)):
            parcels = search.parcels(reading, org=org, shard=shard, sought=sought)
            rows = {Ref(row.parcel): row for row in store.recipients(reading, org=org, shard=shard, parcels=parcels)}
            for row in (rows[parcel] for parcel in parcels if parcel in rows):
                try:
                    if not self._is_sought(row, sought):
                        continue
                    met.append(Found(Ref(row.parcel), self._masks_today(row, self._sealer.unseal(row, envelope.MASKS))))
                except Gone:
                    continue
        return met

    def _masks_today(self, row: PartyRow, sealed: Sequence[str]) -> Masks:
        """Return what may be shown of a party: what was sealed, or today's masks where a virtual number was shown whole that has ended."""
        masks = Masks(*sealed[: len(MASK_MEMBERS)])
        if HIDDEN_MARK in masks.phone or not masks.phone.strip():
            return masks
        party = read_party(self._sealer.unseal(row, envelope.VALUES))
        return plan_party(PartyRole.RECIPIENT, party, on=beijing_day(self._clock.now_ms())).masks

    def _is_sought(self, row: PartyRow, sought: Sought) -> bool:
        """Tell whether what is sealed is what was sought: an index row turned to somebody else by hand shows nobody."""
        values = {use: value for use, _, value in Tags(self._sealer, self._index).indexed(row)}
        if values.get(sought.use) != sought.value.open():
            return False
        return sought.name is None or self._sealer.unseal(row, envelope.VALUES)[0].strip() == sought.name.open().strip()

    def _looking(self, org: Ref, look: Callable[[Reading, Stated], list[Found]]) -> list[Found]:
        """Look in one snapshot whose keys are the database's own: a search that is short of a row is no answer."""
        for _ in range(_LOOKS_MAX):
            with self._data.reading() as reading:
                stated = self._periods.stated(reading, org)
                if not self._periods.moved_from(stated, org):
                    answer = look(reading, stated)
                    if not self._periods.moved_from(stated, org):
                        return answer
        raise Fault(Refusal.KEYS_BUSY, self._keys.place)

    def _open(self, permit: Permit, row: PartyRow | None, at: int, opened: dict[int, list[str]]) -> Refuse | None:
        if row is None:
            return Refuse(Refusal.PERSON_FORGOTTEN)
        if row.ref != permit.about:
            return Refuse(Refusal.PERMIT_MISMATCH)
        try:
            texts = self._sealer.unseal(row, envelope.MASKS if permit.view is View.MASKED else envelope.VALUES)
            opened[at] = [*self._masks_today(row, texts), *texts[len(MASK_MEMBERS) :]] if permit.view is View.MASKED else texts
        except Gone:
            return Refuse(Refusal.PERSON_FORGOTTEN)
        except SealBroken:
            return Refuse(Refusal.SEAL_BROKEN, permit.party.value)
        return None

    def _rows_of(self, reading: Reading, looks: Sequence[Look]) -> dict[tuple[Ref, Ref, PartyRole], PartyRow]:
        by_org: dict[Ref, list[tuple[Ref, PartyRole]]] = {}
        for look in looks:
            by_org.setdefault(look.permit.actor.org, []).append((look.parcel, look.permit.party))
        found: dict[tuple[Ref, Ref, PartyRole], PartyRow] = {}
        for org, parties in by_org.items():
            self._periods.moved(reading, org)
            found |= {(org, *place): row for place, row in self._rows(reading, org, parties).items()}
        return found


def at_place(look: Look) -> tuple[Ref, Ref, PartyRole]:
    """Return where a look's party stands: organisation, parcel, role."""
    return look.permit.actor.org, look.parcel, look.permit.party


def _seen(permit: Permit, texts: Sequence[str]) -> Seen:
    members = LABEL_MEMBERS if permit.view is View.MASKED else SEALED_MEMBERS
    told = dict(zip(members, texts, strict=True))
    hands = HANDS_MEMBERS if permit.view is View.ALL else ()
    seen = (*_SEEN[permit.view], *(member for member in hands if told[member]))
    return Seen(permit.party, permit.view, {member: Private(told[member]) for member in seen})
