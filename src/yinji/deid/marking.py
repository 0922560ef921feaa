"""Putting the marks in: the one place that writes over a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.kernel.mask import HIDDEN_MARK, Mask

if TYPE_CHECKING:
    from yinji.kernel.mask import Span


def starred(text: str, spans: tuple[Span, ...]) -> Mask:
    """Return the text with each character of ``spans`` (in order, apart) replaced by one mark."""
    if not spans:
        return Mask(text)
    pieces: list[str] = []
    shown_from = 0
    for start, end in spans:
        pieces += (text[shown_from:start], HIDDEN_MARK * (end - start))
        shown_from = end
    pieces.append(text[shown_from:])
    return Mask("".join(pieces), spans)
