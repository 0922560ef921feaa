"""The words a label template is written in. All lengths are millimetres, counted from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

DOTS_PER_MM: Final = 8
"""A 203 dpi print head has 8 dots in a millimetre; on one of 300 dpi (12 dots) our lines fall on dots as well."""


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
class Box:
    """A text of the draft. ``steps`` shrink: the first that holds the text is taken, and none means a refusal.

    ``repeats`` marks texts that many labels share (a carrier, a destination): their setting is remembered.
    ``if_empty`` stands there in white on black when the text is empty.
    """

    field: str
    area: Area
    steps: tuple[Step, ...]
    weight: Weight = Weight.REGULAR
    align: Align = Align.LEFT
    white: bool = False
    repeats: bool = False
    if_empty: str = ""


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


class NumberText(NamedTuple):
    """The waybill number in groups. ``turned`` reads upwards."""

    area: Area
    size: float
    turned: bool = False


class Mark(NamedTuple):
    """The text that says a label is a specimen: grey, from the lower left to the upper right corner of ``area``."""

    text: str
    area: Area
    size: float


@dataclass(frozen=True, slots=True)
class Template:
    """One label, declared. ``rules`` and ``fills`` are black areas; ``frames`` are outlines of two dots."""

    name: str
    width: float
    height: float
    captions: tuple[Caption, ...]
    boxes: tuple[Box, ...]
    rules: tuple[Area, ...]
    fills: tuple[Area, ...]
    frames: tuple[Area, ...]
    discs: tuple[Disc, ...]
    bars: tuple[Bars, ...]
    numbers: tuple[NumberText, ...]
    qr: Area
    specimen: Mark


def dots(millimetres: float) -> int:
    """Return a length in printer dots; raises ValueError where a template is off the grid."""
    exact = millimetres * DOTS_PER_MM
    if exact != round(exact):
        raise ValueError(f"{millimetres} mm is not a whole number of dots")
    return round(exact)
