"""A sealed stream: what a backup file is, whatever is in it.

    preamble  magic 8 ‖ version 1 ‖ suite 1 ‖ kind 1 ‖ 0 ‖ salt 32 ‖ ref 16 ‖ node 16 ‖ made_ms 8 ‖ expires_ms 8 ‖ length of info 4
    info      text of the caller's (JSON), readable without any key: no person, no secret
    key check 16 bytes, by which a wrong recovery key is told from damage
    checksum  SHA-256 of everything before it
    chunks    each 1 MiB of plaintext sealed (nonce 12 ‖ ciphertext ‖ tag 16), the last one shorter or empty

Numbers are big-endian. The chunks' key follows (HKDF) from the recovery key, the salt and the digest of the header, so that no
header fits another file's chunks. The nonce is seven zero bytes, the chunk's number and the mark of the last one, as in STREAM
(Hoang, Reyhanitabar, Rogaway, Vizár 2015): what is cut off, appended, moved, edited or taken from another backup does not open.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import BinaryIO, Final

from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.ids import RandomBytes, Ref
from yinji.kernel.refusals import Refusal
from yinji.keys.suites import NONCE_BYTES, TAG_BYTES, SealBroken, Suite, suite_of

MAGIC: Final = b"YINJIBAK"
VERSION: Final = 1
CHUNK_BYTES: Final = 1 << 20
"""A chunk is in memory once as plaintext and once sealed; the overhead of 28 bytes is nothing."""

_PREAMBLE: Final = struct.Struct(">8sBBBx32s16s16sQQI")
_SALT_BYTES: Final = 32
_CHECK_BYTES: Final = 16
_DIGEST_BYTES: Final = 32
_SEALED_BYTES: Final = NONCE_BYTES + CHUNK_BYTES + TAG_BYTES
INFO_BYTES_MAX: Final = 1 << 20
"""A limit of ours: info is a page of text."""

_COUNTER_MAX: Final = 1 << 32
_NONCE: Final = struct.Struct(">7xIB")


class Kind(IntEnum):
    """What a backup holds. Stands in its header; never reused."""

    DATA = 1
    KEYS = 2
    EPOCHS = 3


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself without any key. ``ref`` is its own random reference: a pair of key files shares one.

    ``expires_ms`` is 0 where it never expires; ``info`` is JSON of the caller's.
    """

    suite: Suite
    kind: Kind
    ref: Ref
    node: Ref
    made_ms: int
    expires_ms: int
    info: str


class SealingStream:
    """Writes a header and then whatever it is given, sealed chunk by chunk; `finish` writes the last one."""

    def __init__(self, out: BinaryIO, header: Header, *, recovery: bytes, random: RandomBytes) -> None:
        """Write the header to ``out``, which the caller opened and will close."""
        self._out = out
        info = header.info.encode()
        if len(info) > INFO_BYTES_MAX:
            raise Misuse("the info of a backup is a page of text")
        salt = random(_SALT_BYTES)
        front = _PREAMBLE.pack(
            MAGIC, VERSION, header.suite.code, header.kind, salt, header.ref, header.node, header.made_ms, header.expires_ms, len(info)
        ) + info  # fmt: skip
        self._keyed = _Keyed(header.suite, recovery, salt, front)
        whole = front + self._keyed.check
        self._digest = sha256()
        self._number = 0
        self._buffer = bytearray()
        self._put(whole + sha256(whole).digest())

    @property
    def digest(self) -> bytes:
        """SHA-256 of everything written so far; after `finish`, of the file."""
        return self._digest.digest()

    def write(self, data: bytes) -> None:
        """Take in plaintext; what fills a chunk is sealed and written."""
        self._buffer += data
        while len(self._buffer) > CHUNK_BYTES:  # a chunk that is exactly full waits: it may be the last
            with memoryview(self._buffer) as view:
                chunk = bytes(view[:CHUNK_BYTES])
            self._put(self._keyed.seal(chunk, self._number, last=False))
            del self._buffer[:CHUNK_BYTES]
            self._number += 1

    def finish(self) -> None:
        """Seal what is left as the last chunk."""
        self._put(self._keyed.seal(bytes(self._buffer), self._number, last=True))
        self._buffer.clear()

    def _put(self, data: bytes) -> None:
        self._digest.update(data)
        self._out.write(data)


