"""Codes and numbers as pieces of page content, in whole dots."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from yinji.label.codes import code128
from yinji.label.codes.grammar import in_groups, master_shown
from yinji.label.codes.qr import QrTable
from yinji.label.layout.template import Turn, dots
from yinji.label.writers import placing
from yinji.label.writers.grid import Grid, Place

if TYPE_CHECKING:
    from yinji.label.layout.template import NumberText
    from yinji.label.layout.typesetter import Typesetter

_INSET: Final = 0.005
"""Of a dot: readers fill every dot that an image touches, and would add a row where rounding touches the next one."""

_TURNS: Final = {Turn.ACROSS: "1 0 0 1", Turn.UP: "0 1 -1 0", Turn.DOWN: "0 -1 1 0"}


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
        self._head = placing.Head(head)
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

    def _place_bars(self, modules: int) -> list[str]:
        """Return the start of each code: a module in whole dots of the head."""
        heads, unit = [], self._head.unit
        for place, dots_max in self._bars:
            width, left = self._head.bars(place, dots_max=dots_max, modules=modules)
            heads.append(f"q {width * unit:.9g} 0 0 {place.h} {place.x + left * unit:.9g} {place.y} cm\n")
        return heads

    def _place_qr(self, length: int) -> tuple[QrTable, list[str]]:
        table, unit = QrTable(length), self._head.unit
        heads = []
        for place in self._qr_places:
            module, left, low = self._head.qr(place, side=table.side)
            inner = module * table.side * unit - 2 * _INSET
            x, y = place.x + left * unit + _INSET, place.y + low * unit + _INSET
            image = f"BI /W {table.side} /H {table.side} /IM true /BPC 1 /F /AHx ID "
            heads.append(f"q {inner:.9g} 0 0 {inner:.9g} {x:.9g} {y:.9g} cm\n{image}")
        return table, heads


def _number(place: Place, size: int, width: int, text: NumberText) -> str:
    """Return the start of a number in its place."""
    x, y, size = placing.number(place, size, width, text)
    return f"/B {size} Tf {_TURNS[text.turn]} {x} {y} Tm <"
