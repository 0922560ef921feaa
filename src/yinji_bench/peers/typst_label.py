"""typst, the typesetter in Rust: one document, texts placed, both codes as images of one pixel a module."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typst

from yinji_bench.peers import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yinji.label.passed import Label

_SOURCE = """
#let data = json(bytes(sys.inputs.data))
#set page(width: data.width * 1mm, height: data.height * 1mm, margin: 0mm)
#set text(font: "Noto Sans CJK SC", lang: "zh", top-edge: "baseline", bottom-edge: "baseline", hyphenate: false, cjk-latin-spacing: none)
#let line((x, y, size, body, bold, white, turned)) = {
  let it = text(size: size * 1mm, weight: if bold {"bold"} else {"regular"}, fill: if white {luma(255)} else {luma(0)}, body)
  place(dx: x * 1mm, dy: y * 1mm, box(width: 200mm, if turned { rotate(-90deg, origin: left + bottom, it) } else { it }))
}
#let frame = {
  for (x, y, w, h) in data.fills { place(dx: x * 1mm, dy: y * 1mm, rect(width: w * 1mm, height: h * 1mm, fill: black)) }
  for (x, y, w, h) in data.frames { place(dx: x * 1mm, dy: y * 1mm, rect(width: w * 1mm, height: h * 1mm, stroke: 0.25mm)) }
  for (x, y, d) in data.discs { place(dx: x * 1mm, dy: y * 1mm, circle(radius: d * 0.5mm, fill: black)) }
  for each in data.fixed { line(each) }
}
#for (at, label) in data.labels.enumerate() {
  if at > 0 { pagebreak() }
  frame
  for (area, modules) in label.bars {
    let (x, y, w, h) = area
    place(dx: x * 1mm, dy: y * 1mm, image(bytes(modules), width: w * 1mm, height: h * 1mm, fit: "stretch", scaling: "pixelated",
      format: (encoding: "luma8", width: modules.len(), height: 1)))
  }
  let (x, y, side) = label.qr.at(0)
  let modules = label.qr.at(1)
  place(dx: x * 1mm, dy: y * 1mm, image(bytes(modules), width: side * 1mm, scaling: "pixelated",
    format: (encoding: "luma8", width: 25, height: 25)))
  for each in label.texts { line(each) }
}
"""


def draw(labels: Sequence[Label]) -> bytes:
    """Return a PDF of the labels."""
    setter = labels[0].passed.setter
    template = setter.template
    data: dict[str, Any] = {
        "width": template.width,
        "height": template.height,
        "fills": [*template.whole.rules, *template.whole.fills],
        "frames": template.whole.frames,
        "discs": [(disc.x, disc.y, disc.diameter) for disc in template.whole.discs],
        "fixed": plan.fixed_texts(template, setter.fonts),
        "labels": [_label(label) for label in labels],
    }
    document = typst.compile(_SOURCE.encode(), sys_inputs={"data": json.dumps(data)}, format="pdf")
    return bytes(document)


def _label(label: Label) -> dict[str, Any]:
    (x, y, side, _), code = plan.qr(label)
    modules = [0 if dark else 255 for row in code.matrix for dark in row]
    return {"bars": list(plan.bar_images(label)), "qr": ((x, y, side), modules), "texts": list(plan.texts(label))}
