"""One label as one raster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.kernel.faults import Misuse
from yinji.label.writers.raster.codes import CodePlotter
from yinji.label.writers.raster.glyphs import Inkwell
from yinji.label.writers.raster.layers import Layers
from yinji.label.writers.raster.neighbours import Neighbours
from yinji.label.writers.raster.raster import Raster
from yinji.label.writers.raster.sheet import Sheet, draw
from yinji.label.writers.raster.texts import TextBox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.passed import Label


class Plotter:
    """Draws the labels of one typesetter, for print heads with ``head`` dots in a millimetre."""

    def __init__(self, setter: Typesetter, *, head: int) -> None:
        """Prepare everything that does not depend on a label."""
        template = setter.template
        self.setter = setter
        self._sheet = sheet = Sheet(template.width, template.height, head=head)
        self._well = well = Inkwell(setter.fonts, sheet)
        self._layers = Layers(setter, sheet, well)
        self._codes = CodePlotter(setter, sheet, well)
        self._strokes = [TextBox(box, sheet, well).stroke for box in template.boxes]
        self._repeating = [at for at, box in enumerate(template.boxes) if box.repeats]

    def plot(self, labels: Iterable[Label]) -> Iterator[Raster]:
        """Return the dots of each label, in their order; raises Misuse for one that was set for another press."""
        neighbours = Neighbours(self._layers, self._strokes, self._repeating)
        sheet = self._sheet
        for label in labels:
            if label.passed.setter is not self.setter:
                raise Misuse("a label was set for another press")
            dots = self._dots(label, *neighbours.under(label.passed))
            yield Raster(dots, width=sheet.width, height=sheet.height, head=sheet.head)

    def _dots(self, label: Label, page: bytearray, boxes: list[int]) -> bytes:
        """Return the finished sheet: ``page`` with codes, numbers, and the texts of ``boxes``."""
        codes, settings = self._codes, label.passed.settings
        strokes = [*codes.bars(label.number), *codes.qr(label.token), *codes.numbers(label.number)]
        if label.master:
            strokes += codes.masters(label.master)
        strokes += [self._strokes[at](settings[at]) for at in boxes if settings[at].lines]
        draw(page, strokes)
        codes.turn(page, label.number)
        return bytes(page)
