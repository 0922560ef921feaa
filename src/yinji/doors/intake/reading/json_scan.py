"""JSON objects out of a text that is never in memory whole (RFC 8259): an array of them, or one inside objects, or one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Final, NamedTuple, TypeAlias, cast

from yinji.doors.intake.reading.lines import is_text

WINDOW: Final = 1 << 18
VALUE_CHARACTERS_MAX: Final = 1_000_000
"""Longest single value: as long as the longest line of a text file."""

DEPTH_MAX: Final = 8
"""Objects around the array of orders."""

_SPACE: Final = " \t\n\r"


class Members(NamedTuple):
    """An object's members in their order, so that a key given twice is seen."""

    pairs: list[tuple[str, Value]]


class NotANumber(NamedTuple):
    """NaN or Infinity, which JSON does not have (RFC 8259, section 6)."""


Value: TypeAlias = "str | bool | list[Value] | Members | NotANumber | None"


class Unreadable(ValueError):  # noqa: N818 - says what the text is; never leaves the reader of JSON
    """The text is no JSON from here on."""


class NotText(ValueError):  # noqa: N818 - says what the text is; never leaves the reader of JSON
    """The next bytes are no text."""


class Unclear(ValueError):  # noqa: N818 - says what the text is; never leaves the reader of JSON
    """There is more than one array of objects, or none."""


_NO_NUMBER: Final = NotANumber()
_DECODER: Final = json.JSONDecoder(
    parse_int=str,  # as it is written: nothing is rounded, and no number of a million digits is computed
    parse_float=str,
    parse_constant=lambda _: _NO_NUMBER,
    object_pairs_hook=Members,
)


def parse(text: str) -> Value:
    """Return one value that fills the text; raises ValueError or RecursionError (nested too deep)."""
    return cast("Value", _DECODER.decode(text))


class Scanner:
    """A place in a text, with a window on what follows. Every step may raise NotText."""

    def __init__(self, text: TextIOWrapper) -> None:
        self._text = text
        self._encoding = text.encoding
        self._window = ""
        self._at = 0
        self._begun = self._ended = False

    def peek(self) -> str:
        """Return the next character that is no white space, and stand before it; empty at the end."""
        while True:
            window, at = self._window, self._at
            while at < len(window) and window[at] in _SPACE:
                at += 1
            self._at = at
            if at < len(window):
                return window[at]
            if not self._more():
                return ""

    def take(self, wanted: str) -> bool:
        """Step over the next character if it is this one."""
        if self.peek() != wanted:
            return False
        self._at += 1
        return True

    def value(self) -> Value:
        """Step over one value and return it; raises Unreadable where there is none, or none within the bound."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._window, self._at)
            except RecursionError:
                raise Unreadable from None
            except ValueError:
                value, end = None, -1
            if end == len(self._window) and self._more():  # a number at the window's end may go on
                continue
            if end >= 0:
                self._at = end
                return cast("Value", value)
            if len(self._window) - self._at > VALUE_CHARACTERS_MAX or not self._more():
                raise Unreadable

    def _more(self) -> bool:
        piece = "" if self._ended else self._text.read(WINDOW)
        self._ended = not piece
        if not is_text(piece, self._encoding):
            raise NotText
        if not self._begun:
            self._begun = True
            piece = piece.removeprefix("\ufeff")
        self._window = self._window[self._at :] + piece
        self._at = 0
        return not self._ended


def array_elements(scanner: Scanner) -> Iterator[Value]:
    """Yield the elements of the array of objects that the text is, or that stands in the object that the text is."""
    found = False
    if scanner.peek() == "[":
        found = True
        yield from _elements(scanner)
    elif scanner.peek() == "{":
        for element in _within(scanner, 0):
            found = True
            yield element
    else:
        raise Unreadable
    if scanner.peek():
        raise Unreadable  # something follows
    if not found:
        raise Unclear


def _elements(scanner: Scanner) -> Iterator[Value]:
    scanner.take("[")
    if scanner.take("]"):
        return
    yield scanner.value()
    while _goes_on(scanner, "]"):
        yield scanner.value()


def _within(scanner: Scanner, depth: int) -> Iterator[Value]:
    """Yield the elements of the one array of objects inside this object, however deep; other members are stepped over."""
    found = False
    for inside in _members(scanner, depth):
        orders: bool | None = None
        for element in inside:
            if orders is None:
                orders = isinstance(element, Members)
                if orders and found:
                    raise Unclear
            if orders:
                yield element
        found = found or bool(orders)


def _members(scanner: Scanner, depth: int) -> Iterator[Iterator[Value]]:
    """Yield what may hold orders in each member's value; the caller reads it to its end before it goes on."""
    scanner.take("{")
    if scanner.take("}"):
        return
    while True:
        if scanner.peek() != '"':
            raise Unreadable
        scanner.value()
        if not scanner.take(":"):
            raise Unreadable
        if scanner.peek() == "[":
            yield _elements(scanner)
        elif scanner.peek() == "{" and depth < DEPTH_MAX:
            yield _within(scanner, depth + 1)
        else:
            scanner.value()
        if not _goes_on(scanner, "}"):
            return


def _goes_on(scanner: Scanner, end: str) -> bool:
    """Step over the end, or over the comma before the next; raises Unreadable where neither stands."""
    if scanner.take(end):
        return False
    if scanner.take(","):
        return True
    raise Unreadable
