"""What the vault makes of an order before it is stored: masks, findings, a probe; never the values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from yinji.deid import (
    Division,
    OwnName,
    Phone,
    hide,
    joined,
    mask_address,
    mask_name,
    mask_phone,
    own_name,
    read_division,
    read_phone,
    starred,
)
from yinji.kernel.decision import Refuse
from yinji.kernel.mask import HIDDEN_MARK, Mask, Span
from yinji.kernel.party import Party, PartyKind
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.kernel.refusals import Refusal
from yinji.vault.model import Belongings, Masks, Plan, Shown
from yinji.vault.probe import BothProbes, LeakProbe

_PROVINCE_SUFFIX: Final = re.compile("(?:维吾尔|壮族|回族)?自治区$|特别行政区$|省$|市$")

_PLACE_SHOWN_MAX: Final = 20
_HAND_SHOWN_MAX: Final = 8
"""Characters of the least size that the smallest label's line for either holds (76 x 130 mm: 32.75 and 13 mm at 1.625 mm)."""

_TELLING: Final = 2
"""A single character stands in too many words to be hidden wherever it occurs."""


def plan_party(role: PartyRole, party: Party, *, on: date | None = None) -> Plan:
    """Mask a party and say what is wrong with it. ``refused`` is empty where it can be sealed and printed.

    A virtual number stands whole in the masks until its last day, seen from ``on``; then it is masked as any other, because it may
    ring for the next person. A platform's handle stands for what the order does not tell.
    """
    name, phone, address = party.name.open(), party.phone.open(), party.address.open()
    read = read_phone(phone)
    division = read_division(address)
    own = own_name(name)
    placed = _placed(address, own)
    virtual = party.kind is PartyKind.VIRTUAL and not isinstance(read, Refuse) and not _ended(party.until, on)
    return Plan(
        party=party,
        masks=Masks(mask_name(name).text, phone.strip() if virtual else mask_phone(phone).text, placed.text),
        destination=_spoken(division.province, division.city, division.district) if division else "",
        phone_digits=Private(_line(party, read)),
        probe=LeakProbe(role, party, own, placed.hidden, virtual=virtual),
        refused=() if party.kind is PartyKind.HANDLE else tuple(_refused(role, party, read, division)),
        virtual=virtual,
    )


def indexed_phone(party: Party) -> str:
    """Return what the index of phones holds of a party: its line; a platform's handle where no phone is told; or nothing."""
    return _line(party, read_phone(party.phone.open()))


def _line(party: Party, read: Phone | Refuse) -> str:
    if not isinstance(read, Refuse):
        return read.line
    return party.handle.open() if party.kind is PartyKind.HANDLE else ""


def _ended(until: date | None, on: date | None) -> bool:
    return until is not None and on is not None and until < on


def _refused(role: PartyRole, party: Party, read: Phone | Refuse, division: Division | None) -> Iterator[Refuse]:
    name, address = party.name.open(), party.address.open()
    if not name.strip():
        yield Refuse(Refusal.NAME_MISSING, f"{role.value}.name")
    if isinstance(read, Refuse):
        yield Refuse(read.code, f"{role.value}.phone")
    if not address.strip():
        yield Refuse(Refusal.ADDRESS_MISSING, f"{role.value}.address")
    elif HIDDEN_MARK in address:
        yield Refuse(Refusal.ADDRESS_MASKED, f"{role.value}.address")
    elif division is None:
        yield Refuse(Refusal.DIVISION_UNKNOWN, f"{role.value}.address")


def shown(recipient: Plan, sender: Plan, belongings: Belongings) -> Shown:
    """Return contents and remark as a label may show them: whatever names a person is hidden, of these two or any other."""
    hands = plan_hands(belongings)
    names = recipient.probe.own.beside(sender.probe.own)
    if hands is not None:
        names = names.beside(hands.probe.own)
    known = tuple(
        value
        for plan in (recipient, sender, *((hands,) if hands else ()))
        for value in (plan.party.phone.open().strip(), plan.party.address.open().strip())
        if len(value) >= _TELLING
    )
    contents, remark = (_cleared(text.open(), names, known) for text in (belongings.contents, belongings.remark))
    return Shown(contents, remark, *_told_briefly(hands)) if hands else Shown(contents, remark)


def _told_briefly(hands: Plan) -> tuple[str, str]:
    """Return place and hand, masked, as short as the smallest label's one line for them: the whole is kept, not printed."""
    place, name = hands.masks.address, hands.masks.name
    if division := read_division(hands.party.address.open()):
        place = place[division.end :] or place
    if len(place) > _PLACE_SHOWN_MAX:
        place = f"{place[: _PLACE_SHOWN_MAX - 1]}…"
    return place, name if len(name) <= _HAND_SHOWN_MAX else f"{name[0]}{HIDDEN_MARK * 2}"


def plan_hands(belongings: Belongings) -> Plan | None:
    """Mask where a parcel was really picked up and who handed it over; None where the order says neither. Either may be empty."""
    if (hands := belongings.hands) is None:
        return None
    collected_at, handed_by = hands
    return plan_party(PartyRole.SENDER, Party(handed_by, Private(""), collected_at))


def probes_of(recipient: Plan, sender: Plan, belongings: Belongings) -> BothProbes:
    """Return what searches a label for all the persons that its order names."""
    hands = plan_hands(belongings)
    return BothProbes(recipient.probe, sender.probe, hands.probe if hands else None)


def whole(plan: Plan) -> Masks:
    """Return name, phone and address as they are: for the label of an exempt order, and for nothing else.

    Who calls it holds an approval that the same transaction uses up; ``tests/house/test_exempt.py`` reads who that is.
    """
    party = plan.party
    return Masks(party.name.open().strip(), party.phone.open().strip(), party.address.open().strip())


def _placed(address: str, own: OwnName) -> Mask:
    """Mask an address, its owner's name in it too."""
    placed = mask_address(address)
    named = own.in_address(address)
    return starred(address, joined((*placed.hidden, *named))) if named else placed


def _cleared(text: str, names: OwnName, known: tuple[str, ...]) -> str:
    if not text:
        return text
    hidden = hide(text).hidden
    told = [*names.in_note(text), *(Span(at, at + len(value)) for value in known if (at := text.find(value)) >= 0)]
    return starred(text, joined((*hidden, *told)) if told else hidden).text


@lru_cache(maxsize=4_096)
def _spoken(province: str, city: str, district: str) -> str:
    """Return a destination as sorters call it: short province and city, whole district; a municipality once."""
    parts = (_PROVINCE_SUFFIX.sub("", province), city.removesuffix("市"), district)
    return " ".join(dict.fromkeys(part for part in parts if part))
