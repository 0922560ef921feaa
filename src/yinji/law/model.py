"""A rule as a record, and the closed lists it is marked with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from yinji.kernel.said import Said

ARTICLE_UNREAD: Final = "unread"
"""The text has an article, but its number was not seen."""

ARTICLE_NONE: Final = "none"
"""There is no article: a rule of the house."""


class Confidence(StrEnum):
    """How sure we are of what a rule says."""

    A = "A"  # statute text read in full
    A_COPY = "A*"  # full text read in an unofficial copy
    B = "B"  # press report, catalogue or notice as quoted by others
    C = "C"  # general knowledge; the text was not read
    UNCONFIRMED = "U"
    DRAFT = "draft"
    COMPUTED = "computed"  # follows from the rule's own numbers
    JUDGEMENT = "judgement"


class Weight(StrEnum):
    """What stands behind a rule."""

    BINDING = "binding"  # laws, State Council regulations, ministry rules
    RECOMMENDED = "recommended"  # every GB/T and YZ/T
    TRADE = "trade"  # what everybody in the trade does; no text asks for it
    HOUSE = "house"  # ours


class Treatment(StrEnum):
    """What software makes of a rule."""

    HARD = "H"  # the code refuses or acts; no switch turns it off
    PARAMETER = "P"  # a versioned value
    DEFAULT = "D"  # a proposal of ours that a user may change
    HUMAN = "J"  # prepared by software, judged by a person


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one rule. ``effective_to`` is the last day it holds; None while no end is known.

    ``version`` is the year or day of the text, ``article`` a number, `ARTICLE_UNREAD` or `ARTICLE_NONE`. ``value``
    counts ``unit``; None where the text states no number. ``names`` are what a rule lists, as the room that reads it calls them
    (the parts of an address that a mask hides); empty where it lists nothing. ``remedy`` is what whoever breaks the rule does next; None where only
    the reader of the record can tell.
    """

    id: str
    law_id: str
    law_title: Said
    short_title: str
    version: str
    article: str
    says: Said
    value: int | None
    unit: str
    confidence: Confidence
    weight: Weight
    treatment: Treatment
    effective_from: date
    effective_to: date | None
    source_title: str
    remedy: Said | None = None
    names: tuple[str, ...] = ()

    def in_force(self, on: date) -> bool:
        """Say whether this version holds on a Beijing date."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)
