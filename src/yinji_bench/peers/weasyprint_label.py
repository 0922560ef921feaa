"""WeasyPrint: a page of HTML a label, texts placed by CSS, both codes as one inline SVG."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from weasyprint import HTML

from yinji_bench.peers import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yinji.label.layout.template import Area, Template
    from yinji.label.passed import Label

_STYLE = """
@page {{ size: {w}mm {h}mm; margin: 0 }}
body {{ margin: 0; font-family: "Noto Sans CJK SC"; line-height: 1 }}
section {{ position: relative; width: {w}mm; height: {h}mm; page-break-after: always }}
section * {{ position: absolute; white-space: pre }}
b {{ font-weight: bold }} p {{ margin: 0 }} .w {{ color: white }} .t {{ transform: rotate(-90deg); transform-origin: 0 88% }}
.f {{ background: black }} .l {{ border: 0.25mm solid black; box-sizing: border-box }} .d {{ border-radius: 50%; background: black }}
"""


def draw(labels: Sequence[Label]) -> bytes:
    """Return a PDF of the labels."""
    setter = labels[0].passed.setter
    template = setter.template
    fixed = _fixed(template) + "".join(map(_text, plan.fixed_texts(template, setter.fonts)))
    pages = "".join(f"<section>{fixed}{_label(label, template)}</section>" for label in labels)
    style = _STYLE.format(w=template.width, h=template.height)
    return bytes(HTML(string=f"<html lang=zh><style>{style}</style><body>{pages}</body></html>").write_pdf())


def _label(label: Label, template: Template) -> str:
    codes = plan.svg(iter((*plan.bars(label), *plan.qr_runs(label))), template)
    return codes + "".join(map(_text, plan.texts(label)))


def _text(text: plan.Text) -> str:
    marks = " ".join(name for name, on in (("w", text.white), ("t", text.turned)) if on)
    top = text.y - 0.88 * text.size  # an ideograph's body reaches 0.88 em above the baseline
    tag = "b" if text.bold else "p"
    style = f"left:{text.x:.3f}mm;top:{top:.3f}mm;font-size:{text.size}mm"
    return f'<{tag} class="{marks}" style="{style}">{escape(text.text)}</{tag}>'


def _fixed(template: Template) -> str:
    out = [_area(area, "f") for area in (*template.whole.rules, *template.whole.fills)]
    out += [_area(area, "l") for area in template.whole.frames]
    out += [
        f'<i class=d style="left:{d.x}mm;top:{d.y}mm;width:{d.diameter}mm;height:{d.diameter}mm"></i>'
        for d in template.whole.discs
    ]
    return "".join(out)


def _area(area: Area, kind: str) -> str:
    return f'<i class={kind} style="left:{area.x}mm;top:{area.y}mm;width:{area.w}mm;height:{area.h}mm"></i>'
