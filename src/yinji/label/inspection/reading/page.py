"""The page that all readers draw on: dots as the printer would set them, and the texts and codes it was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.kernel.private import Private
from yinji.kernel.said import Said
from yinji.label.inspection.model import Region, SeenCode, SeenLabel, SeenText, Source, Symbology
from yinji.label.inspection.reading.limits import (
    AREA_MAX,
    CODES_MAX,
    PICTURES_BYTES_MAX,
    ROWS_MAX,
    SIDE_MAX,
    TEXT_MAX,
    TEXTS_MAX,
)

if TYPE_CHECKING:
    from yinji.label.inspection.reading.ports import PictureReader

DPI: Final = 203
_MM_AN_INCH: Final = 25.4
_SMALL_MM: Final = 0.7
"""What is lower than this is no text on paper (as in documents: 2 points)."""

_USUAL: Final = (812, 1_218)
"""Dots of 100 x 150 mm: a label whose stream names no size and draws nothing."""

_INK, _PAPER = b"\x00", b"\xff"
_GREYS: Final = tuple(b"".join(_INK if byte >> (7 - bit) & 1 else _PAPER for bit in range(8)) for byte in range(256))

UNREAD_PICTURE: Final = Said("有图形未经识读：其中的文字没有看", "pictures were not read: what they say was not seen")
TOO_MUCH: Final = Said("内容超出读取上限，其余未看", "more than is looked at; the rest was not seen")


class Way(Enum):
    """How dots meet what is there."""

    INK = "ink"
    CLEAR = "clear"
    TURN = "turn"  # black becomes white, and white black


class Dots(NamedTuple):
    """Rows of dots, each a number ``width`` bits wide, its first dot highest; ``high`` rows, the last one repeated to that end."""

    left: int
    top: int
    width: int
    high: int
    rows: tuple[int, ...]
    way: Way


class _Text(NamedTuple):
    text: Private
    box: tuple[int, int, int, int]
    place: int  # among all that was drawn
    hidden: bool
    turned: bool


@dataclass(slots=True, repr=False)
class Page:
    """One label on its way. Sizes in dots; 0 where the stream did not name them."""

    place: str
    width: int = 0
    height: int = 0
    dpi: int = DPI
    missed: list[Said] = field(default_factory=list)
    _dots: list[Dots] = field(default_factory=list)
    _pictures: int = 0
    _rows: int = 0
    _texts: list[_Text] = field(default_factory=list)
    _codes: list[tuple[Symbology, Private, tuple[int, int, int, int], float | None]] = field(default_factory=list)

    @property
    def blank(self) -> bool:
        """True where nothing was drawn, and nothing was missed."""
        return not (self._dots or self._texts or self._codes or self.missed)

    def miss(self, what: Said) -> None:
        """Note something that was not understood, once."""
        if what not in self.missed:
            self.missed.append(what)

    def text(
        self, says: str, left: int, top: int, width: int, height: int, *, hidden: bool = False, turned: bool = False
    ) -> None:
        """Note a text and the rectangle it stands in; ``hidden`` where the command itself prints nothing, ``turned`` where its
        letters are always of another colour than what is under them.
        """
        if not says.strip():
            return
        if len(self._texts) >= TEXTS_MAX or len(says) > TEXT_MAX:
            self.miss(TOO_MUCH)
        if len(self._texts) < TEXTS_MAX:
            box = (left, top, left + max(width, 1), top + max(height, 1))
            self._texts.append(_Text(Private(says[:TEXT_MAX]), box, len(self._dots), hidden, turned))

    def code(  # noqa: PLR0917 - as above
        self, symbology: Symbology, payload: str, left: int, top: int, width: int, height: int, *, module: float | None = None
    ) -> None:
        """Note a code, the rectangle it stands in and the dots of its narrowest bar."""
        if len(self._codes) >= CODES_MAX or len(payload) > TEXT_MAX:
            self.miss(TOO_MUCH)
            return
        self._codes.append((symbology, Private(payload), (left, top, left + max(width, 1), top + max(height, 1)), module))

    def fill(self, left: int, top: int, width: int, height: int, *, way: Way = Way.INK) -> None:
        """Draw a rectangle."""
        width, height = min(width, SIDE_MAX), min(height, SIDE_MAX)
        if width > 0 and height > 0:
            self._draw(Dots(left, top, width, height, ((1 << width) - 1,), way))

    def picture(self, left: int, top: int, row_bytes: int, dots: bytes, *, way: Way = Way.INK) -> None:
        """Draw rows of dots, eight a byte, ink 1."""
        self._pictures += len(dots)
        if self._pictures > PICTURES_BYTES_MAX:
            self.miss(TOO_MUCH)
            return
        rows = tuple(int.from_bytes(dots[at : at + row_bytes], "big") for at in range(0, len(dots), row_bytes))
        if row_bytes and any(rows):
            self._draw(Dots(left, top, row_bytes * 8, len(rows), rows, way))

    def _draw(self, dots: Dots) -> None:
        self._rows += dots.high
        if len(self._dots) >= TEXTS_MAX or self._rows > ROWS_MAX:
            self.miss(TOO_MUCH)
        else:
            self._dots.append(dots)

    def size(self) -> tuple[int, int]:
        """Return width and height: as the stream names them, otherwise as far as anything reaches."""
        boxes = [each.box for each in self._texts] + [box for _, _, box, _ in self._codes]
        boxes += [(dots.left, dots.top, dots.left + dots.width, dots.top + dots.high) for dots in self._dots]
        wide = self.width or max((box[2] for box in boxes), default=_USUAL[0])
        high = self.height or max((box[3] for box in boxes), default=_USUAL[1])
        wide = min(max(wide, 1), SIDE_MAX)
        return wide, min(max(high, 1), SIDE_MAX, AREA_MAX // wide)

    def seen(self, pictures: PictureReader | None) -> SeenLabel:
        """Return everything on the label; ``pictures`` reads those that were drawn."""
        wide, high = self.size()
        millimetres = _MM_AN_INCH / self.dpi
        texts = tuple(self._seen(each, wide, high) for each in self._texts)
        codes = tuple(
            SeenCode(kind, payload, _region(box, wide, high), module and module * DPI / self.dpi)
            for kind, payload, box, module in self._codes
        )
        missed = list(self.missed)
        if self._pictures and pictures is None:
            missed.append(UNREAD_PICTURE)
        if self._pictures and pictures is not None:
            drawn = self._drawn()
            texts += pictures.texts(*drawn)
            codes += pictures.codes(*drawn)
        size = (wide * millimetres, high * millimetres)
        return SeenLabel(self.place, texts, codes, size, legible=not missed, missed=tuple(missed))

    def pixels(self) -> tuple[int, int, bytes]:
        """Return width, height and greys: the dots that were drawn, and stripes where the printer sets a code by itself."""
        stripes = []
        for _, _, (left, top, right, bottom), _ in self._codes:
            wide = min(right - left, SIDE_MAX)
            row = int("1100" * (wide // 4 + 1), 2) >> (4 - wide % 4)
            stripes.append(Dots(left, top, wide, min(bottom - top, SIDE_MAX), (row,), Way.INK))
        return self._drawn(stripes)

    def _drawn(self, more: list[Dots] | None = None) -> tuple[int, int, bytes]:
        wide, high = self.size()
        each = -(-wide // 8)
        rows = [0] * high
        for dots in (*self._dots, *(more or ())):
            _lay(rows, dots, each * 8)
        grey = b"".join(b"".join(map(_GREYS.__getitem__, row.to_bytes(each, "big")))[:wide] for row in rows)
        return wide, high, grey

    def _seen(self, text: _Text, wide: int, high: int) -> SeenText:
        left, top, right, bottom = text.box
        outside = right <= 0 or bottom <= 0 or left >= wide or top >= high
        tiny = (bottom - top) * _MM_AN_INCH / self.dpi < _SMALL_MM
        under = any(_covers(dots, text.box) for dots in self._dots[text.place :])
        ground = not text.turned and self._ground(text)
        hidden = text.hidden or outside or tiny or under or ground
        return SeenText(text.text, _region(text.box, wide, high), Source.HIDDEN if hidden else Source.TEXT)

    def _ground(self, text: _Text) -> bool:
        """Say whether a text stands in black on black: the last rectangle under all of it is ink."""
        below = [dots for dots in self._dots[: text.place] if _covers(dots, text.box)]
        turned = sum(dots.way is Way.TURN for dots in below) % 2
        last = next((dots.way for dots in reversed(below) if dots.way is not Way.TURN), Way.CLEAR)
        return (last is Way.INK) != bool(turned)


def _covers(dots: Dots, box: tuple[int, int, int, int]) -> bool:
    """Say whether a rectangle of ink or paper lies over all of a box."""
    left, top, right, bottom = box
    whole = len(dots.rows) == 1 and dots.left <= left and dots.top <= top
    return whole and dots.left + dots.width >= right and dots.top + dots.high >= bottom


def _lay(rows: list[int], dots: Dots, wide: int) -> None:
    """Lay dots on rows of ``wide`` dots; what is off the label is cut."""
    shift = wide - dots.left - dots.width
    whole = (1 << wide) - 1
    for down in range(max(0, -dots.top), min(dots.high, len(rows) - dots.top)):
        row = dots.rows[min(down, len(dots.rows) - 1)]
        row = (row << shift if shift >= 0 else row >> -shift) & whole
        at = dots.top + down
        match dots.way:
            case Way.INK:
                rows[at] |= row
            case Way.CLEAR:
                rows[at] &= ~row
            case Way.TURN:
                rows[at] ^= row


def _region(box: tuple[int, int, int, int], wide: int, high: int) -> Region:
    left, top, right, bottom = (
        min(max(each / whole, 0.0), 1.0) for each, whole in zip(box, (wide, high, wide, high), strict=True)
    )
    return Region(left, top, right, bottom)
