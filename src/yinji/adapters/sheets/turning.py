"""By how much a photograph must be turned for its label to stand upright: its codes tell, or else the shapes of its lines."""

from __future__ import annotations

from math import atan2, degrees, hypot
from statistics import median
from typing import TYPE_CHECKING, Final

from PIL import Image

from yinji.label.inspection.model import Symbology

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yinji.adapters.sheets.codes import ReadCode
    from yinji.adapters.sheets.ocr import Point, TextReader

_RIGHT: Final = 90
_WHOLE: Final = 360
_LEAST: Final = 1.5
"""Degrees: a label that is turned by less is read as it lies."""

_LONG: Final = 3.0  # times as long as high: such a line tells its direction
_TRIED: Final = 5  # lines that are read both ways up
_PAPER: Final = 255


def turned(picture: Image.Image, by: float) -> Image.Image:
    """Return a grey picture turned clockwise by some degrees; what comes in at the corners is paper."""
    quarters = round(by / _RIGHT) % 4
    if abs(by - round(by / _RIGHT) * _RIGHT) < _LEAST:
        return picture.transpose(_QUARTERS[quarters]) if quarters else picture
    return picture.rotate(-by, Image.Resampling.BICUBIC, expand=True, fillcolor=_PAPER)


_QUARTERS: Final = {
    1: Image.Transpose.ROTATE_270,  # which Pillow counts against the clock
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}


def turn_by_codes(codes: Sequence[ReadCode]) -> float | None:
    """Return by how many degrees clockwise to turn; None where no code tells.

    A bar code is read from its start, and along one line: it tells the quarter. Most carriers set one upright, some another along the
    edge; what most say counts. A square code tells the angle, and the quarter too where there are no bars.
    """
    bars = [-each.turned % _WHOLE for each in codes if each.seen.symbology is Symbology.CODE_128]
    squares = [-each.turned % _WHOLE for each in codes if each.seen.symbology in {Symbology.QR, Symbology.DATA_MATRIX}]
    if bars:
        quarters = [round(each / _RIGHT) * _RIGHT % _WHOLE for each in bars]
        quarter = max(quarters, key=quarters.count)
        near = [quarter + _signed(each - quarter) for each in squares if abs(_signed(each - quarter)) < _RIGHT / 2]
        return float(median(near)) if near else float(quarter)
    return float(median(squares)) if squares else None


def straightened(picture: Image.Image, reader: TextReader) -> float:
    """Return by how many degrees clockwise to turn a picture whose lines run from left to right, and not quite level."""
    angles = [run[1] for run in map(_run, reader.shapes(picture)) if run is not None and abs(run[1]) < _RIGHT / 2]
    return -median(angles) if angles else 0.0


def turn_by_lines(picture: Image.Image, reader: TextReader) -> float:
    """Return by how many degrees clockwise to turn for most lines to run from left to right, read right way up."""
    long = sorted((each for each in map(_run, reader.shapes(picture)) if each is not None), reverse=True)
    if not long:
        return 0.0
    angle = median(angle for _, angle in long)
    upright = turned(picture, -angle)
    return -angle if _reads(upright, reader) >= _reads(turned(upright, 180), reader) else 180 - angle


def _reads(picture: Image.Image, reader: TextReader) -> float:
    """Return how surely the longest lines of a picture are read."""
    lines = [(each, _run(each)) for each in reader.shapes(picture)]
    longest = sorted((each for each in lines if each[1]), key=lambda each: each[1] or (0.0, 0.0), reverse=True)[:_TRIED]
    sure = [line.confidence for corners, _ in longest for line in reader.read(picture.crop(_around(corners)))]
    return sum(sure) / len(sure) if sure else 0.0


def _run(corners: tuple[Point, Point, Point, Point]) -> tuple[float, float] | None:
    """Return the length of a line and its angle, clockwise from upright, between -90 and 90; None for one too short to tell."""
    (x1, y1), (x2, y2), _, (x4, y4) = corners
    along, down = (x2 - x1, y2 - y1), (x4 - x1, y4 - y1)
    if hypot(*down) > hypot(*along):
        along, down = down, along
    if hypot(*along) < _LONG * max(hypot(*down), 1.0):
        return None
    angle = degrees(atan2(along[1], along[0]))
    return hypot(*along), angle - 180 if angle > _RIGHT else angle + 180 if angle <= -_RIGHT else angle


def _around(corners: tuple[Point, Point, Point, Point]) -> tuple[int, int, int, int]:
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return int(min(across)), int(min(down)), int(max(across)) + 1, int(max(down)) + 1


def _signed(angle: float) -> float:
    """Return an angle between -180 and 180."""
    return (angle + 180) % _WHOLE - 180
