"""A log as files in the layout of C2SP tlog-tiles, so that anyone's tools can read it: `yinji_verify`, or others'."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from yinji.db import Reading
from yinji.kernel.disk import disk_refusal
from yinji.kernel.faults import Fault
from yinji.ledger import store
from yinji.ledger.tree import TILE_HEIGHT

TILE_WIDTH: Final = 1 << TILE_HEIGHT
_ROWS_AT_ONCE: Final = 16 * TILE_WIDTH
_FRAME_BYTES: Final = 2
"""Each entry in a bundle is preceded by its length, two bytes, big-endian (tlog-tiles, log entries)."""


def tile_path(number: int, width: int) -> str:
    """Return where tile ``number`` of ``width`` hashes lies below its level: 1234067 is ``x001/x234/067``."""
    digits = f"{number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    path = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return path if width == TILE_WIDTH else f"{path}.p/{width}"


def export_log(reading: Reading, folder: Path, *, size: int, note: str, key: str) -> None:
    """Write the first ``size`` entries, their tiles and all checkpoints below ``folder``; raises a Fault if it cannot."""
    try:
        _export_entries(reading, folder, size)
        _export_tiles(reading, folder, size)
        for of_size, kept in store.checkpoints(reading):
            if of_size <= size:
                _write(folder / "checkpoints" / str(of_size), kept.encode())
        _write(folder / "key", f"{key}\n".encode())
        _write(folder / "checkpoint", note.encode())
    except OSError as error:
        raise Fault(disk_refusal(error), str(folder)) from None


def _export_entries(reading: Reading, folder: Path, size: int) -> None:
    for first in range(0, size, _ROWS_AT_ONCE):
        rows = store.entries(reading, first, min(_ROWS_AT_ONCE, size - first))
        for start in range(0, len(rows), TILE_WIDTH):
            part = rows[start : start + TILE_WIDTH]
            path = tile_path((first + start) // TILE_WIDTH, len(part))
            bundle = b"".join(len(body).to_bytes(_FRAME_BYTES, "big") + body for _, body, _ in part)
            _write(folder / "tile" / "entries" / path, bundle)
            _write(folder / "tile" / "0" / path, b"".join(leaf for _, _, leaf in part))


def _export_tiles(reading: Reading, folder: Path, size: int) -> None:
    level = 1
    while count := size >> (level * TILE_HEIGHT):
        for first in range(0, count, TILE_WIDTH):
            hashes: Sequence[bytes] = store.nodes(reading, level, first, min(first + TILE_WIDTH, count))
            if hashes:
                _write(folder / "tile" / str(level) / tile_path(first // TILE_WIDTH, len(hashes)), b"".join(hashes))
        level += 1


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
