"""Text into physical lines: bounded, whatever ends them, and named where they are no text."""

from __future__ import annotations

import codecs
import contextlib
import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from yinji.doors.intake.reading.encoding import GB_18030, UTF_8
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

LINE_CHARACTERS_MAX: Final = 1_000_000
"""Longest physical line that is read."""

FOREIGN_CHARACTERS_MIN: Final = 4
"""Characters beyond ASCII from which on a line of GB 18030 that is also UTF-8 is taken for UTF-8: text of GB 18030 that long looks so
by chance once in millions of lines, a line of UTF-8 that was pasted in always."""

_BOM: Final = "\ufeff"
_SPOILT: Final = "\udcff"
"""Half of a surrogate pair, which no encoding decodes to: stands where bytes were no text."""

_MARKING: Final = "yinji.marking"


def _mark(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return _SPOILT, error.end
    raise error


codecs.register_error(_MARKING, _mark)


def open_text(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """Return the file as text in which `is_text` finds what could not be decoded; line ends stay as they are."""
    return io.TextIOWrapper(file, encoding=encoding, errors=_MARKING, newline="")


def is_text(part: str, encoding: str) -> bool:
    """Tell whether every byte of a part was text in this encoding, and none of it a NUL."""
    if "\0" in part:
        return False
    return part.isascii() or (_SPOILT not in part and not (encoding == GB_18030 and _is_utf_8(part)))


def read_lines(file: BinaryIO, *, name: str, encoding: str = UTF_8) -> Iterator[tuple[int, str]]:
    r"""Yield each line with its number (1 is the first) and its end (``\n``, ``\r\n`` or ``\r``); a byte order mark is taken off.

    Raises Fault(FILE_NOT_TEXT) naming file and line: bytes that are not of this encoding, a NUL, a line without end.
    """
    text = open_text(file, encoding)
    number = 0
    try:
        while line := text.readline(LINE_CHARACTERS_MAX):
            number += 1
            if number == 1:
                line = line.removeprefix(_BOM)
            if len(line) >= LINE_CHARACTERS_MAX - 1 or not is_text(line, encoding):
                raise Fault(Refusal.FILE_NOT_TEXT, f"{name}:{number}")
            yield number, line
    finally:
        with contextlib.suppress(ValueError):  # closed by its owner
            text.detach()


def _is_utf_8(line: str) -> bool:
    try:
        other = line.encode(GB_18030).decode(UTF_8)
    except UnicodeError:
        return False
    return sum(character >= "\u0800" for character in other) >= FOREIGN_CHARACTERS_MIN
