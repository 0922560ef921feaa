"""Labels made again: the vault looks at what it keeps and hands on what a label may show, planned as on the first day.

Nothing is disclosed: what leaves are masks by today's rules, contents and remark without persons, and the probes that search the
label for leaks. A label that shows a person is never made again.
"""

from __future__ import annotations

from collections.abc import Sequence

from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.kernel.refusals import Refusal
from yinji.keys.book import OPEN
from yinji.keys.suites import SealBroken
from yinji.vault import envelope
from yinji.vault.fields import HANDS_MEMBERS, LABEL_MEMBERS, SEALED_MEMBERS
from yinji.vault.model import Belongings, LabelTexts, PartyRow
from yinji.vault.parts import VaultParts
from yinji.vault.planning import plan_hands, plan_party, shown
from yinji.vault.sealer import Gone, read_party

_OPENED = 3
"""The values of two parties, the masks of the recipient."""


class Labelling(VaultParts):
    """The verb by which a label is made again."""

    def labels_again(self, org: Ref, parcels: Sequence[Ref]) -> list[LabelTexts | Refuse]:
        """Return what the label of each parcel may show today, in order; PERSON_FORGOTTEN where one of its parties was erased,
        SEAL_BROKEN where a row is damaged or was moved.
        """
        with self._data.reading() as reading:
            self._periods.moved(reading, org)
            rows = self._rows(reading, org, [(parcel, role) for parcel in parcels for role in PartyRole])
        self._book.add(org, 0, OPEN, _OPENED * len(parcels))
        return [self._again(rows.get((each, PartyRole.RECIPIENT)), rows.get((each, PartyRole.SENDER))) for each in parcels]

    def _again(self, recipient: PartyRow | None, sender: PartyRow | None) -> LabelTexts | Refuse:
        if recipient is None or sender is None:
            return Refuse(Refusal.PERSON_FORGOTTEN)
        try:
            values, label = self._sealer.unseal(recipient, envelope.VALUES), self._sealer.unseal(recipient, envelope.MASKS)
            own_values = self._sealer.unseal(sender, envelope.VALUES)
            to, of = read_party(values), read_party(own_values)
        except Gone:
            return Refuse(Refusal.PERSON_FORGOTTEN)
        except SealBroken:
            return Refuse(Refusal.SEAL_BROKEN, "label")
        today = beijing_day(self._clock.now_ms())
        plan, own = plan_party(PartyRole.RECIPIENT, to, on=today), plan_party(PartyRole.SENDER, of, on=today)
        told = dict(zip(SEALED_MEMBERS, map(Private, values), strict=True))
        hands = [Private(text) if text else None for text in own_values[-len(HANDS_MEMBERS) :]]
        belongings = Belongings(told["order_number"], told["contents"], told["remark"], *hands)
        by = plan_hands(belongings)
        kept = dict(zip(LABEL_MEMBERS, label, strict=True))
        return LabelTexts(
            recipient=plan.masks,
            sender=own.masks,
            virtual=plan.virtual,
            destination=plan.destination,
            shown=shown(plan, own, belongings),
            token=kept["token"],
            printed=kept["printed"],
            probes=(plan.probe, own.probe, by.probe) if by else (plan.probe, own.probe),
        )
