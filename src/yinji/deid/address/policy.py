"""What a mask of an address hides, by policy, and the mask itself."""

from __future__ import annotations

from typing import Final

from yinji.deid.address.divisions import read_division
from yinji.deid.address.grammar import hidden_spans
from yinji.deid.address.words import name_before, remark_at, town_end
from yinji.deid.marking import starred
from yinji.deid.normal_form import normal
from yinji.kernel.faults import Misuse
from yinji.kernel.mask import Mask, Span

LABEL: Final = "label"
"""What a label shows: unit, floor beside it, room and household hidden, remarks, names and phones too."""

ROUTE: Final = "route"
"""What sorting shows: divisions and town; everything behind them hidden."""


def mask_address(text: str, policy: str = LABEL) -> Mask:
    """Return an address with what ``policy`` ("label" or "route") does not show hidden.

    "label" hides unit, room and household (GB/T 41833-2022, clause not seen: 单元户室号), a floor beside them (rule
    ``mask-floor``), phones, and everything behind the first of these that the reader does not understand. Divisions,
    roads and their numbers, estates, buildings and village groups stay. "route" keeps divisions and town; where it
    cannot tell them, it hides all. The length is kept; the same text gives the same mask; no text raises.

    Raises:
        Misuse: for another policy.
    """
    if policy == LABEL:
        return starred(text, tuple(Span(start, end) for start, end in _label_spans(normal(text))))
    if policy != ROUTE:
        raise Misuse(f"no address policy {policy!r}: use {LABEL!r} or {ROUTE!r}")
    division = read_division(text)
    shown = town_end(normal(text), division.end) if division else 0
    return starred(text, (Span(shown, len(text)),) if shown < len(text) else ())


def _label_spans(plain: str) -> list[tuple[int, int]]:
    size = len(plain)
    remark = remark_at(plain)
    spans = hidden_spans(plain if remark == size else plain[:remark])
    if spans and spans[-1][1] == remark:
        start, _ = spans.pop()
        return [*spans, (start, size)]
    tail = name_before(plain, remark, cued=remark < size)
    return [*spans, (tail, size)] if tail < size else spans
