"""Labels as dots: what a print head burns and a page shows, read by other people's readers and held beside the PDF."""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from io import BytesIO
from struct import unpack
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from yinji.kernel.faults import Misuse
from yinji.label import Fonts, Label, Passed, Press
from yinji.label.layout import sizes, template_of
from yinji.label.layout.template import Area, Template
from yinji.label.writers.raster import PictureForm, Raster, bmp, png

if TYPE_CHECKING:
    from collections.abc import Callable

    from yinji.label import Draft

POINTS_PER_MM = 72 / 25.4
HEADS = {203: 8, 300: 12}
BLACK, WHITE = 0, 255
NUMBER, TOKEN, MASTER = "YJ1234567890128", "k3Jx9QpZ7Lm2Wv8Rt5Yb1A", "YJ1234567890110"
RARE = "𪭢𠄣"  # plane 2: not in the label's own font
STRAYS_MAX = {203: 0.006, 300: 0.04}
"""The share of ink that may lie further than one dot from the other's: letters stand on whole dots here, on fractions in a PDF."""

ASIDE = 1
"""A dot: some letters (Y, A, V) begin a hair left of where they stand, in the font itself."""


class Paper(NamedTuple):
    dpi: int
    template: Template
    label: Label
    press: Press
    data: bytes
    image: Image.Image
    printed: Image.Image

    @property
    def head(self) -> int:
        return HEADS[self.dpi]


class Nobody:
    def leaks_in(self, text: str) -> tuple[str, ...]:  # noqa: ARG002 - the protocol's signature
        return ()

    def leaks_at(self, where: str, text: str) -> tuple[str, ...]:  # noqa: ARG002 - the protocol's signature
        return ()


def _label(press: Press, draft: Draft) -> Label:
    (answer,) = press.check([draft], [Nobody()], on=date(2026, 11, 21))
    assert isinstance(answer, Passed)
    return answer.numbered(NUMBER, TOKEN, MASTER)


def _opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("L")


