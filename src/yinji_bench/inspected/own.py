"""Our own labels: every template, as document and as picture at both heads. All of them must pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from yinji.kernel.faults import Misuse
from yinji.label.fonts import find_fonts
from yinji.label.layout import sizes
from yinji.label.passed import Passed
from yinji.label.press import HEADS, Press
from yinji_bench.sample import NothingLeaks, drafts, generated

_ON: Final = date(2026, 11, 22)
_LINK: Final = "https://label.example/l/"


class Own(NamedTuple):
    """One file of our own, with its count of labels."""

    name: str
    content: bytes
    labels: int
    pixels: bool


def own_labels(each: int = 4, *, seed: int = 7, only: Sequence[str] = (), heads: Sequence[int] = tuple(HEADS)) -> Iterator[Own]:
    """Yield for every template, or for those named, a document of so many labels, and a PNG for each head."""
    fonts = find_fonts()
    for size in only or sizes():
        for dpi in heads:
            press = Press(fonts, size=size, link=_LINK, dpi=dpi)
            passed = [
                one for one in press.check(drafts(each, seed), [NothingLeaks()] * each, on=_ON) if isinstance(one, Passed)
            ]
            labels = [one.numbered(*ids) for one, ids in zip(passed, generated(each, seed), strict=False)]
            if not labels:
                raise Misuse(f"no invented label of {size} passed its lints")
            if dpi == min(HEADS):
                yield Own(f"{size}.pdf", press.to_pdf(labels), len(labels), pixels=False)
            yield Own(f"{size} {dpi} dpi.png", press.to_png(labels[0]), 1, pixels=True)
