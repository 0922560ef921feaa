"""What goes into the vault, what comes out, and what stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final, NamedTuple

from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.party import NOTHING, Party
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, View
from yinji.vault.probe import LeakProbe


class KeyMoment(NamedTuple):
    """Which keys something was made with: of which period, of which revision, of which stamp."""

    period: int
    revision: int
    stamp: bytes


class Masks(NamedTuple):
    """What may be shown of a party: same lengths as the values, the hidden characters marked."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class Belongings:
    """What an order says beside its parties; it may name a person, so it is wrapped. The last two are sealed with the sender, and
    None where the order does not say them.
    """

    order_number: Private
    contents: Private
    remark: Private
    collected_at: Private | None = None
    handed_by: Private | None = None

    @property
    def hands(self) -> tuple[Private, Private] | None:
        """Where the parcel was really picked up and who handed it over; None where the order says neither."""
        if self.collected_at is None and self.handed_by is None:
            return None
        return (self.collected_at or NOTHING, self.handed_by or NOTHING)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the vault makes of a party before anything is stored: masks, findings, and the values still wrapped.

    ``destination`` is province, city, district, with spaces between; ``refused`` names the field in ``at``. ``virtual`` tells that
    the phone is a virtual number, which the masks show whole.
    """

    party: Party
    masks: Masks
    destination: str
    phone_digits: Private
    probe: LeakProbe
    refused: tuple[Refuse, ...]
    virtual: bool = False


class Shown(NamedTuple):
    """Contents and remark as a label may show them; the real place of pick-up and who handed over, masked."""

    contents: str
    remark: str
    collected_at: str = ""
    handed_by: str = ""


@dataclass(frozen=True, slots=True)
class LabelTexts:
    """What a label that is made again may show, and what its lints need. ``virtual`` tells that the recipient's phone stands whole.

    ``printed`` is what was sealed with it beside persons, contents and remark; ``probes`` are the recipient's, the sender's, and that of who
    handed it over, if anybody did.
    """

    recipient: Masks
    sender: Masks
    virtual: bool
    destination: str
    shown: Shown
    token: str
    printed: str
    probes: tuple[LeakProbe, ...]


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


class Digests(NamedTuple):
    """What an order said, in two digests that are sealed apart: each goes with whom it tells of.

    ``sender`` is of the sender alone, ``recipient`` of all the rest; the sender's is empty where the sender was erased.
    """

    recipient: bytes
    sender: bytes


@dataclass(frozen=True, slots=True)
class OrderKey:
    """How an order is recognised without being readable: a tag over its number, digests over everything it says.

    ``sought`` are bucket and tag wherever the order may stand: dated or not, under the present key or, while rows are tagged
    anew, the one before. ``tag`` is the one to be stored, in ``bucket``. ``made`` is the key it was made with.
    """

    bucket: int
    tag: bytes
    sought: tuple[tuple[int, bytes], ...]
    digests: Digests
    made: tuple[KeyMoment, ...]
    ended: bool = False


class Standing(NamedTuple):
    """What is sealed of a known order: the token of its label, and the digests of what it said."""

    token: str
    digests: Digests

    def said(self, order: OrderKey) -> bool:
        """Tell whether an order says what it said then. Of a sender who was erased nothing is left to compare: then whatever
        the order says of its sender passes, and all the rest must still be the same.
        """
        then, now = self.digests, order.digests
        return then.recipient == now.recipient and then.sender in {b"", now.sender}


@dataclass(frozen=True, slots=True)
class Intake:
    """One parcel to be sealed: its reference and shard, both parties, what belongs to it, its order key.

    ``merchant`` and ``outlet`` are what the order number and the last four digits are unique within; ``printed`` is what the label
    says beside its persons, contents and remark.
    """

    parcel: Ref
    shard: Shard
    recipient: Plan
    sender: Plan
    belongings: Belongings
    order: OrderKey
    merchant: str
    outlet: str
    printed: str = ""


class SealedParcel(NamedTuple):
    """Rows ready to be written, sealed outside the transaction: tuples in column order of the vault's tables.

    ``token`` is what the label's QR code carries; it is sealed with the masks and kept nowhere else. ``made`` are the keys that
    the rows were made with: they are written only while those are the present ones.
    """

    parcel: Ref
    token: str
    parties: tuple[tuple[object, ...], ...]
    phone: tuple[object, ...]
    tail: tuple[object, ...]
    order: tuple[object, ...]
    made: tuple[KeyMoment, ...]


class PeriodRow(NamedTuple):
    """A period as the database knows it. ``dropped_ms`` is 0 while its keys exist.

    ``stamp`` is that of the revision; ``ahead_of`` the one that the keys still have when the data go first, empty otherwise.
    """

    period: int
    key_check: bytes
    revision: int
    dropped_ms: int
    stamp: bytes = b""
    ahead_of: bytes = b""


class PartyRow(NamedTuple):
    """A sealed party as it is stored."""

    org_id: Ref
    parcel: Ref
    ref: Ref
    period: int
    leaf: int
    sealed_values: bytes
    sealed_masks: bytes
    role: int


class IndexRow(NamedTuple):
    """A row of a blind index."""

    bucket: int
    tag: bytes
    parcel: Ref


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


class ErasureState(IntEnum):
    """An erasure's life. Its rows are deleted and its keys are destroyed in this order, and both are redone after a crash."""

    DELETED = 1
    ERASED = 2


MOVES: Final[dict[ErasureState, frozenset[ErasureState]]] = {
    ErasureState.DELETED: frozenset({ErasureState.ERASED}),
    ErasureState.ERASED: frozenset(),
}

OWNER: Final[dict[ErasureState, str]] = {
    ErasureState.DELETED: "vault.forget",
    ErasureState.ERASED: "vault.forget",
}


@dataclass(frozen=True, slots=True)
class Erasure:
    """One party that was, or is being, erased. ``ref`` is its random reference; ``digest`` (SHA-256, 32 bytes) is of the
    ciphertexts that became unreadable; ``slots`` are period and slot of the index keys that go
    with it, forgotten when they are gone; ``mark`` proves that who wrote it had the keys.
    """

    ref: Ref
    shard: Shard
    period: int
    leaf: int
    slots: tuple[tuple[int, int], ...]
    digest: bytes
    deleted_ms: int
    mark: bytes


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure came to: whom, when the keys were gone, and the key revision from which on they cannot be derived.

    ``undo_until_ms`` is the moment until which a backup of the key store could still undo it; 0 where there is none.
    """

    ref: Ref
    period: int
    revision: int
    digest: bytes
    erased_ms: int
    undo_until_ms: int


@dataclass(frozen=True, slots=True)
class Hold:
    """A legal hold on a parcel: ``ground`` is a short code (a case number, a citation), never a name."""

    parcel: Ref
    ground: str
    placed_ms: int
