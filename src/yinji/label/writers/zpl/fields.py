"""Where the printer's own font sets a text: the commands before ^FD, worked out once for each box, step and number of lines."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.kernel.faults import Misuse
from yinji.label.codes.grammar import in_groups, master_shown
from yinji.label.glyphs.typeface import EM
from yinji.label.layout.fitting import Setting
from yinji.label.layout.template import Align, Area, Turn, dots
from yinji.label.writers import placing
from yinji.label.writers.grid import first_baseline, leading
from yinji.label.writers.head.pieces import BarCode, Fill
from yinji.label.writers.zpl.commands import commands
from yinji.label.writers.zpl.escaping import field

if TYPE_CHECKING:
    from yinji.label.layout.template import Part
    from yinji.label.writers.head.composer import Composer
    from yinji.label.writers.placing import Line

_FONT: Final = re.compile(r"[ABERZ]:[A-Za-z0-9_]{1,16}\.[A-Za-z]{3}", re.ASCII)
_TURNS: Final = {Turn.ACROSS: "N", Turn.UP: "B", Turn.DOWN: "R"}


class _Row(NamedTuple):
    """One line of a box, in dots of the head: ``spare`` and ``thin`` (a thousandth of an em) say where a line begins by its width."""

    left: int
    spare: float
    thin: float
    behind: str


_SHARES: Final = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}
"""Of what a line leaves free, so much stands before it."""


def demand_font(font: str) -> str:
    """Return the name of a font in a printer, such as ``E:SIMSUN.TTF``; raises Misuse for anything else."""
    if _FONT.fullmatch(font) is None:
        raise Misuse("a printer's font is named by drive and file, such as E:SIMSUN.TTF")
    return font.upper()


class Fields:
    """The beginnings of all fields of one template."""

    def __init__(self, composer: Composer, font: str) -> None:
        """Take a template's pieces, and the font's name."""
        self._composer = composer
        self._font = font
        self._boxes = composer.setter.template.boxes
        self.around = cache(self._around)
        self.absent = cache(self._absent)
        self._rows = cache(self._lines)
        self.rows = cache(self._whole)

    def _whole(self, at: int, step: int, lines: int) -> tuple[str, list[_Row]]:
        """Return what stands around a box, and its lines."""
        return self.around(at), self._rows(at, step, lines)

    def lines(self, at: int, setting: Setting) -> list[str]:
        """Return the beginning of each line of a text."""
        rows = self._rows(at, setting.step, len(setting.lines))
        if not setting.widths:
            return [f"^FT{row.left}{row.behind}" for row in rows]
        return [
            f"^FT{row.left + int(row.spare - row.thin * width)}{row.behind}"
            for row, width in zip(rows, setting.widths, strict=True)
        ]

    def _around(self, at: int) -> str:
        """Return what is drawn where a box has a text: its frame, its black, its caption."""
        return self.part(self._composer.around_part(at))

    def _absent(self, at: int) -> str:
        """Return what a box shows without a text: its badge, or the black it stands on."""
        box, composer = self._boxes[at], self._composer
        if not box.if_empty:
            return commands(composer.absent(at))
        place, line = placing.badge(box, composer.sheet.grid, composer.setter.fonts.bold)
        return commands([Fill(*composer.sheet.frame(place))]) + field(self._placed(line, "N") + "^FR", box.if_empty)

    def part(self, part: Part) -> str:
        """Return a part of the template, its fixed texts set by the printer."""
        composer = self._composer
        grid, typeface = composer.sheet.grid, composer.setter.typeface
        found = [commands(composer.pieces(replace(part, captions=(), discs=())))]
        for disc in part.discs:
            left, top, wide, _ = composer.sheet.frame(grid.place(Area(disc.x, disc.y, disc.diameter, disc.diameter)))
            found.append(f"^FO{left},{top}^GC{wide},{wide}^FS\n")
            found.append(field(self._placed(placing.disc(disc, grid), "N") + "^FR", disc.text))
        for each in part.captions:
            line = placing.caption(each, grid, typeface(each.weight))
            found.append(field(self._placed(line, "N") + ("^FR" if each.white else ""), each.text))
        return "".join(found)

    def bars(self, number: str) -> list[str]:
        """Return the beginnings of the bar codes of numbers of this form."""
        codes = self._composer.codes(number, "A" * 16)
        return [commands([each]).partition(number)[0] for each in codes if isinstance(each, BarCode)]

    def numbers(self, number: str) -> list[str]:
        """Return the beginnings of the number in groups, wherever it stands."""
        whole, grid = self._composer.setter.template.whole, self._composer.sheet.grid
        width = self._composer.setter.fonts.bold.width(in_groups(number))
        return [
            self._placed(placing.number(grid.place(each.area), dots(each.size), width, each), _TURNS[each.turn]) + "^FD"
            for each in whole.numbers
        ]

    def masters(self, master: str) -> list[str]:
        """Return the master number's fields."""
        whole, grid, says = self._composer.setter.template.whole, self._composer.sheet.grid, master_shown(master)
        width = self._composer.setter.fonts.bold.width(says)
        return [
            f"{self._placed(placing.number(grid.place(each.area), dots(each.size), width, each), 'N')}^FD{says}^FS\n"
            for each in whole.masters
        ]

    def _placed(self, line: Line, turn: str) -> str:
        sheet = self._composer.sheet
        size = round(line.size * sheet.scale)
        return f"^FT{round(line.x * sheet.scale)},{sheet.row(line.y)}^A@{turn},{size},{size},{self._font}"

    def _lines(self, at: int, step: int, lines: int) -> list[_Row]:
        """Return what is the same in every text of a box that has so many lines."""
        box, sheet = self._boxes[at], self._composer.sheet
        place = sheet.grid.place(box.area)
        size = dots(box.steps[step].size)
        first = first_baseline(place, size, lines, top=box.top)
        high, share = round(size * sheet.scale), _SHARES[box.align]
        behind = f"^A@N,{high},{high},{self._font}{'^FR' if box.white else ''}"
        left, spare, thin = round(place.x * sheet.scale), share * place.w * sheet.scale, share * size * sheet.scale / EM
        return [_Row(left, spare, thin, f",{sheet.row(first - line * leading(size))}{behind}") for line in range(lines)]
