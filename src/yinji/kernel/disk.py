"""What the file system refuses, in the house's words: the same answer wherever a file is written."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def disk_refusal(error: OSError) -> Refusal:
    """Return what an error of the system means: DISK_FULL, or NOT_WRITABLE for everything else."""
    return Refusal.DISK_FULL if error.errno in _FULL else Refusal.NOT_WRITABLE


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the system's refusals into faults that name the place."""
    try:
        yield
    except OSError as error:
        raise Fault(disk_refusal(error), str(path)) from None


def sync_folder(folder: Path) -> None:
    """Make the folder's names durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
