"""Building the CFF table that a document embeds, out of ready outlines (Adobe Technical Note 5176).

A general subsetter plans over a font's 65,000 glyphs for every document; here each outline is already at hand, and a
document's font is their concatenation: 60 glyphs in some 30 µs.
"""

from __future__ import annotations

import sys
from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yinji.label.glyphs.cff_read import Outline, Widths

_HEADER: Final = b"\x01\x00\x04\x04"  # version 1.0, four bytes long, offsets of four bytes
_STRINGS: Final = b"\x00\x02\x01\x01\x06\x0eAdobeIdentity"
_NO_SUBROUTINES: Final = b"\x00\x00"
_SID_ADOBE: Final = 391  # the first string after the 391 standard ones
_SID_IDENTITY: Final = 392
_CID_COUNT: Final = 65_535
_FORMAT_LIST: Final = b"\x00"  # charset and FDSelect as plain lists
_OFFSET_BYTES: Final = 4


def build(name: str, cids: Sequence[int], outlines: Sequence[Outline]) -> bytes:
    """Return a CID-keyed CFF table. ``cids`` ascend and begin with 0 (.notdef); each has its outline.

    ``name`` is the PostScript name. Character ids are kept: content written with them needs no translation.
    """
    kinds = sorted({outline.widths for outline in outlines})
    place = {kind: at for at, kind in enumerate(kinds)}
    head = _HEADER + _index([name.encode("ascii")])
    body_at = len(head) + len(_index([_top(0, 0, 0, 0)])) + len(_STRINGS) + len(_NO_SUBROUTINES)
    charset = _FORMAT_LIST + _big_endian(array("H", cids[1:]))
    fd_select = _FORMAT_LIST + bytes([place[outline.widths] for outline in outlines])
    charstrings = _index([outline.charstring for outline in outlines])
    fd_select_at = body_at + len(charset)
    charstrings_at = fd_select_at + len(fd_select)
    fd_array_at = charstrings_at + len(charstrings)
    top = _top(body_at, fd_select_at, charstrings_at, fd_array_at)
    tail = _font_dictionaries(kinds, fd_array_at)
    return b"".join((head, _index([top]), _STRINGS, _NO_SUBROUTINES, charset, fd_select, charstrings, tail))


def _top(charset_at: int, fd_select_at: int, charstrings_at: int, fd_array_at: int) -> bytes:
    return b"".join(
        (
            _integer(_SID_ADOBE), _integer(_SID_IDENTITY), _integer(0), b"\x0c\x1e",  # ROS comes first
            _integer(_CID_COUNT), b"\x0c\x22",
            _integer(charset_at), b"\x0f",
            _integer(fd_select_at), b"\x0c\x25",
            _integer(charstrings_at), b"\x11",
            _integer(fd_array_at), b"\x0c\x24",
        )
    )  # fmt: skip


def _font_dictionaries(kinds: Sequence[Widths], at: int) -> bytes:
    """Return the FDArray, which begins at ``at``, and the Private dictionaries behind it."""
    privates = [_integer(kind.default) + b"\x14" + _integer(kind.nominal) + b"\x15" for kind in kinds]
    size = len(privates[0])
    array_bytes = len(_index([_integer(0) + _integer(0) + b"\x12" for _ in kinds]))
    dictionaries = [_integer(size) + _integer(at + array_bytes + i * size) + b"\x12" for i in range(len(kinds))]
    return _index(dictionaries) + b"".join(privates)


def _integer(value: int) -> bytes:
    """Return an operand that is always five bytes long, so that lengths are known before offsets."""
    return b"\x1d" + value.to_bytes(4, "big", signed=True)


def _index(objects: Sequence[bytes]) -> bytes:
    offsets = array("I", accumulate(map(len, objects), initial=1))
    return len(objects).to_bytes(2, "big") + bytes((_OFFSET_BYTES,)) + _big_endian(offsets) + b"".join(objects)


def _big_endian(numbers: array[int]) -> bytes:
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers.tobytes()
