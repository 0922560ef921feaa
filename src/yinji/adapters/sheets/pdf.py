"""Pages of PDF documents: their texts, those that nobody sees on paper too, and their codes, as they are printed."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from yinji.adapters.sheets.codes import ReadCode, read_codes
from yinji.adapters.sheets.limits import DPI, PAGE_POINTS_MAX, SHEETS_MAX, SIDE_MAX, TEXTS_MAX
from yinji.adapters.sheets.pdf_bounds import unfolds_too_far
from yinji.adapters.sheets.pdf_drawn import drawn_besides, too_much
from yinji.adapters.sheets.pdf_strings import strings_of
from yinji.adapters.sheets.pdf_texts import Layer, layer_of, quarters_of
from yinji.adapters.sheets.pixels import blanked, labels_on, share, texts_on, upright
from yinji.adapters.sheets.splitting import parts
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.inspection.model import WHOLE, Region, SeenLabel, SeenText, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

    from yinji.label.inspection.ports import Sheet

_POINTS_AN_INCH: Final = 72
_MM_A_POINT: Final = 25.4 / _POINTS_AN_INCH
_FINER: Final = 2
"""A page without a code at the print head's dots is looked at once more: the code may be finer than they are."""

_INSIDE: Final = 0.5
_ENGINE: Final = RLock()
"""PDFium works for one thread at a time."""

_ATTACHED: Final = Said("文档带有附件，附件内容未检查", "the document carries attachments, which were not inspected")
_SEALED: Final = Said(
    "文档加密，页面之外的文字未全部检查", "the document is encrypted: texts beside its pages were not all inspected"
)
_CUT: Final = Said(f"只读了前 {TEXTS_MAX:,} 行", f"only the first {TEXTS_MAX:,} lines were read")


class _Besides:
    """What a document says beside its pages: it belongs to the first page that holds a label."""

    def __init__(self, texts: tuple[SeenText, ...]) -> None:
        self._texts = texts
        self._owner = ""

    def of(self, place: str) -> tuple[SeenText, ...]:
        """Return the texts to the first page that asks, as often as it asks."""
        self._owner = self._owner or place
        return self._texts if place == self._owner else ()


class PdfPage:
    """One page, opened."""

    def __init__(self, page: pdfium.PdfPage, number: int, besides: _Besides, missed: tuple[Said, ...]) -> None:
        """``number`` counts from 1; ``missed`` is what of the whole document was not inspected."""
        self._page = page
        self._besides = besides
        self._missed = missed
        self.place = f"page {number}"

    def labels(self) -> tuple[SeenLabel, ...]:
        """Return every label on the page."""
        with _ENGINE:
            layer, codes = self._layer, self._codes
            besides = drawn_besides(self._page, [each.seen.region for each in codes])
            if not layer.texts and besides:
                return self._photographed()
            texts, missed = layer.texts, self._missed + ((_CUT,) if layer.cut else ())
            if besides or not layer.sure:
                picture = self._bare if layer.sure else self._picture
                read, unread = texts_on(blanked(picture, [each.seen.region for each in codes]), [each.seen for each in codes])
                texts, missed = (*texts, *read), (*missed, *unread)
            return self._parted(texts, codes, missed)

    def pixels(self) -> tuple[int, int, bytes]:
        """Return width, height and greys of the page as it is printed."""
        with _ENGINE:
            return self._picture.width, self._picture.height, self._picture.tobytes()

    def _photographed(self) -> tuple[SeenLabel, ...]:
        """Return the labels of a page that is a picture and nothing else."""
        whole = upright(self._picture)
        self.__dict__["_picture"] = whole.picture  # what is marked is what was read
        found = labels_on(whole, self.place, self._besides.of(self.place))
        if not self._missed:
            return found
        return tuple(
            SeenLabel(each.place, each.texts, each.codes, None, legible=False, missed=each.missed + self._missed, at=each.at)
            for each in found
        )

    def _parted(
        self, texts: tuple[SeenText, ...], codes: tuple[ReadCode, ...], missed: tuple[Said, ...]
    ) -> tuple[SeenLabel, ...]:
        if not texts and not codes:
            return ()
        hidden = self._besides.of(self.place)
        regions = parts(self._picture, codes)
        width, height = (each * _MM_A_POINT for each in self._page.get_size())
        found = []
        for number, at in enumerate(regions, 1):
            own = [each._replace(region=each.region.seen_from(at)) for each in texts if _belongs(each.region, at, regions)]
            decoded = [each.seen for each in codes if share(each.seen.region, at) > _INSIDE]
            found.append(
                SeenLabel(
                    self.place if len(regions) == 1 else f"{self.place}, label {number}",
                    (*own, *hidden) if number == 1 else tuple(own),
                    tuple(each._replace(region=each.region.seen_from(at)) for each in decoded),
                    (width * (at.right - at.left), height * (at.bottom - at.top)),
                    not missed,
                    missed,
                    at,
                )
            )
        return tuple(found)

    @cached_property
    def _picture(self) -> Image:
        """The page as a print head would see it, grey, no side longer than SIDE_MAX."""
        self._page.set_rotation(90 * quarters_of(self._page))
        return self._rendered(1)

    def _rendered(self, finer: int) -> Image:
        width, height = self._page.get_size()
        scale = min(finer * DPI / _POINTS_AN_INCH, SIDE_MAX / max(width, height))
        picture: Image = self._page.render(scale=scale, grayscale=True).to_pil()
        return picture

    @cached_property
    def _codes(self) -> tuple[ReadCode, ...]:
        for picture in (self._picture, None):
            drawn = picture or self._rendered(_FINER)
            dots = self._page.get_size()[0] / _POINTS_AN_INCH * DPI / drawn.width
            if found := read_codes([drawn], dots_a_pixel=dots):
                return found
        return ()

    @cached_property
    def _bare(self) -> Image:
        """The page without its texts. Rendered last: the page is not as it was afterwards."""
        for each in self._page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT]):
            pdfium_c.FPDFTextObj_SetTextRenderMode(each, pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)
        return self._rendered(1)

    @cached_property
    def _layer(self) -> Layer:
        picture = self._picture  # turned first: places are told as it is shown
        return layer_of(self._page, picture, self._bare)


