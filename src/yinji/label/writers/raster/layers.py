"""What is the same on every label, or on every label that has a text: lines, captions, badges, tear lines, the specimen mark."""

from __future__ import annotations

from math import atan2, degrees, sqrt
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from yinji.label.layout.template import NOTHING, Box, Disc, Part, Weight, dots
from yinji.label.writers import placing
from yinji.label.writers.raster.glyphs import open_font
from yinji.label.writers.raster.sheet import FILTER, Sheet, Stroke, draw
from yinji.label.writers.raster.texts import caption, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.layout.template import Mark
    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.writers.raster.glyphs import Inkwell

_GREY_EVERY: Final = 7
"""One dot in seven is ink: the PDF's grey of 0.86, for a head that has no greys."""

_GREY_SLANT: Final = 3  # columns from a row's dots to the next row's: an even screen, no stripes
_HALF: Final = 128


class Layers:
    """The sheets of one template before a label's own texts are on them."""

    def __init__(self, setter: Typesetter, sheet: Sheet, well: Inkwell) -> None:
        """Draw what is fixed."""
        template = setter.template
        self._sheet, self._well, self._setter = sheet, well, setter
        tears = tuple(dash for y in template.tears for dash in placing.dashes(y, template.width))
        frame = list(self.part(template.whole + Part(fills=tears)))
        self._plain = self._on(sheet.blank(), frame)
        self._specimen = self._on(sheet.blank(), [*self.marks(), *frame])
        self._there = [list(self.part(box.around)) if box.around != NOTHING else [] for box in template.boxes]
        self._absent = [list(self.badge(box)) if box.if_empty else [] for box in template.boxes]
        self._changing = [at for at, box in enumerate(template.boxes) if box.around != NOTHING or box.if_empty]

    def kind(self, texts: tuple[str, ...], *, specimen: bool) -> tuple[bool, ...]:
        """Return which sheet a label with these texts needs."""
        return specimen, *[bool(texts[at]) for at in self._changing]

    def under(self, kind: tuple[bool, ...]) -> bytearray:
        """Return a sheet of a kind, to be drawn on."""
        specimen, *there = kind
        page = bytearray(self._specimen if specimen else self._plain)
        for at, shown in zip(self._changing, there, strict=True):
            draw(page, self._there[at] if shown else self._absent[at])
        return page

    def _on(self, below: bytes, strokes: list[Stroke]) -> bytes:
        page = bytearray(below)
        draw(page, strokes)
        return bytes(page)

    def part(self, part: Part) -> Iterator[Stroke]:
        """Return everything of a part that is the same on every label."""
        sheet, grid = self._sheet, self._sheet.grid
        for area in (*part.rules, *part.fills):
            yield sheet.fill(*sheet.frame(grid.place(area)))
        for disc in part.discs:
            yield self._disc(disc)
        for area in part.frames:
            left, top, wide, high = sheet.frame(grid.place(area))
            thick = round(placing.LINE_OF_FRAMES * sheet.scale)
            yield sheet.fill(left, top, wide, thick)
            yield sheet.fill(left, top + high - thick, wide, thick)
            yield sheet.fill(left, top, thick, high)
            yield sheet.fill(left + wide - thick, top, thick, high)
        bold = self._setter.fonts.bold
        for each in part.captions:
            yield caption(each, sheet, self._well, self._setter.typeface(each.weight))
        for disc in part.discs:
            at = placing.disc(disc, grid)
            yield line(bold.run(disc.text), at, self._well.inks(Weight.BOLD, at.size), sheet, white=True)

    def _disc(self, disc: Disc) -> Stroke:
        """Return the dots whose middles lie in the circle."""
        sheet = self._sheet
        high = wide = round(dots(disc.diameter) * sheet.scale)
        left, top = round(dots(disc.x) * sheet.scale), round(dots(disc.y) * sheet.scale)
        bits, radius = 0, high / 2
        for row in range(high):
            reach = sqrt(radius**2 - (row + 0.5 - radius) ** 2)
            first, last = round(radius - reach), round(radius + reach)
            bits = bits << sheet.row_bits | ((1 << (last - first)) - 1) << (wide - last)
        return sheet.stroke(top, high, bits << (sheet.edge - left - wide))

    def badge(self, box: Box) -> Iterator[Stroke]:
        """Return the badge of a box that stands empty."""
        bold, sheet = self._setter.fonts.bold, self._sheet
        fill, at = placing.badge(box, sheet.grid, bold)
        yield sheet.fill(*sheet.frame(fill))
        yield line(bold.run(box.if_empty), at, self._well.inks(Weight.BOLD, at.size), sheet, white=True)

    def marks(self) -> Iterator[Stroke]:
        """Return the screened mark of every ply, and white where codes stand: it never costs a code its contrast."""
        template, sheet = self._setter.template, self._sheet
        for ply in template.plies:
            yield self._mark(ply.specimen)
        part = template.whole
        for area in (*[bars.area for bars in part.bars], *part.qrs):
            yield sheet.fill(*sheet.frame(sheet.grid.place(area)), white=True)

    def _mark(self, mark: Mark) -> Stroke:
        sheet, bold = self._sheet, self._setter.fonts.bold
        at = placing.mark(mark, sheet.grid, bold)
        start = at.x * sheet.scale, (sheet.grid.height - at.y) * sheet.scale
        image = Image.new("L", (sheet.width + sheet.height, sheet.height))  # before it is turned the mark is longer than wide
        font = open_font(bold.path, bold.face, at.size * sheet.scale)
        ImageDraw.Draw(image).text(start, mark.text, fill=255, font=font, anchor="ls")
        turned = image.rotate(degrees(atan2(at.sin, at.cos)), resample=Image.Resampling.BICUBIC, center=start)
        packed = turned.crop((0, 0, sheet.width, sheet.height)).point(lambda grey: 255 * (grey >= _HALF), "1").tobytes()
        each, bits = sheet.stride - len(FILTER), 0
        for row in range(sheet.height):
            ink = int.from_bytes(packed[row * each : (row + 1) * each], "big")
            bits = bits << sheet.row_bits | ink & _screen(row, each)
        return sheet.stroke(0, sheet.height, bits)


def _screen(row: int, width: int) -> int:
    """Return which dots of a row are ink where the mark is, as so many bytes."""
    start = row * _GREY_SLANT % _GREY_EVERY
    return sum(1 << at for at in range(start, width * 8, _GREY_EVERY))
