"""The zip around a workbook: looked over before anything is unpacked, read in bounded pieces, its checksums kept."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from yinji.doors.intake.reading.model import FileBounds
from yinji.doors.intake.reading.source import Source
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

PIECE_BYTES: Final = 1 << 16

RATIO_FREE_BYTES: Final = 64 << 20
"""A part this small may be packed as tightly as it likes."""

# APPNOTE.TXT 6.3.10, 4.3.14 to 4.3.16: the records at a zip's end say how many parts there are.
_END: Final = struct.Struct("<4s4H2LH")
_END_64_PLACE: Final = struct.Struct("<4sLQL")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_COMMENT_MAX: Final = 1 << 16
_ENCRYPTED_FLAG: Final = 1
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""All that a workbook may use (ECMA-376-2, Annex B); others ask for as much memory as the file likes."""
_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, NotImplementedError, RuntimeError)


class Package:
    """The parts of a workbook by their names (compared without case, as ECMA-376-2 wants)."""

    def __init__(self, source: Source, bounds: FileBounds) -> None:
        """Look the zip over; raises FILE_BOMB, FILE_ENCRYPTED, FILE_BROKEN."""
        self.name: Final = source.name
        self.file: Final[BinaryIO] = source.stream()
        parts = _parts(self.file, source.size)
        if not parts:
            raise self.broken()
        if parts > bounds.parts_max:
            raise Fault(Refusal.FILE_BOMB, source.name)
        try:
            self._zip = zipfile.ZipFile(self.file)
        except _DAMAGED:
            raise self.broken() from None
        self._parts = {each.filename.replace("\\", "/").lstrip("/").lower(): each for each in self._zip.infolist()}
        every = self._zip.infolist()
        if sum(each.file_size for each in every) > bounds.unpacked_bytes_max or any(
            each.file_size > RATIO_FREE_BYTES and each.file_size > bounds.unpacked_ratio_max * each.compress_size
            for each in every
        ):
            raise Fault(Refusal.FILE_BOMB, source.name)
        if any(each.flag_bits & _ENCRYPTED_FLAG for each in every):
            raise Fault(Refusal.FILE_ENCRYPTED, source.name)
        if any(each.compress_type not in _METHODS for each in every):
            raise self.broken()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def size(self, name: str) -> int:
        """Return a part's unpacked bytes."""
        return self._parts[name.lower()].file_size

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a part piece by piece; raises FILE_BROKEN where it is missing, cut short or its checksum is wrong."""
        try:
            with self._zip.open(self._parts[name.lower()]) as part:
                while piece := part.read(PIECE_BYTES):
                    yield piece
        except _DAMAGED:
            raise self.broken(name) from None

    def broken(self, part: str = "") -> Fault:
        """Return the fault that names the file, and the part if it is one of a workbook's own."""
        return Fault(Refusal.FILE_BROKEN, f"{self.name}:{part}" if part else self.name)

    def close(self) -> None:
        """Let go of the zip."""
        self._zip.close()
        self.file.close()


def _parts(file: BinaryIO, size: int) -> int:
    """Return how many parts the zip's end speaks of, or what its directory has room for if that is more; 0 where there is no end."""
    start = max(0, size - _END.size - _COMMENT_MAX - _END_64_PLACE.size - _END_64.size)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _END.size:
        return 0
    _, _, _, _, parts, directory, _, _ = _END.unpack_from(tail, at)
    big = at - _END_64_PLACE.size - _END_64.size
    if big >= 0 and tail[big : big + 4] == b"PK\x06\x06":
        *_, parts, directory, _ = _END_64.unpack_from(tail, big)
    file.seek(0)
    return max(int(parts), int(directory) // _DIRECTORY_ROW_BYTES)


_DIRECTORY_ROW_BYTES: Final = 1_024
"""No row of a workbook's directory is longer on average: names and extra fields are short."""
