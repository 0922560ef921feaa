"""What a cell of a workbook says as text: a number exactly or visibly spoilt, a date as ISO text (ISO 8601-1:2019)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

DIGITS_MAX: Final = 15
"""Significant digits that a spreadsheet keeps (Excel specifications and limits: number precision). More were rounded away."""

PLAIN_EXPONENT_MIN: Final = -10
"""Smaller numbers are written in scientific notation."""

NUMBER_CHARACTERS_MAX: Final = 64

SERIAL_LEAP: Final = 61
"""1 March 1900. Excel counts a 29 February 1900 that never was (ECMA-376-1, 18.17.4.1), so earlier serials are not told apart."""

SERIAL_MAX: Final = 2_958_466
"""1 January 10000: no date any more."""

DAYS_1904: Final = 1_462
"""Days between the date systems of 1900 and 1904 (ECMA-376-1, 18.17.4.1)."""

_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's date has no time zone
_SECONDS_A_DAY: Final = 86_400
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


def number_text(raw: str, *, digits: int = 0) -> str:
    """Return a number cell's text: whole numbers of up to 15 digits exactly, others with 15 digits, longer ones as 5.1E+17.

    ``digits`` fills with zeros on the left, as the format 00000 shows it. What is no number is handed on as a formula is: refused.
    """
    if raw.isascii() and raw.isdigit() and len(raw) <= DIGITS_MAX:
        return (raw.lstrip("0") or "0").zfill(digits)
    try:
        value = Decimal(raw) if len(raw) <= NUMBER_CHARACTERS_MAX else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or abs(value.adjusted()) > 400:  # noqa: PLR2004 - beyond a double's 308
        return f"={raw[:NUMBER_CHARACTERS_MAX]}"
    if not value:
        return "0".zfill(digits)
    whole = value == value.to_integral_value() if value.adjusted() < DIGITS_MAX else True
    if whole and value.adjusted() < DIGITS_MAX:
        return f"{int(value)}".zfill(digits)
    rounded = Decimal(f"{value:.{DIGITS_MAX - 1}E}").normalize()
    if whole or rounded.adjusted() < PLAIN_EXPONENT_MIN:
        return f"{rounded:E}"
    return f"{rounded:f}"


def date_text(raw: str, *, since_1904: bool) -> str:
    """Return a date cell as YYYY-MM-DD, with HH:MM:SS if it has a time; a bare time as HH:MM:SS; what is no date as its number."""
    try:
        serial = float(raw)
    except ValueError:
        return number_text(raw)
    if 0 <= serial < 1 and not since_1904:
        seconds = round(serial * _SECONDS_A_DAY) % _SECONDS_A_DAY
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    serial += DAYS_1904 if since_1904 else 0
    if not SERIAL_LEAP <= serial < SERIAL_MAX:
        return number_text(raw)
    moment = _EPOCH + timedelta(days=int(serial), seconds=round(serial % 1 * _SECONDS_A_DAY))
    return f"{moment:%Y-%m-%d}" if serial == int(serial) else f"{moment:%Y-%m-%d %H:%M:%S}"


def unescaped(text: str) -> str:
    """Return a workbook's text with its escapes undone: _x000D_ is a carriage return (ECMA-376-1, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
