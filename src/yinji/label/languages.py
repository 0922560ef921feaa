"""The languages of printers that labels are written in and read."""

from __future__ import annotations

from enum import StrEnum


class PrinterLanguage(StrEnum):
    """One language each, by its usual short name."""

    ZPL = "zpl"
    TSPL = "tspl"
    CPCL = "cpcl"
    ESCPOS = "escpos"
