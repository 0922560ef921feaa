"""How much a document unfolds to, told before anything of it is drawn: a hundred kilobytes can become gigabytes."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

from yinji.adapters.sheets.limits import PIXELS_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNFOLDED_MAX: Final = 12 << 20
"""Bytes of one stream that is drawn: a page of a thousand labels' texts has one."""

_FONT_MAX: Final = 64 << 20  # a font of all Chinese characters has 20
_WHOLE_MAX: Final = 256 << 20
_DICTIONARY_MAX: Final = 4_096
_PIECE: Final = 1 << 20
_WIDTH: Final = re.compile(rb"/Width\s+(\d{1,10})")
_HEIGHT: Final = re.compile(rb"/Height\s+(\d{1,10})")


def unfolds_too_far(content: bytes) -> bool:
    """Say whether a stream of a document, or all of them, would fill the memory, or a picture in it has too many dots."""
    whole = 0
    for head, data in _streams(content):
        width, height = _WIDTH.search(head), _HEIGHT.search(head)
        if width and height and int(width[1]) * int(height[1]) > PIXELS_MAX:
            return True
        most = _FONT_MAX if b"/Length1" in head or b"FontType0C" in head or b"/Image" in head else _UNFOLDED_MAX
        size = _unfolded(data, most)
        whole += size
        if size > most or whole > _WHOLE_MAX:
            return True
    return False


def _streams(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    start = 0
    while (at := content.find(b"stream", start)) >= 0:
        end = content.find(b"endstream", at)
        if end < 0:
            return
        head = content[max(start, at - _DICTIONARY_MAX) : at].rpartition(b"obj")[2]
        yield head, content[at + len(b"stream") : end].lstrip(b"\r\n")
        start = end + len(b"endstream")


def _unfolded(data: bytes, most: int) -> int:
    """Return to how many bytes a stream unfolds, or a little more than ``most``; its own size where it is not packed with deflate."""
    packed, size = zlib.decompressobj(), 0
    piece = data
    while piece and size <= most and not packed.eof:
        try:
            size += len(packed.decompress(piece, _PIECE))
        except zlib.error:
            return max(size, len(data))
        piece = packed.unconsumed_tail
    return size
