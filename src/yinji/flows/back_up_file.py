"""A backup file: its name, and how it comes to be there whole or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, Self

from yinji.kernel.clock import moment
from yinji.kernel.disk import sync_folder, told
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref
from yinji.kernel.refusals import Refusal
from yinji.keys.stream import Header, Kind, SealedStream

SUFFIXES: Final = {Kind.DATA: ".yjd", Kind.KEYS: ".keys.yjk", Kind.EPOCHS: ".epochs.yje"}
"""Who sees a file's name knows what it opens: data, keys, or the epochs that are to be destroyed soon."""

_PART: Final = ".part"


class Opened(NamedTuple):
    """A backup whose header was read and whose recovery key fits."""

    path: Path
    header: Header


class NewFile:
    """Written beside its place as a hidden part; `keep` makes it durable and gives it its name, which must be free."""

    def __init__(self, target: Path) -> None:
        """Open the part, its owner's alone; raises OUTPUT_EXISTS, NOT_WRITABLE or DISK_FULL naming the target."""
        self.target: Final = target
        self._part: Final = target.with_name(f".{target.name}{_PART}")
        with told(target):
            target.parent.mkdir(parents=True, exist_ok=True, mode=stat.S_IRWXU)
            _sweep(target.parent)
            self._require_free()
            handle = os.open(self._part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
            fcntl.flock(handle, fcntl.LOCK_EX)
            self.out: Final[BinaryIO] = os.fdopen(handle, "wb")

    def settle(self) -> None:
        """Make what was written durable, still under the name of a part."""
        with told(self.target):
            self.out.flush()
            os.fsync(self.out.fileno())

    def keep(self) -> None:
        """Give the part its name; never takes a name that is taken."""
        self.settle()
        with told(self.target):
            try:
                os.link(self._part, self.target)  # unlike a rename, a link never replaces what is there
            except FileExistsError:
                raise Fault(Refusal.OUTPUT_EXISTS, str(self.target)) from None
            except OSError:  # a stick's file system knows no links
                self._require_free()
                self._part.rename(self.target)
            sync_folder(self.target.parent)

    def _require_free(self) -> None:
        if os.path.lexists(self.target):
            raise Fault(Refusal.OUTPUT_EXISTS, str(self.target))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no part behind."""
        with contextlib.suppress(OSError):
            self._part.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # what a full disk did not take in is not wanted either
            self.out.close()


def name_of(kind: Kind, *, node: Ref, at_ms: int) -> str:
    """Return a backup's name: node and moment (Beijing time), never a person."""
    return f"yinji-{node.hex()[-12:]}-{moment(at_ms):%Y%m%d-%H%M%S}{SUFFIXES[kind]}"


def open_backup(path: Path, kind: Kind, recovery: bytes, *, now_ms: int) -> Opened:
    """Return a backup's header; raises FILE_MISSING, BACKUP_DAMAGED, RECOVERY_KEY_WRONG, BACKUP_EXPIRED naming the file."""
    with stream_of(path) as stream:
        if stream.header.kind is not kind:
            raise Fault(Refusal.BACKUP_DAMAGED, f"{path}: {stream.header.kind.name.lower()}")
        stream.require_key(recovery)
    if 0 < stream.header.expires_ms < now_ms:
        raise Fault(Refusal.BACKUP_EXPIRED, str(path))
    return Opened(path, stream.header)


@contextlib.contextmanager
def stream_of(path: Path) -> Iterator[SealedStream]:
    """Open a backup for reading."""
    try:
        source = path.open("rb")
    except OSError:
        raise Fault(Refusal.FILE_MISSING, str(path)) from None
    with source:
        try:
            yield SealedStream(source, place=str(path))
        except OSError:  # the medium gives up in the middle
            raise Fault(Refusal.BACKUP_DAMAGED, str(path)) from None


def chunks_of(path: Path, recovery: bytes) -> Iterator[bytes]:
    """Yield a backup's plaintext, chunk by authenticated chunk."""
    with stream_of(path) as stream:
        yield from stream.chunks(recovery)


def _sweep(folder: Path) -> None:
    """Remove parts that a kill left behind: whoever writes one holds its lock."""
    for part in folder.glob(f".yinji-*{_PART}"):
        with contextlib.suppress(OSError), part.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()
