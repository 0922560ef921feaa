"""One address read: the walk of the grammar, and beside it remarks, names and divisions.

Two depths of one reading: `pieces` is what a mask needs and every order pays for; `read_address` cuts the words between
the pieces into divisions, roads and places as well. Both tell the same of units, rooms, names and remarks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.deid.address.divisions import read_head
from yinji.deid.address.english import english_pieces, english_runs, has_english
from yinji.deid.address.grammar import Piece, Reader
from yinji.deid.address.parts import AddressPart, AddressRead, Part, Why
from yinji.deid.address.places import cut
from yinji.deid.address.remarks import (
    home_before,
    is_alone,
    may_begin_name,
    name_before,
    name_first,
    person_at,
    remark_at,
    remark_end,
)
from yinji.deid.address.traditional import folded
from yinji.deid.address.words import AT_NUMBER
from yinji.deid.normal_form import normal
from yinji.kernel.mask import HIDDEN_MARK, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_STARS: Final = re.compile(re.escape(HIDDEN_MARK) + "+")


def read_address(text: str) -> AddressRead:
    """Return the parts of an address in order: they cover the text, and each says how it was known.

    Understood: full-width and enclosed characters, traditional ones, written-out numbers, missing marks and separators,
    English unit forms. What is no address is told apart: a name, a phone, a remark to the courier. Never raises; time
    grows with the length.
    """
    return AddressRead(tuple(parts(text)))


def parts(text: str) -> Iterator[AddressPart]:
    """Yield the parts of an address in order: who needs the first ones only does not pay for the rest."""
    plain, coarse = pieces(text)
    for piece in coarse:
        if piece.part is None:
            found: list[AddressPart] = []
            _refine(plain, piece.start, piece.end, found)
            yield from found
        else:
            yield AddressPart(piece.part, Span(piece.start, piece.end), piece.why)


def pieces(text: str) -> tuple[str, list[Piece]]:
    """Return an address in its plain form, and its designators, names and remarks; words between them have no part.

    The plain form has the same length: the normal form, with traditional characters folded.
    """
    narrow = normal(text)
    plain = folded(narrow)
    flats = plain != narrow
    return plain, _mixed(plain, flats=flats) if has_english(plain) else _chinese(plain, flats=flats)


def _mixed(plain: str, *, flats: bool) -> list[Piece]:
    """Read the English runs of a text as English, and what stands between them as Chinese."""
    found: list[Piece] = []
    at = 0
    for start, end in english_runs(plain):
        found += _moved(_chinese(plain[at:start], flats=flats), at)
        found += _moved(english_pieces(plain[start:end]), start)
        at = end
    return found + _moved(_chinese(plain[at:], flats=flats), at)


def _moved(found: list[Piece], by: int) -> list[Piece]:
    return [Piece(piece.part, piece.start + by, piece.end + by, piece.why) for piece in found] if by else found


def _chinese(plain: str, *, flats: bool) -> list[Piece]:
    size = len(plain)
    remark = remark_at(plain)
    main = plain if remark == size else plain[:remark]
    reader = Reader(main, flats=flats)
    found = _with_names(reader.read(), reader, cued=remark < size)
    if remark < size:
        end = remark_end(plain, remark)
        found.append(Piece(Part.REMARK, remark, end, Why.CUE))
        if end < size:
            found += _moved(Reader(plain[end:], inside=True).read(), end)
    return found


def _with_names(found: list[Piece], reader: Reader, *, cued: bool) -> list[Piece]:
    """Part names from the words that they stand in: alone, first of all, before a phone, at the end."""
    text = reader.text
    first = _first_name(text, alone=len(found) == 1) if found and may_begin_name(text) else 0
    if first and found[0].part is None and first <= found[0].end:  # 李三单 holds a designator: no name then
        rest = [Piece(None, first, found[0].end, Why.REST)] if first < found[0].end else []
        found = [Piece(Part.NAME, 0, first, Why.SURNAME), *rest, *found[1:]]
    named: list[Piece] = []
    last = len(found) - 1
    for place, piece in enumerate(found):
        name = -1
        if piece.part is None and place == last:
            name = _name_last(piece, reader, cued=cued)
        elif piece.part is None and found[place + 1].part is Part.PHONE:
            name = name_before(text, piece.end, piece.start, cued=True, phone=True)
        if name > piece.start:
            named.append(Piece(None, piece.start, name, piece.why))
        named.append(Piece(Part.NAME, name, piece.end, Why.SURNAME) if name >= 0 else piece)
    return named


def _name_last(words: Piece, reader: Reader, *, cued: bool) -> int:
    name = name_before(reader.text, words.end, words.start, cued=cued)
    if name < 0:
        name = home_before(reader.text, words.end, words.start)
    if name < 0 and words.start and reader.depth >= AT_NUMBER:
        alone = person_at(reader.text[words.start : words.end])
        name = words.start + alone if alone >= 0 else -1
    return name


def _first_name(text: str, *, alone: bool) -> int:
    """Return the end of a name that stands first of all (王小明，杭州市…) or alone; 0 if none does.

    江西省-抚州市 are divisions, though 江 is a surname.
    """
    whole = alone and is_alone(text)
    end = name_first(text)
    if not (whole or end) or read_head(text, 0).parts:
        return 0
    if whole:
        return len(text)
    return end if read_head(text, end).deepest is not None else 0


def _refine(plain: str, start: int, end: int, found: list[AddressPart]) -> None:
    """Cut words into divisions, places, signs and stars."""
    at = start
    if HIDDEN_MARK in plain:
        for stars in _STARS.finditer(plain, start, end):
            _places(plain, at, stars.start(), found)
            found.append(AddressPart(Part.HIDDEN, Span(*stars.span()), Why.STARS))
            at = stars.end()
    _places(plain, at, end, found)


def _places(plain: str, start: int, end: int, found: list[AddressPart]) -> None:
    if start == end:
        return
    at = start
    for part, first, last in read_head(plain, start).parts:
        if last > end:
            break
        if first > at:
            _cut(plain, at, first, found)
        found.append(AddressPart(part, Span(first, last), Why.TABLE))
        at = last
    _cut(plain, at, end, found)


def _cut(plain: str, start: int, end: int, found: list[AddressPart]) -> None:
    for part, first, last in cut(plain, start, end):
        why = Why.SIGN if part is Part.SIGN else Why.REST if part is Part.PLACE else Why.ENDING
        found.append(AddressPart(part, Span(first, last), why))
