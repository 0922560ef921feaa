"""What happens to a label before somebody photographs it, and while they do."""

from __future__ import annotations

from collections.abc import Callable
from math import sin
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_TABLE: Final = 120  # the grey of what a parcel lies on
_AROUND: Final = 60
_BENT: Final = 7.0  # dots by which the paper is off its place, where it is bent most
_STRIP: Final = 8


def clean(picture: Image.Image) -> Image.Image:
    """As it is."""
    return picture


def right(picture: Image.Image) -> Image.Image:
    """Turned by a quarter."""
    return picture.transpose(Image.Transpose.ROTATE_270)


def over(picture: Image.Image) -> Image.Image:
    """Upside down."""
    return picture.transpose(Image.Transpose.ROTATE_180)


def left(picture: Image.Image) -> Image.Image:
    """Turned by a quarter the other way."""
    return picture.transpose(Image.Transpose.ROTATE_90)


def aslant(picture: Image.Image) -> Image.Image:
    """Turned by seven degrees, on a table."""
    lying = Image.new("L", (picture.width + 2 * _AROUND, picture.height + 2 * _AROUND), _TABLE)
    lying.paste(picture, (_AROUND, _AROUND))
    return lying.rotate(7, Image.Resampling.BICUBIC, expand=True, fillcolor=_TABLE)


def blurred(picture: Image.Image) -> Image.Image:
    """Out of focus by a dot and a half."""
    return picture.filter(ImageFilter.GaussianBlur(1.5))


def dim(picture: Image.Image) -> Image.Image:
    """In a stairwell: ink and paper a quarter as far apart as they are."""
    return picture.point(lambda value: 45 + value // 4)


def folded(picture: Image.Image) -> Image.Image:
    """Folded once and bent: a shade across it, a dark crease, rows that are off their places."""
    bent = Image.new("L", picture.size, 255)
    for x in range(0, picture.width, _STRIP):
        off = round(_BENT * sin(x / picture.width * 6.3))
        bent.paste(picture.crop((x, 0, x + _STRIP, picture.height)), (x, off))
    shade = Image.linear_gradient("L").resize(picture.size).point(lambda value: 110 + value * 145 // 255)
    dark = ImageChops.multiply(bent, shade)
    ImageDraw.Draw(dark).line((0, picture.height * 0.53, picture.width, picture.height * 0.51), fill=70, width=3)
    return dark


WORSENED: Final[dict[str, Callable[[Image.Image], Image.Image]]] = {
    each.__name__: each for each in (clean, right, over, left, aslant, blurred, dim, folded)
}
