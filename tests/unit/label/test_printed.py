"""What printers with 203 and 300 dots an inch put on paper, read by other people's readers."""

from __future__ import annotations

import string
from datetime import date
from io import BytesIO
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

from yinji.label import Fonts, Passed, Press
from yinji.label.layout import sizes, template_of
from yinji.label.layout.template import QUARTER, Area, Template

if TYPE_CHECKING:
    from collections.abc import Callable

    from yinji.label import Draft, Label

POINTS_PER_MM = 72 / 25.4
HEADS = {203: 8, 300: 12}  # dots in a millimetre
BLACK, WHITE = 0, 255
MASTER = "YJ1234567890110"


def _printed(document: bytes, head: int = 8) -> Image.Image:
    image: Image.Image = (
        pdfium.PdfDocument(document)[0].render(scale=head / POINTS_PER_MM, no_smoothtext=True).to_pil().convert("L")
    )
    return image


def _crop(image: Image.Image, area: Area, head: int) -> Image.Image:
    x, y, w, h = (round(length * head) for length in area)
    return image.crop((x, y, x + w, y + h))


def _read(image: Image.Image) -> list[tuple[str, str]]:
    return sorted((code.format.name, code.text) for code in zxingcpp.read_barcodes(image))


def _read_simply(image: Image.Image) -> list[tuple[str, str]]:
    """What a poor reader reads: it neither turns, inverts nor shrinks the picture, and looks for the kinds we print."""
    kinds = [zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode]
    codes = zxingcpp.read_barcodes(image, formats=kinds, try_rotate=False, try_invert=False, try_downscale=False)
    return sorted((code.format.name, code.text) for code in codes)


def _expected(number: str, payload: str, template: Template | None = None) -> list[tuple[str, str]]:
    part = (template or template_of("76x130")).whole
    return [("Code128", number)] * len(part.bars) + [("QRCode", payload)] * len(part.qrs)


@pytest.fixture(
    scope="module", params=[(size, dpi) for size in sizes() for dpi in HEADS], ids=lambda each: f"{each[0]}-{each[1]}"
)
def paper(request: pytest.FixtureRequest, fonts: Fonts, full: Draft) -> Paper:
    """A label with everything on it, of every size, as every head prints it."""
    size, dpi = request.param
    press = Press(fonts, size=size, dpi=dpi)
    (answer,) = press.check([full], [_Nobody()], on=_on())
    assert isinstance(answer, Passed)
    document = press.to_pdf([answer.numbered("YJ1234567890128", "k3Jx9QpZ7Lm2Wv8Rt5Yb1A", MASTER)])
    return Paper(template_of(size), HEADS[dpi], document, _printed(document, HEADS[dpi]))


class Paper(NamedTuple):
    template: Template
    head: int
    document: bytes
    image: Image.Image


def test_the_page_is_exactly_its_dots(paper: Paper) -> None:
    assert paper.image.size == (paper.template.width * paper.head, paper.template.height * paper.head)


def test_a_label_prints_at_its_true_size(paper: Paper) -> None:
    with pikepdf.open(BytesIO(paper.document)) as document:
        left, low, right, top = map(float, document.pages[0].MediaBox)
        assert (left, low) == (0, 0)
        assert right / POINTS_PER_MM == pytest.approx(paper.template.width, abs=0.1)
        assert top / POINTS_PER_MM == pytest.approx(paper.template.height, abs=0.1)
        assert document.Root.ViewerPreferences.PrintScaling == "/None"
        assert "/Rotate" not in document.pages[0]
        assert "/UserUnit" not in document.pages[0]


def test_every_code_of_every_size_is_read_as_each_head_prints_it(paper: Paper) -> None:
    assert _read(paper.image) == _expected("YJ1234567890128", "k3Jx9QpZ7Lm2Wv8Rt5Yb1A", paper.template)


def test_bars_are_whole_dots(paper: Paper) -> None:
    for bars in paper.template.whole.bars:
        code = _crop(paper.image, bars.area, paper.head)
        rows = {code.crop((0, row, code.width, row + 1)).tobytes() for row in range(code.height)}
        assert len(rows) == 1  # every row of dots is the same
        (row,) = rows
        assert set(row) == {BLACK, WHITE}  # no dot is half a bar
        edges = [at for at in range(1, len(row)) if row[at] != row[at - 1]]
        widths = [after - before for before, after in pairwise(edges)]
        module = min(widths)
        assert module * 4 >= paper.head  # a quarter of a millimetre
        assert all(width % module == 0 for width in widths)
        assert min(edges[0], len(row) - edges[-1]) >= 10 * module  # quiet zones


