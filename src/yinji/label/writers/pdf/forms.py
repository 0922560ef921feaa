"""What is the same on every label, or on every label that has a text, as Form XObjects written once a document: lines, captions,
badges, tear lines, the specimen mark.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.label.layout.template import NOTHING, Area, Box, Disc, Mark, Part, Template, Weight, dots
from yinji.label.writers import placing
from yinji.label.writers.grid import Grid
from yinji.label.writers.pdf.pieces import caption

if TYPE_CHECKING:
    from yinji.label.glyphs.typeface import Typeface
    from yinji.label.layout.typesetter import Typesetter

FRAME: Final = "F"
SPECIMEN: Final = "S"
"""Names of forms in the page resources."""

_CURVE: Final = 0.5523  # how far the handles of four Bézier curves reach to draw a circle
_GREY: Final = 0.86


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
    tears = tuple(dash for y in template.tears for dash in placing.dashes(y, template.width))
    return _drawn(template.whole + Part(fills=tears), setter, grid)


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
    line = placing.LINE_OF_FRAMES
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
    x, y, size = placing.disc(disc, grid)
    return f"1 g /B {size} Tf 1 0 0 1 {x} {y} Tm <{bold.run(disc.text)}> Tj 0 g\n"


def _badge(box: Box, grid: Grid, bold: Typeface) -> Form:
    """Return the badge for parcels that no machine sorts: white letters on black."""
    fill, (left, y, size) = placing.badge(box, grid, bold)
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
    x, y, size, c, s = placing.mark(mark, grid, bold)
    return f"/B {size} Tf {c:.5f} {s:.5f} {-s:.5f} {c:.5f} {x:.1f} {y:.1f} Tm <{bold.run(mark.text)}> Tj"
