"""Persons of a waybill, what a channel shows of them, and places of a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.kernel.mask import HIDDEN_MARK, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yinji.kernel.said import Said
    from yinji.law import Rule


class Who(StrEnum):
    """The persons whom a waybill names."""

    RECIPIENT = "recipient"
    SENDER = "sender"
    HANDS = "hands"  # who handed the parcel over in the sender's place, and where it was really picked up


class Member(StrEnum):
    """What is known of each."""

    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"


class Part(NamedTuple):
    """One value of one person."""

    who: Who
    member: Member


class Manner(StrEnum):
    """How much of a value a channel shows."""

    MASK = "mask"  # what the mask of a label leaves
    DIVISION = "division"  # of an address: province, city, district (大头笔)


class Made(StrEnum):
    """When the mask was made that a channel shows: rules and readers change between two days, paper does not."""

    ISSUED = "issued"  # sealed with the label
    TODAY = "today"  # made again at each look


class Audience(StrEnum):
    """Who has several channels before them at once."""

    HOLDER = "holder"  # whoever holds the parcel: its label, what the label leads to, and the slips
    ASKER = "asker"  # whoever has the number and four digits
    PARTNER = "partner"  # a program with an API key, and the files that a merchant gets back
    STAFF = "staff"  # the console and the command line, without a reveal
    ALL = "all"  # everything that anybody is shown


@dataclass(frozen=True, slots=True)
class Channel:
    """A way out, and what it declares to show: nothing that ``shows`` does not name."""

    id: str
    name: Said
    audiences: frozenset[Audience]
    shows: Mapping[Part, Manner]
    made: frozenset[Made] = frozenset({Made.TODAY})
    label: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """One value as masks show it, all of one length: as sealed with the label, as made today, an address' division alone.

    ``rooms`` are the spans of an address that name unit and room. ``virtual`` says that a phone was given as a virtual number.
    """

    issued: str
    today: str
    division: str = ""
    rooms: tuple[Span, ...] = ()
    virtual: bool = False

    def mask(self, made: Made) -> str:
        """Return the mask of a day."""
        return self.issued if made is Made.ISSUED else self.today


Places = tuple[bool, ...]
"""For each character of a value: is it shown?"""

SHOWN: Final = "●"
HIDDEN: Final = "·"


def places(mask: str) -> Places:
    """Return where a mask shows its value."""
    return tuple(character != HIDDEN_MARK for character in mask)


def joined_places(*of: Places) -> Places:
    """Return what is shown by any of several. All are of one value and of one length."""
    return tuple(any(here) for here in zip(*of, strict=True))


def picture(shown: Places) -> str:
    """Return places as they are told: a mark a character, and no character. ``●······●●●●``"""
    return "".join(SHOWN if here else HIDDEN for here in shown)


class Standing(StrEnum):
    """What is said of a value over everything that an audience has before it."""

    KEPT = "kept"
    BROKEN = "broken"
    VIRTUAL = "virtual"  # a virtual number may stand whole while it is in force
    LAPSED = "lapsed"  # it stood whole while it was in force; paper cannot be taken back
    EXEMPT = "exempt"  # the label shows its recipient on a ground of its own


@dataclass(frozen=True, slots=True)
class Joined:
    """The union for one audience: which places of one value, how it stands, and by which rule."""

    audience: Audience
    part: Part
    shown: Places
    standing: Standing
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class Row:
    """What one channel shows: places a value."""

    channel: Channel
    shown: Mapping[Part, Places]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What every channel shows of one waybill, and the unions. ``rule`` is the rule of the house that they are joined by."""

    rows: tuple[Row, ...]
    unions: tuple[Joined, ...]
    rule: Rule | None

    @property
    def kept(self) -> bool:
        """Say whether no union breaks a rule."""
        return all(each.standing is not Standing.BROKEN for each in self.unions)

    def of(self, audience: Audience) -> tuple[Joined, ...]:
        """Return the unions of one audience."""
        return tuple(each for each in self.unions if each.audience is audience)
