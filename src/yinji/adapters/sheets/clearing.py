"""A photograph made fit to be read: upright as its camera held it, evenly lit, its contrast drawn out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops, ImageFilter, ImageOps

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAPER_SIDE: Final = 96
"""Dots of the longer side at which the paper's brightness is taken: finer than a fold's shade, coarser than a line of text."""

_PAPER: Final = 5  # neighbours among which the brightest is paper
_CUT: Final = 0.5  # percent of the darkest and of the lightest dots that are no paper and no ink
_UPSCALE_BELOW: Final = 1_200  # a code of so small a picture may have bars narrower than two dots
_BRIGHT: Final = 225
_CONTRAST_MIN: Final = 48.0
_SHARP_MIN: Final = 0.16
_EDGES: Final = 0.995  # the share of dots that are no edge of a letter, roughly


def grey(picture: Image.Image) -> Image.Image:
    """Return a picture as greys on white paper; what is transparent is paper."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layers = picture.convert("RGBA")
        paper = Image.new("RGBA", layers.size, "white")
        return Image.alpha_composite(paper, layers).convert("L")
    return picture.convert("L")


def no_longer_than(picture: Image.Image, side: int) -> Image.Image:
    """Return a picture whose longer side has at most so many dots."""
    longest = max(picture.size)
    if longest <= side:
        return picture
    width, height = (max(1, round(each * side / longest)) for each in picture.size)
    return picture.resize((width, height), Image.Resampling.BOX if longest > 2 * side else Image.Resampling.LANCZOS)


def evenly_lit(picture: Image.Image) -> Image.Image:
    """Return a grey picture whose paper is white everywhere: shades of folds and corners are lifted, contrast is drawn out."""
    small = no_longer_than(picture, _PAPER_SIDE).filter(ImageFilter.MaxFilter(_PAPER)).filter(ImageFilter.GaussianBlur(2))
    if small.getextrema()[0] >= _BRIGHT:  # type: ignore[operator]  # one band: two numbers
        return picture
    paper = small.resize(picture.size, Image.Resampling.BICUBIC)
    return ImageOps.autocontrast(ImageChops.add(picture, ImageChops.invert(paper)), cutoff=_CUT)


def for_codes(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield a picture as it is, and then in other lights, until its codes are found."""
    yield picture
    lit = evenly_lit(picture)
    yield lit.filter(ImageFilter.UnsharpMask(radius=4, percent=250, threshold=0))
    if max(picture.size) <= _UPSCALE_BELOW:
        doubled = lit.resize((picture.width * 2, picture.height * 2), Image.Resampling.BICUBIC)
        yield doubled.filter(ImageFilter.UnsharpMask(radius=6, percent=300, threshold=0))


def contrast(picture: Image.Image) -> int:
    """Return by how much ink is darker than paper, of 255, the few outermost dots left out."""
    return _quantile(picture, 0.99) - _quantile(picture, 0.01)


def sharpness(picture: Image.Image) -> float:
    """Return how steep the edges of letters are: 1.0 where black stands beside white, near 0 where everything is blurred."""
    range_ = contrast(picture)
    if not range_:
        return 0.0
    moved = ImageChops.offset(picture, 1, 0)
    steps = ImageChops.difference(picture, moved).crop((1, 0, picture.width, picture.height))
    return _quantile(steps, _EDGES) / range_


def too_dim(picture: Image.Image) -> bool:
    """Say whether ink and paper are too much alike to be told apart."""
    return contrast(picture) < _CONTRAST_MIN


def too_blurred(picture: Image.Image) -> bool:
    """Say whether edges are so soft that small letters have run together."""
    return sharpness(picture) < _SHARP_MIN


def _quantile(picture: Image.Image, share: float) -> int:
    counts = picture.histogram()
    wanted, found = share * sum(counts), 0
    for value, count in enumerate(counts):
        found += count
        if found >= wanted:
            return value
    return len(counts) - 1
