"""What is the same on every label, or on every label that has a text, as Form XObjects written once a document: lines, captions,
badges, tear lines, the specimen mark.
"""

from __future__ import annotations

import zlib
from math import atan2, cos, sin
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.label.glyphs.typeface import EM
from yinji.label.layout.template import NOTHING, QUARTER, Area, Box, Disc, Mark, Part, Template, Weight, dots
from yinji.label.writers.pdf.grid import Grid, middle_baseline
from yinji.label.writers.pdf.pieces import caption

if TYPE_CHECKING:
    from yinji.label.glyphs.typeface import Typeface
    from yinji.label.layout.typesetter import Typesetter

FRAME: Final = "F"
SPECIMEN: Final = "S"
"""Names of forms in the page resources."""

_CURVE: Final = 0.5523  # how far the handles of four Bézier curves reach to draw a circle
_LINE_OF_FRAMES: Final = 2  # dots
_GREY: Final = 0.86
_IDEOGRAPH_MIDDLE: Final = 0.38  # em above the baseline: an ideograph reaches from -0.12 to 0.88
_BADGE_MARGIN: Final = 3.0  # mm
_DASH: Final = 2.0
_BETWEEN_DASHES: Final = 1.5


class Form(NamedTuple):
    """Content of one form and the characters it uses of each weight."""

    deflated: bytes
    regular: str
    bold: str


def _form(content: str, regular: str, bold: str) -> Form:
    return Form(zlib.compress(content.encode("ascii"), 9), regular, bold)


def there(at: int) -> str:
    """Return the name of what stands around the text of box ``at``."""
    return f"K{at}"


def absent(at: int) -> str:
    """Return the name of what stands in box ``at`` where its text is empty."""
    return f"E{at}"


def forms(setter: Typesetter) -> dict[str, Form]:
    """Return the forms of a template by their names in the page resources."""
    template, bold = setter.template, setter.fonts.bold
    grid = Grid(template.width, template.height)
    found = {FRAME: _frame(setter, grid), SPECIMEN: _specimen(template, grid, bold)}
    for at, box in enumerate(template.boxes):
        if box.around != NOTHING:
            found[there(at)] = _drawn(box.around, setter, grid)
        if box.if_empty:
            found[absent(at)] = _badge(box, grid, bold)
    return found


def _frame(setter: Typesetter, grid: Grid) -> Form:
    template = setter.template
    tears = tuple(dash for y in template.tears for dash in _dashes(y, template.width))
    return _drawn(template.whole + Part(fills=tears), setter, grid)


def _dashes(y: float, width: float) -> list[Area]:
    """Return a tear line from edge to edge."""
    step = _DASH + _BETWEEN_DASHES
    return [Area(at * step, y, min(_DASH, width - at * step), QUARTER) for at in range(int((width - QUARTER) / step) + 1)]


def _drawn(part: Part, setter: Typesetter, grid: Grid) -> Form:
    """Return everything of a part that is the same on every label."""
    areas = [grid.place(area).path for area in (*part.rules, *part.fills)]
    discs = [_disc(disc, grid) for disc in part.discs]
    frames = [_outline(area, grid) for area in part.frames]
    texts = [caption(each, grid, setter.typeface(each.weight)) for each in part.captions]
    texts += [_disc_text(disc, grid, setter.fonts.bold) for disc in part.discs]
    filled = (*areas, "f") if areas else ()
    shown = ("BT", *texts, "ET") if texts else ()
    regular = "".join(each.text for each in part.captions if each.weight is Weight.REGULAR)
    heavy = "".join(each.text for each in part.captions if each.weight is Weight.BOLD)
    content = "\n".join((*filled, *discs, *frames, *shown, ""))
    return _form(content, regular, heavy + "".join(disc.text for disc in part.discs))


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
    margin = dots(_BADGE_MARGIN)
    outer = grid.place(box.area)
    size = min(dots(box.steps[0].size), (outer.w - 2 * margin) * EM // bold.width(box.if_empty)) * 4 // 5
    width = bold.width(box.if_empty) * size // EM
    left = outer.x + (outer.w - width) // 2
    fill = outer._replace(x=left - margin, w=width + 2 * margin, y=outer.y + 4, h=outer.h - 8)
    y = middle_baseline(outer, size)
    text = f"1 g BT /B {size} Tf 1 0 0 1 {left} {y} Tm <{bold.run(box.if_empty)}> Tj ET 0 g\n"
    return _form(f"{fill.path} f\n{text}", "", box.if_empty)


def _specimen(template: Template, grid: Grid, bold: Typeface) -> Form:
    """Return the grey mark of every ply, and white where codes stand: it never costs a code its contrast."""
    marks = " ".join(_mark(ply.specimen, grid, bold) for ply in template.plies)
    part = template.whole
    codes = [grid.place(area).path for area in (*[bars.area for bars in part.bars], *part.qrs)]
    content = f"{_GREY} g BT {marks} ET\n1 g {' '.join(codes)} f 0 g\n"
    return _form(content, "", "".join(ply.specimen.text for ply in template.plies))


def _mark(mark: Mark, grid: Grid, bold: Typeface) -> str:
    area, size = grid.place(mark.area), dots(mark.size)
    angle = atan2(area.h, area.w)
    along, across = bold.width(mark.text) * size / EM / 2, _IDEOGRAPH_MIDDLE * size
    c, s = cos(angle), sin(angle)
    x = area.x + area.w / 2 - along * c + across * s
    y = area.y + area.h / 2 - along * s - across * c
    return f"/B {size} Tf {c:.5f} {s:.5f} {-s:.5f} {c:.5f} {x:.1f} {y:.1f} Tm <{bold.run(mark.text)}> Tj"
