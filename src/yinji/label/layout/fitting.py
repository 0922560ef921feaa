"""Setting a text into its box: shrink in steps, wrap to the box's lines, or say that it does not fit."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.label.glyphs.typeface import ASCENT, DESCENT, EM, HEX_PER_GLYPH
from yinji.label.layout.template import Align, Box, dots

if TYPE_CHECKING:
    from yinji.label.glyphs.typeface import Typeface

LEADING: Final = 1.2
"""From baseline to baseline, in ems."""

_REMEMBERED_MAX: Final = 4096
_NOT_FIRST: Final = frozenset("，。、；：！？）】》」』〉”’…·,.;:!?)]}%")
"""Marks that may not begin a line (GB/T 15834)."""


class Setting(NamedTuple):
    """A text as it stands in its box: which step, the glyphs of each line, each line's width in thousandths of the em.

    An empty text has no lines. Widths are empty where no one needs them (a box set from the left).
    """

    step: int
    lines: tuple[str, ...]
    widths: tuple[int, ...] = ()


class _Size(NamedTuple):
    """A step of a box: how many thousandths of the em a line holds, and how many lines there are."""

    capacity: int
    lines_max: int


class Fitter:
    """Sets texts into one box of a template."""

    def __init__(self, box: Box, typeface: Typeface) -> None:
        """Prepare the box; raises ValueError where a step's own lines are higher than the box."""
        self.box = box
        self._run = typeface.run
        self._advances = typeface.advances
        self._aligned = box.align is not Align.LEFT
        width = dots(box.area.w)
        for step in box.steps:
            if block_height(dots(step.size), step.lines) > dots(box.area.h):
                raise ValueError(f"{box.field}: {step.lines} lines of {step.size} mm are higher than the box")
        self._sizes = tuple(_Size(width * EM // dots(step.size), step.lines) for step in box.steps)
        self._first_holds = self._sizes[0].capacity // EM
        self._remembered: dict[str, Setting | None] = {}

    def set(self, text: str) -> Setting | None:
        """Return the setting of a text; None where it does not fit or a character has no glyph."""
        if not self.box.repeats:
            return self._set(text)
        if text in self._remembered:
            return self._remembered[text]
        if len(self._remembered) >= _REMEMBERED_MAX:
            self._remembered.clear()
        self._remembered[text] = setting = self._set(text)
        return setting

    def _set(self, text: str) -> Setting | None:
        run = self._run(text)
        if not run.isascii():
            return None
        if not text:
            return EMPTY
        if not self._aligned and len(text) <= self._first_holds and _ordinary(text):
            return Setting(0, (run,))
        return self._measured(text, run)

    def _measured(self, text: str, run: str) -> Setting | None:
        """Return the setting of a text whose width matters."""
        reached = list(accumulate(map(self._advances.__getitem__, text)))
        width = reached[-1]
        for step, (capacity, lines_max) in enumerate(self._sizes):
            if width <= capacity:
                return Setting(step, (run,), (width,))
            if width <= capacity * lines_max and (ends := self._broken(text, reached, capacity, lines_max)):
                return self._wrapped(step, run, reached, ends)
        return None

    def _broken(self, text: str, reached: list[int], capacity: int, lines_max: int) -> list[int]:
        """Return where each line ends. In a badge lines are as equal as may be: one character alone looks like a mistake."""
        if self._aligned:
            lines = -(-reached[-1] // capacity)
            even = min(capacity, -(-reached[-1] // lines) + EM // 2)
            if ends := break_lines(text, reached, even, lines):
                return ends
        return break_lines(text, reached, capacity, lines_max)

    def _wrapped(self, step: int, run: str, reached: list[int], ends: list[int]) -> Setting:
        starts = [0, *ends[:-1]]
        hexes = HEX_PER_GLYPH
        lines = tuple([run[start * hexes : end * hexes] for start, end in zip(starts, ends, strict=True)])
        if not self._aligned:
            return Setting(step, lines)
        befores = [0, *[reached[end - 1] for end in ends]]
        return Setting(step, lines, tuple([after - before for before, after in pairwise(befores)]))


EMPTY: Final = Setting(0, ())
"""How an empty text stands in any box."""


def _ordinary(text: str) -> bool:
    """True if no character is wider than an em: only the long dashes of the CJK fonts are (U+2E3A, U+2E3B, U+3031 …)."""
    return "⸺" not in text and "⸻" not in text


def block_height(size: int, lines: int) -> float:
    """Return the height of a block of lines, all lengths in dots."""
    return round((lines - 1) * LEADING * size + (ASCENT + DESCENT) * size, 6)


def break_lines(text: str, reached: list[int], capacity: int, lines_max: int) -> list[int]:
    """Return where each line ends; empty if the text needs more than ``lines_max`` lines of ``capacity``.

    ``reached[i]`` is the width of the first ``i + 1`` characters. Numbers, words and marks of a mask stay whole where a line
    can hold them, and no line begins with a closing mark.
    """
    ends: list[int] = []
    start = before = 0
    whole = reached[-1]
    while whole - before > capacity:
        end = bisect_right(reached, before + capacity, start)
        if end == start or len(ends) + 1 == lines_max:
            return []
        start = _kinder(text, start, end)
        before = reached[start - 1]
        ends.append(start)
    return [*ends, len(text)]


def _kinder(text: str, start: int, end: int) -> int:
    """Move a break to the left so that it cuts no number, word or mask and leaves no closing mark behind; never to ``start``."""
    at = end
    while at > start + 1 and text[at] in _NOT_FIRST:
        at -= 1
    while at > start + 1 and _joined(text[at - 1]) and _joined(text[at]):
        at -= 1
    return at if at > start + 1 else end


def _joined(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "-*")
