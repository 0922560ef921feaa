"""Canaries: a person who exists nowhere else, looked for in every form in which a person could leak."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

NAME = "钟离望舒"
PHONE = "17300004821"
ROOM = "6幢9单元2703室"
ADDRESS = f"湖南省长沙市岳麓区鹿鸣涧路517号栖霞别院{ROOM}"
PERSON = (NAME, PHONE, ADDRESS)

_END_OF_PDF = b"%%EOF"
_TRAILER_BYTES = 1_024
"""Readers look for the end mark in as many of the last bytes (ISO 32000-1, annex H, implementation note 18)."""

TELLING = (NAME, PHONE, PHONE[1:7], PHONE[2:8], ROOM, "9单元2703")
"""What must show nowhere: the whole name, six digits in a row of what the mask hides, unit and room."""


def forms(text: str) -> Iterator[bytes]:
    """The bytes that ``text`` becomes on its way into a file."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        data = text.encode(encoding)
        yield data
        if not text.isdigit() or len(text) > 8:  # six hexadecimal digits stand in any large file by chance
            yield data.hex().encode()
            yield data.hex().upper().encode()
        for shift in range(3):
            yield base64.b64encode(b"\0" * shift + data)[4 if shift else 0 : -4]
    yield text.encode("unicode_escape")


def leaks_in(data: bytes) -> list[str]:
    """Which telling texts stand in ``data``, in any form."""
    return [text for text in TELLING if any(form and len(form) > 5 and form in data for form in forms(text))]


def leaks_in_file(path: Path) -> list[str]:
    """Which telling texts stand in a file, as it is, and for a PDF also unpacked and read."""
    data = path.read_bytes()
    found = leaks_in(data)
    if data.startswith(b"%PDF"):
        found += leaks_in(b"\n".join(_unpacked(data)))
        if _END_OF_PDF in data[-_TRAILER_BYTES:]:  # one that a killed command left unfinished has no pages to read
            found += leaks_in(_read(path).encode())
    return found


def _unpacked(data: bytes) -> Iterator[bytes]:
    for piece in data.split(b"stream\n")[1:]:
        try:
            yield zlib.decompressobj().decompress(piece)
        except zlib.error:
            yield piece


def _read(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text
