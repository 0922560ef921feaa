"""Numbers, codes, and what evidence says of a waybill. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple

from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import OWN_FORMAT, NumberRange, Waybill
from yinji.waybill.numbering.check_digits import LENGTHS, METHODS, mod11_10
from yinji.waybill.numbering.formats import NumberFormat, fits, formats

_RANGE: Final = re.compile(
    r"(?:(?P<prefix>[A-Z]{0,4}):)?(?P<first>[0-9]{8,15})-(?P<last>[0-9]{8,15})(?::(?P<suffix>[A-Z]{2}))?", re.ASCII
)
_PARTS: Final = re.compile(r"(?P<prefix>[A-Z]*)(?P<digits>[0-9]+)(?P<suffix>[A-Z]*)", re.ASCII)

PRINTED_DIGITS_MAX: Final = {0: 16, 1: 16, 2: 16, 3: 12, 4: 12}
"""Digits, check digit included, by letters before them: a longer bar code would not keep its bars two printer dots wide."""

_MERCHANT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}|", re.ASCII)
_MOBILE: Final = re.compile("(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_REASON: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}", re.ASCII)

MARK_BYTES: Final = 16

check_digit = mod11_10


class RangeText(NamedTuple):
    """A range as it was written: what stands before the serials, how many digits these have, the first and last, what follows."""

    prefix: str
    digits: int
    first: int
    last: int
    suffix: str = ""


def written(prefix: str, serial: int, digits: int, *, check: str = "mod11_10", suffix: str = "") -> str:
    """Return a waybill number in its printed form; ``check`` is the method of its check digit."""
    text = f"{serial:0{digits}d}"
    return f"{prefix}{text}{METHODS[check](text)}{suffix}"


def printed(own: NumberRange, serial: int) -> str:
    """Return the number of a serial of a range in its printed form."""
    return printer(own)(serial)


def printer(own: NumberRange) -> Callable[[int], str]:
    """Return what prints a range's serials, one after the other."""
    prefix, digits, suffix, check = own.prefix, own.digits, own.suffix, METHODS[check_of(own.format)]

    def number(serial: int) -> str:
        text = f"{serial:0{digits}d}"
        return f"{prefix}{text}{check(text)}{suffix}"

    return number


@lru_cache(maxsize=64)
def check_of(form: str) -> str:
    """Return the method of a form's check digit."""
    return formats()[form].check


def read_number(text: str) -> str | Refuse:
    """Return a waybill number as the register keeps it, spaces gone; refuses a wrong form or check digit."""
    number = "".join(text.split()).upper()
    return number if fits(number) is not None else Refuse(Refusal.NUMBER_MALFORMED)


def shape_of(number: str) -> tuple[str, str, int]:
    """Return the letters before and after a number's digits, and how many digits there are; ("", "", 0) for no number."""
    parts = _PARTS.fullmatch(number)
    return (parts["prefix"], parts["suffix"], len(parts["digits"])) if parts else ("", "", 0)


def serial_in(own: NumberRange, number: str) -> int | None:
    """Return the serial of a number that has a range's letters and digits; None where it cannot be of it.

    Its check digit is not read: compare with `printed`.
    """
    if shape_of(number) != (own.prefix, own.suffix, own.digits + LENGTHS[check_of(own.format)]):
        return None
    serial = int(number[len(own.prefix) :][: own.digits])
    return serial if own.first <= serial <= own.last else None


def misread(number: str, ranges: Iterable[NumberRange]) -> bool:
    """Tell whether a number lies in one of ``ranges`` but for its check digit: somebody read or typed it wrongly."""
    met = [(own, serial) for own in ranges if (serial := serial_in(own, number)) is not None]
    return bool(met) and all(printed(own, serial) != number for own, serial in met)


def read_range(text: str, form: str = OWN_FORMAT) -> RangeText | Refuse:
    """Return a range written ``PREFIX:FIRST-LAST``, ``FIRST-LAST`` without letters or ``PREFIX:FIRST-LAST:SUFFIX``.

    Refuses FORMAT_UNKNOWN, or RANGE_MALFORMED where the range is not of the form or no label could carry its bar code.
    """
    shape = formats().get(form)
    if shape is None:
        return Refuse(Refusal.FORMAT_UNKNOWN, f"{form}: {' | '.join(formats())}")
    match = _RANGE.fullmatch("".join(text.split()).upper())
    if match is None or len(match["first"]) != len(match["last"]) or int(match["first"]) > int(match["last"]):
        return Refuse(Refusal.RANGE_MALFORMED)
    read = RangeText(match["prefix"] or "", len(match["first"]), int(match["first"]), int(match["last"]), match["suffix"] or "")
    return _of_form(read, shape)


