"""A calibration sheet as dots: what is fixed as on a label, both codes, and single dots of the head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.label.writers.raster.codes import CodePlotter
from yinji.label.writers.raster.glyphs import Inkwell
from yinji.label.writers.raster.layers import Layers
from yinji.label.writers.raster.raster import Raster
from yinji.label.writers.raster.sheet import Sheet, draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yinji.label.layout.calibration import Dots
    from yinji.label.layout.typesetter import Typesetter


def calibration_raster(setter: Typesetter, fine: Sequence[Dots], *, head: int, number: str, token: str) -> Raster:
    """Return the sheet. ``setter`` is for the sheet's template; ``fine`` in dots of a head with ``head`` in a millimetre."""
    sheet = Sheet(setter.template.width, setter.template.height, head=head)
    well = Inkwell(setter.fonts, sheet)
    codes = CodePlotter(setter, sheet, well)
    layers = Layers(setter, sheet, well)
    page = layers.under(layers.kind((), specimen=False))
    draw(page, [*codes.bars(number), *codes.qr(token), *codes.numbers(number), *[sheet.fill(*each) for each in fine]])
    return Raster(bytes(page), width=sheet.width, height=sheet.height, head=head)
