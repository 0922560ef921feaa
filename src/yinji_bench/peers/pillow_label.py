"""Pillow as one draws with it: a picture of one bit a dot, the fixed part drawn once, each line by ``ImageDraw.text``, saved as PNG."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from yinji_bench.peers import plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yinji.label.fonts import Fonts
    from yinji.label.layout.template import Area, Template
    from yinji.label.passed import Label

_HEAD = 8  # dots in a millimetre
_DPI = 203.2
_BLACK, _WHITE = 0, 1


def draw(labels: Sequence[Label]) -> Iterator[bytes]:
    """Return a PNG of each label, for a head of 203 dpi."""
    setter = labels[0].passed.setter
    fonts = setter.fonts
    frame = _frame(setter.template, fonts)
    for label in labels:
        image = frame.copy()
        canvas = ImageDraw.Draw(image)
        for area in (*plan.bars(label), *plan.qr_runs(label)):
            _fill(canvas, area)
        for text in plan.texts(label):
            _text(image, canvas, text, fonts)
        out = BytesIO()
        image.save(out, "PNG", dpi=(_DPI, _DPI))
        yield out.getvalue()


def _frame(template: Template, fonts: Fonts) -> Image.Image:
    image = Image.new("1", (round(template.width * _HEAD), round(template.height * _HEAD)), _WHITE)
    canvas = ImageDraw.Draw(image)
    for area in (*template.whole.rules, *template.whole.fills):
        _fill(canvas, area)
    for x, y, w, h in template.whole.frames:
        canvas.rectangle((x * _HEAD, y * _HEAD, (x + w) * _HEAD - 1, (y + h) * _HEAD - 1), outline=_BLACK, width=2)
    for disc in template.whole.discs:
        x, y, d = disc.x * _HEAD, disc.y * _HEAD, disc.diameter * _HEAD
        canvas.ellipse((x, y, x + d - 1, y + d - 1), fill=_BLACK)
    for text in plan.fixed_texts(template, fonts):
        _text(image, canvas, text, fonts)
    return image


def _fill(canvas: ImageDraw.ImageDraw, area: Area) -> None:
    x, y, w, h = (round(length * _HEAD) for length in area)
    canvas.rectangle((x, y, x + w - 1, y + h - 1), fill=_BLACK)


def _text(image: Image.Image, canvas: ImageDraw.ImageDraw, text: plan.Text, fonts: Fonts) -> None:
    font = _font(fonts, text.size * _HEAD, text.bold)
    x, y = round(text.x * _HEAD), round(text.y * _HEAD)
    if not text.turned:
        canvas.text((x, y), text.text, fill=_WHITE if text.white else _BLACK, font=font, anchor="ls")
        return
    width, size = int(font.getlength(text.text)) + 1, round(text.size * _HEAD)
    line = Image.new("1", (width, size))
    ImageDraw.Draw(line).text((0, round(0.85 * size)), text.text, fill=1, font=font, anchor="ls")
    turned = line.transpose(Image.Transpose.ROTATE_90)
    image.paste(_BLACK, (x - round(0.85 * size), y - width), turned)


@cache
def _font(fonts: Fonts, size: float, bold: bool) -> ImageFont.FreeTypeFont:
    face = fonts.bold if bold else fonts.regular
    return ImageFont.truetype(str(face.path), size, index=face.face, layout_engine=ImageFont.Layout.BASIC)
