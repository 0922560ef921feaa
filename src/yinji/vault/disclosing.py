"""What masks show of the persons of one parcel: as sealed with the label, and as made today. No value leaves, and nothing is disclosed:
whoever asks sees what channels show anyway, and sees of it the places.
"""

from __future__ import annotations

from typing import Final

from yinji.deid import Part as AddressPart
from yinji.deid import read_address, read_division
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref
from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.party import Party, PartyKind
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.kernel.refusals import Refusal
from yinji.keys.book import OPEN
from yinji.keys.suites import SealBroken
from yinji.label.disclosure.model import Known, Member, Part, Who
from yinji.vault import envelope
from yinji.vault.fields import HANDS_MEMBERS, MASK_MEMBERS
from yinji.vault.model import Belongings, Masks, PartyRow
from yinji.vault.parts import VaultParts
from yinji.vault.planning import plan_hands, plan_party
from yinji.vault.sealer import Gone, read_party

_OPENED: Final = 4
"""Values and masks of two parties."""

_ROOMS: Final = frozenset({AddressPart.UNIT, AddressPart.ROOM})
"""单元户室号 (GB/T 41833-2022, as reported)."""

_WHO: Final = {PartyRole.RECIPIENT: Who.RECIPIENT, PartyRole.SENDER: Who.SENDER}
_NOTHING: Final = Private("")


class Disclosing(VaultParts):
    """The verb by which it is told what is shown of a parcel's persons."""

    def shown_of(self, org: Ref, parcel: Ref) -> dict[Part, Known] | Refuse:
        """Return what masks show of every person of a parcel; PERSON_FORGOTTEN where one of its parties was erased, SEAL_BROKEN
        where a row is damaged or was moved.
        """
        with self._data.reading() as reading:
            self._periods.moved(reading, org)
            rows = self._rows(reading, org, [(parcel, role) for role in PartyRole])
        self._book.add(org, 0, OPEN, _OPENED)
        found: dict[Part, Known] = {}
        for role in PartyRole:
            row = rows.get((parcel, role))
            if row is None:
                return Refuse(Refusal.PERSON_FORGOTTEN)
            try:
                found |= self._of_party(row, role)
            except Gone:
                return Refuse(Refusal.PERSON_FORGOTTEN)
            except SealBroken:
                return Refuse(Refusal.SEAL_BROKEN, "label")
        return found

    def _of_party(self, row: PartyRow, role: PartyRole) -> dict[Part, Known]:
        values = self._sealer.unseal(row, envelope.VALUES)
        issued = Masks(*self._sealer.unseal(row, envelope.MASKS)[: len(MASK_MEMBERS)])
        party = read_party(values)
        today = plan_party(role, party, on=beijing_day(self._clock.now_ms())).masks
        found = _known(_WHO[role], party, issued, today)
        return found | _of_hands(values) if role is PartyRole.SENDER else found


def _of_hands(values: list[str]) -> dict[Part, Known]:
    """Return what is shown of who handed a parcel over. Its masks are not sealed: a label is made again with today's."""
    hands = [Private(text) if text else None for text in values[-len(HANDS_MEMBERS) :]]
    plan = plan_hands(Belongings(_NOTHING, _NOTHING, _NOTHING, *hands))
    return _known(Who.HANDS, plan.party, plan.masks, plan.masks) if plan else {}


def _known(who: Who, party: Party, issued: Masks, today: Masks) -> dict[Part, Known]:
    address = party.address.open()
    division = read_division(address)
    end = division.end if division else 0
    virtual = party.kind is PartyKind.VIRTUAL
    return {
        Part(who, Member.NAME): Known(issued.name, today.name),
        Part(who, Member.PHONE): Known(issued.phone.strip(), today.phone.strip(), virtual=virtual),
        Part(who, Member.ADDRESS): Known(
            issued.address,
            today.address,
            division=address[:end] + HIDDEN_MARK * (len(address) - end),
            rooms=tuple(each.span for each in read_address(address).parts if each.part in _ROOMS),
        ),
    }
