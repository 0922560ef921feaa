"""What a label's radio tag (RFID, ISO/IEC 18000-63) says: that a node of ours made the label, and a digest of its token. No person.

GS1's EPC headers name keys that GS1 gives out (Tag Data Standard, table of headers); none is left for private use, and 0xE2 must
never be written. So bank 1 says by its protocol control word that it holds no EPC: the toggle bit is 1, and an application family
(AFI, ISO/IEC 15961) stands where numbering bits would. We have no family registered: it is `AFI`, *unread* whether a registry would
give another. Layout of the content, 12 or 16 bytes:

    byte 0        version, 1
    bytes 1 … n   the first 10 (96 bits) or 14 (128 bits) bytes of SHA-256 over "yinji-epc-1", a byte of zero, and the token in ASCII
    last byte     CRC-8 over all bytes before it (polynomial 0x07, begins with 0)

Whoever reads a tag learns what whoever photographs the QR code learns, and less: a digest leads nowhere but at the node that has the
token, and dies with it.
"""

from __future__ import annotations

from hashlib import sha256
from hmac import compare_digest
from typing import Final, NamedTuple

from yinji.kernel.faults import Misuse
from yinji.label.codes.grammar import demand_token

BITS: Final = (96, 128)
VERSION: Final = 1
AFI: Final = 0x00
_TOGGLE: Final = 0x0100
"""Bit 17h of the protocol control word (ISO/IEC 18000-63): 1 where no EPC of GS1 follows."""

_LENGTH_SHIFT: Final = 11
_WORD_BITS: Final = 16
_DOMAIN: Final = b"yinji-epc-1\0"
_POLYNOMIAL: Final = 0x07
_TOP: Final = 0x80


class TagContent(NamedTuple):
    """A tag's content, read: its version and its digest of 10 or 14 bytes."""

    version: int
    digest: bytes

    def is_of(self, token: str) -> bool:
        """Say whether this is the tag of a token; compared in constant time."""
        return compare_digest(self.digest, _digest(token, len(self.digest)))


def demand_bits(bits: int) -> int:
    """Return ``bits`` if a tag's content may have so many; raises Misuse otherwise."""
    if bits not in BITS:
        raise Misuse(f"a tag's content has {' or '.join(map(str, BITS))} bits")
    return bits


def encode_tag(token: str, *, bits: int = BITS[0]) -> bytes:
    """Return the content for a label's token; raises Misuse for a malformed token or another length."""
    held = demand_bits(bits) // 8
    content = bytes((VERSION,)) + _digest(demand_token(token), held - 2)
    return content + bytes((_crc(content),))


def tag_memory(token: str, *, bits: int = BITS[0]) -> bytes:
    """Return what is written from word 1 of bank 1 on: protocol control word, then the content."""
    control = (bits // _WORD_BITS) << _LENGTH_SHIFT | _TOGGLE | AFI
    return control.to_bytes(2, "big") + encode_tag(token, bits=bits)


def decode_tag(content: bytes) -> TagContent | None:
    """Return what a content says; None where it is none of ours: another length, version or check."""
    if len(content) * 8 not in BITS or content[0] != VERSION or _crc(content[:-1]) != content[-1]:
        return None
    return TagContent(content[0], content[1:-1])


def _digest(token: str, count: int) -> bytes:
    return sha256(_DOMAIN + token.encode("ascii")).digest()[:count]


def _crc(content: bytes) -> int:
    found = 0
    for byte in content:
        found ^= byte
        for _ in range(8):
            found = (found << 1 ^ _POLYNOMIAL if found & _TOP else found << 1) & 0xFF
    return found
