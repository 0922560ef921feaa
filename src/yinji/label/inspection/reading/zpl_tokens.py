"""A ZPL stream cut into commands: their two or three signs, and everything up to the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.label.inspection.reading.limits import PICTURE_BYTES_MAX
from yinji.label.inspection.reading.marks import number

if TYPE_CHECKING:
    from collections.abc import Iterator

_BINARY_GRAPHIC: Final = b"GFB"
_BINARY_DOWNLOAD: Final = b"DY"
_COUNTS: Final = 4
"""Commas before the bytes of ^GFB."""


class Command(NamedTuple):
    """``name`` in capitals without its prefix, ``data`` behind it; ``immediate`` where the prefix is that of control commands."""

    name: str
    data: bytes
    immediate: bool = False


class _Signs(NamedTuple):
    """What begins a format command, a control command, and parts parameters: a stream may change all three."""

    format: int = ord("^")
    control: int = ord("~")


def commands(stream: bytes) -> Iterator[Command]:
    """Return the commands of a stream in their order. Bytes that a command counts are its data, whatever they look like."""
    signs, at, end = _Signs(), 0, len(stream)
    at = _next(stream, 0, signs)
    while at < end:
        immediate = stream[at] == signs.control
        long = stream[at + 1 : at + 4].upper() == _BINARY_GRAPHIC
        begin = at + (4 if long else 3)
        name = stream[at + 1 : begin].decode("latin-1").upper()
        if not long and name.startswith("A") and not immediate and name != "A@":
            begin, name = at + 2, "A"  # ^A0N: the second sign is the font's name
        after = _counted(stream, begin, name)
        nextsign = _next(stream, after, signs)
        data = stream[begin:nextsign]
        if name in {"CC", "CT"} and data:
            signs = _Signs(data[0], signs.control) if name == "CC" else _Signs(signs.format, data[0])
            nextsign = _next(stream, begin + 1, signs)
        yield Command(name, data, immediate)
        at = nextsign


def _next(stream: bytes, at: int, signs: _Signs) -> int:
    places = [place for sign in set(signs) if (place := stream.find(bytes((sign,)), at)) >= 0]
    return min(places, default=len(stream))


def _counted(stream: bytes, begin: int, name: str) -> int:
    """Return where a command's counted bytes end; where it has none, where it begins."""
    if name == "GFB":
        return _behind(stream, begin, commas=_COUNTS, counts=1)
    if name == _BINARY_DOWNLOAD.decode() and stream[begin : begin + 200].split(b",")[1:2] == [b"B"]:
        return _behind(stream, begin, commas=5, counts=3)
    return begin


def _behind(stream: bytes, begin: int, *, commas: int, counts: int) -> int:
    """Return where bytes end that stand behind so many commas and are counted by the parameter ``counts``."""
    parts = stream[begin : begin + 200].split(b",", commas)
    if len(parts) <= commas:
        return begin
    start = begin + sum(len(part) + 1 for part in parts[:commas])
    count = number(parts[counts].decode("latin-1"), least=0, most=10**6)
    return min(start + min(count, PICTURE_BYTES_MAX), len(stream))
