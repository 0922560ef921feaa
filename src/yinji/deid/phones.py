"""Phones: what a number is, and the mask that leaves at most five digits."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from yinji.deid.model import Phone, PhoneKind
from yinji.kernel.decision import Refuse
from yinji.kernel.mask import HIDDEN_MARK, Mask, Span
from yinji.kernel.refusals import Refusal
from yinji.law.force import strictest

_TAIL: Final = 4
"""The last four digits: what couriers and recipients compare at the door."""

_SHOWN_MAX: Final = 1 + _TAIL
"""Five digits, the first one and the tail: what an eleven-digit mobile has left when six are hidden (GB/T 41833-2022)."""

_MOBILE_DIGITS: Final = 11
_SIGNS: Final = frozenset("+-() \t")
_COUNTRY: Final = re.compile(r"\s*(?:\+|00)?86(?=[^0-9*]*(?:[0-9*][^0-9*]*){11,}$)")
_PLAIN_MOBILE: Final = re.compile(r"1[0-9]{10}")
_MOBILE_SPANS: Final = (Span(1, 7),)
_MOBILE_STARS: Final = HIDDEN_MARK * 6

_NARROW: Final = {0xFF01 + place: 0x21 + place for place in range(94)} | {0x3000: 0x20}
_EXTENSION: Final = re.compile(
    r"(?:(?:[,;\-]?\s*(?:转分机|转接|分机号?|转|按|拨)|[,，;&#_/]|ext\.?|x|p|-|—)[:：]?\s*|\s+)([0-9]{1,6})$|[\[(【](?:转|分机号?|ext\.?)?[: ]?([0-9]{2,6})[\])】]$",
    re.IGNORECASE,
)
_FILLING: Final = re.compile(r"[\s\-—–.·()]+")
_MASKED: Final = re.compile(r"[*＊●•×xX]{2,}|\*")
_SHAPES: Final = (
    (PhoneKind.MOBILE, re.compile(r"1[3-9][0-9]{9}")),
    (PhoneKind.VIRTUAL_700, re.compile(r"700[0-9]{12}")),  # 工信部信管函〔2025〕130号: fifteen digits in use
    (PhoneKind.SERVICE, re.compile(r"[48]00[0-9]{7}|9[56][0-9]{3,6}|12[0-9]{3}")),
    (PhoneKind.LANDLINE, re.compile(r"0(?:10|2[0-9])[2-9][0-9]{7}|0[3-9][0-9]{2}[2-9][0-9]{6,7}")),
)


def mask_phone(text: str) -> Mask:
    """Return a phone with the first digit and the last four left: 13800001234 → 1******1234.

    Of any number at least the digits that the rule ``gbt-41833-phone`` asks for (six) are hidden, and at most five are
    shown; a number too short for that is hidden whole, and so is everything that is neither a digit nor a sign. A star
    counts as a digit already hidden. The length is kept; the same text gives the same mask.
    """
    if len(text) == _MOBILE_DIGITS and text.isascii() and _PLAIN_MOBILE.fullmatch(text):
        return Mask(text[0] + _MOBILE_STARS + text[7:], _MOBILE_SPANS)
    country = _COUNTRY.match(text) if text.isascii() else None
    body = country.end() if country else 0
    places = [place for place in range(body, len(text)) if text[place].isdecimal() or text[place] == HIDDEN_MARK]
    count = min(_SHOWN_MAX, max(0, len(places) - _digits_hidden_min()))
    shown = {places[0], *places[-_TAIL:]} if count > _TAIL else set(places[len(places) - count :])
    hidden = [place not in shown and character not in _SIGNS for place, character in enumerate(text)]
    masked = "".join(HIDDEN_MARK if hide else character for hide, character in zip(hidden, text, strict=True))
    return Mask(masked, _runs(hidden))


def read_phone(text: str) -> Phone | Refuse:
    """Return what a phone is, or refuse: PHONE_MISSING, PHONE_MASKED (holds ``*``), PHONE_IMPOSSIBLE.

    Full-width digits, spaces, dashes, +86 and an extension behind ``-``, ``转``, ``分机``, a comma, a space or in brackets are
    understood. Lengths and prefixes follow the public numbering plan; 700 numbers have fifteen digits.
    """
    plain = text.translate(_NARROW).strip()
    if not plain:
        return Refuse(Refusal.PHONE_MISSING, "phone")
    if _MASKED.search(plain):
        return Refuse(Refusal.PHONE_MASKED, "phone")
    if (phone := _phone_of(_FILLING.sub("", plain), "")) is not None:
        return phone
    extension = _EXTENSION.search(plain)
    if extension is not None:
        phone = _phone_of(_FILLING.sub("", plain[: extension.start()]).rstrip(",，"), extension[1] or extension[2])
    return phone or Refuse(Refusal.PHONE_IMPOSSIBLE, "phone")


def _phone_of(digits: str, extension: str) -> Phone | None:
    for prefix in ("", "+86", "0086", "86"):
        if not digits.startswith(prefix):
            continue
        rest = digits[len(prefix) :]
        for kind, shape in _SHAPES:
            if shape.fullmatch(rest):
                return Phone(kind, rest, extension)
            if prefix and kind is PhoneKind.LANDLINE and shape.fullmatch("0" + rest):
                return Phone(kind, "0" + rest, extension)
    return None


def _runs(hidden: list[bool]) -> tuple[Span, ...]:
    spans: list[Span] = []
    start = -1
    for place, hide in enumerate([*hidden, False]):
        if hide and start < 0:
            start = place
        elif not hide and start >= 0:
            spans.append(Span(start, place))
            start = -1
    return tuple(spans)


@cache
def _digits_hidden_min() -> int:
    return strictest("gbt-41833-phone")
