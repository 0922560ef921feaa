"""One label as one page's content."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final

from yinji.label.codes.grammar import master_shown
from yinji.label.glyphs.rare import MARK
from yinji.label.layout.fitting import EMPTY
from yinji.label.layout.template import NOTHING, Weight
from yinji.label.writers.grid import Grid
from yinji.label.writers.pdf.codes import CodeMaker
from yinji.label.writers.pdf.forms import FRAME, SPECIMEN, absent, forms, there
from yinji.label.writers.pdf.grid import DOT
from yinji.label.writers.pdf.pieces import piece_maker
from yinji.label.writers.pdf.rare import switching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.passed import Label

_REMEMBERED_MAX: Final = 4096


class Painter:
    """Paints the labels of one typesetter, for print heads with ``head`` dots in a millimetre."""

    def __init__(self, setter: Typesetter, *, head: int) -> None:
        """Prepare everything that does not depend on a label."""
        template, boxes = setter.template, setter.template.boxes
        grid = Grid(template.width, template.height)
        self.setter = setter
        self.grid = grid
        self.forms = forms(setter)
        self._pieces = tuple(piece_maker(box, grid) for box in boxes)
        self._codes = CodeMaker(setter, head=head)
        self._pick = {weight: itemgetter(*[at for at, box in enumerate(boxes) if box.weight is weight]) for weight in Weight}
        self._changing = [at for at, box in enumerate(boxes) if box.around != NOTHING or box.if_empty]
        self._pick_changing = itemgetter(*self._changing)
        self._remembered: dict[tuple[bool, ...], str] = {}

    def forms_of(self, labels: Sequence[Label]) -> set[str]:
        """Return the names of the forms that these labels use."""
        used = {FRAME}
        if any(label.draft.specimen for label in labels):
            used.add(SPECIMEN)
        pick = self._pick_changing
        for which in {tuple(map(bool, pick(label.passed.texts))) for label in labels}:
            used.update(self._names(which))
        return used

    def text_of(self, labels: Sequence[Label], weight: Weight) -> str:
        """Return every character that these labels show in one weight; texts they share count once."""
        pick = self._pick[weight]
        texts = {text for label in labels for text in pick(label.passed.texts)}
        if weight is Weight.BOLD:
            texts.update([label.number for label in labels])
            texts.update([master_shown(label.master) for label in labels if label.master])
        return "".join(texts)

    def paint(self, label: Label) -> bytes:
        """Return the content of the label's page."""
        passed = label.passed
        under = f"/{SPECIMEN} Do\n" if passed.draft.specimen else ""
        pairs = zip(self._pieces, passed.settings, strict=True)
        texts = "".join([piece(setting) for piece, setting in pairs if setting is not EMPTY])
        if MARK in texts:
            texts = switching(texts)
        codes = self._codes
        masters = codes.masters(label.master) if label.master else ""
        content = (
            f"{DOT} 0 0 {DOT} 0 0 cm\n{under}/{FRAME} Do\n{self._around(passed.texts)}{codes.bars(label.number)}"
            f"{codes.qr(label.token)}BT\n{texts}{codes.numbers(label.number)}{masters}ET\n"
        )
        return content.encode("ascii")

    def _around(self, texts: tuple[str, ...]) -> str:
        """Return the forms that depend on which texts are there. Labels of a batch are of few kinds."""
        which = tuple(map(bool, self._pick_changing(texts)))
        if (drawn := self._remembered.get(which)) is None:
            if len(self._remembered) >= _REMEMBERED_MAX:
                self._remembered.clear()
            drawn = self._remembered[which] = "".join(f"/{name} Do\n" for name in self._names(which))
        return drawn

    def _names(self, which: tuple[bool, ...]) -> list[str]:
        names = [there(at) if shown else absent(at) for at, shown in zip(self._changing, which, strict=True)]
        return [name for name in names if name in self.forms]
