"""Waybills as a program sees them: numbers, states and masks, never a person; cursors."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Annotated, Protocol

import msgspec
from msgspec import Meta

from yinji.doors.http.problems import Refused
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import REF_BYTES, Ref, show_ref
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Waybill
from yinji.waybill.parcel.model import ParcelState


class Masked(Protocol):
    """A person's masks, as a flow hands them out."""

    @property
    def name(self) -> str:
        """The name, masked."""
        ...

    @property
    def phone(self) -> str:
        """The phone, masked."""
        ...

    @property
    def address(self) -> str:
        """The address, masked."""
        ...


class PartyOut(msgspec.Struct, kw_only=True, frozen=True):
    """A person as the label shows them: every hidden character is a star."""

    name: Annotated[str, Meta(examples=["李**"])]
    phone: Annotated[str, Meta(examples=["138******34"])]
    address: str


class WaybillOut(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """A waybill. ``state`` is its number's life, ``parcel`` where its parcel is; ``prints`` is how many papers were counted."""

    number: Annotated[str, Meta(examples=["QL10000000000003"])]
    state: Annotated[str, Meta(examples=["issued", "printed", "voided"])]
    parcel: Annotated[str, Meta(examples=["announced", "accepted", "delivered"])]
    kind: Annotated[str, Meta(examples=["privacy", "exempt"])]
    specimen: bool
    made: Annotated[str, Meta(description="When it was issued, RFC 3339.")]
    merchant: str
    destination: Annotated[str, Meta(description="Down to the district.")]
    pieces: int
    prints: int
    batch: Annotated[str, Meta(description="Reference of its batch in the evidence.")]
    subs: tuple[str, ...] = ()
    outlet: str = ""
    channel: str = ""
    recipient: PartyOut | None = None
    sender: PartyOut | None = None


class WaybillsOut(msgspec.Struct, kw_only=True, frozen=True):
    """One page, newest first. ``next`` is the cursor of the page that follows, empty at the end."""

    waybills: list[WaybillOut]
    next: str


def waybill_out(
    bill: Waybill, parcel: ParcelState, *, recipient: Masked | None = None, sender: Masked | None = None
) -> WaybillOut:
    """Return a waybill as it is shown, with the masks of its parties where they were asked for."""
    return WaybillOut(
        number=bill.number,
        state=bill.state.name.lower(),
        parcel=parcel.name.lower(),
        kind=bill.kind.name.lower(),
        specimen=bill.specimen,
        made=moment(bill.made_ms).isoformat(timespec="milliseconds"),
        merchant=bill.merchant,
        destination=bill.destination,
        pieces=bill.pieces,
        prints=bill.prints,
        batch=show_ref(bill.batch),
        subs=bill.subs,
        outlet=bill.outlet,
        channel=bill.channel,
        recipient=_party(recipient),
        sender=_party(sender),
    )


def _party(masks: Masked | None) -> PartyOut | None:
    return None if masks is None else PartyOut(name=masks.name, phone=masks.phone, address=masks.address)


def cursor_of(ref: Ref | None) -> str:
    """Return the cursor that stands for a place in a list; empty for its end."""
    return "" if ref is None else urlsafe_b64encode(ref).decode("ascii").rstrip("=")


def place_of_cursor(cursor: str) -> Ref | None:
    """Return the place that a cursor of ours stands for; "" is the beginning. Raises `Refused` for any other text."""
    if not cursor:
        return None
    try:
        ref = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (Error, ValueError):
        ref = b""
    if len(ref) != REF_BYTES:
        raise Refused(Refuse(Refusal.BODY_UNREADABLE, "cursor"))
    return Ref(ref)