class SealedStream:
    """Reads a sealed stream. Nothing it hands out is unauthenticated; only after the last chunk is it known to be whole."""

    def __init__(self, source: BinaryIO, *, place: str) -> None:
        """Read the header; raises BACKUP_DAMAGED where it is none. ``place`` names the file in faults."""
        self._source = source
        self._place = place
        self._front, self._check, self._salt, self.header = self._read_header()

    def require_key(self, recovery: bytes) -> None:
        """Raise RECOVERY_KEY_WRONG unless this key made the file."""
        if self._keyed(recovery).check != self._check:
            raise Fault(Refusal.RECOVERY_KEY_WRONG, self._place)

    def chunks(self, recovery: bytes) -> Iterator[bytes]:
        """Yield the plaintext, chunk by chunk; raises BACKUP_DAMAGED naming the first chunk that is not as it was written."""
        self.require_key(recovery)
        keyed = self._keyed(recovery)
        sealed, number, last = self._source.read(_SEALED_BYTES), 0, False
        while not last:
            following = self._source.read(_SEALED_BYTES)
            last = not following
            try:
                yield keyed.open(sealed, number, last=last)
            except SealBroken:
                raise self._damaged(f"chunk {number}") from None
            sealed, number = following, number + 1

    def _keyed(self, recovery: bytes) -> _Keyed:
        return _Keyed(self.header.suite, recovery, self._salt, self._front)

    def _read_header(self) -> tuple[bytes, bytes, bytes, Header]:
        preamble = self._source.read(_PREAMBLE.size)
        if len(preamble) != _PREAMBLE.size:
            raise self._damaged("header")
        magic, version, suite, kind, salt, ref, node, made_ms, expires_ms, length = _PREAMBLE.unpack(preamble)
        if magic != MAGIC or version != VERSION or length > INFO_BYTES_MAX:
            raise self._damaged("header")
        rest = self._source.read(length + _CHECK_BYTES + _DIGEST_BYTES)
        info, check, digest = rest[:length], rest[length:-_DIGEST_BYTES], rest[-_DIGEST_BYTES:]
        if sha256(preamble + info + check).digest() != digest:
            raise self._damaged("header")
        try:
            header = Header(suite_of(bytes((suite,))), Kind(kind), Ref(ref), Ref(node), made_ms, expires_ms, info.decode())
        except (SealBroken, ValueError):
            raise self._damaged("header") from None
        return preamble + info, check, salt, header

    def _damaged(self, where: str) -> Fault:
        return Fault(Refusal.BACKUP_DAMAGED, f"{self._place}: {where}")


class _Keyed:
    """The key of one file: made from recovery key, salt and header, used for nothing else."""

    def __init__(self, suite: Suite, recovery: bytes, salt: bytes, front: bytes) -> None:
        self._bound = sha256(front).digest()
        secret = suite.derive(recovery, b"yinji backup 1" + salt + self._bound)
        self._lock = suite.lock(suite.derive(secret, b"chunks"))
        self.check = suite.derive(secret, b"check")[:_CHECK_BYTES]

    def seal(self, plain: bytes, number: int, *, last: bool) -> bytes:
        if number >= _COUNTER_MAX:
            raise Misuse("a backup has at most four billion chunks")
        return self._lock.seal(plain, nonce=_NONCE.pack(number, last), bound_to=self._bound)

    def open(self, sealed: bytes, number: int, *, last: bool) -> bytes:
        if number >= _COUNTER_MAX or sealed[:NONCE_BYTES] != _NONCE.pack(number, last):
            raise SealBroken
        return self._lock.open(sealed, bound_to=self._bound)
