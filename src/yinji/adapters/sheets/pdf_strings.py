"""Texts of a document beside its pages: attributes, XMP, notes, fields, names of attachments, words behind what is drawn.

They are read off the file's objects, whatever key they stand under: nobody sees them on paper, and whoever opens the document does.
"""

from __future__ import annotations

import re
import zlib
from html import unescape
from typing import TYPE_CHECKING, Final

from yinji.adapters.sheets.limits import HIDDEN_TEXTS_MAX, INFLATED_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator

_LENGTH_MAX: Final = 8_192  # bytes of one string
_DICTIONARY_MAX: Final = 4_096  # bytes before ``stream`` in which its dictionary is looked for
_SIGNS_MIN: Final = 2
_READS: Final = 0.85  # the share of signs that people write, from which bytes are taken for a text

_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]{8,%d})>" % _LENGTH_MAX)
_DATE: Final = re.compile(r"D:[0-9]{4,14}")
_TAG: Final = re.compile(r"<[^<>]{0,4096}>")
_VALUE: Final = re.compile(r"[\w:]{1,64}=\"([^\"]{0,4096})\"")
_BEHIND_KEYS: Final = re.compile(rb"/(?:ActualText|Alt|E|Contents|T|TU|V)\s{0,8}(?=[(<])")
"""Words that stand behind what is drawn (ISO 32000-1, 14.9)."""

_ESCAPES: Final = {0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09, 0x62: 0x08, 0x66: 0x0C}
_OPEN, _CLOSE, _BACKSLASH = b"()\\"


def strings_of(content: bytes) -> Iterator[str]:
    """Yield the texts of a document's objects, once each, at most HIDDEN_TEXTS_MAX; never raises."""
    seen: set[str] = set()
    for text in _all(content):
        if text not in seen and _telling(text):
            seen.add(text)
            yield text
            if len(seen) >= HIDDEN_TEXTS_MAX:
                return


def _all(content: bytes) -> Iterator[str]:
    start, left = 0, INFLATED_MAX
    while True:
        at = content.find(b"stream", start)
        end = content.find(b"endstream", at)
        plain = content[start : at if at >= 0 and end >= 0 else len(content)]
        yield from _strings(plain)
        if at < 0 or end < 0:
            return
        data = content[at + len(b"stream") : end].lstrip(b"\r\n")
        head = plain[-_DICTIONARY_MAX:].rpartition(b"obj")[2]
        if left > 0 and b"/Image" not in head and b"/Length1" not in head:
            whole = _inflated(data, left) if b"Flate" in head else data[:left]
            left -= len(whole)
            yield from _stream(head, whole)
        start = end + len(b"endstream")


def _stream(head: bytes, data: bytes) -> Iterator[str]:
    if b"/ObjStm" in head:
        yield from _strings(data)
    elif b"/XML" in head or b"/Metadata" in head:
        text = data.decode("utf-16" if data[:2] in {b"\xfe\xff", b"\xff\xfe"} else "utf-8", "replace")
        yield from map(unescape, _VALUE.findall(text))
        yield from (unescape(each.strip()) for each in _TAG.split(text) if each.strip())
    else:
        for match in _BEHIND_KEYS.finditer(data):
            yield from _first(data[match.end() : match.end() + _LENGTH_MAX])


def _inflated(data: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        return b""


def _first(data: bytes) -> Iterator[str]:
    if data[:1] == b"(":
        yield _decoded(_literal(data, 1)[0])
    elif (match := _HEX.match(data)) is not None:
        yield _decoded(_unhexed(match[1]))


def _strings(data: bytes) -> Iterator[str]:
    at = data.find(b"(")
    while at >= 0:
        raw, end = _literal(data, at + 1)
        yield _decoded(raw)
        at = data.find(b"(", end)
    for match in _HEX.finditer(data):
        yield _decoded(_unhexed(match[1]))


def _literal(data: bytes, at: int) -> tuple[bytes, int]:
    """Return a literal string that begins at a place, its escapes resolved, and where it ends (ISO 32000-1, 7.3.4.2)."""
    found, depth, end = bytearray(), 0, min(len(data), at + _LENGTH_MAX)
    while at < end:
        sign = data[at]
        at += 1
        if sign == _BACKSLASH and at < end:
            sign, at = _escaped(data, at)
        elif sign == _OPEN:
            depth += 1
        elif sign == _CLOSE:
            if not depth:
                break
            depth -= 1
        found.append(sign)
    return bytes(found), at


def _escaped(data: bytes, at: int) -> tuple[int, int]:
    octal = bytes(each for each in data[at : at + 3] if 0x30 <= each <= 0x37)  # noqa: PLR2004 - the digits 0 to 7
    if octal and data[at : at + 1] == octal[:1]:
        return int(octal, 8) & 0xFF, at + len(octal)
    return _ESCAPES.get(data[at], data[at]), at + 1


def _unhexed(digits: bytes) -> bytes:
    plain = b"".join(digits.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode("ascii"))


def _decoded(raw: bytes) -> str:
    """Return the text of a string: UTF-16 or UTF-8 where it says so, or what it reads as."""
    if raw[:2] in {b"\xfe\xff", b"\xff\xfe"}:
        return raw.decode("utf-16", "ignore")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _telling(text: str) -> bool:
    plain = sum(1 for each in text if each.isprintable() and (each.isascii() or each.isalnum() or each in "，。：；（）、 "))
    return len(text) >= _SIGNS_MIN and plain >= len(text) * _READS and _DATE.match(text) is None
