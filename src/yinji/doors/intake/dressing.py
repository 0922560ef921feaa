"""Text dressing: what exports and spreadsheets put around a text so that it stays one, undone; and put on again."""

from __future__ import annotations

import re
from typing import Final

from yinji.doors.intake.presets.model import Dress

_WRAPPED: Final = re.compile(r'=\s*"([^"]*)"')
_DRESSINGS_MAX: Final = 3
"""``\t'="123"``: nobody dresses a cell more often."""

_FORMULA: Final = re.compile(r"=|[+\-@][A-Za-z][A-Za-z.]*[0-9]*\(")
_SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]+", re.ASCII)
_COUNTRY: Final = re.compile(r"(?:\+|00)?86-(?=[0-9*])", re.ASCII)
_EXECUTED: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for a formula at the start of a cell (OWASP, CSV injection)."""

_ROUNDED: Final = re.compile(r"[0-9]{12,}|0[0-9]+", re.ASCII)
"""Digits that a spreadsheet rounds (fifteen are kept) or shows in scientific notation (from twelve on), or a leading zero."""


def undressed(cell: str) -> str:
    r"""Return a cell without white space around it, a leading ``'`` and ``="..."``.

    >>> undressed('="510000123456789012"'), undressed("'13800001111\t")
    ('510000123456789012', '13800001111')
    """
    text = cell.strip()
    for _ in range(_DRESSINGS_MAX):
        if text[:1] not in ("'", "="):
            break
        wrapped = _WRAPPED.fullmatch(text)
        inner = wrapped[1] if wrapped else text.removeprefix("'")
        if inner == text:
            break
        text = inner.strip()
    return text


def is_formula(text: str) -> bool:
    """Whether an undressed cell is still a formula: ``=A1``, ``+SUM(…)``, ``@HYPERLINK(…)``; a phone ``+86…`` is none."""
    return _FORMULA.match(text) is not None


def is_scientific(text: str) -> bool:
    """Whether digits were lost: ``5.1E+17``."""
    return _SCIENTIFIC.fullmatch(text) is not None


def without_country(phone: str) -> str:
    """Return a phone without ``86-`` before it."""
    return _COUNTRY.sub("", phone, count=1) if "86-" in phone[:5] else phone


def dressed(text: str, dress: Dress = Dress.TAB) -> str:
    """Return a text that a spreadsheet neither executes nor rounds, and that `undressed` gives back as it was."""
    if text.startswith(_EXECUTED):
        return f"'{text}"
    if not _ROUNDED.fullmatch(text) or dress is Dress.PLAIN:
        return text
    return f'="{text}"' if dress is Dress.FORMULA else f"{text}\t"
