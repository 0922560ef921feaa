"""Skia, the engine of Chromium, writing PDF: fonts loaded once, the fixed part recorded, bars as one path, the QR code as an image."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import skia

from yinji_bench.peers import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yinji.label.layout.template import Template
    from yinji.label.passed import Label

_POINTS = 72 / 25.4


def draw(labels: Sequence[Label]) -> bytes:
    """Return a PDF of the labels."""
    setter = labels[0].passed.setter
    template = setter.template
    black, white = skia.Paint(Color=skia.ColorBLACK), skia.Paint(Color=skia.ColorWHITE)
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(template.width, template.height)
    _frame(canvas, template, black)
    for text in plan.fixed_texts(template, setter.fonts):
        _text(canvas, text, white if text.white else black)
    frame = recorder.finishRecordingAsPicture()
    stream = skia.DynamicMemoryWStream()
    with skia.PDF.MakeDocument(stream) as document:
        for label in labels:
            with document.page(template.width * _POINTS, template.height * _POINTS) as canvas:
                canvas.scale(_POINTS, _POINTS)
                canvas.drawPicture(frame)
                path = skia.Path()
                for x, y, w, h in plan.bars(label):
                    path.addRect((x, y, w, h))
                canvas.drawPath(path, black)
                place, code = plan.qr(label)
                pixels = np.array(code.matrix, dtype=np.uint8) * 255
                image = skia.Image.fromarray(pixels, colorType=skia.kAlpha_8_ColorType)
                canvas.drawImageRect(image, skia.Rect.MakeXYWH(*place), skia.SamplingOptions(), black)
                for text in plan.texts(label):
                    _text(canvas, text, white if text.white else black)
    return bytes(stream.detachAsData())


def _frame(canvas: Any, template: Template, black: Any) -> None:  # noqa: ANN401 - skia has no types
    for area in (*template.whole.rules, *template.whole.fills):
        canvas.drawRect(skia.Rect.MakeXYWH(*area), black)
    stroke = skia.Paint(Color=skia.ColorBLACK, Style=skia.Paint.kStroke_Style, StrokeWidth=0.25)
    for area in template.whole.frames:
        canvas.drawRect(skia.Rect.MakeXYWH(*area), stroke)
    for disc in template.whole.discs:
        half = disc.diameter / 2
        canvas.drawCircle(disc.x + half, disc.y + half, half, black)


def _text(canvas: Any, text: plan.Text, paint: Any) -> None:  # noqa: ANN401 - skia has no types
    font = _font(text.size, text.bold)
    if text.turned:
        canvas.save()
        canvas.translate(text.x, text.y)
        canvas.rotate(-90)
        canvas.drawString(text.text, 0, 0, font, paint)
        canvas.restore()
    else:
        canvas.drawString(text.text, text.x, text.y, font, paint)


@cache
def _font(size: float, bold: bool) -> Any:  # noqa: ANN401 - skia has no types; the key of a cache
    font = skia.Font(_face(bold), size)
    font.setSubpixel(True)
    font.setLinearMetrics(True)
    font.setHinting(skia.FontHinting.kNone)
    return font


@cache
def _face(bold: bool) -> Any:  # noqa: ANN401 - skia has no types; the key of a cache
    style = skia.FontStyle.Bold() if bold else skia.FontStyle.Normal()
    return skia.FontMgr().matchFamilyStyle("Noto Sans CJK SC", style)
