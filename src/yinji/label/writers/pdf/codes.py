"""Codes and numbers as pieces of page content, in whole dots."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from yinji.label.codes import code128
from yinji.label.codes.grammar import in_groups
from yinji.label.codes.qr import QUIET_MODULES, QrTable
from yinji.label.glyphs.typeface import EM
from yinji.label.layout.template import dots
from yinji.label.writers.pdf.grid import Grid, Place, middle_baseline

if TYPE_CHECKING:
    from yinji.label.glyphs.typeface import Typeface
    from yinji.label.layout.template import Template

_BAR_DOTS_LEAST: Final = 2
"""0.25 mm: a thermal head's single dot bleeds into its neighbour."""

_QR_DOTS_LEAST: Final = 3
"""0.375 mm a module: what a telephone reads at arm's length."""

_INSET: Final = 0.005
"""Of a dot: readers fill every dot that an image touches, and would add a row where rounding touches the next one."""


class CodeMaker:
    """Places the codes of one template. ``link`` stands before the token in the QR code."""

    def __init__(self, template: Template, link: str, bold: Typeface) -> None:
        """Prepare the template's places."""
        grid = Grid(template.width, template.height)
        self._bars = [(grid.place(bars.area), bars.dots_max) for bars in template.bars]
        self._numbers = [(grid.place(each.area), dots(each.size), each.turned) for each in template.numbers]
        self._qr_place = grid.place(template.qr)
        self._link = link
        self._bold = bold
        self._bars_head = cache(self._place_bars)
        self._numbers_head = cache(self._place_numbers)
        self._qr_table = cache(self._place_qr)

    def bars(self, number: str) -> str:
        """Return every Code 128 of the label."""
        drawn = code128.draw(number)
        return "".join([f"{head}{drawn.path}f Q\n" for head in self._bars_head(drawn.modules)])

    def qr(self, token: str) -> str:
        """Return the QR code as an inline image mask."""
        payload = (self._link + token).encode("ascii")
        table, head = self._qr_table(len(payload))
        return f"{head}{table.draw(payload)}> EI Q\n"

    def numbers(self, number: str) -> str:
        """Return the waybill number in groups wherever the template wants it (inside BT … ET)."""
        groups = in_groups(number)
        run = self._bold.run(groups)
        return "".join([f"{head}{run}> Tj\n" for head in self._numbers_head(self._bold.width(groups))])

    def _place_numbers(self, width: int) -> list[str]:
        """Return the start of each number text. Digits are equally wide, so few widths occur."""
        return [_number(place, size, width, turned=turned) for place, size, turned in self._numbers]

    def _place_bars(self, modules: int) -> list[str]:
        """Return the start of each code: bars as wide as the place allows, in whole dots, in its middle."""
        heads = []
        for place, dots_max in self._bars:
            width = min(dots_max, place.w // (modules + 2 * code128.QUIET_MODULES))
            if width < _BAR_DOTS_LEAST:
                raise ValueError(f"{modules} modules do not fit {place.w} dots")
            heads.append(f"q {width} 0 0 {place.h} {place.x + (place.w - modules * width) // 2} {place.y} cm\n")
        return heads

    def _place_qr(self, length: int) -> tuple[QrTable, str]:
        table, place = QrTable(length), self._qr_place
        module = min(place.w, place.h) // (table.side + 2 * QUIET_MODULES)
        if module < _QR_DOTS_LEAST:
            raise ValueError(f"a QR code of {length} bytes does not fit")
        side = module * table.side
        x, y = place.x + (place.w - side) // 2, place.y + (place.h - side) // 2
        left, low, inner = x + _INSET, y + _INSET, side - 2 * _INSET
        image = f"BI /W {table.side} /H {table.side} /IM true /BPC 1 /F /AHx ID "
        return table, f"q {inner:g} 0 0 {inner:g} {left:g} {low:g} cm\n{image}"


def _number(place: Place, size: int, width: int, *, turned: bool) -> str:
    """Return the start of a number in the middle of its place, smaller where it would be longer than the place."""
    length = place.h if turned else place.w
    size = min(size, length * EM // width)
    along = (length - width * size // EM) // 2
    if turned:
        x = place.x + place.w - middle_baseline(Place(0, 0, place.h, place.w), size)
        return f"/B {size} Tf 0 1 -1 0 {x} {place.y + along} Tm <"
    return f"/B {size} Tf 1 0 0 1 {place.x + along} {middle_baseline(place, size)} Tm <"
