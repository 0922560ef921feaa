"""What a printer with 203 dots an inch puts on paper, read by other people's readers."""

from __future__ import annotations

import string
from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
import zxingcpp

from yinji.label import Fonts, Passed, Press
from yinji.label.layout import template_of
from yinji.label.layout.template import dots

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from yinji.label import Draft, Label

DOTS_PER_POINT = 8 * 25.4 / 72  # 203 dpi is 8 dots a millimetre
BLACK, WHITE = 0, 255


def _printed(document: bytes, page: int = 0) -> Image.Image:
    image: Image.Image = (
        pdfium.PdfDocument(document)[page].render(scale=DOTS_PER_POINT, no_smoothtext=True).to_pil().convert("L")
    )
    return image


def _read(image: Image.Image) -> list[tuple[str, str]]:
    return sorted((code.format.name, code.text) for code in zxingcpp.read_barcodes(image))


def _expected(number: str, payload: str) -> list[tuple[str, str]]:
    return [("Code128", number), ("Code128", number), ("QRCode", payload)]


def test_the_page_is_exactly_its_dots(press: Press, labelled: Callable[..., list[Label]]) -> None:
    assert _printed(press.to_pdf(labelled())).size == (608, 1040)


def test_bars_are_whole_dots(press: Press, labelled: Callable[..., list[Label]]) -> None:
    image = _printed(press.to_pdf(labelled()))
    for bars in template_of("76x130").bars:
        x, y, w, h = (dots(length) for length in bars.area)
        rows = {image.crop((x, row, x + w, row + 1)).tobytes() for row in range(y, y + h)}
        assert len(rows) == 1  # every row of dots is the same
        (row,) = rows
        assert set(row) == {BLACK, WHITE}  # no dot is half a bar
        edges = [at for at in range(1, len(row)) if row[at] != row[at - 1]]
        assert all((edge - edges[0]) % bars.dots_max == 0 for edge in edges)


def test_qr_modules_are_whole_dots(press: Press, labelled: Callable[..., list[Label]]) -> None:
    image = _printed(press.to_pdf(labelled()))
    x, y, w, h = (dots(length) for length in template_of("76x130").qr)
    code = image.crop((x, y, x + w, y + h))
    assert set(code.tobytes()) == {BLACK, WHITE}
    left, top, right, bottom = code.point(lambda dot: WHITE - dot).getbbox() or (0, 0, 0, 0)
    assert (right - left, bottom - top) == (25 * 5, 25 * 5)  # version 2, five dots a module
    for at_x in range(left, right):
        for at_y in range(top, bottom):
            corner = (at_x - (at_x - left) % 5, at_y - (at_y - top) % 5)
            assert code.getpixel((at_x, at_y)) == code.getpixel(corner)


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
def test_the_codes_of_a_thousand_labels_are_read_at_203_dpi(
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
        image = page.render(scale=DOTS_PER_POINT, grayscale=True).to_pil()
        assert _read(image) == _expected(label.number, label.token)


class _Nobody:
    def leaks_in(self, text: str) -> tuple[str, ...]:  # noqa: ARG002 - the protocol's signature
        return ()

    def leaks_at(self, where: str, text: str) -> tuple[str, ...]:  # noqa: ARG002 - the protocol's signature
        return ()


def _on() -> date:
    return date(2026, 11, 21)
