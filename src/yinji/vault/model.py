"""What goes into the vault, what comes out, and what stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, View
from yinji.vault.probe import LeakProbe


class Masks(NamedTuple):
    """What may be shown of a party: same lengths as the values, the hidden characters marked."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class Belongings:
    """What an order says beside its parties; it may name a person, so it is wrapped."""

    order_number: Private
    contents: Private
    remark: Private


@dataclass(frozen=True, slots=True)
class Plan:
    """What the vault makes of a party before anything is stored: masks, findings, and the values still wrapped.

    ``destination`` is province, city, district, with spaces between; ``refused`` names the field in ``at``.
    """

    party: Party
    masks: Masks
    destination: str
    phone_digits: Private
    probe: LeakProbe
    refused: tuple[Refuse, ...]


class Shown(NamedTuple):
    """Contents and remark as a label may show them."""

    contents: str
    remark: str


@dataclass(frozen=True, slots=True)
class ToldOrder:
    """All that makes an order the same one: whose it is, and what its label says. ``printed`` are texts that are not a person's."""

    merchant: str
    specimen: bool
    ordered: date | None
    recipient: Party
    sender: Party
    belongings: Belongings
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderKey:
    """How an order is recognised without being readable: a tag over its number, a digest over everything it says.

    ``standing`` is the tag of the same number without a date: an order that once came without one is found again.
    """

    bucket: int
    tag: bytes
    standing: bytes
    digest: bytes


class Known(NamedTuple):
    """An order that has its waybill already. ``digest`` is bound to the parcel: a row turned to another one is noticed."""

    parcel: Ref
    digest: bytes


@dataclass(frozen=True, slots=True)
class Intake:
    """One parcel to be sealed: its reference and shard, both parties, what belongs to it, and its order key."""

    parcel: Ref
    shard: Shard
    recipient: Plan
    sender: Plan
    belongings: Belongings
    order: OrderKey


@dataclass(frozen=True, slots=True)
class SealedParcel:
    """Rows ready to be written, sealed outside the transaction: tuples in column order of the vault's tables."""

    parcel: Ref
    parties: tuple[tuple[object, ...], ...]
    phones: tuple[tuple[object, ...], ...]
    order: tuple[object, ...]


class PartyRow(NamedTuple):
    """A sealed party as it is stored."""

    org_id: Ref
    parcel: Ref
    ref: Ref
    period: int
    leaf: int
    sealed_values: bytes
    sealed_masks: bytes


class Found(NamedTuple):
    """A parcel that a search met, with its recipient's masks."""

    parcel: Ref
    masks: Masks


@dataclass(frozen=True, slots=True)
class Seen:
    """What one permit lets one person see. ``values`` are wrapped: the door that answers opens them, once."""

    role: PartyRole
    view: View
    values: dict[str, Private]
