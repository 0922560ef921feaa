"""Codes and numbers as strokes, placed on the dots of the head exactly as the PDF places them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from yinji.label.codes import code128
from yinji.label.codes.grammar import in_groups, master_shown
from yinji.label.codes.qr import QrTable
from yinji.label.layout.template import Turn, Weight, dots
from yinji.label.writers import placing
from yinji.label.writers.raster.sheet import BYTE
from yinji.label.writers.raster.texts import line
from yinji.label.writers.raster.turned import TurnedNumber

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.layout.template import NumberText
    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.writers.grid import Place
    from yinji.label.writers.raster.glyphs import Inkwell
    from yinji.label.writers.raster.sheet import Sheet, Stroke

_BYTES: Final = 256


@cache
def _bars_table(width: int) -> tuple[tuple[int, int], ...]:
    """Return each symbol's dots with bars ``width`` dots a module, and how many dots it is wide."""
    return tuple((_symbol(widths, width), sum(map(int, widths)) * width) for widths in code128.WIDTHS)


def _symbol(widths: str, width: int) -> int:
    bits = 0
    for at, modules in enumerate(map(int, widths)):
        bits = bits << modules * width | (((1 << modules * width) - 1) if at % 2 == 0 else 0)
    return bits


@cache
def _wider(module: int) -> tuple[bytes, ...]:
    """Return each byte of eight modules, a light one 1, as ``module`` bytes of dots, ink 1."""
    wide = [sum(((1 << module) - 1) << bit * module for bit in range(BYTE) if not byte >> bit & 1) for byte in range(_BYTES)]
    return tuple(each.to_bytes(module, "big") for each in wide)


class CodePlotter:
    """Draws the codes and numbers of one template."""

    def __init__(self, setter: Typesetter, sheet: Sheet, well: Inkwell) -> None:
        """Prepare the template's places."""
        part, grid = setter.template.whole, sheet.grid
        self._sheet = sheet
        self._well = well
        self._head = placing.Head(sheet.head)
        self._bars = [(grid.place(bars.area), bars.dots_max) for bars in part.bars]
        self._qrs = [grid.place(area) for area in part.qrs]
        self._link = setter.link
        self._bold = setter.fonts.bold
        across = [each for each in part.numbers if each.turn is Turn.ACROSS]
        self._numbers = [(grid.place(each.area), dots(each.size), each) for each in across]
        self._masters = [(grid.place(each.area), dots(each.size), each) for each in part.masters]
        self._turned = [TurnedNumber(each, sheet, well) for each in part.numbers if each.turn is not Turn.ACROSS]
        self._table = lru_cache(maxsize=4)(QrTable)

    def bars(self, number: str) -> Iterator[Stroke]:
        """Return every Code 128 of the label."""
        values, sheet = code128.symbols(number), self._sheet
        modules = (len(values) - 1) * code128.MODULES_PER_SYMBOL + code128.STOP_MODULES
        for place, dots_max in self._bars:
            width, start = self._head.bars(place, dots_max=dots_max, modules=modules)
            table, row = _bars_table(width), 0
            for value in values:
                symbol, wide = table[value]
                row = row << wide | symbol
            left, top, _, rows = sheet.frame(place)
            yield sheet.alike(top, rows, row << (sheet.edge - left - start - modules * width))

    def qr(self, token: str) -> Iterator[Stroke]:
        """Return the QR code, as often as the template has a place for it."""
        payload = (self._link + token).encode("ascii")
        table, sheet = self._table(len(payload)), self._sheet
        modules = bytes.fromhex(table.draw(payload))
        each = -(-table.side // BYTE)
        for place in self._qrs:
            module, start, foot = self._head.qr(place, side=table.side)
            wider, spare = _wider(module).__getitem__, (each * BYTE - table.side) * module
            left, top, _, high = sheet.frame(place)
            shift, side = sheet.edge - left - start - table.side * module, table.side * module
            rows = [
                (int.from_bytes(b"".join(map(wider, modules[at : at + each])), "big") >> spare << shift).to_bytes(
                    sheet.stride, "big"
                )
                * module
                for at in range(0, len(modules), each)
            ]
            yield sheet.stroke(top + high - foot - side, side, int.from_bytes(b"".join(rows), "big"))

    def numbers(self, number: str) -> Iterator[Stroke]:
        """Return the waybill number in groups wherever the template wants it across the label."""
        groups = in_groups(number)
        return self._lines(groups, self._numbers)

    def masters(self, number: str) -> Iterator[Stroke]:
        """Return the master number of a parcel of several packages."""
        return self._lines(master_shown(number), self._masters)

    def turn(self, page: bytearray, number: str) -> None:
        """Draw the waybill number along the edges, where the template wants it."""
        groups = in_groups(number)
        width = self._bold.width(groups)
        for turned in self._turned:
            turned.draw(page, groups, width)

    def strips(self, number: str) -> Iterator[tuple[int, int, int, bytes]]:
        """Return the waybill number along the edges, each time by itself (`TurnedNumber.strip`)."""
        groups = in_groups(number)
        width = self._bold.width(groups)
        return (turned.strip(groups, width) for turned in self._turned)

    def _lines(self, says: str, places: list[tuple[Place, int, NumberText]]) -> Iterator[Stroke]:
        run, width = self._bold.run(says), self._bold.width(says)
        for place, size, text in places:
            at = placing.number(place, size, width, text)
            yield line(run, at, self._well.inks(Weight.BOLD, at.size), self._sheet)
