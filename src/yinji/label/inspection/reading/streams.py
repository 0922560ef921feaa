"""A printer's stream, opened: which language it is in, and its labels as the sheets of an inspection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.label.inspection.reading.cpcl import CpclReader
from yinji.label.inspection.reading.escpos import EscPosReader
from yinji.label.inspection.reading.limits import LABELS_MAX, STREAM_BYTES_MAX
from yinji.label.inspection.reading.page import TOO_MUCH
from yinji.label.inspection.reading.tspl import TsplReader
from yinji.label.inspection.reading.zpl import ZplReader
from yinji.label.languages import PrinterLanguage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.inspection.model import SeenLabel
    from yinji.label.inspection.ports import Sheet
    from yinji.label.inspection.reading.page import Page
    from yinji.label.inspection.reading.ports import PictureReader


class _Reader(Protocol):
    """One language's reader, for one stream."""

    def pages(self, stream: bytes) -> Iterator[Page]:
        """Return the labels of a stream."""
        ...


_READERS: Final[dict[PrinterLanguage, type[_Reader]]] = {
    PrinterLanguage.ZPL: ZplReader,
    PrinterLanguage.TSPL: TsplReader,
    PrinterLanguage.CPCL: CpclReader,
    PrinterLanguage.ESCPOS: EscPosReader,
}
_HEAD: Final = 4_096
_ZPL: Final = re.compile(rb"\^XA|~DG|~DY|\^DF", re.IGNORECASE)
_CPCL: Final = re.compile(rb"(?:^|\n)\s*!\s+(?:\d+\s+\d+\s+\d+\s+\d+\s+\d+|U1\s|UTILITIES)")
_TSPL: Final = re.compile(
    rb"(?:^|\n)\s*(?:SIZE\s|CLS\b|TEXT\s+\d|BARCODE\s+\d|QRCODE\s+\d|BITMAP\s+\d|GAP\s|PRINT\s+\d)", re.IGNORECASE
)
_ESCPOS: Final = re.compile(rb"\x1b[@*!aEd]|\x1d[vkVL!(hwH]")


def language_of(stream: bytes) -> PrinterLanguage | None:
    """Return the language of a stream, by what comes first in it; None where none is known."""
    head = stream[:_HEAD]
    found = {
        match.start(): language
        for language, sign in (
            (PrinterLanguage.ESCPOS, _ESCPOS),
            (PrinterLanguage.TSPL, _TSPL),
            (PrinterLanguage.CPCL, _CPCL),
            (PrinterLanguage.ZPL, _ZPL),
        )
        if (match := sign.search(head)) is not None
    }
    return found[min(found)] if found else None


class StreamSheet:
    """One label of a stream."""

    def __init__(self, page: Page, pictures: PictureReader | None) -> None:
        """Keep the page as it was drawn."""
        self._page = page
        self._pictures = pictures
        self.place = page.place

    def labels(self) -> tuple[SeenLabel, ...]:
        """Return the label."""
        return (self._page.seen(self._pictures),)

    def pixels(self) -> tuple[int, int, bytes]:
        """Return width, height and greys of the pictures, lines and boxes that the printer was told to draw."""
        return self._page.pixels()


class StreamReader:
    """Reads streams of all languages. It is a `SheetReader`."""

    def __init__(self, *, pictures: PictureReader | None = None) -> None:
        """Take somebody who reads pictures, where there is one: without, a label that has any is not legible."""
        self._pictures = pictures

    def sheets(self, content: bytes) -> Iterator[Sheet] | Refuse:
        """Return the labels of a stream one by one, or refuse: too large, empty, in no language that is known. Never raises."""
        if len(content) > STREAM_BYTES_MAX:
            return Refuse(Refusal.FILE_TOO_LARGE)
        if not content.strip():
            return Refuse(Refusal.FILE_EMPTY)
        language = language_of(content)
        if language is None:
            return Refuse(Refusal.FILE_FORM_UNKNOWN)
        return self._opened(_READERS[language]().pages(content))

    def _opened(self, pages: Iterator[Page]) -> Iterator[Sheet]:
        """Return pages as sheets; the last that is read says so."""
        for count, page in enumerate(pages, 1):
            if count >= LABELS_MAX:
                page.miss(TOO_MUCH)
            yield StreamSheet(page, self._pictures)
