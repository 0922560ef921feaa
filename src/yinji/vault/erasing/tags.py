"""What a recipient's index rows are: worked out from what is sealed, when their keys are renewed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yinji.db.work import Reading
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.refusals import Refusal
from yinji.keys.suites import SealBroken
from yinji.vault import envelope, store
from yinji.vault.blind_index import ORDER, PHONE, TAIL, BlindIndex
from yinji.vault.fields import LABEL_MEMBERS, SEALED_MEMBERS
from yinji.vault.model import IndexRow, PartyRow
from yinji.vault.planning import indexed_phone
from yinji.vault.sealer import Gone, Sealer, order_value, read_party, tail_value

_AT = {member: at for at, member in enumerate(SEALED_MEMBERS)}
_BUCKETS = LABEL_MEMBERS.index("buckets")


class Indexed(NamedTuple):
    """One value that a recipient is indexed by: which index, which bucket, what value."""

    use: int
    bucket: int
    value: str


@dataclass(frozen=True, slots=True)
class Tags:
    """Makes index rows anew. Opens sealed values in memory, and shows none of them."""

    sealer: Sealer
    index: Callable[[Ref], BlindIndex]

    def indexed(self, row: PartyRow) -> list[Indexed]:
        """Return what a recipient is indexed by; raises `Gone` or `SealBroken` as unsealing does, `Gone` for a lost key too."""
        values, buckets = self._unseal(row, envelope.VALUES), self._where(row)
        line = indexed_phone(read_party(values))
        found = [Indexed(ORDER, buckets[1], order_value(values[_AT["merchant"]], values[_AT["order_number"]]))]
        if line:
            found.append(Indexed(PHONE, buckets[0], line))
            found.append(Indexed(TAIL, buckets[0], tail_value(values[_AT["outlet"]], line)))
        return found

    def stands(self, row: PartyRow) -> list[tuple[int, int, int]]:
        """Return index, bucket and slice of every row that a recipient has: from the seal, whatever became of the rows."""
        phone, order, phone_slice, tail_slice, order_slice = self._where(row)
        return [(PHONE, phone, phone_slice), (TAIL, phone, tail_slice), (ORDER, order, order_slice)]

    def moved_label(self, row: PartyRow, *, order: int) -> list[str]:
        """Return a recipient's label with its order's row in another bucket."""
        label = self._unseal(row, envelope.MASKS)
        phone, _, *slices = self._where(row)
        label[_BUCKETS] = " ".join(map(str, (phone, order, *slices)))
        return label

    def _where(self, row: PartyRow) -> tuple[int, int, int, int, int]:
        try:
            phone, order, *slices = map(int, self._unseal(row, envelope.MASKS)[_BUCKETS].split())
            phone_slice, tail_slice, order_slice = slices
        except ValueError:
            raise SealBroken from None
        return phone, order, phone_slice, tail_slice, order_slice

    def places(self, row: PartyRow) -> list[tuple[int, list[IndexRow]]]:
        """Return, for each index, the rows that a recipient may have there, the one to be written first.

        Nothing for a recipient who is gone or cannot be opened, and none in a period whose keys are gone.
        """
        try:
            indexed = self.indexed(row)
        except (Gone, SealBroken):
            return []
        found = []
        for use, bucket, value in indexed:
            try:
                _, sought = self.index(row.org_id).tags_to_write(use, bucket, value)
            except Fault as fault:
                if fault.code is not Refusal.KEYS_MISSING:
                    raise
                continue
            found.append((use, [IndexRow(*place, Ref(row.parcel)) for place in sought]))
        return found

    def renewed(
        self, reading: Reading, rows: Sequence[IndexRow], *, use: int, org: Ref, shard: Shard
    ) -> tuple[list[IndexRow], list[IndexRow]]:
        """Return which of some index rows must go and which come in their place, under the present keys.

        A row whose recipient is gone, or cannot be opened, goes: nothing stands behind it. Raises KEYS_MISSING where a recipient's
        keys are only away: its row must not be lost before they come back.
        """
        parcels = [row.parcel for row in rows]
        recipients = {row.parcel: row for row in store.recipients(reading, org=org, shard=shard, parcels=parcels)}
        gone: list[IndexRow] = []
        fresh: list[IndexRow] = []
        for row in rows:
            tag = self._tag(recipients.get(row.parcel), row.bucket, use, org)
            if tag == row.tag:
                continue
            gone.append(row)
            if tag is not None:
                fresh.append(IndexRow(row.bucket, tag, row.parcel))
        return gone, fresh

    def _unseal(self, row: PartyRow, part: bytes) -> list[str]:
        try:
            return self.sealer.unseal(row, part)
        except Fault as fault:
            if fault.code is not Refusal.KEYS_MISSING:
                raise
            raise Gone from None

    def _tag(self, recipient: PartyRow | None, bucket: int, use: int, org: Ref) -> bytes | None:
        if recipient is None:
            return None
        try:
            self.sealer.unseal(recipient, envelope.MASKS)  # raises where keys are away, which `indexed` takes for gone
            values = [each.value for each in self.indexed(recipient) if each.use == use]
        except (Gone, SealBroken):
            return None
        return self.index(org).tagger(use, bucket)(values[0]) if values else None
