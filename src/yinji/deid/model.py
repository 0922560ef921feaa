"""What the readers of this room answer with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yinji.kernel.mask import Span
    from yinji.kernel.said import Said


class PhoneKind(StrEnum):
    """What a number is, by its length and prefix."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"  # 400, 800, 95, 96, 12: a company's or an authority's line
    VIRTUAL_700 = "virtual_700"  # 700 and 12 more digits: the number-protection service


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone that could ring. ``digits`` without country code, spaces or signs; ``extension`` its digits or empty."""

    kind: PhoneKind
    digits: str
    extension: str = ""

    @property
    def line(self) -> str:
        """What tells one person's line from others: the digits, and behind a mobile its extension, ``18400000000-7576``.

        A mobile has no extension of its own: it is a virtual number, and hundreds of people share its digits.
        """
        return f"{self.digits}-{self.extension}" if self.extension and self.kind is PhoneKind.MOBILE else self.digits


@dataclass(frozen=True, slots=True)
class Division:
    """Province, city and district at the head of an address, in their full present or former names.

    ``city`` is empty where a county stands directly under its province, ``district`` where the address names none.
    ``code`` is the six-digit code of the deepest one; ``end`` says where the head ends in the text. ``now`` is the present
    name of the deepest one where the address has a former name (崇文区: 东城区), with its city where that has changed;
    empty where the name is in use, or where several followed it.
    """

    province: str
    city: str
    district: str
    code: str
    end: int
    now: str = ""


class FindingKind(StrEnum):
    """What a piece of free text shows about a person."""

    PHONE = "phone"
    IDENTITY = "identity"
    EMAIL = "email"
    NAME = "name"
    ROOM = "room"
    ACCOUNT = "account"  # a bank card, a messenger's account
    DOCUMENT = "document"  # a passport, a permit, whatever a word such as 证件 announces
    PLATE = "plate"  # of a car
    COMPANY = "company"  # a company or shop: no person, so only `companies` tells it, never the scan
    NUMBER = "number"  # seven digits and more that nothing shows to be something else than a phone


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of a text that shows a person. ``confidence`` lies between 0 and 1; ``reason`` says how it was seen."""

    kind: FindingKind
    span: Span
    confidence: float
    reason: Said