class PdfReader:
    """Opens PDF documents."""

    def sheets(self, content: bytes) -> Iterator[Sheet] | Refuse:
        """Return the pages of a document one by one, or refuse it."""
        if unfolds_too_far(content):
            return Refuse(Refusal.SHEET_TOO_LARGE)
        with _ENGINE:
            try:
                document = pdfium.PdfDocument(content)
                if refused := _too_large(document):
                    return refused
                with suppress(pdfium.PdfiumError):
                    document.init_forms()
            except pdfium.PdfiumError as error:
                locked = error.err_code == pdfium_c.FPDF_ERR_PASSWORD
                return Refuse(Refusal.SHEET_LOCKED if locked else Refusal.SHEET_BROKEN)
            return _pages(document, content)


def _too_large(document: pdfium.PdfDocument) -> Refuse | None:
    count = len(document)
    if count > SHEETS_MAX:
        return Refuse(Refusal.SHEET_TOO_LARGE, f"{count} pages")
    if not count:
        return Refuse(Refusal.SHEET_BROKEN)
    for number in range(count):
        width, height = document.get_page_size(number)
        if not (1 <= width <= PAGE_POINTS_MAX and 1 <= height <= PAGE_POINTS_MAX):
            return Refuse(Refusal.SHEET_TOO_LARGE, f"page {number + 1}")
    return None


def _pages(document: pdfium.PdfDocument, content: bytes) -> Iterator[Sheet]:
    besides = _Besides(tuple(SeenText(Private(text), WHOLE, Source.HIDDEN) for text in _beside(document, content)))
    with _ENGINE:
        missed = ((_ATTACHED,) if document.count_attachments() else ()) + (
            (_SEALED,) if pdfium_c.FPDF_GetSecurityHandlerRevision(document) >= 0 else ()
        )
        count = len(document)
    for number in range(1, count + 1):
        with _ENGINE:
            page = _page(document, number, besides, missed)
        yield page


def _page(document: pdfium.PdfDocument, number: int, besides: _Besides, missed: tuple[Said, ...]) -> Sheet:
    try:
        page = document[number - 1]
        if too_much(page):
            return _Unread(number, Said("此页内容多得无法绘制", "this page draws too much to be drawn"))
    except pdfium.PdfiumError:
        return _Unread(number, Said("此页打不开", "this page cannot be opened"))
    return PdfPage(page, number, besides, missed)


class _Unread:
    """A page that the document lists and nobody can read."""

    def __init__(self, number: int, why: Said) -> None:
        self._why = why
        self.place = f"page {number}"

    def labels(self) -> tuple[SeenLabel, ...]:
        """Return one label of which nothing could be read."""
        return (SeenLabel(self.place, (), (), legible=False, missed=(self._why,)),)

    def pixels(self) -> tuple[int, int, bytes]:
        """Return one white dot."""
        return 1, 1, b"\xff"


def _beside(document: pdfium.PdfDocument, content: bytes) -> Iterator[str]:
    with _ENGINE:
        yield from document.get_metadata_dict(skip_empty=True).values()
    yield from strings_of(content)


def _belongs(region: Region, at: Region, regions: tuple[Region, ...]) -> bool:
    """Say whether a text is a part's: it stands in it, or in none (outside the page) and this is the first."""
    if share(region, at) > _INSIDE:
        return True
    return at == regions[0] and not any(share(region, each) > _INSIDE for each in regions)
