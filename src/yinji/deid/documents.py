"""Identity numbers: found by their shape, date and check digit (GB 11643)."""

from __future__ import annotations

import re
from typing import Final

from yinji.kernel.mask import Span

IDENTITY: Final = re.compile(
    r"(?<![0-9A-Za-z])[1-9][0-9]{5}[ -]?(?:18|19|20)[0-9]{2}[ -]?(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[ -]?[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)
"""Eighteen characters: division, birthday, sequence, check digit; spaces or dashes between the groups."""

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
"""ISO 7064 MOD 11-2, as GB 11643-1999 fixes it for citizens' identity numbers."""


def identity_check(digits: str) -> str:
    """Return the check character of the first seventeen digits of an identity number."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % len(_CHECKS)]


def identities(text: str) -> list[tuple[Span, bool]]:
    """Return the spans of a narrow text that look like identity numbers, and whether the check digit agrees."""
    found = []
    for match in IDENTITY.finditer(text):
        number = match[0].replace(" ", "").replace("-", "").upper()
        found.append((Span(*match.span()), identity_check(number[:-1]) == number[-1]))
    return found
