"""What a record becomes: a row that may be issued, one that is held back, or one with all that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

from yinji.kernel.clock import BEIJING
from yinji.kernel.decision import Refuse
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.waybill.model import Carriage, Sorting


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a file may hold: characters a cell, from which day to which an order may be dated, and what time it is in Beijing."""

    cell_characters_max: int
    oldest: date
    newest: date
    now: datetime

    @classmethod
    def around(cls, now: datetime, *, cell_characters_max: int, order_days_max: int) -> Bounds:
        """Return the bounds at a moment; a platform's clock may be a day ahead."""
        local = now.astimezone(BEIJING)
        today = local.date()
        return cls(cell_characters_max, today - timedelta(days=order_days_max), today + timedelta(days=1), local)


class Who(StrEnum):
    """How a row names its recipient; the last two get no label."""

    PLAIN = "plain"
    VIRTUAL = "virtual"
    HANDLE = "handle"  # ciphertext, an opaque id, or nobody at all in a platform's export
    MASKED = "masked"  # a phone or address with stars, and nothing to reach the person by


class Item(NamedTuple):
    """One article of a parcel. ``sub`` is the item's own number, or empty."""

    contents: Private
    quantity: int
    remark: Private
    sub: str


class Hands(NamedTuple):
    """Where a parcel was really picked up, and who handed it over in the sender's place; None where the row does not say."""

    collected_at: Private | None = None
    handed_by: Private | None = None


NO_HANDS: Final = Hands()


class Row(NamedTuple):
    """A row that may be issued. ``cells`` are the row as it stood, without columns that nobody may read, for an error file."""

    line: int
    number: str
    recipient: Party
    item: Item
    ordered: date | None
    sorting: Sorting
    carriage: Carriage
    packages: int
    cells: Private
    who: Who
    hands: Hands = NO_HANDS


class BadRow(NamedTuple):
    """A row with all that is wrong with it; ``number`` is empty where no order number can be read."""

    line: int
    number: str
    refused: tuple[Refuse, ...]
    cells: Private
    who: Who | None = None


class HeldRow(NamedTuple):
    """A row of an order that is closed, refunded or shipped; ``status`` is the preset's own word for it."""

    line: int
    status: str


AnyRow: TypeAlias = Row | BadRow | HeldRow
