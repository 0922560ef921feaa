"""What the resource of parcel events takes and gives, and its cursor."""

from __future__ import annotations

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from enum import StrEnum
from typing import Annotated, Final

import msgspec

from yinji.doors.http.api.orders_model import ItemProblem
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.waybill.parcel.model import Scan, ScanPlace, Seen
from yinji.waybill.parcel.real_name import TOKEN_MAX
from yinji.waybill.parcel.rules import KEY_BYTES

EVENTS_MAX: Final = 1_000
"""Events in one request: as many as a file's events are taken in at once."""

TEXT_MAX: Final = 256
"""Characters of any field: longer than each may be, so that what is too long is refused for itself."""

_PLACE: Final = struct.Struct(f">qB{KEY_BYTES}s")
_SCANS: Final = ", ".join(f"`{each.name.lower()}`" for each in Scan)


class Event(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What was seen of one parcel. Names no person."""

    number: Annotated[str, msgspec.Meta(description="Waybill number.", max_length=TEXT_MAX, examples=["QL10000000000011"])]
    scan: Annotated[str, msgspec.Meta(description=f"What was seen: {_SCANS}.", max_length=TEXT_MAX, examples=["accepted"])]
    at: Annotated[
        str,
        msgspec.Meta(
            description="When, RFC 3339; without a zone it is Beijing time.",
            max_length=TEXT_MAX,
            examples=["2026-11-22T09:30:00+08:00"],
        ),
    ]
    place: Annotated[str, msgspec.Meta(description="Code of the outlet or hub.", max_length=TEXT_MAX, examples=["HUB-1"])] = ""
    source: Annotated[str, msgspec.Meta(description="Code of who reports.", max_length=TEXT_MAX, examples=["WMS"])] = ""
    id: Annotated[
        str,
        msgspec.Meta(description="The reporter's own id: the same id is one event.", max_length=TEXT_MAX, examples=["e-7001"]),
    ] = ""
    real_name: Annotated[
        str,
        msgspec.Meta(
            description=f"For `accepted`: the opaque token of the real-name system, at most {TOKEN_MAX} visible ASCII characters. "
            "Only its hash is kept. Never an identity number: that is refused.",
            max_length=TEXT_MAX,
            examples=["RN-20261122-0001"],
        ),
    ] = ""


class Events(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A batch of events."""

    events: Annotated[
        list[Event], msgspec.Meta(description=f"1 to {EVENTS_MAX:,} events.", min_length=1, max_length=EVENTS_MAX)
    ]


class EventStatus(StrEnum):
    """What became of an event."""

    NEW = "new"
    KNOWN = "known"
    REFUSED = "refused"


class EventResult(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What became of one event, in the place where it stood."""

    number: Annotated[str, msgspec.Meta(description="The number as it was given.", examples=["QL10000000000011"])]
    status: EventStatus
    problems: Annotated[list[ItemProblem], msgspec.Meta(description="Why it was refused; empty otherwise.")] = []


class EventResults(msgspec.Struct, kw_only=True):
    """What became of a batch."""

    new: Annotated[int, msgspec.Meta(description="Events that nobody had reported.", examples=[1])]
    known: Annotated[int, msgspec.Meta(description="Events that were known.", examples=[0])]
    refused: Annotated[int, msgspec.Meta(description="Events that were refused.", examples=[0])]
    results: Annotated[list[EventResult], msgspec.Meta(description="One for each event, in the same order.")]


class SeenEvent(msgspec.Struct, kw_only=True):
    """An event as it is kept."""

    at: Annotated[str, msgspec.Meta(description="When, RFC 3339.", examples=["2026-11-22T09:30:00.000+08:00"])]
    scan: Annotated[str, msgspec.Meta(description="What was seen.", examples=["accepted"])]
    place: Annotated[str, msgspec.Meta(description="Code of the outlet or hub, or empty.", examples=["HUB-1"])]
    source: Annotated[str, msgspec.Meta(description="Code of who reported, or empty.", examples=["WMS"])]
    real_name: Annotated[bool, msgspec.Meta(description="Whether it brought a real-name token.")]


class History(msgspec.Struct, kw_only=True):
    """The way of one parcel, a page of it."""

    number: Annotated[str, msgspec.Meta(description="Waybill number.", examples=["QL10000000000011"])]
    state: Annotated[str, msgspec.Meta(description="Where the parcel is, by all its events.", examples=["accepted"])]
    odd: Annotated[int, msgspec.Meta(description="How many events are out of order.", examples=[0])]
    events: Annotated[list[SeenEvent], msgspec.Meta(description="Oldest first.")]
    next: Annotated[str | None, msgspec.Meta(description="Cursor of the next page; null on the last.")]


def cursor_after(seen: Seen) -> str:
    """Return the cursor of what stands behind a scan."""
    return urlsafe_b64encode(_PLACE.pack(seen.at_ms, seen.scan, seen.key)).decode("ascii").rstrip("=")


def read_cursor(text: str) -> ScanPlace | Refuse | None:
    """Return the place that a cursor names, None for none; refuses what is no cursor of ours."""
    if not text:
        return None
    try:
        at_ms, scan, key = _PLACE.unpack(urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
    except (ValueError, struct.error):
        return Refuse(Refusal.BODY_UNREADABLE, "cursor")
    return at_ms, scan, key
