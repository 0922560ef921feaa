"""XML of a workbook's part, read as it comes: no document type, no entities, no piece that grows without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final
from xml.parsers import expat

from yinji.doors.intake.reading.package import Package

TOKEN_BYTES_MAX: Final = 8 << 20
"""Longest tag, comment or run of text that is waited for."""

NAMES_MAX: Final = 1_000
"""Different names of tags in one part."""

Start = Callable[[str, dict[str, str]], None]


class Forbidden(ValueError):  # noqa: N818 - what a handler raises when a part is not what a workbook's part may be
    """The part holds what no workbook holds. Never leaves `feed`."""


def feed(
    package: Package, part: str, *, start: Start, end: Callable[[str], None], text: Callable[[str], None]
) -> Iterator[int]:
    """Hand a part's events to the handlers; yield the bytes read so far after each piece, so that a caller may take what came.

    Raises FILE_BROKEN naming the part: no XML, cut short, a document type, a token without end, or a handler's Forbidden.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _forbid
    done = 0
    whole = False
    # What an error says may be a cell's text: it is not carried on, so the fault is raised outside.
    with suppress(expat.ExpatError, ValueError, LookupError, OverflowError):
        for piece in package.pieces(part):
            parser.Parse(piece, False)  # noqa: FBT003 - expat knows no keyword
            done += len(piece)
            if done - parser.CurrentByteIndex > TOKEN_BYTES_MAX:
                raise Forbidden
            yield done
        parser.Parse(b"", True)  # noqa: FBT003 - as above
        whole = True
    if not whole:
        raise package.broken(part)
    yield done


def local(name: str) -> str:
    """Return a name without its prefix: some writers put one before every name."""
    return name.rpartition(":")[2]


class LocalNames(dict[str, str]):
    """Every name met so far without its prefix; raises Forbidden where there are more than any workbook has."""

    def __missing__(self, name: str) -> str:
        if len(self) >= NAMES_MAX:
            raise Forbidden
        self[name] = found = local(name)
        return found


def _forbid(*_: object) -> None:
    raise Forbidden
