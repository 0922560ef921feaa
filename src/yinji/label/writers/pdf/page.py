"""One label as one page's content."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from yinji.label.layout.template import Weight
from yinji.label.writers.pdf.codes import CodeMaker
from yinji.label.writers.pdf.forms import BY_HAND, FRAME, SPECIMEN, forms
from yinji.label.writers.pdf.grid import DOT, Grid
from yinji.label.writers.pdf.pieces import piece_maker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.passed import Label


class Painter:
    """Paints the labels of one typesetter."""

    def __init__(self, setter: Typesetter, link: str) -> None:
        """Prepare everything that does not depend on a label."""
        template = setter.template
        grid = Grid(template.width, template.height)
        self.setter = setter
        self.grid = grid
        self.forms = forms(setter)
        self._pieces = tuple(piece_maker(box, grid) for box in template.boxes)
        self._codes = CodeMaker(template, link, setter.fonts.bold)
        self._pick = {
            weight: itemgetter(*[at for at, box in enumerate(template.boxes) if box.weight is weight]) for weight in Weight
        }
        self._sorting = next(at for at, box in enumerate(template.boxes) if box.if_empty)

    def forms_of(self, labels: Sequence[Label]) -> set[str]:
        """Return the names of the forms that these labels use."""
        used = {FRAME}
        if any(label.draft.specimen for label in labels):
            used.add(SPECIMEN)
        if not all(label.passed.texts[self._sorting] for label in labels):
            used.add(BY_HAND)
        return used

    def text_of(self, labels: Sequence[Label], weight: Weight) -> str:
        """Return every character that these labels show in one weight; texts they share count once."""
        pick = self._pick[weight]
        texts = {text for label in labels for text in pick(label.passed.texts)}
        if weight is Weight.BOLD:
            texts.update([label.number for label in labels])
        return "".join(texts)

    def paint(self, label: Label) -> bytes:
        """Return the content of the label's page."""
        passed = label.passed
        under = f"/{SPECIMEN} Do\n" if passed.draft.specimen else ""
        badge = "" if passed.texts[self._sorting] else f"/{BY_HAND} Do\n"
        texts = "".join([piece(setting) for piece, setting in zip(self._pieces, passed.settings, strict=True)])
        codes = self._codes
        content = (
            f"{DOT} 0 0 {DOT} 0 0 cm\n{under}/{FRAME} Do\n{badge}{codes.bars(label.number)}{codes.qr(label.token)}"
            f"BT\n{texts}{codes.numbers(label.number)}ET\n"
        )
        return content.encode("ascii")
