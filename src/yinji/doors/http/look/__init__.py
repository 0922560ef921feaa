"""The look of our own: what a page shows, in which shape and in whose language.

Holds: the records that a page's view hands to the parts (`templates/parts`), the parts' own words, the filters they use.
Promises: every word a part says stands in Chinese and English; a value is escaped unless a part of ours drew it.
Never: fetches anything, or knows what a waybill is.
"""

from __future__ import annotations

from yinji.doors.http.look.filters import furnish
from yinji.doors.http.look.shown import (
    Choice,
    Column,
    Fact,
    Figure,
    Kind,
    Mark,
    Place,
    Problem,
    Row,
    Section,
    Step,
    Tag,
    Word,
)

__all__ = [
    "Choice",
    "Column",
    "Fact",
    "Figure",
    "Kind",
    "Mark",
    "Place",
    "Problem",
    "Row",
    "Section",
    "Step",
    "Tag",
    "Word",
    "furnish",
]
