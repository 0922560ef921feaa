"""Citizens' identity numbers: found by their province, date and check digit (GB 11643), however spaced, or half hidden."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from yinji.deid.address.division_table import table
from yinji.kernel.mask import HIDDEN_MARK, Span

_NEAR: Final = r"[ \-.·_]{0,2}"
_EIGHTEEN: Final = re.compile(rf"(?<![0-9A-Za-z])[1-9](?:{_NEAR}[0-9]){{16}}{_NEAR}[0-9Xx×](?![0-9A-Za-z])")
_FIFTEEN: Final = re.compile(rf"(?<![0-9A-Za-z])[1-9](?:{_NEAR}[0-9]){{14}}(?![0-9A-Za-z])")
_HALF: Final = re.compile(
    r"(?<![0-9A-Za-z*])[1-9](?=[0-9*]*[0-9*Xx])(?:[0-9]{1,16}\*{2,16}[0-9]{0,15}[0-9Xx*])(?![0-9A-Za-z*])"
)

_CODES: Final = "1112131415212223313233343536374142434445465051525354616263646571818283"
_PROVINCES: Final = frozenset(_CODES[place : place + 2] for place in range(0, len(_CODES), 2))
"""GB/T 2260; 81, 82, 83: residence permits of people from Hong Kong, Macau, Taiwan (国务院令第 25 号 of 2018 names the permit)."""

_FOREIGN: Final = "9"
"""The first digit of a foreigner's permanent residence card of 2023, in the same eighteen digits."""

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
"""ISO 7064 MOD 11-2, as GB 11643-1999 fixes it for citizens' identity numbers."""

_LONG: Final = 18
_SHORT: Final = 15
_SHOWN_LEAST: Final = 9
"""So many digits of a half-hidden number tell the county or the birthday: 110105********1234."""

_CENTURIES: Final = ("18", "19", "20")
_IMEI: Final = ("35", "86", "01", "99")
_FILLING: Final = re.compile(r"[ \-.·_]")
_CUED: Final = re.compile("(?:身份|证件|证号)[^0-9]{0,6}$")
_REACH: Final = 10


class Identity(NamedTuple):
    """``agrees`` says whether the check digit does; ``half`` whether a part is hidden already, ``old`` whether it has fifteen digits and no check."""

    span: Span
    agrees: bool
    half: bool = False
    old: bool = False


def identity_check(digits: str) -> str:
    """Return the check character of the first seventeen digits of an identity number."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % len(_CHECKS)]


def luhn_checks(digits: str) -> bool:
    """Say whether the last digit checks the others (ISO/IEC 7812-1)."""
    figures = [int(sign) for sign in reversed(digits)]
    doubled = (figure * 2 - 9 if figure > 4 else figure * 2 for figure in figures[1::2])  # noqa: PLR2004 - 5 doubled has two digits, whose sum is nine less
    return (sum(figures[::2]) + sum(doubled)) % 10 == 0


def identities(text: str) -> list[Identity]:
    """Return the identity numbers of a text with plain digits: eighteen, fifteen, or half hidden behind stars."""
    found = [read for match in _EIGHTEEN.finditer(text) if (read := _eighteen(match)) is not None]
    found += [
        Identity(Span(*match.span()), agrees=False, old=True) for match in _FIFTEEN.finditer(text) if _is_fifteen(text, match)
    ]
    if HIDDEN_MARK in text:
        found += [
            Identity(Span(*match.span()), agrees=False, half=True) for match in _HALF.finditer(text) if _is_half(match[0])
        ]
    return found


def _eighteen(match: re.Match[str]) -> Identity | None:
    number = _FILLING.sub("", match[0]).upper().replace("×", "X")
    if not _is_day(number[6:14]):
        return None
    agrees = identity_check(number[:-1]) == number[-1]
    if number[:2] not in _PROVINCES and not (agrees and number[0] == _FOREIGN):
        return None
    return Identity(Span(*match.span()), agrees)


def _is_fifteen(text: str, match: re.Match[str]) -> bool:
    """Before 2000 a number had a birthday of six digits and no check: a known county has to stand for it."""
    number = _FILLING.sub("", match[0])
    if number[:2] not in _PROVINCES or not _is_day("19" + number[6:12]):
        return False
    if _CUED.search(text, max(0, match.start() - _REACH), match.start()):
        return True
    if number.startswith(_IMEI) and luhn_checks(number):
        return False
    return number[:6] in table().full


def _is_half(number: str) -> bool:
    head = number[:2].replace(HIDDEN_MARK, "1")
    if len(number) not in {_LONG, _SHORT} or not (head in _PROVINCES or (head[0] == _FOREIGN and len(number) == _LONG)):
        return False
    return len(number) - number.count(HIDDEN_MARK) >= _SHOWN_LEAST


def _is_day(digits: str) -> bool:
    if not digits.startswith(_CENTURIES):
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
