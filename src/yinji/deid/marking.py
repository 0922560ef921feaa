"""Putting the marks in: the one place that writes over a text, and that joins what several readers would hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.kernel.mask import HIDDEN_MARK, Mask, Span

if TYPE_CHECKING:
    from collections.abc import Iterable


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


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same places in order and apart: spans that overlap become one."""
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return tuple(apart)