def _of_form(read: RangeText, shape: NumberFormat) -> RangeText | Refuse:
    if not re.fullmatch(shape.prefix, read.prefix) or not re.fullmatch(shape.suffix, read.suffix):
        return Refuse(Refusal.RANGE_MALFORMED, shape.id)
    most = min(shape.digits_max, PRINTED_DIGITS_MAX[len(read.prefix)] - shape.check_digits)
    if not shape.digits_min <= read.digits <= most:
        return Refuse(Refusal.RANGE_MALFORMED, f"{shape.id} {read.prefix}: {shape.digits_min}..{most}")
    return read


def is_merchant(code: str) -> bool:
    """Tell whether ``code`` can be a merchant's: a short code, or nothing; it stands in clear rows and in evidence.

    What reads as a mobile number is none: a person's number would stand there for years.
    """
    return _MERCHANT.fullmatch(code) is not None and _MOBILE.search(code) is None


is_outlet = is_merchant
"""Outlets, partners, channels and brands have codes of the same grammar; nothing stands for the organisation itself."""


def is_reason(code: str) -> bool:
    """Tell whether ``code`` is a reason that evidence can hold: a short code, never free text."""
    return _REASON.fullmatch(code) is not None


def overlap(one: NumberRange, other: NumberRange) -> bool:
    """Tell whether two ranges could print the same number, whatever their check digits come to."""
    spans = [_printed_span(own) for own in (one, other)]
    if spans[0][0] != spans[1][0]:
        return False
    first, second = sorted(span[1:] for span in spans)
    return second[0] <= first[1]


def _printed_span(own: NumberRange) -> tuple[tuple[str, str, int], int, int]:
    length = LENGTHS[check_of(own.format)]
    scale = 10**length
    return (own.prefix, own.suffix, own.digits + length), own.first * scale, own.last * scale + scale - 1


def usable(ranges: Sequence[NumberRange], *, specimen: bool, brand: str = "") -> list[NumberRange]:
    """Return the ranges that numbers may come from: a specimen uses no real number up, and never stands in for one.

    With a ``brand`` only that brand's; without one any.
    """
    return [own for own in ranges if own.specimen is specimen and brand in ("", own.brand)]


def token_mark(token: str) -> bytes:
    """Return what a waybill's row keeps of its label's token: found by whoever holds the label, leading nobody to the token.

    A token has 120 random bits, so a plain hash cannot be guessed back (SHA-256, sixteen bytes of it).
    """
    return sha256(token.encode()).digest()[:MARK_BYTES]


def evidence_item(waybill: Waybill) -> bytes:
    """Return what the evidence of a batch says of one waybill: everything of its row that never changes. No person.

    One byte of version, sixteen of reference, eight of the moment (ms, big-endian), then texts in UTF-8, each after its length in two
    bytes: number, rule pack, merchant, destination (to the district), pieces, ``specimen`` or ``real``; in version 2 also outlet,
    channel, ``privacy`` or ``exempt``, and the number of each further package.
    """
    body = (
        waybill.item_version.to_bytes(1, "big")
        + waybill.ref
        + waybill.made_ms.to_bytes(8, "big")
        + _after_length(waybill.number)
        + _framed(waybill.rules)
        + _framed(waybill.merchant)
        + _framed(waybill.destination)
        + _framed(str(waybill.pieces))
        + _framed("specimen" if waybill.specimen else "real")
    )
    if waybill.item_version == 1:
        return body
    body += _framed(waybill.outlet) + _framed(waybill.channel) + _framed(waybill.kind.name.lower())
    return body + b"".join(map(_after_length, waybill.subs)) if waybill.subs else body


def _after_length(text: str) -> bytes:
    raw = text.encode()
    return len(raw).to_bytes(2, "big") + raw


_framed = lru_cache(maxsize=8_192)(_after_length)
"""For texts that are the same in waybill after waybill."""
