"""What a code's content may say once its dress is taken off: percent signs, escapes, base64, hexadecimal digits.

Encoding is no hiding: whoever scans the code reads it. Encrypted content stays unread, and random letters say nothing.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error, unhexlify
from typing import Final

CONTENT_MAX: Final = 8_192
"""A QR code holds 7,089 digits at most (ISO/IEC 18004); what claims more is cut."""

_DEPTH: Final = 2
"""Base64 inside a percent-encoded link is met; deeper nesting is not."""

_READINGS_MAX: Final = 32
_PERCENT: Final = re.compile("(?:%[0-9A-Fa-f]{2})+")
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}){8,}")
_READABLE: Final = 0.9
"""The share of letters, digits and common signs from which decoded bytes are taken for a text."""

_URL_SAFE: Final = str.maketrans("-_", "+/")


def readings(content: str) -> list[str]:
    """Return a content and every text that can be read in it, the content itself first. Never raises; bounded."""
    found = [content[:CONTENT_MAX]]
    newest = found[:]
    for _ in range(_DEPTH):
        newest = [text for each in newest for text in _undressed(each) if text not in found][:_READINGS_MAX]
        if not newest:
            break
        found += newest
    return found[:_READINGS_MAX]


def _undressed(text: str) -> list[str]:
    found = []
    if "%" in text:
        found.append(_PERCENT.sub(_percent, text))
    if "\\u" in text:
        found.append(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))
    for match in _BASE64.finditer(text):
        found += _texts(_base64(match[0]))
    for match in _HEX.finditer(text):
        found += _texts(unhexlify(match[0]))
    return [each for each in found if each != text]


def _percent(match: re.Match[str]) -> str:
    return next(iter(_texts(unhexlify(match[0].replace("%", "")))), match[0])


def _base64(text: str) -> bytes:
    plain = text.rstrip("=").translate(_URL_SAFE)
    try:
        return b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (Error, ValueError):
        return b""


def _texts(content: bytes) -> list[str]:
    """Return the text that bytes are in UTF-8 or GB 18030, if they read as one."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return [text] if text and _reads(text) else []
    return []


def _reads(text: str) -> bool:
    plain = sum(
        1
        for each in text
        if (each.isascii() and each.isprintable()) or "\u4e00" <= each <= "\u9fff" or each in "，：；（）、\n\t"
    )
    return plain >= len(text) * _READABLE
