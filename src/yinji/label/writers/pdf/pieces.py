"""Text boxes as pieces of page content: everything but glyphs is written when the template is prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.label.glyphs.typeface import EM
from yinji.label.layout.template import Align, Box, Caption, dots
from yinji.label.writers import placing
from yinji.label.writers.grid import Grid, first_baseline, leading
from yinji.label.writers.pdf.grid import RESOURCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from yinji.label.glyphs.typeface import Typeface
    from yinji.label.layout.fitting import Setting


def piece_maker(box: Box, grid: Grid) -> Callable[[Setting], str]:
    """Return what turns a setting of this box into page content (inside BT … ET)."""
    make = _from_left(box, grid) if box.align is Align.LEFT else _aligned(box, grid)
    return _repeating(make) if box.repeats else make


def _repeating(make: Callable[[Setting], str]) -> Callable[[Setting], str]:
    """Remember the last piece: neighbouring labels share a carrier, and the fitter then hands on the same setting."""
    last: tuple[Setting | None, str] = (None, "")

    def piece(setting: Setting) -> str:
        nonlocal last
        if last[0] is not setting:
            last = (setting, make(setting))
        return last[1]

    return piece


def _from_left(box: Box, grid: Grid) -> Callable[[Setting], str]:
    place = grid.place(box.area)
    heads: list[list[str]] = []
    for step in box.steps:
        size = dots(step.size)
        font = f"/{RESOURCE[box.weight]} {size} Tf {leading(size)} TL 1 0 0 1 {place.x}"
        heads.append([f"{font} {first_baseline(place, size, n, top=box.top)} Tm <" for n in range(1, step.lines + 1)])

    def piece(setting: Setting) -> str:
        step, lines, _ = setting
        if not lines:
            return ""
        return f"{heads[step][len(lines) - 1]}{'> Tj T* <'.join(lines)}> Tj\n"

    return piece


def _aligned(box: Box, grid: Grid) -> Callable[[Setting], str]:
    place = grid.place(box.area)
    to_right = box.align is Align.RIGHT
    steps = []
    for step in box.steps:
        size = dots(step.size)
        firsts = [first_baseline(place, size, n, top=box.top) for n in range(1, step.lines + 1)]
        baselines = [[first - i * leading(size) for i in range(n)] for n, first in enumerate(firsts, 1)]
        steps.append((size, f"/{RESOURCE[box.weight]} {size} Tf ", baselines))
    colour, back = ("1 g ", "0 g\n") if box.white else ("", "")

    def piece(setting: Setting) -> str:
        step, lines, widths = setting
        size, head, baselines = steps[step]
        if not lines:
            return ""
        out = colour + head
        for line, width, y in zip(lines, widths, baselines[len(lines) - 1], strict=True):
            spare = place.w - width * size / EM
            x = place.x + int(spare if to_right else spare / 2)
            out += f"1 0 0 1 {x} {y} Tm <{line}> Tj\n"
        return out + back

    return piece


def caption(caption: Caption, grid: Grid, typeface: Typeface) -> str:
    """Return a fixed text as page content (inside BT … ET)."""
    x, y, size = placing.caption(caption, grid, typeface)
    head = f"/{RESOURCE[caption.weight]} {size} Tf 1 0 0 1 {x} {y} Tm"
    text = f"{head} <{typeface.run(caption.text)}> Tj\n"
    return f"1 g {text}0 g\n" if caption.white else text
