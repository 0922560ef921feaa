"""QR codes (ISO/IEC 18004) of one payload length, by linearity.

With version, level and mask fixed, every module is a sum over GF(2) of the payload's bits. So the picture of a payload is
the exclusive or of one ready picture for each byte at its place, and drawing costs one look-up and one XOR a byte.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Final, NamedTuple

from yinji.label.codes.galois import check_words

QUIET_MODULES: Final = 4
"""ISO/IEC 18004: four modules of white on every side."""

_BYTE_MODE: Final = 0b0100
_PADS: Final = (0xEC, 0x11)
_MASK: Final = 2  # columns divisible by three
_LEVEL_M: Final = 0b00
_FORMAT_GENERATOR: Final = 0x537
_FORMAT_MASK: Final = 0x5412
_TIMING: Final = 6


class _Blocks(NamedTuple):
    """How a version at level M divides its code words: equal blocks of data and check words (table 9)."""

    number: int
    data: int
    check: int


_LEVELS_M: Final = {
    1: _Blocks(1, 16, 10),
    2: _Blocks(1, 28, 16),
    3: _Blocks(1, 44, 26),
    4: _Blocks(2, 32, 18),
    5: _Blocks(2, 43, 24),
    6: _Blocks(4, 27, 16),
}


class QrTable:
    """Draws payloads of one length. ``side`` is in modules, without the quiet zone."""

    def __init__(self, length: int) -> None:
        """Prepare the pictures of every byte at every place; raises ValueError for more than 106 bytes."""
        self.version = next((v for v, b in _LEVELS_M.items() if b.number * b.data >= length + 2), 0)
        if not self.version:
            raise ValueError(f"{length} bytes are more than a QR code of version 6 holds")
        self.side = 17 + 4 * self.version
        self._blocks = _LEVELS_M[self.version]
        self._stride = -(-self.side // 8) * 8
        self._bits = self._stride * self.side
        places = _data_places(self.version)
        self._lights = [self._light(x, y) for x, y in places]
        self._constant = self._fixed(places, length) ^ ((1 << self._bits) - 1)
        self._pictures = [self._of_place(at, length) for at in range(length)]
        self._form = f"%0{self._bits // 4}x"

    def draw(self, payload: bytes) -> str:
        """Return rows of bits from the top in hex, each row filled to whole bytes; a dark module is 0, as masks paint."""
        picture = self._constant
        for table, byte in zip(self._pictures, payload, strict=True):
            picture ^= table[byte]
        return self._form % picture

    def _light(self, x: int, y: int) -> int:
        return 1 << (self._bits - 1 - y * self._stride - x)

    def _of_place(self, at: int, length: int) -> list[int]:
        """Return the picture of each of the 256 bytes at one place, alone."""
        ones = [self._picture(_framed(bytes(at) + bytes((1 << bit,)) + bytes(length - at - 1))) for bit in range(8)]
        pictures = [0]
        for one in ones:
            pictures += [picture ^ one for picture in pictures]
        return pictures

    def _picture(self, words: bytes) -> int:
        """Return the modules that data words and their check words light, nothing else."""
        count, size, check = self._blocks
        words = words.ljust(count * size, b"\0")
        blocks = [words[at : at + size] for at in range(0, len(words), size)]
        checks = [check_words(block, check) if any(block) else bytes(check) for block in blocks]
        ordered = [block[i] for i in range(size) for block in blocks] + [each[i] for i in range(check) for each in checks]
        picture = 0
        for at, word in enumerate(ordered):
            for bit in range(8):
                if word >> (7 - bit) & 1:
                    picture |= self._lights[at * 8 + bit]
        return picture

    def _fixed(self, places: list[tuple[int, int]], length: int) -> int:
        """Return all that does not depend on the payload: patterns, format, mask, header, padding."""
        count, size, _ = self._blocks
        header = (_BYTE_MODE << 8 | length) << (length * 8 + 4)
        words = header.to_bytes(length + 2, "big")
        words += bytes(_PADS[i % 2] for i in range(count * size - len(words)))
        picture = self._picture(words)
        for x, y in places:
            if x % 3 == 0:
                picture ^= self._light(x, y)
        for x, y in _dark_patterns(self.version):
            picture |= self._light(x, y)
        return picture


def _framed(payload: bytes) -> bytes:
    """Return a payload shifted behind mode and count, both left at zero."""
    return (int.from_bytes(payload, "big") << 4).to_bytes(len(payload) + 2, "big")


def _finders(side: int) -> set[tuple[int, int]]:
    """Return the areas of the three finders with separators and format information."""
    corner = set(product(range(9), range(9)))
    right = set(product(range(side - 8, side), range(9)))
    return corner | right | {(y, x) for x, y in right}


@cache
def _reserved(version: int) -> frozenset[tuple[int, int]]:
    side = 17 + 4 * version
    lines = {(at, _TIMING) for at in range(side)} | {(_TIMING, at) for at in range(side)}
    alignment = set(product(range(side - 9, side - 4), range(side - 9, side - 4))) if version > 1 else set()
    return frozenset(_finders(side) | lines | alignment)


def _data_places(version: int) -> list[tuple[int, int]]:
    """Return the modules of the code words in their order: column pairs from the right, upwards and downwards in turn."""
    side, reserved = 17 + 4 * version, _reserved(version)
    places: list[tuple[int, int]] = []
    upwards = True
    for right in [*range(side - 1, _TIMING, -2), *range(_TIMING - 1, 0, -2)]:
        rows = range(side - 1, -1, -1) if upwards else range(side)
        places += [(x, y) for y in rows for x in (right, right - 1) if (x, y) not in reserved]
        upwards = not upwards
    return places


def _dark_patterns(version: int) -> set[tuple[int, int]]:
    """Return the dark modules of finders, timing, alignment and format."""
    side = 17 + 4 * version
    dark = {(at, _TIMING) for at in range(8, side - 8, 2)} | {(_TIMING, at) for at in range(8, side - 8, 2)}
    for left, top in ((0, 0), (side - 7, 0), (0, side - 7)):
        dark |= {(left + x, top + y) for x, y in product(range(7), repeat=2) if max(abs(x - 3), abs(y - 3)) != 2}  # noqa: PLR2004 - the white ring
    if version > 1:
        dark |= {(side - 7 + x, side - 7 + y) for x, y in product(range(-2, 3), repeat=2) if max(abs(x), abs(y)) != 1}
    return dark | _format_modules(side) | {(8, side - 8)}


def _format_modules(side: int) -> set[tuple[int, int]]:
    """Return the dark modules of the two copies of the format information (7.9): level, mask, BCH check."""
    data = _LEVEL_M << 3 | _MASK
    rest = data << 10
    for bit in range(14, 9, -1):
        if rest >> bit & 1:
            rest ^= _FORMAT_GENERATOR << (bit - 10)
    word = (data << 10 | rest) ^ _FORMAT_MASK
    near = [
        (8, 0),
        (8, 1),
        (8, 2),
        (8, 3),
        (8, 4),
        (8, 5),
        (8, 7),
        (8, 8),
        (7, 8),
        (5, 8),
        (4, 8),
        (3, 8),
        (2, 8),
        (1, 8),
        (0, 8),
    ]
    far = [(side - 1 - i, 8) for i in range(8)] + [(8, side - 7 + i) for i in range(7)]
    return {place for copy in (near, far) for bit, place in enumerate(copy) if word >> bit & 1}
