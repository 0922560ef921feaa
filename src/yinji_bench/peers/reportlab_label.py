"""reportlab. It cannot embed fonts with PostScript outlines, so it names Adobe's STSong: no font file, which favours it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from yinji_bench.peers import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yinji.label.layout.template import Area, Template
    from yinji.label.passed import Label

_FONT = "STSong-Light"


def draw(labels: Sequence[Label]) -> bytes:
    """Return a PDF of the labels; the fixed part is one form."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    setter = labels[0].passed.setter
    template = setter.template
    out = BytesIO()
    canvas = Canvas(out, pagesize=(template.width * mm, template.height * mm), pageCompression=1)
    canvas.beginForm("frame")
    _fixed(canvas, template)
    for text in plan.fixed_texts(template, setter.fonts):
        _text(canvas, text, template)
    canvas.endForm()
    for label in labels:
        canvas.doForm("frame")
        path = canvas.beginPath()
        for area in (*plan.bars(label), *plan.qr_runs(label)):
            path.rect(*_up(area, template))
        canvas.drawPath(path, stroke=0, fill=1)
        for text in plan.texts(label):
            _text(canvas, text, template)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _fixed(canvas: Any, template: Template) -> None:  # noqa: ANN401 - reportlab has no types
    for area in (*template.whole.rules, *template.whole.fills):
        canvas.rect(*_up(area, template), stroke=0, fill=1)
    canvas.setLineWidth(0.25 * mm)
    for area in template.whole.frames:
        canvas.rect(*_up(area, template))
    for disc in template.whole.discs:
        half = disc.diameter / 2
        canvas.circle((disc.x + half) * mm, (template.height - disc.y - half) * mm, half * mm, stroke=0, fill=1)


def _text(canvas: Any, text: plan.Text, template: Template) -> None:  # noqa: ANN401 - reportlab has no types
    x, y = text.x * mm, (template.height - text.y) * mm
    canvas.setFont(_FONT, text.size * mm)
    if text.turned:
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(90)
        canvas.drawString(0, 0, text.text)
        canvas.restoreState()
    elif text.white:
        canvas.setFillGray(1)
        canvas.drawString(x, y, text.text)
        canvas.setFillGray(0)
    else:
        canvas.drawString(x, y, text.text)


def _up(area: Area, template: Template) -> tuple[float, float, float, float]:
    return area.x * mm, (template.height - area.y - area.h) * mm, area.w * mm, area.h * mm
