"""A calibration sheet as a document of one page: what is fixed as on a label, both codes, and rectangles of single dots."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final

from yinji.label.layout.template import DOTS_PER_MM, Weight
from yinji.label.writers.grid import Grid
from yinji.label.writers.pdf.codes import CodeMaker
from yinji.label.writers.pdf.embedding import OBJECTS, font_objects
from yinji.label.writers.pdf.file import PdfFile, stream
from yinji.label.writers.pdf.forms import FRAME, forms
from yinji.label.writers.pdf.grid import DOT
from yinji.label.writers.pdf.writer import points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yinji.label.layout.calibration import Dots
    from yinji.label.layout.typesetter import Typesetter

_DIGITS: Final = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def calibration_document(setter: Typesetter, fine: Sequence[Dots], *, head: int, number: str, token: str) -> bytes:
    """Return the document. ``setter`` is for the sheet's template; ``fine`` in dots of a head with ``head`` in a millimetre."""
    template = setter.template
    frame, out = forms(setter)[FRAME], BytesIO()
    file = PdfFile(out)
    catalog, pages, info, page, content, form = (file.reserve(1) for _ in range(6))
    fonts = {Weight.REGULAR: file.reserve(OBJECTS), Weight.BOLD: file.reserve(OBJECTS)}
    characters = {Weight.REGULAR: frame.regular, Weight.BOLD: frame.bold + _DIGITS}
    for weight, first in fonts.items():
        for at, body in enumerate(font_objects(setter.typeface(weight), set(characters[weight]), first)):
            file.write(first + at, body)
    resources = f"/Font<</R {fonts[Weight.REGULAR]} 0 R/B {fonts[Weight.BOLD]} 0 R>>"
    grid = Grid(template.width, template.height)
    box = f"/Type/XObject/Subtype/Form/BBox[0 0 {grid.width} {grid.height}]/Resources<<{resources}>>/Filter/FlateDecode"
    file.write(form, stream(box.encode("ascii"), frame.deflated))
    painted = _content(setter, fine, head=head, number=number, token=token)
    file.write(content, stream(b"/Filter/FlateDecode", zlib.compress(painted.encode("ascii"))))
    media = f"[0 0 {points(template.width):.4f} {points(template.height):.4f}]"
    file.write(
        page,
        f"<</Type/Page/Parent {pages} 0 R/MediaBox{media}/Contents {content} 0 R"
        f"/Resources<<{resources}/XObject<</{FRAME} {form} 0 R>>>>>>".encode("ascii"),
    )
    file.write(pages, f"<</Type/Pages/Count 1/Kids[{page} 0 R]>>".encode("ascii"))
    viewing = "/Lang(zh-CN)/ViewerPreferences<</PrintScaling/None>>"
    file.write(catalog, f"<</Type/Catalog/Pages {pages} 0 R{viewing}>>".encode("ascii"))
    file.write(info, b"<</Producer(Yinji)/Title(Calibration sheet)>>")
    file.finish(root=catalog, info=info)
    return out.getvalue()


def _content(setter: Typesetter, fine: Sequence[Dots], *, head: int, number: str, token: str) -> str:
    codes = CodeMaker(setter, head=head)
    unit = DOTS_PER_MM / head
    high = round(setter.template.height * head)
    dots = "".join(f"{x * unit:.9g} {(high - y - h) * unit:.9g} {w * unit:.9g} {h * unit:.9g} re\n" for x, y, w, h in fine)
    return f"{DOT} 0 0 {DOT} 0 0 cm\n/{FRAME} Do\n{dots}f\n{codes.bars(number)}{codes.qr(token)}BT\n{codes.numbers(number)}ET\n"
