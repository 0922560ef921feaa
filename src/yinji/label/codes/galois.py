"""Reed-Solomon check words over GF(256), as QR codes use them (ISO/IEC 18004, 7.5)."""

from __future__ import annotations

from functools import cache, reduce
from typing import Final

_FIELD: Final = 0x11D  # x^8 + x^4 + x^3 + x^2 + 1
_ORDER: Final = 255


def check_words(data: bytes, count: int) -> bytes:
    """Return ``count`` check words of one block; linear in ``data`` over GF(2)."""
    generator = _generator(count)
    remainder = [0] * count
    for word in data:
        factor = word ^ remainder[0]
        remainder = [*remainder[1:], 0]
        if factor:
            remainder = [left ^ _times(factor, right) for left, right in zip(remainder, generator, strict=True)]
    return bytes(remainder)


@cache
def _tables() -> tuple[list[int], list[int]]:
    powers = [1]
    for _ in range(_ORDER - 1):
        doubled = powers[-1] << 1
        powers.append(doubled ^ _FIELD if doubled > _ORDER else doubled)
    logs = [0] * (_ORDER + 1)
    for exponent, power in enumerate(powers):
        logs[power] = exponent
    return powers, logs


def _times(left: int, right: int) -> int:
    powers, logs = _tables()
    return powers[(logs[left] + logs[right]) % _ORDER] if left and right else 0


@cache
def _generator(count: int) -> list[int]:
    """Return the generator polynomial of degree ``count`` without its leading 1."""

    def widen(polynomial: list[int], exponent: int) -> list[int]:
        root = _tables()[0][exponent]
        shifted = [*polynomial, 0]
        return [a ^ _times(b, root) for a, b in zip(shifted, [0, *polynomial], strict=True)]

    return reduce(widen, range(count), [1])[1:]
