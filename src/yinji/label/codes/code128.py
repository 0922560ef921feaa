"""Code 128 (ISO/IEC 15417) of a waybill number: letters in set B, digit pairs in set C, letters behind in set B again.

Bars are written as PDF rectangles one module wide and one unit high; whoever places them scales a module to whole dots.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate, count
from operator import mul
from typing import Final, NamedTuple

MODULES_PER_SYMBOL: Final = 11
QUIET_MODULES: Final = 10
"""ISO/IEC 15417: ten modules of white on either side."""

_START_B: Final = 104
_START_C: Final = 105
_TO_C: Final = 99
_TO_B: Final = 100
_STOP: Final = 106
STOP_MODULES: Final = 13
_FIRST_IN_B: Final = 32
_CHECK_MODULUS: Final = 103
_SYMBOLS_MAX: Final = 24

# ISO/IEC 15417, table 1: widths of bar, space, bar, space, bar, space for the values 0 to 106
WIDTHS: Final = (  # noqa: SIM905 - a table is read as a table
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
).split()


class Drawn(NamedTuple):
    """A code ready to be placed: PDF rectangles in modules, and how many modules wide it is without quiet zones."""

    path: str
    modules: int


def draw(number: str) -> Drawn:
    """Return the bars of a waybill number (capital letters, then digits, then letters where it is a postal one)."""
    values = symbols(number)
    table = _pieces()
    path = "".join([table[at][value] for at, value in enumerate(values)])
    return Drawn(path, (len(values) - 1) * MODULES_PER_SYMBOL + STOP_MODULES)


def symbols(number: str) -> list[int]:
    """Return the symbol values, start, check and stop included."""
    rest = number.lstrip(_LETTERS)
    digits = len(rest) if rest.isdigit() else len(rest.rstrip(_LETTERS))
    single = len(number) - len(rest) + digits % 2  # an odd digit joins the letters
    end = len(number) - len(rest) + digits
    values = _beginning(number[:single]) + [_PAIRS[number[at : at + 2]] for at in range(single, end, 2)]
    if end < len(number):
        values += [_TO_B, *[ord(letter) - _FIRST_IN_B for letter in number[end:]]]
    check = values[0] + sum(map(mul, values, count()))
    values += (check % _CHECK_MODULUS, _STOP)
    return values


_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PAIRS: Final = {f"{pair:02d}": pair for pair in range(100)}


@cache
def _beginning(letters: str) -> list[int]:
    """Return the start symbol, the letters in set B, and the change to set C."""
    return [_START_B, *[ord(letter) - _FIRST_IN_B for letter in letters], _TO_C] if letters else [_START_C]


@cache
def _pieces() -> list[list[str]]:
    """Return, for every place in a code and every value, its bars at that place."""
    return [[_bars(at * MODULES_PER_SYMBOL, widths) for widths in WIDTHS] for at in range(_SYMBOLS_MAX)]


def _bars(start: int, widths: str) -> str:
    edges = list(accumulate(map(int, widths), initial=start))
    bars = zip(edges[::2], map(int, widths[::2]), strict=False)  # the last symbol ends with a bar, the others with a space
    return "".join(f"{x} 0 {width} 1 re\n" for x, width in bars)
