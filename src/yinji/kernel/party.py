"""A delivery user of one parcel as the order names them, already wrapped."""

from __future__ import annotations

from dataclasses import dataclass

from yinji.kernel.private import Private


@dataclass(frozen=True, slots=True)
class Party:
    """Name, phone and address of a sender or recipient: plaintext, wrapped in the statement that parsed it."""

    name: Private
    phone: Private
    address: Private
