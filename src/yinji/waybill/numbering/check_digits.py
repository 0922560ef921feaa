"""Check digits of waybill numbers, by the method that a format names. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

_MODULUS: Final = 10
"""ISO/IEC 7064, MOD 11,10: one check digit that finds every single wrong digit and nearly every swapped pair."""

_S10_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)
_S10_MODULUS: Final = 11
_S10_INSTEAD: Final = {10: "0", 11: "5"}
"""UPU S10: eleven less the remainder of the weighted sum by eleven; 0 stands for ten, 5 for eleven."""


def mod11_10(serial: str) -> str:
    """Return the check digit of a string of digits (ISO/IEC 7064, hybrid system MOD 11,10)."""
    carry = _MODULUS
    for digit in serial:
        total = (carry + ord(digit) - 48) % _MODULUS or _MODULUS
        carry = 2 * total % (_MODULUS + 1)
    return str((_MODULUS + 1 - carry) % _MODULUS)


def s10(serial: str) -> str:
    """Return the check digit of the eight digits of a postal item's number (UPU S10)."""
    total = sum(weight * int(digit) for weight, digit in zip(_S10_WEIGHTS, serial, strict=True))
    left = _S10_MODULUS - total % _S10_MODULUS
    return _S10_INSTEAD.get(left) or str(left)


def _none(serial: str) -> str:  # noqa: ARG001 - a method among others: it is handed the serial too
    return ""


METHODS: Final[Mapping[str, Callable[[str], str]]] = {"none": _none, "mod11_10": mod11_10, "s10": s10}
"""What ``check`` in the table of formats may name: from the serial's digits to what is printed after them."""

LENGTHS: Final[Mapping[str, int]] = {"none": 0, "mod11_10": 1, "s10": 1}
"""How many digits a method adds."""
