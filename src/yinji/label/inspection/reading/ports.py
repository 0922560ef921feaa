"""What a reader of streams needs from outside: somebody who reads pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from yinji.label.inspection.model import SeenCode, SeenText


class PictureReader(Protocol):
    """Reads texts and codes off pixels; an adapter of the extra ``yinji[inspect]``."""

    def texts(self, width: int, height: int, greys: bytes) -> tuple[SeenText, ...]:
        """Return the lines on a picture of eight-bit greys, row by row from the top, as `Source.PICTURE`. Never raises."""
        ...

    def codes(self, width: int, height: int, greys: bytes) -> tuple[SeenCode, ...]:
        """Return the codes on it, in dots of 203 dpi where a pixel is one. Never raises."""
        ...
