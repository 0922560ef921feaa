"""The calibration sheet: what a printer is measured with, on the paper of one label size. It is no label, and shows nobody.

Two rulers whose strokes begin at whole millimetres, corners two millimetres from the paper's edges, squares of a known size, the
Code 128 and the QR code in the modules of that size's labels, lines of one to four dots and single dots of the print head, the
smallest letters, a bar that shows a dead dot as a white line, and what to do about what is measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.kernel.said import Said
from yinji.label.layout.shrinking import LEAST
from yinji.label.layout.template import QUARTER, Align, Area, Bars, Caption, Mark, NumberText, Part, Ply, Template, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

INSET: Final = 2.0
"""How far the outer edges of the corner marks stand from the paper's edges, in millimetres."""

MEASURED: Final = 100
"""Millimetres that the words on the sheet speak of: every paper's upright ruler is as long, or longer."""

_CORNER: Final = 5.0
_LEFT: Final = 13.5
_TOP: Final = 15.5
_QR: Final = (22.5, 20.75)
"""The place for a QR code where the size's own label has none (the slip)."""

_STROKES: Final = ((10, 4.0), (5, 3.0), (1, 2.0))
"""How long the stroke of every tenth, fifth and other millimetre is."""

_GROUP: Final = 5.0
_DOTS_APART: Final = 4
_SAMPLE: Final = "隐寄面单 国家邮政 0123456789 ABC"


class Ruler(NamedTuple):
    """A ruler from zero at ``x``, ``y``: ``length`` millimetres to the right, or down."""

    x: float
    y: float
    length: int
    down: bool

    def strokes(self) -> Iterator[Area]:
        """Return a stroke a millimetre; its first edge stands at the whole millimetre."""
        for mm in range(self.length + 1):
            long = next(length for every, length in _STROKES if mm % every == 0)
            yield Area(self.x, self.y + mm, long, QUARTER) if self.down else Area(self.x + mm, self.y, QUARTER, long)

    def figures(self) -> Iterator[Caption]:
        """Return a figure each ten millimetres: beside an upright ruler, above a lying one."""
        for mm in range(0, self.length + 1, 10):
            if self.down:
                yield Caption(str(mm), Area(self.x + 4.25, self.y + mm - 1.25, 4.5, 2.75), 2.0)
            else:
                yield Caption(str(mm), Area(self.x + mm - 3.0, self.y - 2.75, 6.25, 2.5), 2.0, align=Align.CENTRE)


class Dots(NamedTuple):
    """A black rectangle in dots of the print head, from the upper left corner of the sheet."""

    x: int
    y: int
    w: int
    h: int


class Sheet(NamedTuple):
    """A calibration sheet, declared: ``template`` holds all but the ``fine`` dots, which are the head's own."""

    template: Template
    across: Ruler
    down: Ruler
    fine: tuple[Dots, ...]


def lying_mm(label: Template) -> int:
    """Return how long the lying ruler is on the paper of a label's template, in millimetres."""
    return int(label.width - 16) // 10 * 10


