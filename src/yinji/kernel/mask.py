"""`Mask`: a text with what identifies a person hidden, and where."""

from __future__ import annotations

from typing import Final, NamedTuple

HIDDEN_MARK: Final = "*"
"""Each hidden character becomes one mark, so that a mask keeps its text's length and spans can be compared."""


class Span(NamedTuple):
    """Characters ``start`` (inclusive) to ``end`` (exclusive), counted as Python does."""

    start: int
    end: int


class Mask(NamedTuple):
    """``text`` has the length of what was masked; ``hidden`` are the spans that became marks, in order."""

    text: str
    hidden: tuple[Span, ...] = ()
