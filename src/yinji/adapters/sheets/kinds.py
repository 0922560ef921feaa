"""What a file is, told by how it begins: names and endings are anybody's to choose."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from yinji.label.inspection.reading.streams import language_of


class SheetKind(StrEnum):
    """The kinds of files that labels come in."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    BMP = "bmp"
    STREAM = "stream"  # a printer's: ZPL, TSPL, CPCL, ESC/POS


_HEAD: Final = 1_024
"""ISO 32000-1, annex H: readers look for ``%PDF-`` in the first 1,024 bytes."""

_PICTURES: Final = {b"\x89PNG\r\n\x1a\n": SheetKind.PNG, b"\xff\xd8\xff": SheetKind.JPEG, b"BM": SheetKind.BMP}


def kind_of(content: bytes) -> SheetKind | None:
    """Return what bytes are, by their beginning; None for what is no kind that is known."""
    head = content[:_HEAD]
    for magic, kind in _PICTURES.items():
        if head.startswith(magic):
            return kind
    if b"%PDF-" in head:
        return SheetKind.PDF
    return SheetKind.STREAM if language_of(content) is not None else None
