"""Setting all texts of a draft into the boxes of one template with one pair of fonts."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from yinji.label.layout.fitting import EMPTY, Fitter
from yinji.label.layout.template import Weight

if TYPE_CHECKING:
    from yinji.label.fonts import Fonts
    from yinji.label.glyphs.typeface import Typeface
    from yinji.label.layout.fitting import Setting
    from yinji.label.layout.template import Template
    from yinji.label.model import Draft


def _no_texts(_: Draft) -> tuple[str, ...]:
    """Return what a template without boxes takes from a draft (`calibration`)."""
    return ()


class Typesetter:
    """Sets drafts. ``fields`` names the boxes in the order of `texts` and `set`."""

    def __init__(self, template: Template, fonts: Fonts, *, link: str = "") -> None:
        """Prepare every box of the template; raises ValueError where the template contradicts itself.

        ``link`` stands before the token in the QR code.
        """
        self.template = template
        self.fonts = fonts
        self.link = link
        self.fields = tuple(box.field for box in template.boxes)
        self._texts = attrgetter(*self.fields) if self.fields else _no_texts
        self._fitters = tuple(Fitter(box, self.typeface(box.weight)) for box in template.boxes)
        self._set = tuple(fitter.set for fitter in self._fitters)

    def typeface(self, weight: Weight) -> Typeface:
        """Return the typeface of a weight."""
        return self.fonts.bold if weight is Weight.BOLD else self.fonts.regular

    def texts(self, draft: Draft) -> tuple[str, ...]:
        """Return the texts of a draft, one a box."""
        texts: tuple[str, ...] = self._texts(draft)
        return texts

    def set(self, texts: tuple[str, ...]) -> list[Setting | None]:
        """Return how each text stands in its box; None where it does not fit."""
        # Most boxes of most labels are empty: they are not asked.
        return [fit(text) if text else EMPTY for fit, text in zip(self._set, texts, strict=True)]
