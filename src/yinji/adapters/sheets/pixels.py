"""What is seen on pixels: codes and lines of a picture, or of a page that is one, put upright and parted into its labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import ImageDraw

from yinji.adapters.sheets.clearing import evenly_lit, for_codes, no_longer_than, too_blurred, too_dim
from yinji.adapters.sheets.codes import ReadCode, read_codes
from yinji.adapters.sheets.limits import LINES_MAX, READ_SIDE_MAX
from yinji.adapters.sheets.ocr import text_reader
from yinji.adapters.sheets.splitting import parts
from yinji.adapters.sheets.turning import straightened, turn_by_codes, turn_by_lines, turned
from yinji.kernel.said import Said
from yinji.label.inspection.model import WHOLE, Region, SeenCode, SeenLabel, SeenText, Source, Symbology

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

    from yinji.adapters.sheets.ocr import ReadLine

UNREAD: Final = 0.5
"""A line that its reader trusts less was not read: the label is not legible there. A judgement of ours."""

_PAPER: Final = 255
_IN_A_CODE: Final = 0.6  # the share of a line that stands in a code: stripes are no letters
_INSIDE: Final = 0.5  # the share of a text that makes it a part's


class Upright(NamedTuple):
    """A picture put upright and evenly lit, and the codes on it."""

    picture: Image
    codes: tuple[ReadCode, ...]


def upright(picture: Image) -> Upright:
    """Return a grey picture as it is read, turned by its codes, or else by its lines."""
    codes = read_codes(for_codes(picture))
    by = turn_by_codes(codes)
    if by is None:
        by = turn_by_lines(evenly_lit(no_longer_than(picture, READ_SIDE_MAX)), text_reader())
    straight = turned(picture, by)
    if not any(each.seen.symbology is not Symbology.CODE_128 for each in codes):  # bars alone tell the quarter only
        straight = turned(straight, straightened(evenly_lit(no_longer_than(straight, READ_SIDE_MAX)), text_reader()))
    if straight is picture:
        return Upright(evenly_lit(picture), codes)
    lit = evenly_lit(straight)
    return Upright(lit, read_codes(for_codes(lit)) or codes)


def labels_on(whole: Upright, place: str, hidden: Sequence[SeenText] = ()) -> tuple[SeenLabel, ...]:
    """Return the labels on a picture; none where there is neither code nor line. ``hidden`` texts are the first label's."""
    regions = parts(whole.picture, whole.codes)
    found: list[SeenLabel] = []
    for number, region in enumerate(regions, 1):
        codes = [
            each.seen._replace(region=each.seen.region.seen_from(region))
            for each in whole.codes
            if share(each.seen.region, region) > _INSIDE
        ]
        named = place if len(regions) == 1 else f"{place}, label {number}"
        label = _label(_cut(whole.picture, region), tuple(codes), named, region, () if found else hidden)
        if label.texts or label.codes:
            found.append(label)
    return tuple(found)


def _label(picture: Image, codes: tuple[SeenCode, ...], place: str, region: Region, hidden: Sequence[SeenText]) -> SeenLabel:
    texts, unread = texts_on(picture, codes)
    missed = list(unread)
    if too_dim(picture):
        missed.append(Said("画面太暗或太淡", "the picture is too dim"))
    elif too_blurred(picture):
        missed.append(Said("画面模糊", "the picture is blurred"))
    return SeenLabel(place, (*texts, *hidden), codes, None, not missed, tuple(missed), region)


def texts_on(picture: Image, codes: Sequence[SeenCode]) -> tuple[tuple[SeenText, ...], tuple[Said, ...]]:
    """Return the lines read off a picture, and what of it was not read. Stripes of codes are no lines."""
    small = no_longer_than(picture, READ_SIDE_MAX)
    lines = text_reader().read(small)
    read, unread = [], 0
    for line in lines:
        region = _region(line, *small.size)
        if any(share(region, code.region) > _IN_A_CODE for code in codes):
            continue
        if line.telling and line.confidence < UNREAD:
            unread += 1
        if not line.text.blank:
            read.append(SeenText(line.text, region, Source.PICTURE, line.confidence))
    missed = []
    if unread:
        missed.append(Said(f"有 {unread} 行字看不清", f"{unread} lines could not be read"))
    if len(lines) >= LINES_MAX:
        missed.append(Said(f"只读了前 {LINES_MAX} 行", f"only the first {LINES_MAX} lines were read"))
    return tuple(read), tuple(missed)


def blanked(picture: Image, regions: Sequence[Region]) -> Image:
    """Return a picture on which some regions are paper."""
    copy = picture.copy()
    pen = ImageDraw.Draw(copy)
    width, height = copy.size
    for each in regions:
        pen.rectangle((each.left * width, each.top * height, each.right * width, each.bottom * height), fill=_PAPER)
    return copy


def share(inner: Region, outer: Region) -> float:
    """Return which part of a region stands in another."""
    wide = min(inner.right, outer.right) - max(inner.left, outer.left)
    high = min(inner.bottom, outer.bottom) - max(inner.top, outer.top)
    area = (inner.right - inner.left) * (inner.bottom - inner.top)
    return max(0.0, wide) * max(0.0, high) / area if area > 0 else 0.0


def _cut(picture: Image, region: Region) -> Image:
    if region == WHOLE:
        return picture
    width, height = picture.size
    return picture.crop(
        (int(region.left * width), int(region.top * height), int(region.right * width) or 1, int(region.bottom * height) or 1)
    )


def _region(line: ReadLine, width: int, height: int) -> Region:
    across, down = [x for x, _ in line.corners], [y for _, y in line.corners]
    return Region(min(across) / width, min(down) / height, max(across) / width, max(down) / height)
