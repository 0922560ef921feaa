"""A delivery user of one parcel as the order names them, already wrapped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from yinji.kernel.private import Private

NOTHING: Final = Private("")


class PartyKind(StrEnum):
    """How an order names a delivery user."""

    PLAIN = "plain"  # name, phone and address as they are
    VIRTUAL = "virtual"  # the phone is a virtual number, said to be one by whoever gave it, and not expired
    HANDLE = "handle"  # a platform's opaque text stands for the person (OAID, ciphertext); the rest is masked or absent


@dataclass(frozen=True, slots=True)
class Party:
    """Name, phone and address of a sender or recipient: plaintext, wrapped in the statement that parsed it.

    ``handle`` is a platform's handle where ``kind`` says so, and nothing otherwise. ``until`` is the last day on which a virtual
    number rings for this person; None where nobody said.
    """

    name: Private
    phone: Private
    address: Private
    kind: PartyKind = PartyKind.PLAIN
    handle: Private = NOTHING
    until: date | None = None
