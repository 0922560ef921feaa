"""Pictures: photographs of labels, and labels that were drawn as PNG, JPEG or BMP. Judged in memory; nothing is written."""

from __future__ import annotations

import warnings
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import ExifTags, Image

from yinji.adapters.sheets.clearing import grey, no_longer_than
from yinji.adapters.sheets.limits import HIDDEN_TEXTS_MAX, PIXELS_MAX, SIDE_MAX
from yinji.adapters.sheets.pixels import Upright, labels_on, upright
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal
from yinji.label.inspection.model import WHOLE, SeenText, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.inspection.model import SeenLabel
    from yinji.label.inspection.ports import Sheet

_FORMATS: Final = ("PNG", "JPEG", "BMP")
_TEXT_MAX: Final = 4_096  # signs of one attribute of a picture
_LEAST: Final = 16  # dots of a side: what is smaller shows nobody
_BROKEN: Final = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError, MemoryError)
"""What a decoder raises on bytes that are no picture after all."""


class Picture:
    """One picture, opened and decoded."""

    place = "picture"

    def __init__(self, picture: Image.Image, hidden: tuple[SeenText, ...]) -> None:
        """``picture`` is grey and no longer than SIDE_MAX; ``hidden`` are the texts of its attributes."""
        self._picture = picture
        self._hidden = hidden

    @cached_property
    def _upright(self) -> Upright:
        return upright(self._picture)

    def labels(self) -> tuple[SeenLabel, ...]:
        """Return every label in the picture."""
        return labels_on(self._upright, self.place, self._hidden)

    def pixels(self) -> tuple[int, int, bytes]:
        """Return width, height and greys of the picture, put upright."""
        straight = self._upright.picture
        return straight.width, straight.height, straight.tobytes()


class PictureReader:
    """Opens PNG, JPEG and BMP."""

    def sheets(self, content: bytes) -> Iterator[Sheet] | Refuse:
        """Return the one sheet of a picture, or refuse it."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of odd chunks and of bombs: sizes are ours to judge
                return self._opened(content)
        except Image.DecompressionBombError:
            return Refuse(Refusal.SHEET_TOO_LARGE)
        except _BROKEN:
            return Refuse(Refusal.SHEET_BROKEN)

    @staticmethod
    def _opened(content: bytes) -> Iterator[Sheet] | Refuse:
        image = Image.open(BytesIO(content), formats=_FORMATS)
        width, height = image.size
        if width * height > PIXELS_MAX:  # nothing has been decoded yet
            return Refuse(Refusal.SHEET_TOO_LARGE, f"{width} x {height}")
        if min(width, height) < _LEAST:
            return Refuse(Refusal.SHEET_BROKEN, f"{width} x {height}")
        image.draft("L", (SIDE_MAX, SIDE_MAX))  # a large JPEG is decoded at half or a quarter of its size
        image.load()
        hidden = tuple(_attributes(image))
        small = no_longer_than(grey(image), SIDE_MAX)
        return iter((Picture(_as_held(small, image), hidden),))


def _as_held(small: Image.Image, image: Image.Image) -> Image.Image:
    """Return a picture the way up that its camera was held."""
    turn = _HELD.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    return small.transpose(turn) if turn is not None else small


_HELD: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""The values of the orientation of EXIF (CIPA DC-008, 4.6.5)."""


def _attributes(image: Image.Image) -> Iterator[SeenText]:
    """Yield the texts that a picture carries beside its dots: text chunks of PNG, comments, EXIF."""
    exif = image.getexif()
    values = [*image.info.values(), *exif.values(), *exif.get_ifd(ExifTags.IFD.Exif).values()]
    for value in values[:HIDDEN_TEXTS_MAX]:
        text = value.decode("utf-8", "ignore") if isinstance(value, bytes) else value
        if isinstance(text, str):
            private = Private(text[:_TEXT_MAX].strip("\0 "))
            if not private.blank:
                yield SeenText(private, WHOLE, Source.HIDDEN)
