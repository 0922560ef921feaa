"""The file format: numbered objects, written one after the other, and the table that says where each begins."""

from __future__ import annotations

from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADER: Final = b"%PDF-1.7\n%\xe9\x9a\x90\xe5\xaf\x84\n"  # the second line's high bytes say: binary
_FREE: Final = b"0000000000 65535 f \n"
_UNUSED: Final = b"0000000000 00000 f \n"
_ROWS_AT_ONCE: Final = 10_000


class PdfFile:
    """Writes objects to a binary file object. Remembers eight bytes an object, nothing else."""

    def __init__(self, out: BinaryIO) -> None:
        """Begin the file."""
        self._out = out
        self._at = 0
        self._offsets = array("Q", [0])
        self._put(_HEADER)

    def reserve(self, count: int) -> int:
        """Return the first of ``count`` object numbers, which may be written later, or never."""
        first = len(self._offsets)
        self._offsets.extend(bytes(count))
        return first

    def write(self, number: int, body: bytes) -> None:
        """Write one object whose number was reserved."""
        self._offsets[number] = self._at
        self._put(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def append(self, bodies: Sequence[bytes]) -> None:
        """Write objects under the next free numbers, in one piece."""
        number = len(self._offsets)
        pieces = [b"%d 0 obj\n%b\nendobj\n" % (number + i, body) for i, body in enumerate(bodies)]
        self._offsets.extend(accumulate(map(len, pieces[:-1]), initial=self._at))
        self._put(b"".join(pieces))

    @property
    def next_number(self) -> int:
        """The number that the next appended object will have."""
        return len(self._offsets)

    def finish(self, *, root: int, info: int) -> None:
        """Write the cross-reference table and the trailer."""
        start, size = self._at, len(self._offsets)
        self._put(b"xref\n0 %d\n%b" % (size, _FREE))
        for first in range(1, size, _ROWS_AT_ONCE):
            rows = self._offsets[first : first + _ROWS_AT_ONCE]
            self._put(b"".join([b"%010d 00000 n \n" % offset if offset else _UNUSED for offset in rows]))
        self._put(b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, info, start))

    def _put(self, data: bytes) -> None:
        self._out.write(data)
        self._at += len(data)


def stream(entries: bytes, data: bytes) -> bytes:
    """Return the body of a stream object with further dictionary entries."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)