def _rendered(document: bytes, head: int) -> Image.Image:
    page = pdfium.PdfDocument(document)[0].render(scale=head / POINTS_PER_MM)
    image: Image.Image = page.to_pil().convert("L").point(lambda grey: WHITE * (grey > WHITE // 2))
    return image


def _crop(image: Image.Image, area: Area, head: int) -> Image.Image:
    x, y, w, h = (round(length * head) for length in area)
    return image.crop((x, y, x + w, y + h))


def _strays(ink: Image.Image, other: Image.Image) -> float:
    """The share of ink with no ink of the other within one dot."""
    far = ImageChops.subtract(other.filter(ImageFilter.MinFilter(3)), ink)
    return far.tobytes().count(WHITE) / ink.tobytes().count(BLACK)


@pytest.fixture(
    scope="module", params=[(size, dpi) for size in sizes() for dpi in HEADS], ids=lambda each: f"{each[0]}-{each[1]}"
)
def paper(request: pytest.FixtureRequest, fonts: Fonts, full: Draft) -> Paper:
    """A label with everything on it, of every size, for every head."""
    size, dpi = request.param
    press = Press(fonts, size=size, dpi=dpi)
    label = _label(press, full)
    data = press.to_png(label)
    printed = _rendered(press.to_pdf([label]), HEADS[dpi])
    return Paper(dpi, template_of(size), label, press, data, _opened(data), printed)


def test_every_code_of_every_size_is_read(paper: Paper) -> None:
    part = paper.template.whole
    expected = [("Code128", NUMBER)] * len(part.bars) + [("QRCode", TOKEN)] * len(part.qrs)
    assert sorted((code.format.name, code.text) for code in zxingcpp.read_barcodes(paper.image)) == expected


def test_a_picture_is_exactly_its_dots_and_says_how_large_they_are(paper: Paper) -> None:
    assert Image.open(BytesIO(paper.data)).mode == "1"
    assert paper.image.size == (paper.template.width * paper.head, paper.template.height * paper.head)
    assert _chunks(paper.data)[b"pHYs"] == (1000 * paper.head).to_bytes(4, "big") * 2 + b"\x01"


def test_codes_are_the_pdfs_dot_for_dot(paper: Paper) -> None:
    part = paper.template.whole
    for area in (*[bars.area for bars in part.bars], *part.qrs):
        codes = [_crop(image, area, paper.head).tobytes() for image in (paper.image, paper.printed)]
        assert codes[0] == codes[1]
        assert set(codes[0]) == {BLACK, WHITE}


def test_lines_fills_and_frames_are_the_pdfs(paper: Paper) -> None:
    part = paper.template.whole
    for rule in part.rules:
        assert set(_crop(paper.image, rule, paper.head).tobytes()) == {BLACK}
    shown = [box.around for box, text in zip(paper.template.boxes, paper.label.passed.texts, strict=True) if text]
    for around in (part, *shown):
        for area in (*around.fills, *around.frames):
            x, y, w, h = area
            for edge in (
                Area(x, y, w, 0.25),
                Area(x, y + h - 0.25, w, 0.25),
                Area(x, y, 0.25, h),
                Area(x + w - 0.25, y, 0.25, h),
            ):
                ours, theirs = (_crop(image, edge, paper.head).tobytes() for image in (paper.image, paper.printed))
                assert ours == theirs


def test_a_picture_and_its_pdf_say_the_same(paper: Paper) -> None:
    differing = ImageChops.difference(paper.image, paper.printed).tobytes().count(WHITE)
    assert differing / len(paper.image.tobytes()) < 0.026
    assert _strays(paper.image, paper.printed) < STRAYS_MAX[paper.dpi]
    assert _strays(paper.printed, paper.image) < STRAYS_MAX[paper.dpi]


def test_text_stays_in_its_box(paper: Paper) -> None:
    sheet, strokes = paper.press._plotter._sheet, paper.press._plotter._strokes
    for box, setting, stroke in zip(paper.template.boxes, paper.label.passed.settings, strokes, strict=True):
        if not setting.lines:
            continue
        start, end, bits, *_ = stroke(setting)
        rows = bits.to_bytes(end - start, "big")
        inked = [row for row in range(0, end - start, sheet.stride) if any(rows[row : row + sheet.stride])]
        columns = 0
        for row in inked:
            columns |= int.from_bytes(rows[row : row + sheet.stride], "big")
        left, top, wide, high = sheet.frame(sheet.grid.place(box.area))
        assert top <= (start + inked[0]) // sheet.stride, box.field
        assert (start + inked[-1]) // sheet.stride < top + high, box.field
        spare = sheet.edge - left - wide - ASIDE
        assert columns.bit_length() <= sheet.edge - left + ASIDE, box.field
        assert columns >> spare << spare == columns, box.field


def _chunks(data: bytes) -> dict[bytes, bytes]:
    found, at = {}, 8
    while at < len(data):
        length, name = unpack(">I4s", data[at : at + 8])
        found[name] = data[at + 8 : at + 8 + length]
        at += 12 + length
    return found


def test_a_picture_holds_its_dots_and_nothing_about_anybody(press: Press, labelled: Callable[..., list[Label]]) -> None:
    (label,) = labelled()
    assert list(_chunks(press.to_png(label))) == [b"IHDR", b"pHYs", b"IDAT", b"IEND"]


def test_the_same_labels_give_the_same_bytes_whoever_their_neighbours_are(
    press: Press, labelled: Callable[..., list[Label]], drafted: Callable[..., Draft]
) -> None:
    drafts = [
        drafted(),
        drafted(carrier="乙速递", remark=""),
        drafted(sorting_code="", specimen=True),
        drafted(destination="四川 成都 锦江区"),
        drafted(pieces=12, contents=""),
        drafted(),
    ]
    labels = labelled(*drafts)
    together = list(press.to_pictures(labels))
    assert together == [press.to_png(label) for label in labels]
    assert together == list(press.to_pictures(iter(labels)))
    assert together[0] == together[-1]
    assert len(set(together)) == len(drafts) - 1


def test_a_new_press_draws_the_same_bytes(
    press: Press, fonts: Fonts, labelled: Callable[..., list[Label]], full: Draft
) -> None:
    other = Press(fonts)
    assert other.to_png(_label(other, full)) == press.to_png(_label(press, full))
    with pytest.raises(Misuse):
        list(other.to_pictures(labelled()))


def test_glyphs_are_forgotten_before_they_are_too_many(press: Press, fonts: Fonts, full: Draft) -> None:
    small = Press(fonts)
    small._plotter._well.bytes_max = 20_000
    drawn = small.to_png(_label(small, full))
    assert drawn == press.to_png(_label(press, full))
    assert small._plotter._well.kept <= 20_000


def test_an_archive_names_pictures_by_their_place_and_has_no_date(
    press: Press, labelled: Callable[..., list[Label]], drafted: Callable[..., Draft]
) -> None:
    labels = labelled(drafted(), drafted(remark="轻放"))
    archives = [BytesIO(), BytesIO()]
    assert [press.write_pictures(out, labels) for out in archives] == [2, 2]
    assert archives[0].getvalue() == archives[1].getvalue()
    with ZipFile(archives[0]) as archive:
        assert [archive.read(name) for name in ("0001.png", "0002.png")] == list(press.to_pictures(labels))
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_bitmap_shows_the_same_dots(press: Press, labelled: Callable[..., list[Label]]) -> None:
    (label,) = labelled()
    (data,) = press.to_pictures([label], form=PictureForm.BMP)
    picture = Image.open(BytesIO(data))
    assert picture.mode == "1"
    assert picture.tobytes() == Image.open(BytesIO(press.to_png(label))).tobytes()
    assert picture.info["dpi"] == pytest.approx((203.2, 203.2), abs=0.001)


def test_rows_are_dots_in_both_signs_and_what_fills_them_up_is_paper() -> None:
    scanlines = b"\0\xff\x7f\0\x0f\xff"  # ten dots across; the unused six are not looked at
    raster = Raster(scanlines, width=10, height=2, head=8)
    assert raster.row_bytes == 2
    assert raster.rows == b"\xff\x7f\x0f\xff"
    assert raster.inked == b"\x00\x80\xf0\x00"
    assert [[raster.is_ink(x, y) for x in (0, 3, 4, 8, 9)] for y in (0, 1)] == [
        [False, False, False, True, False],
        [True, True, False, False, False],
    ]
    for picture in (png(raster), bmp(raster)):
        opened = Image.open(BytesIO(picture)).convert("L")
        assert opened.size == (10, 2)
        assert [opened.getpixel(at) for at in ((8, 0), (9, 0), (0, 1), (4, 1))] == [BLACK, WHITE, BLACK, WHITE]


def test_what_fills_a_row_up_is_no_ink() -> None:
    assert Raster(b"\0\x00\x00", width=10, height=1, head=8).inked == b"\xff\xc0"


def test_a_specimen_says_so_and_its_codes_stay_clean(
    press: Press, drafted: Callable[..., Draft], labelled: Callable[..., list[Label]]
) -> None:
    plain, marked = (_opened(each) for each in press.to_pictures(labelled(drafted(), drafted(specimen=True))))
    mark = ImageChops.difference(plain, marked)
    box = mark.getbbox()
    assert box is not None
    area = template_of("76x130").plies[0].specimen.area
    assert box[2] - box[0] > 0.8 * area.w * 8
    assert 0 < mark.tobytes().count(WHITE) / (area.w * area.h * 64) < 0.08  # a screen, not a fill
    for area in template_of("76x130").whole.qrs:
        assert _crop(plain, area, 8).tobytes() == _crop(marked, area, 8).tobytes()


def test_a_rare_character_is_drawn_by_the_second_font(
    press: Press, fonts: Fonts, labelled: Callable[..., list[Label]], drafted: Callable[..., Draft]
) -> None:
    if not fonts.rare:
        pytest.skip("install fonts-hanazono (apt install fonts-hanazono)")
    labels = labelled(*[drafted(recipient_name=f"{name}*明") for name in ("王", *RARE)])
    pictures = list(press.to_pictures(labels))
    assert len(set(pictures)) == 3
    for label, picture in zip(labels, pictures, strict=True):
        ours, theirs = _opened(picture), _rendered(press.to_pdf([label]), 8)
        assert _strays(ours, theirs) < STRAYS_MAX[203]
        assert _strays(theirs, ours) < STRAYS_MAX[203]


def test_turned_numbers_are_drawn_whole(press: Press, labelled: Callable[..., list[Label]]) -> None:
    """Both edges say the number: turned upright, each is the other."""
    (label,) = labelled()
    image = _opened(press.to_png(label))
    up, down = (each.area for each in template_of("76x130").whole.numbers if each.turn.value != "across")
    read = [
        _crop(image, area, 8).transpose(turn)
        for area, turn in ((up, Image.Transpose.ROTATE_270), (down, Image.Transpose.ROTATE_90))
    ]
    inked = [ImageChops.invert(each).crop(ImageChops.invert(each).getbbox()) for each in read]
    assert inked[0].size == inked[1].size
    assert inked[0].tobytes() == inked[1].tobytes()


@pytest.mark.parametrize("number", ["12345678", "YJ1234567890123456", "RR473124829GB", "JDVA123456789012"])
@pytest.mark.parametrize("link", ["", "https://waybills.long-name.yinji.example/label/learn/"])
def test_numbers_and_links_of_every_length_are_read(
    drafted: Callable[..., Draft], press_with: Callable[[str], Press], number: str, link: str
) -> None:
    press = press_with(link)
    (answer,) = press.check([drafted()], [Nobody()], on=date(2026, 11, 21))
    assert isinstance(answer, Passed)
    codes = zxingcpp.read_barcodes(_opened(press.to_png(answer.numbered(number, TOKEN))))
    assert sorted(code.text for code in codes) == sorted([number, number, link + TOKEN])


@pytest.fixture(scope="module")
def press_with(fonts: Fonts) -> Callable[[str], Press]:
    return cache(partial(_press, fonts))


def _press(fonts: Fonts, link: str) -> Press:
    return Press(fonts, link=link)
