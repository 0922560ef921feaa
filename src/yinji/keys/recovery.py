"""The recovery key: the one secret that opens backups, in a file of its own that the person in charge keeps apart.

The file is a line of text, so that it can be printed and typed again: ``yinji-recovery-1`` and 72 hexadecimal digits, the last
eight of which are a check. A mistyped digit is seen before any backup is tried.
"""

from __future__ import annotations

import os
import stat
from hashlib import sha256
from pathlib import Path
from typing import Final

from yinji.kernel.faults import Fault
from yinji.kernel.ids import RandomBytes
from yinji.kernel.refusals import Refusal
from yinji.keys.suites import SECRET_BYTES

_HEAD: Final = "yinji-recovery-1"
_CHECK_BYTES: Final = 4
"""One mistyped key in four billion passes unseen; it then opens nothing."""

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_FILE_CHARS_MAX: Final = 1_000
"""A recovery key is one line: whatever is longer is another file."""


def make_recovery_key(path: Path, *, random: RandomBytes = os.urandom) -> None:
    """Write a fresh recovery key that only its owner can read; raises OUTPUT_EXISTS, never overwriting one."""
    secret = random(SECRET_BYTES)
    text = f"{_HEAD} {(secret + _check(secret)).hex()}\n"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        raise Fault(Refusal.OUTPUT_EXISTS, str(path)) from None
    except OSError:
        raise Fault(Refusal.NOT_WRITABLE, str(path)) from None
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:  # half a key is none
        path.unlink(missing_ok=True)
        raise Fault(Refusal.DISK_FULL, str(path)) from None


def read_recovery_key(path: Path) -> bytes:
    """Return the 32-byte recovery key of a file.

    Raises FILE_MISSING; KEYS_LOOSE where others can read it; RECOVERY_KEY_MALFORMED where it is cut short or mistyped.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_bytes()[:_FILE_CHARS_MAX]
    except OSError:
        raise Fault(Refusal.FILE_MISSING, str(path)) from None
    if stat.S_IMODE(mode) & _OTHERS:
        raise Fault(Refusal.KEYS_LOOSE, str(path))
    return _read(text, str(path))


def _read(text: bytes, at: str) -> bytes:
    try:
        head, *groups = text.decode("ascii").split()
        data = bytes.fromhex("".join(groups))  # typed from paper it may stand in groups and lines
    except ValueError:
        raise Fault(Refusal.RECOVERY_KEY_MALFORMED, at) from None
    secret, check = data[:SECRET_BYTES], data[SECRET_BYTES:]
    if head != _HEAD or len(secret) != SECRET_BYTES or check != _check(secret):
        raise Fault(Refusal.RECOVERY_KEY_MALFORMED, at)
    return secret


def _check(secret: bytes) -> bytes:
    return sha256(_HEAD.encode() + secret).digest()[:_CHECK_BYTES]
