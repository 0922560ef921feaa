"""Taking glyph outlines out of a CFF table (Adobe Technical Note 5176)."""

from __future__ import annotations

from typing import Final, NamedTuple

_CHARSTRINGS: Final = (17,)
_PRIVATE: Final = (18,)
_FD_ARRAY: Final = (12, 36)
_FD_SELECT: Final = (12, 37)
_DEFAULT_WIDTH: Final = (20,)
_NOMINAL_WIDTH: Final = (21,)
_HEADER_SIZE_AT: Final = 2
_FORMAT_RANGES: Final = 3
_END_NIBBLE: Final = 0x0F

Operators = dict[tuple[int, ...], tuple[int, ...]]


class Widths(NamedTuple):
    """``defaultWidthX`` and ``nominalWidthX``: what a charstring's own width is counted from."""

    default: int
    nominal: int


class Outline(NamedTuple):
    """One glyph: its charstring without subroutines, and the widths of its font dictionary."""

    charstring: bytes
    widths: Widths


def outlines(cff: bytes) -> list[Outline]:
    """Return every glyph of a CFF table in glyph order. The table must hold no subroutines (they are not followed)."""
    _, at = _index(cff, cff[_HEADER_SIZE_AT])
    tops, at = _index(cff, at)
    top = _operators(tops[0])
    charstrings, _ = _index(cff, top[_CHARSTRINGS][0])
    if _FD_ARRAY not in top:
        widths = _widths(cff, top)
        return [Outline(charstring, widths) for charstring in charstrings]
    dictionaries, _ = _index(cff, top[_FD_ARRAY][0])
    by_dictionary = [_widths(cff, _operators(dictionary)) for dictionary in dictionaries]
    chosen = _fd_select(cff, top[_FD_SELECT][0], len(charstrings))
    return [Outline(charstring, by_dictionary[which]) for charstring, which in zip(charstrings, chosen, strict=True)]


def _index(data: bytes, at: int) -> tuple[list[bytes], int]:
    """Return the objects of an INDEX and the place after it."""
    count = int.from_bytes(data[at : at + 2], "big")
    if count == 0:
        return [], at + 2
    size = data[at + 2]
    offsets_at = at + 3
    base = offsets_at + (count + 1) * size - 1
    ends = [base + int.from_bytes(data[offsets_at + i * size : offsets_at + (i + 1) * size], "big") for i in range(count + 1)]
    return [data[ends[i] : ends[i + 1]] for i in range(count)], ends[-1]


def _operators(data: bytes) -> Operators:
    """Return a DICT's operators with their integer operands; a real number counts as 0 (none of ours is real)."""
    found: Operators = {}
    operands: list[int] = []
    at = 0
    while at < len(data):
        first = data[at]
        if first <= 21:  # noqa: PLR2004 - 5176, table 3: 0 to 21 are operators
            operator = (first, data[at + 1]) if first == 12 else (first,)  # noqa: PLR2004 - 12 escapes to two bytes
            found[operator] = tuple(operands)
            operands = []
            at += len(operator)
        else:
            value, at = _operand(data, at)
            operands.append(value)
    return found


def _operand(data: bytes, at: int) -> tuple[int, int]:
    """Return one operand (5176, table 3) and the place after it."""
    first = data[at]
    if first == 28:  # noqa: PLR2004 - a 16-bit integer
        return int.from_bytes(data[at + 1 : at + 3], "big", signed=True), at + 3
    if first == 29:  # noqa: PLR2004 - a 32-bit integer
        return int.from_bytes(data[at + 1 : at + 5], "big", signed=True), at + 5
    if first == 30:  # noqa: PLR2004 - a real number, which ends with a nibble of ones
        while _END_NIBBLE not in divmod(data[at + 1], 16):
            at += 1
        return 0, at + 2
    if first <= 246:  # noqa: PLR2004 - one byte, -107 to 107
        return first - 139, at + 1
    if first <= 250:  # noqa: PLR2004 - two bytes, 108 to 1131
        return (first - 247) * 256 + data[at + 1] + 108, at + 2
    return -(first - 251) * 256 - data[at + 1] - 108, at + 2


def _widths(cff: bytes, dictionary: Operators) -> Widths:
    size, offset = dictionary.get(_PRIVATE, (0, 0))
    private = _operators(cff[offset : offset + size])
    return Widths(private.get(_DEFAULT_WIDTH, (0,))[0], private.get(_NOMINAL_WIDTH, (0,))[0])


def _fd_select(data: bytes, at: int, count: int) -> list[int]:
    """Return the font dictionary of every glyph."""
    if data[at] != _FORMAT_RANGES:
        return list(data[at + 1 : at + 1 + count])
    chosen: list[int] = []
    ranges = int.from_bytes(data[at + 1 : at + 3], "big")
    for each in range(at + 3, at + 3 + ranges * 3, 3):
        next_first = int.from_bytes(data[each + 3 : each + 5], "big")
        chosen += [data[each + 2]] * (next_first - len(chosen))
    return chosen
