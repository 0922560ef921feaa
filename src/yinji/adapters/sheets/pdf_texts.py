"""The text layer of a page: its lines, and whether somebody sees them on paper."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2.raw as pdfium_c
from PIL import ImageChops

from yinji.adapters.sheets.limits import TEXTS_MAX
from yinji.kernel.private import Private
from yinji.label.inspection.model import Region, SeenText, Source

if TYPE_CHECKING:
    import pypdfium2 as pdfium
    from PIL.Image import Image

_INK: Final = 48
"""Of 255: the least difference between a letter and its ground that a thermal printer would still set a dot for."""

_SMALL: Final = 2.0
"""Points: what is lower than this is no text on paper (a label's smallest is 5)."""

_FINE: Final = 1 << 20  # steps across a page in which PDFium, which counts in whole steps, tells places
_APART: Final = 0.35  # of a line's height: pieces nearer to each other are one line
_LEVEL: Final = 0.5  # of a line's height: pieces that share so much of it stand in one row
_ANGLES: Final = 60  # signs whose direction is asked for
_UNMAPPED: Final = 0.1  # the share of signs without a letter from which a text layer says nothing


class Layer(NamedTuple):
    """What a text layer says. ``sure`` is False where signs have no letters behind them. ``cut`` where there were too many lines."""

    texts: tuple[SeenText, ...]
    sure: bool
    cut: bool


class Places:
    """Where points of a page stand, in fractions of it as it is shown: crop box and turn taken into account."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        """Keep the page."""
        self._page = page

    def region(self, left: float, bottom: float, right: float, top: float) -> Region:
        """Return the region of a box in the page's own units."""
        (x1, y1), (x2, y2) = self._point(left, bottom), self._point(right, top)
        return Region(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(self._page, 0, 0, _FINE, _FINE, 0, x, y, across, down)
        return across.value / _FINE, down.value / _FINE


def layer_of(page: pdfium.PdfPage, shown: Image, bare: Image) -> Layer:
    """Return the lines of a page. ``shown`` is the page as it is printed, ``bare`` the same without its texts, both grey."""
    read, places = page.get_textpage(), Places(page)
    points = max(page.get_size())
    ink = ImageChops.difference(shown, bare)
    rects = read.count_rects()
    found: list[tuple[str, Region, Source]] = []
    for at in range(min(rects, TEXTS_MAX)):
        left, bottom, right, top = read.get_rect(at)
        text = read.get_text_bounded(left, bottom, right, top)
        if not text.strip():
            continue
        region = places.region(left, bottom, right, top)
        small = min(region.bottom - region.top, region.right - region.left) * points < _SMALL
        hidden = small or not _inked(shown, region) or not _inked(ink, region)
        found.append((text.strip("\r\n"), region, Source.HIDDEN if hidden else Source.TEXT))
    lines = tuple(SeenText(Private(text.strip()), region, source) for text, region, source in _joined(found))
    return Layer(lines, _mapped(read), rects > TEXTS_MAX)


def quarters_of(page: pdfium.PdfPage) -> int:
    """Return by how many quarters a page is to be turned, clockwise from how it was made, for most of its texts to run upright.

    A page without texts stays as its maker turned it.
    """
    read = page.get_textpage()
    count = read.count_chars()
    if not count:
        return int(page.get_rotation()) // 90
    angles = [pdfium_c.FPDFText_GetCharAngle(read, at) for at in range(0, count, max(1, count // _ANGLES))]
    turns = [round(each / _QUARTER) % 4 for each in angles if each >= 0]
    return max(range(4), key=turns.count) if turns else 0


_QUARTER: Final = 1.5707963267948966


def _mapped(read: pdfium.PdfTextPage) -> bool:
    count = min(read.count_chars(), TEXTS_MAX)
    unmapped = sum(1 for at in range(count) if pdfium_c.FPDFText_HasUnicodeMapError(read, at) == 1)
    return bool(unmapped <= count * _UNMAPPED)


def _inked(picture: Image, region: Region) -> bool:
    """Say whether there is ink where a text stands: white, covered, clipped and invisible texts leave none."""
    width, height = picture.size
    box = (
        max(0, int(region.left * width)),
        max(0, int(region.top * height)),
        min(width, int(region.right * width) + 1),
        min(height, int(region.bottom * height) + 1),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return False
    darkest, lightest = picture.crop(box).getextrema()
    return int(lightest) - int(darkest) >= _INK  # type: ignore[arg-type]  # one band: two numbers


def _joined(pieces: list[tuple[str, Region, Source]]) -> list[tuple[str, Region, Source]]:
    """Return pieces as lines: a document sets letters and digits of one line in several fonts, each a piece."""
    lines: list[tuple[str, Region, Source]] = []
    for text, region, source in pieces:
        if lines and lines[-1][2] is source and _follows(lines[-1][1], region):
            before, at, _ = lines[-1]
            whole = Region(
                min(at.left, region.left), min(at.top, region.top), max(at.right, region.right), max(at.bottom, region.bottom)
            )
            lines[-1] = (before + text, whole, source)
        else:
            lines.append((text, region, source))
    return lines


def _follows(one: Region, other: Region) -> bool:
    high = min(one.bottom - one.top, other.bottom - other.top)
    level = min(one.bottom, other.bottom) - max(one.top, other.top)
    return level >= _LEVEL * high and -_LEVEL * high <= other.left - one.right <= _APART * high
