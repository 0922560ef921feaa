"""The words a label template is written in. All lengths are millimetres, counted from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from yinji.kernel.said import Said

DOTS_PER_MM: Final = 8
"""A 203 dpi print head has 8 dots in a millimetre. What a head of 300 dpi (12 dots) must hit as well, lines and codes, stands
on quarters of a millimetre (`QUARTER`)."""

QUARTER: Final = 0.25
"""Two dots of a 203 dpi head, three of a 300 dpi head."""


SPECIMEN: Final = "样张 SPECIMEN"


class Area(NamedTuple):
    """A rectangle; each of the four is a whole number of dots."""

    x: float
    y: float
    w: float
    h: float


class Weight(Enum):
    """The two weights of the font."""

    REGULAR = "regular"
    BOLD = "bold"


class Align(Enum):
    """Where a line stands in its box."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Caption:
    """A text that is on every label. ``white`` stands on a filled area."""

    text: str
    area: Area
    size: float
    weight: Weight = Weight.REGULAR
    align: Align = Align.LEFT
    white: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One way to set a box: letters ``size`` high, in at most ``lines`` lines."""

    size: float
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a ply: what zones are made of, joined with ``+``. ``rules`` and ``fills`` are black areas; ``frames`` are
    outlines of two dots; ``masters`` are where a sub number's label names its master number.
    """

    captions: tuple[Caption, ...] = ()
    boxes: tuple[Box, ...] = ()
    rules: tuple[Area, ...] = ()
    fills: tuple[Area, ...] = ()
    frames: tuple[Area, ...] = ()
    discs: tuple[Disc, ...] = ()
    bars: tuple[Bars, ...] = ()
    numbers: tuple[NumberText, ...] = ()
    masters: tuple[NumberText, ...] = ()
    qrs: tuple[Area, ...] = ()

    def __add__(self, other: Part) -> Part:
        """Return both parts as one."""
        return Part(*[getattr(self, each.name) + getattr(other, each.name) for each in fields(Part)])


NOTHING: Final = Part()


@dataclass(frozen=True, slots=True)
class Box:
    """A text of the draft. ``steps`` shrink: the first that holds the text is taken, and none means a refusal.

    ``repeats`` marks texts that many labels share (a carrier, a destination): their setting is remembered.
    ``around`` (fills, frames, captions) is drawn only where the text is there. ``if_empty`` stands in white on black where it is
    not. ``top`` sets lines from the top of the box instead of in its middle. ``instead_of`` names the field whose place this one takes: never are both there.
    """

    field: str
    area: Area
    steps: tuple[Step, ...]
    weight: Weight = Weight.REGULAR
    align: Align = Align.LEFT
    white: bool = False
    top: bool = False
    repeats: bool = False
    if_empty: str = ""
    around: Part = NOTHING
    instead_of: str = ""


class Disc(NamedTuple):
    """A filled circle with a white character: the badges 收 and 寄."""

    text: str
    x: float
    y: float
    diameter: float
    size: float


class Bars(NamedTuple):
    """A Code 128 of the waybill number, quiet zones of ten modules inside ``area``; bars ``dots_max`` dots or narrower."""

    area: Area
    dots_max: int


class Turn(Enum):
    """Which way a line runs."""

    ACROSS = "across"
    UP = "up"
    DOWN = "down"


class NumberText(NamedTuple):
    """A waybill number in groups, in the middle of its area or at its right."""

    area: Area
    size: float
    turn: Turn = Turn.ACROSS
    align: Align = Align.CENTRE


class Mark(NamedTuple):
    """The text that says a label is a specimen: grey, from the lower left to the upper right corner of ``area``."""

    text: str
    area: Area
    size: float


@dataclass(frozen=True, slots=True)
class Ply:
    """One part of a label that is torn off by itself (联), with everything it needs on its own."""

    name: Said
    area: Area
    part: Part
    specimen: Mark


@dataclass(frozen=True)
class Template:
    """One label, declared: its plies from the top. Between two plies runs a tear line."""

    name: str
    width: float
    height: float
    plies: tuple[Ply, ...]

    @cached_property
    def whole(self) -> Part:
        """What stands on the label, ply after ply."""
        return sum((ply.part for ply in self.plies), NOTHING)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes of all plies, in their order."""
        return self.whole.boxes

    @property
    def tears(self) -> tuple[float, ...]:
        """Where the label is torn."""
        return tuple(ply.area.y for ply in self.plies[1:])


def dots(millimetres: float) -> int:
    """Return a length in printer dots; raises ValueError where a template is off the grid."""
    exact = millimetres * DOTS_PER_MM
    if exact != round(exact):
        raise ValueError(f"{millimetres} mm is not a whole number of dots")
    return round(exact)
