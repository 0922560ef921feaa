"""Opening a file: what it is, and who reads that. The outside libraries are loaded by the first file that needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.adapters.sheets.kinds import SheetKind, kind_of
from yinji.adapters.sheets.stream import SheetsOfStreams
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.label.inspection.ports import FILE_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from yinji.label.inspection.ports import Sheet, SheetReader


def _documents() -> SheetReader:
    from yinji.adapters.sheets.pdf import PdfReader  # noqa: PLC0415 - an optional extra, loaded by the first file that needs it

    return PdfReader()


def _pictures() -> SheetReader:
    from yinji.adapters.sheets.picture import PictureReader  # noqa: PLC0415 - as above

    return PictureReader()


READERS: Final[dict[SheetKind, Callable[[], SheetReader]]] = {
    SheetKind.PDF: _documents,
    SheetKind.PNG: _pictures,
    SheetKind.JPEG: _pictures,
    SheetKind.BMP: _pictures,
    SheetKind.STREAM: SheetsOfStreams,
}
"""Who reads each kind of file."""


class OpenedSheets:
    """Reads every kind of file that is known. It is the `SheetReader` that main hands to the doors."""

    def sheets(self, content: bytes) -> Iterator[Sheet] | Refuse:
        """Return the sheets of a file one by one, or refuse it: never raises because of what it was given."""
        if len(content) > FILE_BYTES_MAX:
            return Refuse(Refusal.SHEET_TOO_LARGE)
        kind = kind_of(content)
        if kind is None:
            return Refuse(Refusal.SHEET_UNKNOWN)
        try:
            reader = READERS[kind]()
        except ImportError as missing:
            return Refuse(Refusal.SHEET_READER_MISSING, missing.name or "")
        except Fault as fault:
            return Refuse(fault.code, fault.at)
        return reader.sheets(content)
