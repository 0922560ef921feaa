"""Codes and numbers as pieces of page content, in whole dots."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from yinji.label.codes import code128
from yinji.label.codes.grammar import in_groups, master_shown
from yinji.label.codes.qr import QUIET_MODULES, QrTable
from yinji.label.glyphs.typeface import EM
from yinji.label.layout.template import DOTS_PER_MM, Align, Turn, dots
from yinji.label.writers.pdf.grid import Grid, Place, middle_baseline

if TYPE_CHECKING:
    from yinji.label.layout.template import NumberText
    from yinji.label.layout.typesetter import Typesetter

_BAR_LEAST: Final = 2
"""In dots of a 203 dpi head, 0.25 mm: a thermal head's single dot bleeds into its neighbour."""

_QR_LEAST: Final = 3
"""In dots of a 203 dpi head, 0.375 mm a module: what a telephone reads at arm's length."""

_INSET: Final = 0.005
"""Of a dot: readers fill every dot that an image touches, and would add a row where rounding touches the next one."""


class CodeMaker:
    """Places the codes of one template, in whole dots of a print head with ``head`` dots in a millimetre."""

    def __init__(self, setter: Typesetter, *, head: int) -> None:
        """Prepare the template's places."""
        template = setter.template
        grid, part = Grid(template.width, template.height), template.whole
        self._bars = [(grid.place(bars.area), bars.dots_max) for bars in part.bars]
        self._numbers = [(grid.place(each.area), dots(each.size), each) for each in part.numbers]
        self._masters = [(grid.place(each.area), dots(each.size), each) for each in part.masters]
        self._qr_places = [grid.place(area) for area in part.qrs]
        self._link = setter.link
        self._bold = setter.fonts.bold
        self._unit = DOTS_PER_MM / head  # of a page, one dot of the head
        self._bars_head = cache(self._place_bars)
        self._numbers_head = cache(self._place_numbers)
        self._qr_table = cache(self._place_qr)

    def bars(self, number: str) -> str:
        """Return every Code 128 of the label."""
        drawn = code128.draw(number)
        return "".join([f"{head}{drawn.path}f Q\n" for head in self._bars_head(drawn.modules)])

    def qr(self, token: str) -> str:
        """Return the QR code as an inline image mask, as often as the template has a place for it."""
        payload = (self._link + token).encode("ascii")
        table, heads = self._qr_table(len(payload))
        drawn = table.draw(payload)
        return "".join([f"{head}{drawn}> EI Q\n" for head in heads])

    def numbers(self, number: str) -> str:
        """Return the waybill number in groups wherever the template wants it (inside BT … ET)."""
        groups = in_groups(number)
        run = self._bold.run(groups)
        return "".join([f"{head}{run}> Tj\n" for head in self._numbers_head(self._bold.width(groups))])

    def masters(self, number: str) -> str:
        """Return the master number of a parcel of several packages (inside BT … ET)."""
        says = master_shown(number)
        run, width = self._bold.run(says), self._bold.width(says)
        return "".join([f"{_number(place, size, width, each)}{run}> Tj\n" for place, size, each in self._masters])

    def _place_numbers(self, width: int) -> list[str]:
        """Return the start of each number text. Digits are equally wide, so few widths occur."""
        return [_number(place, size, width, each) for place, size, each in self._numbers]

    def _head_dots(self, length: int) -> int:
        """Return how many dots of the head a length of the page holds."""
        return int(length / self._unit + _INSET)

    def _place_bars(self, modules: int) -> list[str]:
        """Return the start of each code: bars as wide as the place allows, in whole dots, in its middle."""
        heads = []
        for place, dots_max in self._bars:
            held = self._head_dots(place.w)
            width = min(self._head_dots(dots_max), held // (modules + 2 * code128.QUIET_MODULES))
            if width < self._head_dots(_BAR_LEAST):
                raise ValueError(f"{modules} modules do not fit {place.w} dots")
            x = place.x + (held - modules * width) // 2 * self._unit
            heads.append(f"q {width * self._unit:.9g} 0 0 {place.h} {x:.9g} {place.y} cm\n")
        return heads

    def _place_qr(self, length: int) -> tuple[QrTable, list[str]]:
        table, unit = QrTable(length), self._unit
        heads = []
        for place in self._qr_places:
            wide, high = self._head_dots(place.w), self._head_dots(place.h)
            module = min(wide, high) // (table.side + 2 * QUIET_MODULES)
            if module < self._head_dots(_QR_LEAST):
                raise ValueError(f"a QR code of {length} bytes does not fit")
            side = module * table.side
            left, low = place.x + (wide - side) // 2 * unit + _INSET, place.y + (high - side) // 2 * unit + _INSET
            inner = side * unit - 2 * _INSET
            image = f"BI /W {table.side} /H {table.side} /IM true /BPC 1 /F /AHx ID "
            heads.append(f"q {inner:.9g} 0 0 {inner:.9g} {left:.9g} {low:.9g} cm\n{image}")
        return table, heads


def _number(place: Place, size: int, width: int, text: NumberText) -> str:
    """Return the start of a number in its place, smaller where it would be longer than the place."""
    turn = text.turn
    length = place.w if turn is Turn.ACROSS else place.h
    size = min(size, length * EM // width)
    along = (length - width * size // EM) // (2 if text.align is Align.CENTRE else 1)
    if turn is Turn.ACROSS:
        return f"/B {size} Tf 1 0 0 1 {place.x + along} {middle_baseline(place, size)} Tm <"
    across = middle_baseline(Place(0, 0, place.h, place.w), size)
    if turn is Turn.UP:
        return f"/B {size} Tf 0 1 -1 0 {place.x + place.w - across} {place.y + along} Tm <"
    return f"/B {size} Tf 0 -1 1 0 {place.x + across} {place.y + place.h - along} Tm <"
