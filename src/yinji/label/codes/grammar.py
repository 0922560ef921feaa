"""The grammar of the two generated fields. They are checked by form; free text is searched by the leak probe."""

from __future__ import annotations

import re
from typing import Final

from yinji.kernel.faults import Misuse

WAYBILL_NUMBER: Final = re.compile(r"[A-Z]{0,2}[0-9]{8,16}|[A-Z]{3,4}[0-9]{8,12}|[A-Z]{2}[0-9]{9}[A-Z]{2}", re.ASCII)
"""No national structure is known (`law`, unconfirmed): letters of the carrier, then digits, check digit included; or a postal
item's number with its country behind (UPU S10). Longer ones would need bars of less than two dots in the small Code 128 at the
foot."""

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{16,43}", re.ASCII)
"""Base64url of 96 to 256 random bits: it says nothing by itself, the node behind it decides what the reader may see."""

LINK: Final = re.compile(r"[!-~]{0,60}", re.ASCII)
"""What may stand before the token in the QR code: the start of a web address, or nothing."""

_GROUP: Final = 4
_MASTER: Final = "母件"
_POSTAL_GROUP: Final = 3
"""UPU S10: the nine digits are read in groups of three, the letters before and behind apart."""

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def demand_number(number: str) -> str:
    """Return ``number`` if it has the form of a waybill number; raises Misuse otherwise."""
    if WAYBILL_NUMBER.fullmatch(number) is None:
        raise Misuse("a waybill number is up to two capital letters and 8 to 16 digits, or four and 8 to 12, or one of UPU S10")
    return number


def demand_token(token: str) -> str:
    """Return ``token`` if it is base64url of 96 to 256 bits; raises Misuse otherwise."""
    if TOKEN.fullmatch(token) is None:
        raise Misuse("a token is 16 to 43 characters of base64url")
    return token


def in_groups(number: str) -> str:
    """Return a waybill number in groups of four digits, counted from the right, as people read it out; a postal one in threes.

    >>> in_groups("YJ1234567890123")
    'YJ 1 2345 6789 0123'
    >>> in_groups("RR473124829GB")
    'RR 473 124 829 GB'
    """
    rest = number.lstrip(_LETTERS)
    digits = rest.rstrip(_LETTERS)
    size = _POSTAL_GROUP if digits != rest else _GROUP
    first = len(digits) % size
    groups = [number[: len(number) - len(rest)], digits[:first]]
    groups += [digits[at : at + size] for at in range(first, len(digits), size)]
    return " ".join(filter(None, [*groups, rest[len(digits) :]]))


def master_shown(number: str) -> str:
    """Return how the label of a sub number (子件) names its master number."""
    return f"{_MASTER} {in_groups(number)}"
