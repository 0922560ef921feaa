"""What is the same on every label, as Form XObjects written once a document: lines, captions, badges, the specimen mark."""

from __future__ import annotations

import zlib
from math import atan2, cos, sin
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.label.glyphs.typeface import EM
from yinji.label.layout.template import Area, Box, Disc, Template, Weight, dots
from yinji.label.writers.pdf.grid import Grid, middle_baseline
from yinji.label.writers.pdf.pieces import caption

if TYPE_CHECKING:
    from yinji.label.glyphs.typeface import Typeface
    from yinji.label.layout.typesetter import Typesetter

FRAME: Final = "F"
BY_HAND: Final = "H"
SPECIMEN: Final = "S"
"""Names of the forms in the page resources."""

_CURVE: Final = 0.5523  # how far the handles of four Bézier curves reach to draw a circle
_LINE_OF_FRAMES: Final = 2  # dots
_GREY: Final = 0.86
_IDEOGRAPH_MIDDLE: Final = 0.38  # em above the baseline: an ideograph reaches from -0.12 to 0.88
_BADGE_SIZE: Final = 8.0  # mm
_BADGE_MARGIN: Final = 3.0


class Form(NamedTuple):
    """Content of one form and the characters it uses of each weight."""

    deflated: bytes
    regular: str
    bold: str


def _form(content: str, regular: str, bold: str) -> Form:
    return Form(zlib.compress(content.encode("ascii"), 9), regular, bold)


def forms(setter: Typesetter) -> dict[str, Form]:
    """Return the forms of a template by their names in the page resources."""
    template, bold = setter.template, setter.fonts.bold
    grid = Grid(template.width, template.height)
    return {
        FRAME: _frame(setter, grid),
        BY_HAND: _badge(next(box for box in template.boxes if box.if_empty), grid, bold),
        SPECIMEN: _specimen(template, grid, bold),
    }


def _frame(setter: Typesetter, grid: Grid) -> Form:
    template = setter.template
    areas = [grid.place(area).path for area in (*template.rules, *template.fills)]
    discs = [_disc(disc, grid) for disc in template.discs]
    frames = [_outline(area, grid) for area in template.frames]
    texts = [caption(each, grid, setter.typeface(each.weight)) for each in template.captions]
    texts += [_disc_text(disc, grid, setter.fonts.bold) for disc in template.discs]
    content = "\n".join((*areas, "f", *discs, *frames, "BT", *texts, "ET\n"))
    regular = "".join(each.text for each in template.captions if each.weight is Weight.REGULAR)
    heavy = "".join(each.text for each in template.captions if each.weight is Weight.BOLD)
    return _form(content, regular, heavy + "".join(disc.text for disc in template.discs))


def _outline(area: Area, grid: Grid) -> str:
    """Return a frame as filled lines, which keep to dots where a stroke would straddle them."""
    x, y, w, h = grid.place(area)
    line = _LINE_OF_FRAMES
    return f"{x} {y} {w} {h} re {x + line} {y + line} {w - 2 * line} {h - 2 * line} re f*"


def _disc(disc: Disc, grid: Grid) -> str:
    radius = dots(disc.diameter) / 2
    x, y = dots(disc.x) + radius, grid.height - dots(disc.y) - radius
    k = radius * _CURVE
    return (
        f"{x + radius:g} {y:g} m {x + radius:g} {y + k:.2f} {x + k:.2f} {y + radius:g} {x:g} {y + radius:g} c "
        f"{x - k:.2f} {y + radius:g} {x - radius:g} {y + k:.2f} {x - radius:g} {y:g} c "
        f"{x - radius:g} {y - k:.2f} {x - k:.2f} {y - radius:g} {x:g} {y - radius:g} c "
        f"{x + k:.2f} {y - radius:g} {x + radius:g} {y - k:.2f} {x + radius:g} {y:g} c f"
    )


def _disc_text(disc: Disc, grid: Grid, bold: Typeface) -> str:
    place = grid.place(Area(disc.x, disc.y, disc.diameter, disc.diameter))
    size = dots(disc.size)
    x = place.x + (place.w - size) // 2
    y = round(place.y + place.h / 2 - _IDEOGRAPH_MIDDLE * size)
    return f"1 g /B {size} Tf 1 0 0 1 {x} {y} Tm <{bold.run(disc.text)}> Tj 0 g\n"


def _badge(box: Box, grid: Grid, bold: Typeface) -> Form:
    """Return the badge for parcels that no machine sorts: white letters on black."""
    size = dots(_BADGE_SIZE)
    width = bold.width(box.if_empty) * size // EM
    margin = dots(_BADGE_MARGIN)
    outer = grid.place(box.area)
    left = outer.x + (outer.w - width) // 2
    fill = outer._replace(x=left - margin, w=width + 2 * margin, y=outer.y + 4, h=outer.h - 8)
    y = middle_baseline(outer, size)
    text = f"1 g BT /B {size} Tf 1 0 0 1 {left} {y} Tm <{bold.run(box.if_empty)}> Tj ET 0 g\n"
    return _form(f"{fill.path} f\n{text}", "", box.if_empty)


def _specimen(template: Template, grid: Grid, bold: Typeface) -> Form:
    """Return the grey mark, and white where codes stand: it never costs a code its contrast."""
    text = template.specimen.text
    area, size = grid.place(template.specimen.area), dots(template.specimen.size)
    angle = atan2(area.h, area.w)
    along, across = bold.width(text) * size / EM / 2, _IDEOGRAPH_MIDDLE * size
    c, s = cos(angle), sin(angle)
    x = area.x + area.w / 2 - along * c + across * s
    y = area.y + area.h / 2 - along * s - across * c
    mark = f"{_GREY} g BT /B {size} Tf {c:.5f} {s:.5f} {-s:.5f} {c:.5f} {x:.1f} {y:.1f} Tm <{bold.run(text)}> Tj ET"
    codes = [grid.place(area).path for area in (*[bars.area for bars in template.bars], template.qr)]
    return _form(f"{mark}\n1 g {' '.join(codes)} f 0 g\n", "", text)
