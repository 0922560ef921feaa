"""Where an exported log keeps its parts (c2sp.org/tlog-tiles), and reading them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from yinji_verify.verdict import Broken

WIDTH: Final = 256
_HASH: Final = 32
_FRAME: Final = 2


def require_tile(folder: Path, level: int, number: int, hashes: Sequence[bytes]) -> None:
    """Raise Broken unless the tile in the folder holds exactly ``hashes``."""
    span = WIDTH**level
    first = number * WIDTH * span
    data = _bytes(folder / "tile" / str(level) / _path(number, len(hashes)), first)
    if data == b"".join(hashes):
        return
    at = next((i for i, value in enumerate(hashes) if data[i * _HASH : (i + 1) * _HASH] != value), len(hashes) - 1)
    raise Broken("edited", f"与 tile/{level} 里的散列不符", f"does not agree with its hash in tile/{level}", first + at * span)


def bundle(folder: Path, first: int, width: int) -> Iterator[bytes]:
    """Yield the entries of one bundle: each preceded by its length, two bytes, big-endian."""
    data = _bytes(folder / "tile" / "entries" / _path(first // WIDTH, width), first)
    at = found = 0
    while at + _FRAME <= len(data) and found < width:
        end = at + _FRAME + int.from_bytes(data[at : at + _FRAME], "big")
        if end > len(data):
            break
        yield data[at + _FRAME : end]
        at, found = end, found + 1
    if found != width or at != len(data):
        raise Broken("missing", "条目包残缺或有多余内容", "the bundle lacks entries or holds more", first + found)


def _path(number: int, width: int) -> str:
    """Return a tile's path below its level (tlog-tiles): groups of three digits, all but the last marked ``x``."""
    groups: list[str] = []
    while True:
        number, group = divmod(number, 1_000)
        groups.append(f"{group:03d}" if not groups else f"x{group:03d}")
        if not number:
            break
    path = "/".join(reversed(groups))
    return path if width == WIDTH else f"{path}.p/{width}"


def _bytes(file: Path, first: int) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise Broken("missing", f"缺少文件 {file.name}", f"the file {file} is missing", first) from None
