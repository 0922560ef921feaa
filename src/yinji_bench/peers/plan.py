"""What a label shows and where, in millimetres from the upper left corner, free of any engine."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import segno

from yinji.label.codes import code128
from yinji.label.codes.grammar import in_groups
from yinji.label.glyphs.typeface import ASCENT, EM, HEX_PER_GLYPH
from yinji.label.layout.fitting import LEADING, block_height
from yinji.label.layout.template import Align, Area, Box, Caption, Step, Template, Turn, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.fonts import Fonts
    from yinji.label.passed import Label

QR_VERSION: Final = 2
_QR_MODULE: Final = 0.625  # mm, five dots
_DOT: Final = 0.125
_QR_SIDE: Final = 25 * _QR_MODULE


class Text(NamedTuple):
    """One line. ``x`` and ``y`` are the start of its baseline."""

    x: float
    y: float
    size: float
    text: str
    bold: bool
    white: bool = False
    turned: bool = False


def fixed_texts(template: Template, fonts: Fonts) -> list[Text]:
    """Return the captions and badges."""
    texts = [_caption(caption, fonts) for caption in template.whole.captions]
    for disc in template.whole.discs:
        x = disc.x + (disc.diameter - disc.size) / 2
        texts.append(Text(x, disc.y + disc.diameter / 2 + 0.38 * disc.size, disc.size, disc.text, bold=True, white=True))
    return texts


def texts(label: Label) -> Iterator[Text]:
    """Return the label's own texts, broken into lines, and its number three times."""
    passed = label.passed
    setter = passed.setter
    for box, text, setting in zip(setter.template.boxes, passed.texts, passed.settings, strict=True):
        step, lines, widths = setting
        start = 0
        for at, line in enumerate(lines):
            end = start + len(line) // HEX_PER_GLYPH
            width = widths[at] if widths else 0
            yield _line(box, box.steps[step], text[start:end], at, len(lines), width)
            start = end
    number = in_groups(label.number)
    width = setter.fonts.bold.width(number)
    for area, size, turn, _ in setter.template.whole.numbers:
        turned = turn is not Turn.ACROSS
        spare = (area.h if turned else area.w) - width * size / EM
        if turned:
            yield Text(area.x + area.w / 2 + 0.35 * size, area.y + area.h - spare / 2, size, number, bold=True, turned=True)
        else:
            yield Text(area.x + spare / 2, area.y + area.h / 2 + 0.35 * size, size, number, bold=True)


def bars(label: Label) -> Iterator[Area]:
    """Return the bars of every Code 128."""
    symbols = code128.symbols(label.number)
    modules = (len(symbols) - 1) * code128.MODULES_PER_SYMBOL + 13
    for area, dots_max in label.passed.setter.template.whole.bars:
        module = dots_max * _DOT
        left = area.x + (area.w - modules * module) / 2
        for at, symbol in enumerate(symbols):
            for start, width in _bars_of(symbol):
                yield Area(left + (at * 11 + start) * module, area.y, width * module, area.h)


def bar_images(label: Label) -> Iterator[tuple[Area, list[int]]]:
    """Return every Code 128 as its place and one row of grey values, 0 or 255, a module each."""
    row = [0 if at % 2 == 0 else 255 for symbol in code128.symbols(label.number) for at in _colours(symbol)]
    for area, dots_max in label.passed.setter.template.whole.bars:
        width = len(row) * dots_max * _DOT
        yield Area(area.x + (area.w - width) / 2, area.y, width, area.h), row


def qr(label: Label) -> tuple[Area, Any]:
    """Return where the QR code stands, and the code by segno, version and mask given (six times faster than letting it try)."""
    place = label.passed.setter.template.whole.qrs[0]
    x, y = place.x + (place.w - _QR_SIDE) / 2, place.y + (place.h - _QR_SIDE) / 2
    code = segno.make(label.token, error="m", version=QR_VERSION, mask=2, micro=False, boost_error=False)
    return Area(x, y, _QR_SIDE, _QR_SIDE), code


def qr_runs(label: Label) -> Iterator[Area]:
    """Return the dark runs of the QR code's rows."""
    (left, top, _, _), code = qr(label)
    for y, row in enumerate(code.matrix):
        start = -1
        for x, dark in enumerate((*row, 0)):
            if dark and start < 0:
                start = x
            elif not dark and start >= 0:
                yield Area(left + start * _QR_MODULE, top + y * _QR_MODULE, (x - start) * _QR_MODULE, _QR_MODULE)
                start = -1


def svg(areas: Iterator[Area], template: Template) -> str:
    """Return areas as one SVG path the size of a page."""
    path = "".join(f"M{x:.3f} {y:.3f}h{w:.3f}v{h:.3f}h-{w:.3f}z" for x, y, w, h in areas)
    w, h = template.width, template.height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}mm" height="{h}mm" viewBox="0 0 {w} {h}"><path d="{path}"/></svg>'
    )


@cache
def _bars_of(symbol: int) -> list[tuple[int, int]]:
    widths = [int(width) for width in code128.WIDTHS[symbol]]
    edges = list(accumulate(widths, initial=0))
    return list(zip(edges[::2], widths[::2], strict=False))


@cache
def _colours(symbol: int) -> list[int]:
    """Return for every module of a symbol which of its bars (even) or spaces (odd) it belongs to."""
    return [at for at, width in enumerate(code128.WIDTHS[symbol]) for _ in range(int(width))]


def _line(box: Box, step: Step, text: str, at: int, lines: int, width: int) -> Text:  # noqa: PLR0917 - a line of a box
    area, size = box.area, step.size
    spare = area.w - width * size / EM
    x = area.x + {Align.LEFT: 0.0, Align.CENTRE: spare / 2, Align.RIGHT: spare}[box.align]
    slack = 0.0 if box.top else (area.h - block_height(1, lines) * size) / 2
    return Text(x, area.y + slack + (ASCENT + at * LEADING) * size, size, text, box.weight is Weight.BOLD, box.white)


def _caption(caption: Caption, fonts: Fonts) -> Text:
    area, size = caption.area, caption.size
    bold = caption.weight is Weight.BOLD
    spare = area.w - (fonts.bold if bold else fonts.regular).width(caption.text) * size / EM
    x = area.x + {Align.LEFT: 0.0, Align.CENTRE: spare / 2, Align.RIGHT: spare}[caption.align]
    return Text(x, area.y + area.h / 2 + 0.35 * size, size, caption.text, bold, caption.white)
