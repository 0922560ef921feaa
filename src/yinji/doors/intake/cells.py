"""Single cells that are not about a person: numbers, days, amounts, sorting codes. Each is its value, or a refusal's code."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Final

from yinji.deid import scan
from yinji.doors.intake.dressing import is_scientific
from yinji.doors.intake.row_model import Bounds
from yinji.kernel.clock import BEIJING
from yinji.kernel.refusals import Refusal

PIECES_MAX: Final = 9_999
PACKAGES_MAX: Final = 99
NUMBER_CHARACTERS_MAX: Final = 64
AMOUNT_MAX: Final = 10_000_000
"""Grams (ten tonnes) and fen (100,000 yuan): beyond what a parcel weighs or is worth on delivery."""

FEN_A_YUAN: Final = 100

_DIGITS: Final = frozenset("123456789")
_COUNT: Final = re.compile(r"0{0,8}[0-9]{1,4}(?:\.0{1,4})?", re.ASCII)
_DATE: Final = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T]+(.*))?", re.ASCII | re.DOTALL)
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_KEPT: Final = 1_024
"""Days and sorting codes that are remembered: a file has few of them, many times."""

_TIME: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?.*", re.ASCII | re.DOTALL)
_SORTING: Final = re.compile(r"[0-9A-Z][0-9A-Z -]{0,23}", re.ASCII)
_PLACE: Final = re.compile(r"[^\W_](?:[^\W_]|[ ()（）·/-]){0,23}")
_DIGITS_IN_A_ROW: Final = re.compile(r"[0-9]{6}")
_AMOUNT: Final = re.compile(r"[¥￥]?\s*([0-9]{1,9}(?:\.[0-9]{1,4})?)\s*(?:元|kg|KG|千克|公斤|g|克)?", re.ASCII)
_SPACE: Final = re.compile(r"\s")

_CHECK: Final = re.compile(r"[^\W_](?:[^\W_]|[ 、，/-]){0,11}")
"""Twelve characters: what the label's badge holds in one line."""

_YES: Final = frozenset(("是", "到付", "收件人付", "收方付", "y", "yes", "true"))
_NO: Final = frozenset(("否", "寄付", "寄件人付", "寄方付", "现付", "月结", "n", "no", "false"))


def order_number(text: str) -> Refusal | None:
    """Return what is wrong with an order number, or nothing."""
    if not text:
        return Refusal.ORDER_NUMBER_MISSING
    if len(text) <= NUMBER_CHARACTERS_MAX and text.isalnum() and "e" not in text and "E" not in text:
        return None  # neither white space nor an exponent: nearly every number, without a search
    if len(text) > NUMBER_CHARACTERS_MAX or _SPACE.search(text) or is_scientific(text):
        return Refusal.ORDER_NUMBER_MALFORMED
    return None


def count(text: str, *, most: int = PIECES_MAX) -> int | Refusal:
    """Return a whole number from 1 on; an empty cell is 1."""
    if not text or text == "1":
        return 1
    if text in _DIGITS:
        return int(text)
    if _COUNT.fullmatch(text) and 0 < (number := int(text.partition(".")[0])) <= most:
        return number
    return Refusal.QUANTITY_MALFORMED


def ordered(text: str, bounds: Bounds) -> date | Refusal | None:
    """Return the day of an order; an empty cell is none."""
    if not text:
        return None
    day = _day(text)
    return day[0] if day and bounds.oldest <= day[0] <= bounds.newest else Refusal.DATE_MALFORMED


def expired(text: str, now: datetime) -> bool:
    """Whether a moment is over, in Beijing's time; a bare day lasts to its end, and what cannot be read is over."""
    day = _day(text)
    if day is None:
        return True
    clock = _TIME.fullmatch(day[1].strip())
    try:
        until = time(int(clock[1]), int(clock[2]), int(clock[3] or 0)) if clock else time.max
    except ValueError:
        return True
    return datetime.combine(day[0], until, BEIJING) < now


def _day(text: str) -> tuple[date, str] | None:
    """Return a day and what stands behind it."""
    written, _, rest = text.partition(" ")
    if (day := _day_alone(written)) is not None:
        return day, rest
    match = _DATE.fullmatch(text)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])), match[4] or ""
    except ValueError:
        return None


@lru_cache(maxsize=_KEPT)
def _day_alone(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


@lru_cache(maxsize=_KEPT)
def sorting_code(text: str) -> str | Refusal:
    """Return a three-part code: a closed grammar, because it is printed larger than anything else."""
    code = " ".join(text.split()).upper()
    if code and (not _SORTING.fullmatch(code) or _DIGITS_IN_A_ROW.search(code)):
        return Refusal.SORTING_CODE_MALFORMED
    return code


def sorting_place(text: str) -> str | Refusal:
    """Return a destination, package centre or door badge: a short place, never a number to call."""
    place = " ".join(text.split())
    if place and (not _PLACE.fullmatch(place) or _DIGITS_IN_A_ROW.search(place)):
        return Refusal.SORTING_CODE_MALFORMED
    return place


@lru_cache(maxsize=_KEPT)
def agreed_check(text: str) -> str | Refusal:
    """Return how contents are checked at delivery, as agreed: a few words (当面验收, 开箱验货) that show nobody."""
    check = " ".join(text.split())
    if check and (not _CHECK.fullmatch(check) or scan(check)):
        return Refusal.AGREED_CHECK_MALFORMED
    return check


def amount(text: str, *, units: int) -> int | Refusal | None:
    """Return a number times ``units`` (100 fen a yuan, 1,000 grams a kilogram), rounded half even; empty and zero are none."""
    if not text:
        return None
    match = _AMOUNT.fullmatch(text.replace(",", ""))
    if not match:
        return Refusal.AMOUNT_MALFORMED
    whole = round(Decimal(match[1]) * units)
    return Refusal.AMOUNT_MALFORMED if whole > AMOUNT_MAX else whole or None


def freight(text: str) -> int | Refusal | None:
    """Return freight to be collected in fen: 0 where the cell only says that it is; none where it says that it is not."""
    word = text.lower()
    if word in _YES:
        return 0
    return None if word in _NO else amount(text, units=FEN_A_YUAN)
