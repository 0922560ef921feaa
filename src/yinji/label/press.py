"""`Press`: one size and one pair of fonts, prepared once; it checks drafts and prints what passed."""

from __future__ import annotations

from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from yinji.kernel.faults import Misuse
from yinji.label import lints
from yinji.label.codes.grammar import LINK
from yinji.label.layout import template_of
from yinji.label.layout.typesetter import Typesetter
from yinji.label.writers.pdf import Painter, PdfWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from yinji.label.fonts import Fonts
    from yinji.label.lints.finding import Finding, LeakProbe
    from yinji.label.model import Draft
    from yinji.label.passed import Label, Passed

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
