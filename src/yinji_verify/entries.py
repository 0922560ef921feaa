"""The canonical form of an entry, read from the page ``docs/reference/evidence.md`` alone."""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from typing import Final, NamedTuple

_FIXED: Final = struct.Struct(">4sHH8s16s16s16sQ4sBH")
_MAGIC: Final = b"YJE\x01"
_SHARDS: Final = 4_096
_CODE_MAX: Final = 64
_ABOUT_MAX: Final = 4_000
_REF: Final = 16
_HASH: Final = 32
_CODE: Final = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._:/@+-]*\Z")


def wrong_form(body: bytes) -> str:
    """Return what keeps ``body`` from being one canonical entry; empty where nothing does."""
    if len(body) < _FIXED.size:
        return "shorter than the fixed part"
    magic, _, shard, _, _, _, _, _, lengths, root, about = _FIXED.unpack_from(body)
    if magic != _MAGIC:
        return "not an entry of version 1"
    if shard >= _SHARDS or about > _ABOUT_MAX or (root and root != _HASH):
        return "a number beyond its limit"
    end = _FIXED.size + sum(lengths)
    if len(body) != end + root + about * _REF:
        return "not as long as it says"
    return "" if _codes_right(lengths, body[_FIXED.size : end]) else "a code outside the grammar"


def moment(body: bytes) -> bytes:
    """Return an entry's time in milliseconds since 1970: 8 bytes, big-endian, so that they compare as they are."""
    return body[8:16]


class Said(NamedTuple):
    """What a canonical entry says, as far as a receipt tells it."""

    event: int
    at_ms: int
    items: int
    purpose: str
    post: str
    where: str
    ground: str


def said(body: bytes) -> Said:
    """Return what a canonical entry says."""
    _, event, _, at, _, _, _, count, lengths, _, _ = _FIXED.unpack_from(body)
    codes, start = [], _FIXED.size
    for length in lengths:
        codes.append(body[start : start + length].decode("ascii"))
        start += length
    return Said(event, int.from_bytes(at, "big"), count, *codes)


def count_and_root(body: bytes) -> tuple[int, bytes]:
    """Return the count and the batch root that a canonical entry states; the root may be empty."""
    *_, count, lengths, root, _ = _FIXED.unpack_from(body)
    start = _FIXED.size + sum(lengths)
    return count, body[start : start + root]


@lru_cache(maxsize=4_096)  # entries repeat the same few codes
def _codes_right(lengths: bytes, codes: bytes) -> bool:
    at = 0
    for number, length in enumerate(lengths):
        code = codes[at : at + length]
        at += length
        may_be_empty = number == len(lengths) - 1  # the ground
        if length > _CODE_MAX or not (_CODE.match(code) or (may_be_empty and not code)):
            return False
    return True