def sheet_of(label: Template, *, head: int) -> Sheet:
    """Return the sheet for the paper of a label's template and a head with ``head`` dots in a millimetre."""
    wide, high = label.width, label.height
    across = Ruler(10.0, 9.5, lying_mm(label), down=False)
    down = Ruler(3.0, 15.0, int(high - 30) // 10 * 10, down=True)
    part = (
        _corners(wide, high)
        + Part(rules=(*across.strokes(), *down.strokes()), captions=(*across.figures(), *down.figures()))
        + Part(rules=(Area(across.x, across.y, across.length, QUARTER), Area(down.x, down.y, QUARTER, down.length)))
        + _head(label, head)
        + _squares()
        + _codes(label)
        + _lines_said(head)
        + _texts(across.length)
    )
    ply = Ply(Said("校准", "calibration"), Area(0, 0, wide, high), part, Mark("", Area(0, 0, wide, high), 1.0))
    return Sheet(Template(f"calibration-{wide:g}x{high:g}", wide, high, (ply,)), across, down, _fine(head))


def _corners(wide: float, high: float) -> Part:
    right, low = wide - INSET, high - INSET
    lying = [Area(x, y, _CORNER, QUARTER) for x in (INSET, right - _CORNER) for y in (INSET, low - QUARTER)]
    upright = [Area(x, y, QUARTER, _CORNER) for x in (INSET, right - QUARTER) for y in (INSET, low - _CORNER)]
    return Part(rules=(*lying, *upright))


def _head(label: Template, head: int) -> Part:
    says = f"校准 {label.width:g}×{label.height:g} mm · 每毫米 {head} 点"
    return Part(captions=(Caption(says, Area(8.0, 2.25, label.width - 16.0, 3.75), 2.75, Weight.BOLD, Align.CENTRE),))


def _squares() -> Part:
    return Part(
        frames=(Area(_LEFT, _TOP, 20.0, 20.0),),
        fills=(Area(35.5, _TOP, 10.0, 10.0),),
        captions=(
            Caption("20 × 20 mm", Area(_LEFT, 24.0, 20.0, 3.0), 2.25, align=Align.CENTRE),
            Caption("10 × 10 mm", Area(35.0, 25.75, 15.0, 2.5), 2.0),
        ),
    )


def _codes(label: Template) -> Part:
    """Return both codes in the modules of the label's own, and above them the bar that shows dead dots."""
    own = label.whole
    bars, (side, high) = own.bars[0], own.qrs[0][2:] if own.qrs else _QR
    right, low = label.width - INSET, label.height - INSET
    return Part(
        rules=(Area(INSET, low - 11.25, right - INSET, 1.0),),
        bars=(Bars(Area(bars.area.x, low - 9.5, bars.area.w, 6.0), bars.dots_max),),
        numbers=(NumberText(Area(bars.area.x, low - 3.5, bars.area.w, 3.0), 2.75),),
        qrs=(Area(right - side, _TOP, side, high),),
    )


def _lines_said(head: int) -> Part:
    rows = [(many, Area(46.0, 38.5 + _GROUP * (many - 1), 28.0, 3.0)) for many in range(1, 5)]
    return Part(captions=tuple(Caption(f"{many} 点 {many / head:.3f} mm", area, 2.25) for many, area in rows))


def _texts(across: int) -> Part:
    """Return the smallest letters in both weights, and what to measure and to change."""
    smallest = f"{LEAST} mm {_SAMPLE}"
    samples = [
        Caption(smallest, Area(_LEFT, 59.0 + 2.5 * at, 60.0, 2.25), LEAST, weight)
        for at, weight in enumerate((Weight.REGULAR, Weight.BOLD))
    ]
    said = [Caption(text, Area(_LEFT, 65.0 + 3.0 * at, 60.0, 2.75), 2.125) for at, text in enumerate(_says(across)) if text]
    return Part(captions=(*samples, *said))


def _says(across: int) -> tuple[str, ...]:
    return (
        f"1 竖尺 0 到 {MEASURED} 量得 {MEASURED} mm，横尺 0 到 {across} 量得 {across} mm。",
        "   量得 97：关闭“适合页面”，按 100 % 打印。",
        "2 四角标记的外沿离纸边 2 mm；不是就调整打印偏移。",
        "3 扫描条码与二维码；黑条有白线，是打印头缺点。",
        "4 把量得的数填入控制台：模板 › 校准。",
        "",
        f"1 Rulers: 0 to {MEASURED} is {MEASURED} mm, 0 to {across} is {across} mm.",
        '   97? Switch off "fit to page", print at 100 %.',
        "2 Corners are 2 mm from the edges of the paper;",
        "   if not, change the offset of the printer.",
        "3 Scan both codes. A white line through",
        "   the black bar is a dead dot of the head.",
        "4 Enter what you measured in the console:",
        "   Templates › Calibration.",
    )


def _fine(head: int) -> tuple[Dots, ...]:
    """Return lines of one to four dots, as far apart as they are wide, lying and upright; and a field of single dots."""
    found: list[Dots] = []
    for many in range(1, 5):
        x, y = round(_LEFT * head), round((38.5 + _GROUP * (many - 1)) * head)
        steps = range(0, 3 * head - many + 1, 2 * many)
        found += [Dots(x, y + step, 20 * head, many) for step in steps]
        found += [Dots(round(35.5 * head) + step, y, many, 3 * head) for step in range(0, 9 * head, 2 * many)]
    left, top = round(35.5 * head), round(29.0 * head)
    found += [Dots(left + x, top + y, 1, 1) for y in range(0, 6 * head, _DOTS_APART) for x in range(0, 10 * head, _DOTS_APART)]
    return tuple(found)
