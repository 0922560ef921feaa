"""Numbers, encodings and sizes as printer languages write them; whatever is written, something is returned."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from yinji.label.codes.code128 import MODULES_PER_SYMBOL, STOP_MODULES, symbols
from yinji.label.codes.grammar import WAYBILL_NUMBER

NUMBER_MAX: Final = 32_000
"""What the languages count dots to."""

_NUMBER: Final = re.compile(r"\s*([+-]?)0*([0-9]{1,6})")
_WIDE: Final = frozenset("WF")
_NARROW: Final = 0.55
"""Of its height, the width of a letter or digit in the fonts of printers."""


def number(written: str, default: int = 0, *, least: int = -NUMBER_MAX, most: int = NUMBER_MAX) -> int:
    """Return a number as it is written, cut to what the languages count to; ``default`` where it is none."""
    match = _NUMBER.match(written)
    if match is None:
        return default
    return max(least, min(most, int(match[1] + match[2])))


def decoded(data: bytes, *encodings: str) -> str:
    """Return data in the first encoding it is valid in; otherwise in the first, with marks for what is not."""
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(encodings[0], "replace")


def ems(text: str) -> float:
    """Return how many times its height a text is wide, about."""
    return sum(1.0 if unicodedata.east_asian_width(each) in _WIDE else _NARROW for each in text)


def code_128_modules(payload: str) -> int:
    """Return how many modules a Code 128 of a payload has; exact for waybill numbers, about for anything else."""
    if WAYBILL_NUMBER.fullmatch(payload):
        return (len(symbols(payload)) - 1) * MODULES_PER_SYMBOL + STOP_MODULES
    runs = [(run.start(), run.end()) for run in re.finditer("[0-9]{4,}", payload)]
    pairs = sum((end - start) // 2 for start, end in runs)
    changes = sum((start > 0) + (end < len(payload)) for start, end in runs)
    return 2 * MODULES_PER_SYMBOL + STOP_MODULES + MODULES_PER_SYMBOL * (len(payload) - pairs + changes)


def qr_side(payload: str) -> int:
    """Return how many modules a side a QR code of a payload has at level M, about: versions grow by four modules a side."""
    return next((17 + 4 * version for version, held in enumerate(_QR_BYTES, 1) if held >= len(payload.encode())), 177)


_QR_BYTES: Final = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666)
"""Bytes that versions 1 to 20 hold at level M (ISO/IEC 18004, table 7)."""