def test_qr_modules_are_whole_dots(paper: Paper) -> None:
    for area in paper.template.whole.qrs:
        code = _crop(paper.image, area, paper.head)
        assert set(code.tobytes()) == {BLACK, WHITE}
        left, top, right, bottom = code.point(lambda dot: WHITE - dot).getbbox() or (0, 0, 0, 0)
        assert right - left == bottom - top
        module, rest = divmod(right - left, 25)  # version 2
        assert rest == 0
        assert module * 8 >= 3 * paper.head - 4  # 0.375 mm or, where the head has no such dots, the next below
        small = code.crop((left, top, right, bottom)).resize((25, 25), Image.Resampling.NEAREST)
        assert (
            small.resize((right - left, bottom - top), Image.Resampling.NEAREST).tobytes()
            == code.crop((left, top, right, bottom)).tobytes()
        )


def test_numbers_stand_inside_their_places(paper: Paper) -> None:
    for number in paper.template.whole.numbers:
        place = _crop(paper.image, number.area, paper.head)
        left, top, right, bottom = place.point(lambda dot: WHITE if dot < WHITE // 2 else BLACK).getbbox() or (0, 0, 0, 0)
        assert left > 0
        assert top > 0
        assert right < place.width
        assert bottom < place.height


def test_a_tear_line_is_dashed_from_edge_to_edge(paper: Paper) -> None:
    for tear in paper.template.tears:
        line = _crop(paper.image, Area(0, tear, paper.template.width, QUARTER), paper.head)
        inked = line.tobytes().count(BLACK) / (line.width * line.height)
        assert 0.5 < inked < 0.7


def test_lines_are_whole_dots(paper: Paper) -> None:
    crossed = [text.area for text in paper.template.whole.numbers]
    for rule in paper.template.whole.rules:
        assert rule not in crossed
        assert set(_crop(paper.image, rule, paper.head).tobytes()) == {BLACK}


@pytest.mark.parametrize("dpi", [203.2, 300, 600])
def test_codes_of_every_kind_of_label_are_read(
    press: Press, labelled: Callable[..., list[Label]], drafted: Callable[..., Draft], dpi: float
) -> None:
    kinds = [
        drafted(),
        drafted(specimen=True),
        drafted(sorting_code=""),
        drafted(recipient_address="长" * 120, remark="重" * 60),
    ]
    labels = labelled(*kinds)
    for page, label in zip(pdfium.PdfDocument(press.to_pdf(labels)), labels, strict=True):
        assert _read(page.render(scale=dpi / 72).to_pil()) == _expected(label.number, label.token)


@pytest.mark.parametrize("number", ["12345678", "YJ1234567890123456", "JDVA123456789012", "SF123456789"])
@pytest.mark.parametrize(
    "link", ["", "https://y.cn/l/", "https://waybill.yinji.example/l/", "https://waybills.long-name.yinji.example/label/learn/"]
)
def test_numbers_and_links_of_every_length_are_read(
    fonts: Fonts, labelled: Callable[..., list[Label]], drafted: Callable[..., Draft], number: str, link: str
) -> None:
    press = Press(fonts, link=link)
    (answer,) = press.check([drafted()], [_Nobody()], on=_on())
    assert isinstance(answer, Passed)
    label = answer.numbered(number, "k3Jx9QpZ7Lm2Wv8Rt5Yb1A")
    assert _read(_printed(press.to_pdf([label]))) == _expected(number, link + label.token)
    assert labelled()[0].passed.setter is not answer.setter


@pytest.mark.slow
def test_the_codes_of_a_thousand_labels_are_read_at_203_dpi_by_a_poor_reader(
    press: Press, passed: Callable[[list[Draft]], list[Passed]], drafted: Callable[..., Draft]
) -> None:
    random = Random(203)  # noqa: S311 - numbers that are never issued
    drafts = [drafted(specimen=at % 50 == 0, sorting_code="" if at % 20 == 0 else "755-N12-015") for at in range(1000)]
    labels = [
        each.numbered(f"YJ{random.randrange(10**13):013d}", "".join(random.choices(string.ascii_letters + string.digits, k=22)))
        for each in passed(drafts)
    ]
    document = pdfium.PdfDocument(press.to_pdf(labels))
    for page, label in zip(document, labels, strict=True):
        image = page.render(scale=8 / POINTS_PER_MM, grayscale=True).to_pil()
        assert _read_simply(image) == _expected(label.number, label.token)


class _Nobody:
    def leaks_in(self, text: str) -> tuple[str, ...]:  # noqa: ARG002 - the protocol's signature
        return ()

    def leaks_at(self, where: str, text: str) -> tuple[str, ...]:  # noqa: ARG002 - the protocol's signature
        return ()


def _on() -> date:
    return date(2026, 11, 21)
