"""Labels in a row: what a batch shares (a carrier, a product, an outlet) is drawn once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.label.writers.raster.sheet import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from yinji.label.layout.fitting import Setting
    from yinji.label.passed import Passed
    from yinji.label.writers.raster.layers import Layers
    from yinji.label.writers.raster.sheet import Stroke

_ROW: Final = 256
"""After so many labels what they share is looked for anew: a file may hold one merchant's orders after another's."""

_KINDS_MAX: Final = 32


class Neighbours:
    """Sheets for labels that follow one another. What one box is found to change is drawn label by label from then on."""

    def __init__(self, layers: Layers, strokes: Sequence[Callable[[Setting], Stroke]], repeating: Sequence[int]) -> None:
        """Begin a row; ``repeating`` are the boxes whose texts many labels share."""
        self._layers = layers
        self._strokes = strokes
        self._repeating = repeating
        self._left = 0
        self._first: Sequence[Setting] = ()
        self._shared: list[int] = []
        self._own: list[int] = []
        self._sheets: dict[tuple[bool, ...], bytes] = {}

    def under(self, passed: Passed) -> tuple[bytearray, list[int]]:
        """Return a sheet for a label with the texts it shares, and the boxes that are still to be drawn."""
        settings = passed.settings
        if not self._left:
            self._left, self._first = _ROW, settings
            self._share(list(self._repeating))
        self._left -= 1
        same = [at for at in self._shared if settings[at] == self._first[at]]
        if len(same) < len(self._shared):
            self._share(same)
        kind = self._layers.kind(passed.texts, specimen=passed.draft.specimen)
        if (found := self._sheets.get(kind)) is None:
            if len(self._sheets) >= _KINDS_MAX:
                self._sheets.clear()
            page = self._layers.under(kind)
            draw(page, [self._strokes[at](settings[at]) for at in self._shared if settings[at].lines])
            found = self._sheets[kind] = bytes(page)
        return bytearray(found), self._own

    def _share(self, shared: list[int]) -> None:
        self._shared, self._own = shared, [at for at in range(len(self._strokes)) if at not in shared]
        self._sheets.clear()
