"""A picture of black dots as one SVG path along its outlines: exact at every size, on a screen and on paper.

For what must not have an address of its own: a picture in a page's own text is fetched by nobody and kept by nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise


def outline(rows: Sequence[int], *, width: int) -> str:
    """Return the path around all dots that are 1, to be filled by ``evenodd``. A row's first dot is its highest of ``width`` bits.

    Corners are where the change from row to row itself changes. Along each line and each column corners pair up into edges, and
    edges that meet in corners are outlines.
    """
    lying, upright = _partners(_corners(rows, width))
    pieces: list[str] = []
    while lying:
        x, y = start = next(iter(lying))
        pieces.append(f"M{x} {y}")
        while (other := lying.pop((x, y), None)) is not None:
            del lying[other, y]
            below = upright[other, y]
            pieces.append(f"h{other - x}v{below - y}")
            x, y = other, below
        if (x, y) != start:
            raise ValueError("an outline does not close")
        pieces.append("z")
    return "".join(pieces)


def _corners(rows: Sequence[int], width: int) -> Iterator[tuple[int, list[int]]]:
    """Return, line by line, the columns of its corners from the left."""
    for y, (above, below) in enumerate(pairwise((0, *rows, 0))):
        yield y, _columns(above ^ below, width)


def _columns(changed: int, width: int) -> list[int]:
    """Return where runs of ones begin and end, from the left: 0 is before the highest of ``width`` bits."""
    ends = (changed << 1) ^ changed
    found: list[int] = []
    while ends:
        lowest = ends & -ends
        found.append(width - lowest.bit_length() + 1)
        ends ^= lowest
    return found[::-1]


def _partners(
    lines: Iterator[tuple[int, list[int]]],
) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
    """Return for each corner the column that its lying edge leads to, and the line that its upright edge leads to."""
    lying: dict[tuple[int, int], int] = {}
    columns: dict[int, list[int]] = defaultdict(list)
    for y, found in lines:
        for one, other in zip(found[::2], found[1::2], strict=True):
            lying[one, y], lying[other, y] = other, one
        for x in found:
            columns[x].append(y)
    upright: dict[tuple[int, int], int] = {}
    for x, ys in columns.items():
        for one, other in zip(ys[::2], ys[1::2], strict=True):
            upright[x, one], upright[x, other] = other, one
    return lying, upright
