"""What a ZPL field says and where: the state that commands before ^FD leave, and the field's data in characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from yinji.label.inspection.model import Symbology
from yinji.label.inspection.reading.marks import decoded

_UTF_8: Final = frozenset((28,))
_UTF_16: Final = {29: "utf-16-be", 30: "utf-16-le"}
_ASIAN: Final = frozenset((14, 24, 26))
_HEX: Final = re.compile(rb"([0-9A-Fa-f]{2})")

CODES: Final = {
    "BC": Symbology.CODE_128,
    "BQ": Symbology.QR,
    "BX": Symbology.DATA_MATRIX,
    **dict.fromkeys(
        ("B0", "B1", "B2", "B3", "B4", "B5", "B7", "B8", "B9", "BA", "BB", "BD", "BE", "BF", "BI", "BJ", "BK", "BL", "BM", "BO",
         "BP", "BR", "BS", "BT", "BU", "BZ"),
        Symbology.OTHER,
    ),
}  # fmt: skip
"""The commands that make the field's data a code."""


@dataclass(slots=True)
class Code:
    """A code that the next data becomes: its kind, command, turn, height, size of its modules, and whether its text is printed."""

    kind: Symbology
    name: str
    turn: str = "N"
    height: int = 0
    module: int = 0
    shows: bool = False
    mode: str = "N"


@dataclass(slots=True)
class Pen:
    """Where and how the next field is printed; most of it ends with ^FS."""

    x: int = 0
    y: int = 0
    typeset: bool = False
    right: bool = False
    turn: str = "N"
    high: int = 9
    wide: int = 5
    block: tuple[int, int] | None = None
    turned: bool = False
    escape: int | None = None
    code: Code | None = None
    number: int | None = None
    data: bytes | None = None


def unescaped(data: bytes, escape: int | None) -> bytes:
    """Return data with what ^FH announced taken for the bytes it stands for."""
    if escape is None:
        return data
    first, *others = data.split(bytes((escape,)))
    found = [first]
    for part in others:
        digits = _HEX.match(part)
        found.append(bytes((int(digits[1], 16),)) + part[2:] if digits else bytes((escape,)) + part)
    return b"".join(found)


def characters(data: bytes, encoding: int) -> str:
    """Return data as ^CI says it is written; where it says nothing of use, as it reads: UTF-8, then GB 18030."""
    if encoding in _UTF_16:
        return decoded(data, _UTF_16[encoding])
    if encoding in _ASIAN:
        return decoded(data, "gb18030", "utf-8")
    if encoding in _UTF_8:
        return decoded(data, "utf-8", "gb18030")
    return decoded(data, "utf-8", "gb18030", "latin-1")


_INVOKED: Final = re.compile(r">([0-9:;<=>])")
_QR_HEAD: Final = re.compile(r"[HQML]?(?:A,|M,?(?:B[0-9]{4}|[NA]))", re.IGNORECASE)


def payload(code: Code, data: str) -> str:
    """Return what a scanner will read of a code's data: without the signs that only tell the printer how to set it."""
    if code.name == "BC":
        return _INVOKED.sub(lambda match: ">" if match[1] == "0" else "", data) if code.mode not in {"A", "D"} else data
    if code.name == "BQ":
        return data[head.end() :] if (head := _QR_HEAD.match(data)) else data
    return data
