"""What was seen on a finished label, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from yinji.kernel.private import Private
    from yinji.kernel.said import Said
    from yinji.law import Confidence, Weight


class Source(StrEnum):
    """How a text came to be seen. A finding says so: a text read off a picture may have been read wrong."""

    TEXT = "text"  # a text of the document, or of a printer's command
    HIDDEN = "hidden"  # a text of the document that nobody sees on paper: white, tiny, covered, outside the page, an attribute
    PICTURE = "picture"  # read off pixels
    CODE = "code"  # the content of a bar code or a QR code


class Symbology(StrEnum):
    """The kinds of codes that stand on labels."""

    CODE_128 = "Code 128"
    QR = "QR"
    DATA_MATRIX = "Data Matrix"
    OTHER = "other"


class Region(NamedTuple):
    """A piece of a label or of a sheet, in fractions of its width and height, from the left and from the top: 0.0 to 1.0."""

    left: float
    top: float
    right: float
    bottom: float

    def within(self, whole: Region) -> Region:
        """Return where a region of a label stands on the sheet whose region ``whole`` that label is."""
        wide, high = whole.right - whole.left, whole.bottom - whole.top
        return Region(
            whole.left + self.left * wide,
            whole.top + self.top * high,
            whole.left + self.right * wide,
            whole.top + self.bottom * high,
        )

    def seen_from(self, whole: Region) -> Region:
        """Return where a region of a sheet stands on the label that ``whole`` is: the reverse of `within`."""
        wide, high = max(whole.right - whole.left, _POINT), max(whole.bottom - whole.top, _POINT)
        return Region(
            (self.left - whole.left) / wide,
            (self.top - whole.top) / high,
            (self.right - whole.left) / wide,
            (self.bottom - whole.top) / high,
        )


_POINT: Final = 1e-6  # of a sheet: what is narrower has no inside

WHOLE: Final = Region(0.0, 0.0, 1.0, 1.0)
"""All of a sheet, or of a label."""


class SeenText(NamedTuple):
    """One line as it stands on the sheet. ``confidence`` is the reader's, 0 to 1; what was not guessed has 1."""

    text: Private
    region: Region
    source: Source
    confidence: float = 1.0


class SeenCode(NamedTuple):
    """One machine-readable code that could be decoded. ``module_dots`` is the narrowest bar, in dots of 203 dpi, where it can be told."""

    symbology: Symbology
    payload: Private
    region: Region
    module_dots: float | None = None


@dataclass(frozen=True, slots=True)
class SeenLabel:
    """One label: a page of a document, a label of a printer's stream, or a picture, or a part of one.

    ``place`` says where it stood in words that hold nobody: ``page 3``, ``label 2``. ``size_mm`` is width and height where the medium
    tells them. ``legible`` is False where a reader knows that it missed something: blurred, too dark, a command not understood.
    ``missed`` says what. Texts and codes have their places on the label; ``at`` is the label's own place on its sheet.
    """

    place: str
    texts: tuple[SeenText, ...]
    codes: tuple[SeenCode, ...]
    size_mm: tuple[float, float] | None = None
    legible: bool = True
    missed: tuple[Said, ...] = ()
    at: Region = WHOLE


class Outcome(StrEnum):
    """What is said of a label, and of one finding."""

    PASSES = "passes"
    FAILS = "fails"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing found on a label. ``says`` holds kinds and counts, never what was read. ``outcome`` is FAILS or CANNOT_TELL.

    ``supports_order`` is True where law or a recommended standard stands behind the rule and the finding is certain: rules of the
    trade and of the house, and what could not be told, never support an order of an authority.
    """

    rule: str
    says: Said
    remedy: Said
    citation: str
    weight: Weight
    confidence: Confidence
    outcome: Outcome
    source: Source
    regions: tuple[Region, ...]
    supports_order: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict about one label. It PASSES where nothing was found and everything was read. ``at`` is its place on its sheet."""

    place: str
    outcome: Outcome
    shown: tuple[Shown, ...]
    missed: tuple[Said, ...] = ()
    at: Region = WHOLE
