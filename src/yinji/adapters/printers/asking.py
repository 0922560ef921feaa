"""What printers are asked, and what they answer: pure, no wire in here.

ZPL ~HS (Zebra, ZPL II Programming Guide, Host Status Return) · TSPL ESC ! ? (TSC manual) · CPCL ESC h (Zebra manual) · ESC/POS DLE EOT
before a job and GS r behind one, which is answered in its turn (Epson reference).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yinji.label.languages import PrinterLanguage

ANSWER_BYTES_MAX: Final = 512

READY: Final = {
    PrinterLanguage.ZPL: b"~HS\r\n",
    PrinterLanguage.TSPL: b"\x1b!?",
    PrinterLanguage.CPCL: b"\x1bh",
    PrinterLanguage.ESCPOS: b"\x10\x04\x04",
}
"""Whether a printer can print."""

DONE: Final = {**READY, PrinterLanguage.ESCPOS: b"\x1dr\x01"}
"""Whether it has printed what came before."""

_FIELDS: Final = re.compile(rb"\x02([^\x03]*)\x03")
_ZPL_ANSWERS: Final = 3
_PAPER_OUT, _PAUSED, _FORMATS, _PARTIAL = 1, 2, 4, 7  # places in the first line of ~HS
_HEAD_UP, _RIBBON_OUT, _REMAINING = 2, 3, 8  # and in its second
_TSPL: Final = {
    0x01: "head open",
    0x02: "paper jam",
    0x04: "out of paper",
    0x08: "out of ribbon",
    0x10: "paused",
    0x80: "error",
}
_TSPL_BUSY: Final = 0x20
_CPCL: Final = {0x02: "out of paper", 0x04: "head open", 0x08: "battery low"}
_CPCL_BUSY: Final = 0x01
_ESCPOS_NO_PAPER: Final = {b"\x10\x04\x04": 0x60, b"\x1dr\x01": 0x0C}


class State(NamedTuple):
    """A printer's answer: whether anything still waits in it, and what keeps it from printing ("" for nothing)."""

    busy: bool
    trouble: str = ""


def answer_of(language: PrinterLanguage, question: bytes, answer: bytes) -> State | None:
    """Return what an answer says; None while it is not whole, or where it is none."""
    if language is PrinterLanguage.ZPL:
        return _zpl(answer)
    if not answer:
        return None
    last = answer[-1]
    if language is PrinterLanguage.ESCPOS:
        return State(busy=False, trouble="out of paper" if last & _ESCPOS_NO_PAPER[question] else "")
    troubles, busy = (_TSPL, _TSPL_BUSY) if language is PrinterLanguage.TSPL else (_CPCL, _CPCL_BUSY)
    return State(bool(last & busy), ", ".join(says for bit, says in troubles.items() if last & bit))


def _zpl(answer: bytes) -> State | None:
    lines = [line.split(b",") for line in _FIELDS.findall(answer)][-_ZPL_ANSWERS:]
    if len(lines) < _ZPL_ANSWERS or len(lines[0]) <= _PARTIAL or len(lines[1]) <= _REMAINING:
        return None
    first, second = lines[0], lines[1]
    troubles = [
        says
        for says, flag in (
            ("out of paper", first[_PAPER_OUT]),
            ("paused", first[_PAUSED]),
            ("head open", second[_HEAD_UP]),
            ("out of ribbon", second[_RIBBON_OUT]),
        )
        if flag.strip() == b"1"
    ]
    busy = any(each.strip(b" 0") for each in (first[_FORMATS], first[_PARTIAL], second[_REMAINING]))
    return State(busy, ", ".join(troubles))
