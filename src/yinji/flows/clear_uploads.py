"""Uploads of orders files: where the node keeps them, and how they go.

An upload is a folder of its own below its account's, named by a reference that begins with its moment. The file holds people in
the clear: it goes when its waybills are issued, after a day at the latest; what came of it goes after `upload_days`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from yinji.flows.house import House

UPLOADS: Final = "uploads"
ORDERS: Final = "orders"
MENDS: Final = "mends.json"
CLEAR: Final = (ORDERS, MENDS)
"""Files of an upload that hold people in the clear and are needed only until the waybills are issued."""

UNFINISHED_MS: Final = 24 * 3_600_000
"""How long a file waits to be issued. A proposal of ours: a day's work, no more."""

_DAY_MS: Final = 24 * 3_600_000
_TIME_DIGITS: Final = 12
"""Hexadecimal digits of the moment that a reference begins with (RFC 9562, 5.7)."""


def uploads_folder(house: House) -> Path:
    """Return the folder of the acting account's uploads, private to whoever runs the node."""
    folder = house.home / UPLOADS / house.account.ref.hex()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def begun_ms(name: str) -> int:
    """Return when the upload of this name began (milliseconds since 1970); raises ValueError where it is no name of one."""
    return int(name[:_TIME_DIGITS], 16)


def clear_uploads(house: House) -> int:
    """Delete what has had its time; return how many files and folders went."""
    now, gone = house.clock.now_ms(), 0
    for folder, age_ms in _uploads(house, now):
        if age_ms > house.settings.upload_days * _DAY_MS:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
        elif age_ms > UNFINISHED_MS:
            gone += sum(_gone(folder / name) for name in CLEAR)
    return gone


def _uploads(house: House, now_ms: int) -> Iterator[tuple[Path, int]]:
    for folder in (house.home / UPLOADS).glob("*/*"):
        if folder.is_dir() and not folder.is_symlink():
            with suppress(ValueError):
                yield folder, now_ms - begun_ms(folder.name)


def _gone(path: Path) -> bool:
    there = path.exists()
    path.unlink(missing_ok=True)
    return there
