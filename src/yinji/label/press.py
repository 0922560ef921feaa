"""`Press`: one size and one pair of fonts, prepared once; it checks drafts and prints what passed."""

from __future__ import annotations

from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from yinji.kernel.faults import Misuse
from yinji.label import lints
from yinji.label.codes.grammar import LINK, demand_number, demand_token
from yinji.label.layout import template_of
from yinji.label.layout.calibration import sheet_of
from yinji.label.layout.typesetter import Typesetter
from yinji.label.writers import raster
from yinji.label.writers.languages import writer_for
from yinji.label.writers.pdf import Painter, PdfWriter
from yinji.label.writers.pdf.calibration import calibration_document
from yinji.label.writers.raster.archive import write_archive
from yinji.label.writers.raster.pictures import PictureForm, picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from yinji.label.fonts import Fonts
    from yinji.label.languages import PrinterLanguage
    from yinji.label.layout.calibration import Dots
    from yinji.label.lints.finding import Finding, LeakProbe
    from yinji.label.model import Draft
    from yinji.label.passed import Label, Passed
    from yinji.label.writers.languages import StreamWriter
    from yinji.label.writers.raster import Plotter, Raster

SIZE: Final = "76x130"
"""The one-ply waybill that the trade prints most."""

DPI: Final = 203

HEADS: Final = {203: 8, 300: 12}
"""Dots in a millimetre of the print heads there are, by the dots in an inch they are sold as."""


class Press:
    """Labels of one size. Made once a process (some 20 ms), used for any number of batches, by one thread at a time."""

    def __init__(self, fonts: Fonts, *, size: str = SIZE, link: str = "", dpi: int = DPI) -> None:
        """Prepare a size; raises Fault(LABEL_SIZE_UNKNOWN).

        ``link`` stands before the token in the QR code: the start of the address where a recipient learns about the label.
        ``dpi`` is the print head's: bars and modules are whole dots of a head of `HEADS`; raises Misuse for others.
        """
        if LINK.fullmatch(link) is None:
            raise Misuse("the link before a token is at most 60 printable ASCII characters")
        if dpi not in HEADS:
            raise Misuse(f"print heads have {' or '.join(map(str, HEADS))} dots an inch")
        self._setter = Typesetter(template_of(size), fonts, link=link)
        self._head = HEADS[dpi]

    @cached_property
    def _painter(self) -> Painter:
        return Painter(self._setter, head=self._head)

    @cached_property
    def _plotter(self) -> Plotter:
        return raster.Plotter(self._setter, head=self._head)

    def check(self, drafts: Sequence[Draft], probes: Sequence[LeakProbe], *, on: date) -> list[Passed | tuple[Finding, ...]]:
        """Lint and set drafts: each answer is the passed draft, or all findings. See `lints.check`."""
        return lints.check(drafts, probes, on=on, setter=self._setter)

    def pdf(self, out: BinaryIO, *, made_at: datetime | None = None) -> PdfWriter:
        """Return a writer that streams this press's labels to a binary file object."""
        return PdfWriter(out, self._painter, made_at=made_at)

    def to_pdf(self, labels: Sequence[Label], *, made_at: datetime | None = None) -> bytes:
        """Return one document with a page for each label."""
        out = BytesIO()
        with self.pdf(out, made_at=made_at) as writer:
            writer.write(labels)
        return out.getvalue()

    def rasters(self, labels: Iterable[Label]) -> Iterator[Raster]:
        """Draw labels as dots of this press's head, one after the other; raises Misuse for one set for another press."""
        return self._plotter.plot(labels)

    def to_pictures(self, labels: Iterable[Label], *, form: PictureForm = PictureForm.PNG) -> Iterator[bytes]:
        """Draw labels as picture files, one each, one bit a dot, in their order."""
        return (picture(each, form) for each in self.rasters(labels))

    def to_png(self, label: Label) -> bytes:
        """Return one label as a PNG at its true size."""
        return next(self.to_pictures([label]))

    def write_pictures(self, out: BinaryIO, labels: Iterable[Label], *, form: PictureForm = PictureForm.PNG) -> int:
        """Write the pictures of labels as one ZIP file, named by their place; return how many there are."""
        return write_archive(out, self.to_pictures(labels, form=form), form=form)

    def writer(self, language: PrinterLanguage, *, font: str = "", tag_bits: int = 0) -> StreamWriter:
        """Return a writer of this press's labels in a printer's language (`writers.languages.writer_for`)."""
        return writer_for(self._setter, language, head=self._head, font=font, tag_bits=tag_bits)

    def calibration_pdf(self, *, number: str, token: str) -> bytes:
        """Return the calibration sheet for this size's paper and this head; both codes hold a specimen's number and token."""
        setter, fine = self._calibration
        codes = {"number": demand_number(number), "token": demand_token(token)}
        return calibration_document(setter, fine, head=self._head, **codes)

    def calibration_png(self, *, number: str, token: str) -> bytes:
        """Return the same sheet as the dots of this head."""
        setter, fine = self._calibration
        codes = {"number": demand_number(number), "token": demand_token(token)}
        return picture(raster.calibration_raster(setter, fine, head=self._head, **codes), PictureForm.PNG)

    @cached_property
    def _calibration(self) -> tuple[Typesetter, tuple[Dots, ...]]:
        own = self._setter
        sheet = sheet_of(own.template, head=self._head)
        return Typesetter(sheet.template, own.fonts, link=own.link), sheet.fine
