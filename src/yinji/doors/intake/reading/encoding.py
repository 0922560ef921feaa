"""Which encoding a text file has: told by its mark, or by the first lines that are not plain ASCII."""

from __future__ import annotations

import codecs
import re
from typing import Final

from yinji.doors.intake.reading.source import Source

UTF_8: Final = "utf-8"
GB_18030: Final = "gb18030"

LOOKED_AT_BYTES: Final = 1 << 18
"""Bytes looked at from the first byte that is not ASCII: some thousand rows of orders."""

# UTF-32 first: its little-endian mark begins like that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE_END: Final = re.compile(rb"[\r\n]+")
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]")


def encoding_of(source: Source) -> str:
    """Return the name of the encoding: utf-8, utf-16, utf-32 (by their marks), gb18030, or utf-8 where nothing speaks against it."""
    head = source.head(4)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    return marked or _unmarked(source)


def _unmarked(source: Source) -> str:
    """Return what the first telling line says.

    A line that is not UTF-8 tells GB 18030. A line with a character of three bytes in UTF-8, as every Chinese one has, tells UTF-8.
    Characters of two bytes tell nothing: two GB 18030 characters such as 一隆 look like them.
    """
    more = False
    window = b""
    with source.stream() as file:
        while chunk := file.read(LOOKED_AT_BYTES):
            window = window[window.rfind(b"\n") + 1 :][-LOOKED_AT_BYTES:] + chunk
            if _BEYOND_ASCII.search(chunk):
                window += file.read(LOOKED_AT_BYTES)
                more = bool(file.read(1))
                break
        else:
            return UTF_8
    *lines, last = _LINE_END.split(window)
    verdicts = (*(_telling(line, whole=True) for line in lines), _telling(last, whole=not more))
    return next(filter(None, verdicts), UTF_8)


def _telling(line: bytes, *, whole: bool) -> str:
    """Return the encoding that a line tells, or nothing; one that is not ``whole`` may end within a character."""
    if line.isascii():
        return ""
    try:
        text = codecs.getincrementaldecoder(UTF_8)().decode(line, final=whole)
    except UnicodeDecodeError:
        return GB_18030
    return UTF_8 if max(text, default="") >= "\u0800" else ""  # three bytes or more
