"""The calibration sheet, as other people's readers see it on paper: rulers, codes, dots."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

from yinji.kernel.faults import Misuse
from yinji.label import Fonts, Press
from yinji.label.layout import sizes, template_of
from yinji.label.layout.calibration import INSET, Ruler, Sheet, lying_mm, sheet_of
from yinji.label.layout.template import QUARTER, Caption
from yinji.label.press import HEADS

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS_PER_MM = 72 / 25.4
NUMBER, TOKEN = "YJ7395184620773", "k3Jx-QpZ_Lm-Wv-RtbYAcd"
LINK = "https://node.example/l/"
FINER = 4
"""Pixels a dot: an edge is measured to a quarter of one."""

BLACK = 128
CASES = [("76x130", 203), ("100x150", 300), ("100x180", 203), ("76x130-slip", 300)]


class Paper(NamedTuple):
    sheet: Sheet
    head: int
    document: bytes
    picture: Image.Image

    @property
    def printed(self) -> Image.Image:
        return self.finer(1)

    def finer(self, pixels: int) -> Image.Image:
        """The document as a head prints it, so many pixels a dot."""
        scale = self.head * pixels / POINTS_PER_MM
        image: Image.Image = pdfium.PdfDocument(self.document)[0].render(scale=scale, no_smoothtext=True).to_pil().convert("L")
        return image


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def paper(request: pytest.FixtureRequest, fonts: Fonts) -> Paper:
    size, dpi = request.param
    press = Press(fonts, size=size, dpi=dpi, link=LINK)
    sheet = sheet_of(template_of(size), head=HEADS[dpi])
    picture = Image.open(BytesIO(press.calibration_png(number=NUMBER, token=TOKEN)))
    return Paper(sheet, HEADS[dpi], press.calibration_pdf(number=NUMBER, token=TOKEN), picture)


def edges(line: list[int]) -> Iterator[int]:
    """Where black begins along a line of pixels."""
    return (at for at in range(1, len(line)) if line[at] < BLACK <= line[at - 1])


def strokes(image: Image.Image, ruler: Ruler, dot: float) -> list[float]:
    """The first edges of a ruler's strokes in millimetres from its zero, measured where only strokes are: ``dot`` pixels a mm."""
    middle = round((1.0) * dot)
    x, y = round(ruler.x * dot), round(ruler.y * dot)
    length = round((ruler.length + 1) * dot)
    if ruler.down:
        line = [image.getpixel((x + middle, y - 2 + at)) for at in range(length)]
    else:
        line = [image.getpixel((x - 2 + at, y + middle)) for at in range(length)]
    return [(at - 2) / dot for at in edges([int(each) for each in line])]  # type: ignore[call-overload,arg-type] # greys of one band


def test_every_stroke_of_both_rulers_stands_at_its_millimetre(paper: Paper) -> None:
    image, half_a_dot = paper.finer(FINER), 0.5 / paper.head
    for ruler in (paper.sheet.across, paper.sheet.down):
        found = strokes(image, ruler, paper.head * FINER)
        assert len(found) == ruler.length + 1
        assert all(abs(measured - mm) <= half_a_dot for mm, measured in enumerate(found))


def test_the_picture_has_its_strokes_on_the_same_dots(paper: Paper) -> None:
    image = paper.picture.convert("L")
    for ruler in (paper.sheet.across, paper.sheet.down):
        assert strokes(image, ruler, paper.head) == [float(mm) for mm in range(ruler.length + 1)]


def test_both_codes_are_read_from_document_and_picture(paper: Paper) -> None:
    for image in (paper.printed, paper.picture.convert("L")):
        read = sorted((code.format.name, code.text) for code in zxingcpp.read_barcodes(image))
        assert read == [("Code128", NUMBER), ("QRCode", LINK + TOKEN)]


def test_lines_are_one_to_four_dots_wide_and_as_far_apart(paper: Paper) -> None:
    for image in (paper.printed, paper.picture.convert("L")):
        for many in range(1, 5):
            lying = [each for each in paper.sheet.fine if each.h == many and each.w == 20 * paper.head]
            top, x = min(each.y for each in lying), lying[0].x + paper.head
            ink = [image.getpixel((x, top + at)) < BLACK for at in range(2 * many * len(lying) - many)]
            assert ink == ([True] * many + [False] * many) * (len(lying) - 1) + [True] * many


def test_corners_stand_two_millimetres_from_every_edge(paper: Paper) -> None:
    image, dot = paper.printed, paper.head
    inset = round(INSET * dot)
    right, low = image.width - inset - 1, image.height - inset - 1
    for x, y in ((inset, inset), (right, inset), (inset, low), (right, low)):
        assert image.getpixel((x, y)) == 0
    assert not [x for x in range(image.width) if image.getpixel((x, inset - 1)) == 0]
    assert not [y for y in range(image.height) if image.getpixel((right + 1, y)) == 0]


@pytest.mark.parametrize("size", sizes())
def test_every_text_of_the_sheet_stays_in_its_place_and_on_the_paper(size: str, fonts: Fonts) -> None:
    sheet = sheet_of(template_of(size), head=8)
    for each in sheet.template.whole.captions:
        assert _width(each, fonts) <= each.area.w, each.text
        assert each.area.x >= 0
        assert each.area.x + each.area.w <= sheet.template.width, each.text
        assert each.area.y + each.area.h <= sheet.template.height - INSET, each.text
    below = max(box.area.y + box.area.h for box in sheet.template.whole.captions if box.area.x > sheet.down.x + 10)
    assert below <= sheet.template.whole.rules[-1].y
    assert lying_mm(template_of(size)) <= sheet.template.width - 2 * INSET


def _width(caption: Caption, fonts: Fonts) -> float:
    return fonts[caption.weight.name == "BOLD"].width(caption.text) * caption.size / 1_000


def test_strokes_of_a_ruler_are_as_wide_as_a_line() -> None:
    ruler = Ruler(1.0, 2.0, 10, down=False)
    assert [each.x for each in ruler.strokes()] == [float(mm) for mm in range(1, 12)]
    assert {each.w for each in ruler.strokes()} == {QUARTER}


def test_a_sheet_holds_no_number_or_token_that_is_none(fonts: Fonts) -> None:
    with pytest.raises(Misuse):
        Press(fonts).calibration_pdf(number="not a number", token=TOKEN)
    with pytest.raises(Misuse):
        Press(fonts).calibration_png(number=NUMBER, token=TOKEN[:8])
