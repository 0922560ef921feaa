"""A PDF document of labels, streamed: pages leave at once, what they share at the end."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, BinaryIO, Final, Self

from isal import isal_zlib

from yinji.kernel.faults import Misuse
from yinji.label.layout.template import Weight
from yinji.label.writers.pdf.embedding import OBJECTS, font_objects
from yinji.label.writers.pdf.file import PdfFile, stream
from yinji.label.writers.pdf.grid import POINTS_PER_MM
from yinji.label.writers.pdf.rare import OBJECTS as RARE_OBJECTS
from yinji.label.writers.pdf.rare import rare_objects, resource

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from types import TracebackType

    from yinji.label.glyphs.rare import RareGlyph
    from yinji.label.passed import Label
    from yinji.label.writers.pdf.page import Painter

_PAGES_PER_NODE: Final = 500
_DEFLATE_LEVEL: Final = 0  # of isal: the fastest; level 1 saves 4 % and costs a third more


class PdfWriter:
    """Writes labels to a binary file object, which it does not close. Memory: 16 bytes a label, and the glyphs used.

    The same labels give the same bytes, however they are divided into `write` calls. ``made_at`` becomes the document's
    creation date; without it the document names none.
    """

    def __init__(self, out: BinaryIO, painter: Painter, *, made_at: datetime | None = None) -> None:
        """Begin a document."""
        self._painter = painter
        self._made_at = made_at
        self._file = PdfFile(out)
        self._catalog, self._root, self._info = (self._file.reserve(1) for _ in range(3))
        self._fonts = {Weight.REGULAR: self._file.reserve(OBJECTS), Weight.BOLD: self._file.reserve(OBJECTS)}
        self._forms = {name: self._file.reserve(1) for name in painter.forms}
        self._nodes: list[int] = []
        self._pages: list[int] = []  # of the open node
        self._pages_before = 0
        self._characters: dict[Weight, set[str]] = {Weight.REGULAR: set(), Weight.BOLD: {" "}}  # space: between groups
        self._forms_used: set[str] = set()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self.close()

    def write(self, labels: Sequence[Label]) -> None:
        """Add a page for each label; raises Misuse after `close`, and for labels set for another template or font."""
        if self._closed:
            raise Misuse("the document is closed")
        setter = self._painter.setter
        if any([label.passed.setter is not setter for label in labels]):  # noqa: C419 - twice as fast as a generator
            raise Misuse("a label was set for another press")
        start = 0
        while start < len(labels):
            some = labels[start : start + _PAGES_PER_NODE - len(self._pages)]
            self._write_some(some)
            start += len(some)

    def close(self) -> None:
        """Write what the pages share, and the tables."""
        if self._closed:
            return
        self._closed = True
        self._end_node()
        self._write_shared()
        self._file.finish(root=self._catalog, info=self._info)

    def _write_some(self, labels: Sequence[Label]) -> None:
        """Write pages of one node as one piece of output."""
        if not self._pages:
            self._nodes.append(self._file.reserve(1))
        self._remember(labels)
        paint, deflate, node = self._painter.paint, isal_zlib.compress, self._nodes[-1]
        number = self._file.next_number
        bodies: list[bytes] = []
        for label in labels:
            number += 2
            data = deflate(paint(label), _DEFLATE_LEVEL)
            bodies += (
                b"<</Type/Page/Parent %d 0 R/Contents %d 0 R>>" % (node, number - 1),
                b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (len(data), data),
            )
        self._pages.extend(range(self._file.next_number, number, 2))
        self._file.append(bodies)
        if len(self._pages) == _PAGES_PER_NODE:
            self._end_node()

    def _remember(self, labels: Sequence[Label]) -> None:
        """Collect the characters of each weight, and the forms."""
        self._forms_used |= self._painter.forms_of(labels)
        for weight, characters in self._characters.items():
            characters.update(self._painter.text_of(labels, weight))

    def _end_node(self) -> None:
        if not self._pages:
            return
        kids = " ".join([f"{page} 0 R" for page in self._pages])
        node = f"<</Type/Pages/Parent {self._root} 0 R/Count {len(self._pages)}/Kids[{kids}]>>"
        self._file.write(self._nodes[-1], node.encode("ascii"))
        self._pages_before += len(self._pages)
        self._pages.clear()

    def _write_shared(self) -> None:
        """Write fonts, forms, the page tree's root and the document's own entries."""
        setter = self._painter.setter
        used = {name: form for name, form in self._painter.forms.items() if name in self._forms_used}
        for form in used.values():
            self._characters[Weight.REGULAR].update(form.regular)
            self._characters[Weight.BOLD].update(form.bold)
        for weight, first in self._fonts.items():
            bodies = font_objects(setter.typeface(weight), self._characters[weight], first)
            for at, body in enumerate(bodies):
                self._file.write(first + at, body)
        rare = self._write_rare()
        fonts = f"/Font<</R {self._fonts[Weight.REGULAR]} 0 R/B {self._fonts[Weight.BOLD]} 0 R{rare}>>"
        box = f"[0 0 {points(setter.template.width):.4f} {points(setter.template.height):.4f}]"
        dots_box = f"[0 0 {self._painter.grid.width} {self._painter.grid.height}]"
        for name, form in used.items():
            entries = f"/Type/XObject/Subtype/Form/BBox{dots_box}/Resources<<{fonts}>>/Filter/FlateDecode".encode("ascii")
            self._file.write(self._forms[name], stream(entries, form.deflated))
        forms = "".join(f"/{name} {self._forms[name]} 0 R" for name in used)
        self._write_roots(box, f"<<{fonts}/XObject<<{forms}>>>>")

    def _write_rare(self) -> str:
        """Write the rare fonts that the pages switch to; return their entries in the resources."""
        setter, entries = self._painter.setter, ""
        used: dict[str, RareGlyph] = {}
        for weight, characters in self._characters.items():
            used |= setter.typeface(weight).rare_of(characters)
        for number in sorted({rare.font for rare in used.values()}):
            glyphs = {character: rare.glyph for character, rare in used.items() if rare.font == number}
            first = self._file.reserve(RARE_OBJECTS)
            for at, body in enumerate(rare_objects(setter.fonts.rare[number], glyphs, first)):
                self._file.write(first + at, body)
            entries += f"/{resource(number)} {first} 0 R"
        return entries

    def _write_roots(self, box: str, resources: str) -> None:
        kids = " ".join([f"{node} 0 R" for node in self._nodes])
        pages = f"<</Type/Pages/Count {self._pages_before}/Kids[{kids}]/MediaBox{box}/Resources{resources}>>"
        self._file.write(self._root, pages.encode("ascii"))
        catalog = f"<</Type/Catalog/Pages {self._root} 0 R/Lang(zh-CN)/ViewerPreferences<</PrintScaling/None>>>>"
        self._file.write(self._catalog, catalog.encode("ascii"))
        made = f"/CreationDate(D:{self._made_at:%Y%m%d%H%M%S})" if self._made_at else ""
        self._file.write(self._info, f"<</Producer(Yinji)/Title(Privacy waybills){made}>>".encode("ascii"))


def points(millimetres: float) -> float:
    """Return a length in points, rounded down: a hair more would cost readers a column of pixels."""
    return floor(millimetres * POINTS_PER_MM * 10_000) / 10_000
