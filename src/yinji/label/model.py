"""What a label says, before it has its generated codes. Masked texts only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartyMask:
    """A delivery user as a label may show one: already masked texts."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One label before it has its waybill number and token.

    ``remark`` is already hidden where it was personal. An empty ``sorting_code`` prints the badge 人工分拣 (sort by
    hand). ``destination`` goes down to the district and is printed large (大头笔). ``printed_at`` is text, in the form in
    which it is printed. A ``specimen`` carries 样张 across and can never be taken for a real label.
    """

    recipient: PartyMask
    sender: PartyMask
    contents: str
    pieces: int
    remark: str
    sorting_code: str
    destination: str
    carrier: str
    product: str
    outlet: str
    hotline: str
    printed_at: str
    specimen: bool

    @property
    def pieces_shown(self) -> str:
        """The number of pieces as it is printed."""
        return f"{self.pieces} 件"
