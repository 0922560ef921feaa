"""What is handed in: orders, and parcel events. What names a person stands in no representation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """A recipient: ``kind`` is plain, virtual (the phone is a virtual number, in force until a day) or handle (a platform's)."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    kind: str = "plain"
    until: date | None = None
    handle: str = field(default="", repr=False)

    def told(self) -> dict[str, Any]:
        """Return what is sent."""
        said: dict[str, Any] = {"name": self.name, "phone": self.phone, "address": self.address, "kind": self.kind}
        if self.until is not None:
            said["until"] = self.until.isoformat()
        return said | ({"handle": self.handle} if self.handle else {})


@dataclass(frozen=True, slots=True)
class Order:
    """One order. ``number`` is the merchant's own and makes sending it again safe. ``more`` takes the further fields of `OrderIn`."""

    number: str
    recipient: Person
    contents: str = field(default="", repr=False)
    ordered: date | None = None
    pieces: int = 1
    packages: int = 1
    remark: str = field(default="", repr=False)
    more: dict[str, Any] = field(default_factory=dict, repr=False)

    def told(self) -> dict[str, Any]:
        """Return what is sent."""
        said: dict[str, Any] = {
            "number": self.number,
            "recipient": self.recipient.told(),
            "contents": self.contents,
            "pieces": self.pieces,
            "packages": self.packages,
            "remark": self.remark,
        }
        return said | ({"ordered": self.ordered.isoformat()} if self.ordered else {}) | self.more


@dataclass(frozen=True, slots=True)
class Event:
    """What was seen of a parcel. ``at`` knows its zone, or is Beijing time. An acceptance brings the real-name system's token."""

    number: str
    scan: str
    at: datetime
    place: str = ""
    source: str = ""
    id: str = ""
    real_name: str = field(default="", repr=False)

    def told(self) -> dict[str, str]:
        """Return what is sent."""
        return {
            "number": self.number,
            "scan": self.scan,
            "at": self.at.isoformat(),
            "place": self.place,
            "source": self.source,
            "id": self.id,
            "real_name": self.real_name,
        }
