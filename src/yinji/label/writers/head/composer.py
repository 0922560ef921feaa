"""From linted labels to pieces: what is fixed, what a box shows, codes and numbers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from yinji.label.codes import code128
from yinji.label.codes.qr import QrTable
from yinji.label.layout.template import Part
from yinji.label.writers import placing
from yinji.label.writers.head.pieces import BarCode, Fill, Outline, Picture, QrCode, trimmed
from yinji.label.writers.raster.codes import CodePlotter
from yinji.label.writers.raster.glyphs import Inkwell
from yinji.label.writers.raster.layers import Layers
from yinji.label.writers.raster.sheet import BYTE, FILTER, Sheet, Stroke, draw
from yinji.label.writers.raster.texts import TextBox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yinji.label.layout.fitting import Setting
    from yinji.label.layout.template import Area, Box, Caption
    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.writers.head.pieces import Piece

_INK: Final = bytes(255 - each for each in range(256))


class Composer:
    """The pieces of one template for one print head."""

    def __init__(self, setter: Typesetter, *, head: int) -> None:
        """Prepare everything that does not depend on a label; ``head`` in dots a millimetre."""
        template = setter.template
        self.setter = setter
        self.sheet = sheet = Sheet(template.width, template.height, head=head)
        self.head = placing.Head(head)
        well = Inkwell(setter.fonts, sheet)
        self._layers = Layers(setter, sheet, well)
        self._codes = CodePlotter(setter, sheet, well)
        self._strokes = [TextBox(box, sheet, well).stroke for box in template.boxes]
        self._under = self._grounds()
        self.around = cache(self._drawn_around)
        self.absent = cache(self._drawn_absent)
        self._side = lru_cache(maxsize=4)(lambda length: QrTable(length).side)

    def fixed(self, *, specimen: bool) -> list[Piece]:
        """Return what stands on every label, and the mark of specimens."""
        return [*(self.marks() if specimen else ()), *self.pieces(self.fixed_part())]

    def fixed_part(self) -> Part:
        """Return everything that is on every label, tear lines too, but the black that a box in white stands on."""
        template = self.setter.template
        tears = tuple(dash for y in template.tears for dash in placing.dashes(y, template.width))
        own = [ground for ground in self._under if ground is not None]
        plain = replace(template.whole, fills=tuple(area for area in template.whole.fills if area not in own))
        return plain + Part(fills=tears)

    def marks(self) -> list[Picture]:
        """Return the mark of specimens."""
        return list(self._picture(self._layers.marks()))

    def box(self, at: int, setting: Setting) -> list[Piece]:
        """Return what box number ``at`` shows, with what is drawn around a text; or its badge where it stands empty."""
        if not setting.lines:
            return self.absent(at)
        stroke = self._strokes[at](setting)
        if not stroke.white:
            return [*self.around(at), *self._of(stroke)]
        around = self.around_part(at)
        dark = Part(fills=around.fills, captions=tuple(each for each in around.captions if each.white))
        rest = Part(frames=around.frames, captions=tuple(each for each in around.captions if not each.white))
        return [*self.pieces(rest), *self._picture([*self._layers.part(dark), stroke])]

    def _drawn_around(self, at: int) -> list[Piece]:
        """Return what is drawn where a box has a text: its frame, its black, its captions."""
        return list(self.pieces(self.around_part(at)))

    def _drawn_absent(self, at: int) -> list[Piece]:
        """Return what a box shows without a text: a badge, or the black it stands on."""
        box = self.setter.template.boxes[at]
        return list(self._picture(self._layers.badge(box)) if box.if_empty else self.pieces(Part(fills=self._ground(at))))

    def around_part(self, at: int) -> Part:
        """Return what is declared around a box, and the black it stands on."""
        return self.setter.template.boxes[at].around + Part(fills=self._ground(at))

    def _ground(self, at: int) -> tuple[Area, ...]:
        ground = self._under[at]
        return () if ground is None else (ground,)

    def codes(self, number: str, token: str) -> Iterator[BarCode | QrCode]:
        """Return both codes wherever they stand."""
        part, grid, sheet = self.setter.template.whole, self.sheet.grid, self.sheet
        modules = (len(code128.symbols(number)) - 1) * code128.MODULES_PER_SYMBOL + code128.STOP_MODULES
        for bars in part.bars:
            place = grid.place(bars.area)
            module, start = self.head.bars(place, dots_max=bars.dots_max, modules=modules)
            left, top, _, rows = sheet.frame(place)
            yield BarCode(left + start, top, module, rows, number)
        payload = self.setter.link + token
        side = self._side(len(payload))
        for area in part.qrs:
            place = grid.place(area)
            module, start, foot = self.head.qr(place, side=side)
            left, top, _, high = sheet.frame(place)
            yield QrCode(left + start, top + high - foot - side * module, module, side, payload)

    def numbers(self, number: str, master: str) -> Iterator[Picture]:
        """Return the waybill number in groups wherever it stands, and the master number."""
        for stroke in self._codes.numbers(number):
            yield from self._of(stroke)
        if master:
            for stroke in self._codes.masters(master):
                yield from self._of(stroke)
        for first, top, each, rows in self._codes.strips(number):
            cut = trimmed(first * BYTE, top, [rows[at : at + each] for at in range(0, len(rows), each)])
            if cut:
                yield cut

    def _grounds(self) -> list[Area | None]:
        """Return, for every box in white, the black of the template that it stands on: both become one picture."""
        whole = self.setter.template.whole
        return [
            next((area for area in whole.fills if box.white and _inside(box, area)), None) for box in self.setter.template.boxes
        ]

    def pieces(self, part: Part) -> Iterator[Piece]:
        """Return a part: rectangles where the printer can draw them, pictures of the rest."""
        sheet, layers = self.sheet, self._layers
        yield from (Fill(*sheet.frame(sheet.grid.place(area))) for area in part.rules)
        white = [each for each in part.captions if each.white]
        for area in part.fills:
            if own := tuple(each for each in white if _inside(each, area)):
                yield from self._picture(layers.part(Part(fills=(area,), captions=own)))
            else:
                yield Fill(*sheet.frame(sheet.grid.place(area)))
        thick = round(placing.LINE_OF_FRAMES * sheet.scale)
        yield from (Outline(*sheet.frame(sheet.grid.place(area)), thick) for area in part.frames)
        for disc in part.discs:
            yield from self._picture(layers.part(Part(discs=(disc,))))
        for each in part.captions:
            if not each.white:
                yield from self._picture(layers.part(Part(captions=(each,))))

    def _picture(self, strokes: Iterable[Stroke]) -> Iterator[Picture]:
        """Return strokes as they look one upon the other."""
        sheet = self.sheet
        page = bytearray(sheet.blank())
        draw(page, strokes)
        rows = [bytes(page[at + len(FILTER) : at + sheet.stride]).translate(_INK) for at in range(0, len(page), sheet.stride)]
        if (cut := trimmed(0, 0, rows)) is not None:
            yield cut

    def _of(self, stroke: Stroke) -> Iterator[Picture]:
        """Return one stroke of ink."""
        stride = self.sheet.stride
        dots = stroke.bits.to_bytes(stroke.end - stroke.start, "big")
        rows = [dots[at + len(FILTER) : at + stride] for at in range(0, len(dots), stride)]
        if (cut := trimmed(0, stroke.start // stride, rows)) is not None:
            yield cut


def _inside(caption: Box | Caption, area: Area) -> bool:
    own = caption.area
    return area.x <= own.x and area.y <= own.y and own.x + own.w <= area.x + area.w and own.y + own.h <= area.y + area.h
