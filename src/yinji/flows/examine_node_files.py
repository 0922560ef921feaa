"""The bytes of a node's files, as a thief would read them: no mobile number in the clear, and nobody else may read or write them."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from yinji.db.database import WAL_BYTES_MAX
from yinji.flows.examine_node_finding import Finding, Patient, ok, warning, wrong
from yinji.flows.examine_node_rows import MOBILE, prefixes_of

_READ_BYTES: Final = 4 << 20
_OVERLAP_BYTES: Final = 64
"""More than a number in UTF-16 with its neighbours: none is lost between two reads."""

_WIDE: Final = (
    re.compile(rb"1(?<![0-9]\x001)\x00[3-9]\x00(?:[0-9]\x00){9}(?![0-9]\x00)"),
    re.compile(rb"\x001(?<!\x00[0-9]\x001)\x00[3-9](?:\x00[0-9]){9}(?!\x00[0-9])"),
)
"""The same number in UTF-16, little-endian and big-endian."""

_LETTERS_MAX: Final = 3
"""The longest prefix of a waybill number."""

_GROUP: Final = stat.S_IRWXG | stat.S_IRWXO
_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_KEY_NAMES: Final = re.compile(r"root(-[0-9]+)?\.key|.*\.(?:period|epoch|signing|org)|node\.key")


def bytes_show_nobody(patient: Patient) -> Iterator[Finding]:
    """Read every file of the node but its keys, and search it for mobile numbers."""
    allowed = _own_numbers(patient)
    prefixes, count = prefixes_of(patient), 0
    for path in _files(patient):
        count += 1
        if found := phones_in(path, prefixes=prefixes, allowed=allowed):
            yield wrong(
                "file_shows_phone", f"{found} 处像手机号的明文", f"{found} places that look like a mobile number", str(path)
            )
    yield ok("files_read", f"{count} 个文件已逐字节查过", f"{count} files were read byte by byte")


def phones_in(path: Path, *, prefixes: frozenset[bytes], allowed: frozenset[bytes]) -> int:
    """Return how many mobile numbers stand in a file's bytes, as ASCII or UTF-16; memory is bounded."""
    found, before = 0, b""
    try:
        with path.open("rb") as file:
            while piece := file.read(_READ_BYTES):
                data = before + piece
                start, until = len(before) // 2, len(data) - _OVERLAP_BYTES // 2
                if len(piece) < _READ_BYTES:
                    until = len(data)
                found += _phones(data, start, until, prefixes, allowed)
                before = data[-_OVERLAP_BYTES:]
    except OSError:
        return 0  # a file that went while we looked
    return found


def modes_are_tight(patient: Patient) -> Iterator[Finding]:
    """Look at who may read and write the node's folder, its files, its key store."""
    home, keys = patient.ground.home, Path(patient.ground.keys.files.place)
    loose = [_loose_home(home), *(_loose(path) for path in _files(patient) if path.suffix != ".toml"), _loose(keys)]
    loose += [_loose(path) for path in sorted(keys.iterdir())] if keys.is_dir() else []
    found = [each for each in loose if each]
    yield from found
    if not found:
        yield ok("modes_tight", "文件与文件夹只有所有者能读写", "files and folders are their owner's alone")


def keys_stand_apart(patient: Patient) -> Iterator[Finding]:
    """No backup folder may hold a key store, nor lie in one."""
    if patient.backups is None:
        return
    folder, keys = patient.backups.folder.resolve(), Path(patient.ground.keys.files.place).resolve()
    if keys.is_relative_to(folder) or folder.is_relative_to(keys):
        yield wrong("keys_in_backups", "密钥库与备份放在一处", "the key store and the backups are in one place", str(keys))
    stray = [path for path in folder.rglob("*") if path.is_file() and _KEY_NAMES.fullmatch(path.name)]
    for path in stray:
        if not path.resolve().is_relative_to(keys):
            yield wrong(
                "key_among_backups", "备份之间有密钥文件的副本", "a copy of a key file lies among the backups", str(path)
            )


def log_is_short(patient: Patient) -> Iterator[Finding]:
    """Look at the length of SQLite's write-ahead logs: a reader that never ends lets them grow."""
    for database in (patient.house.data, patient.house.disclosures):
        file = database.file
        wal = file.with_name(file.name + "-wal") if file else None
        if wal and wal.exists() and wal.stat().st_size > 2 * WAL_BYTES_MAX:
            size = wal.stat().st_size >> 20
            yield warning("log_long", f"预写日志已有 {size} MB", f"the write-ahead log has {size} MB", str(wal))
            return
    yield ok("log_short", "预写日志不长", "the write-ahead log is short")


def _files(patient: Patient) -> list[Path]:
    keys = Path(patient.ground.keys.files.place)
    found = [path for path in sorted(patient.ground.home.rglob("*")) if path.is_file() and not path.is_symlink()]
    for database in (patient.house.data, patient.house.disclosures):
        if database.file and not database.file.is_relative_to(patient.ground.home):
            found += [path for path in database.file.parent.glob(f"{database.file.name}*") if path.is_file()]
    return [path for path in found if not path.is_relative_to(keys)]


def _own_numbers(patient: Patient) -> frozenset[bytes]:
    """The enterprise's own hotline is printed on every label; a node's name is twelve hexadecimal digits."""
    hotline = re.sub(r"[^0-9]", "", patient.ground.settings.hotline).encode()
    own = re.findall(rb"[0-9]{11}", patient.house.node.ref.hex()[-12:].encode())
    return frozenset({hotline, *own})


def _phones(data: bytes, start: int, until: int, prefixes: frozenset[bytes], allowed: frozenset[bytes]) -> int:
    count = 0
    for match in MOBILE.finditer(data):
        if not start <= match.start() < until:
            continue
        before = data[max(0, match.start() - _LETTERS_MAX) : match.start()]
        if match[0] not in allowed and not any(prefix and before.endswith(prefix) for prefix in prefixes):
            count += 1
    return count + sum(start <= match.start() < until for shape in _WIDE for match in shape.finditer(data))


def _loose_home(home: Path) -> Finding | None:
    mode = stat.S_IMODE(home.stat().st_mode)
    if mode & _WRITE:
        return wrong("mode_loose", f"其他用户可写（{mode:o}）", f"others can write it ({mode:o})", str(home))
    if mode & _GROUP:
        return warning("mode_open", f"其他用户可进入（{mode:o}）", f"others can enter it ({mode:o})", str(home))
    return None


def _loose(path: Path) -> Finding | None:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None
    if mode & _GROUP:
        return wrong("mode_loose", f"其他用户可读写（{mode:o}）", f"others can read or write it ({mode:o})", str(path))
    return None
