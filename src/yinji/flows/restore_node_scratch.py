"""Where a SQLite node is loaded before it is put in place: a folder beside it, which a crash leaves to the next restore.

1 load there; 2 make both files durable; 3 mark that placing begins; 4 disclosures, then data: a node is there once its data are.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from yinji.db.database import Database, private_file, sqlite_url
from yinji.kernel.disk import sync_folder, told
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

_FOLDER: Final = ".restoring"
_MARK: Final = "placing"
_BESIDE: Final = ("-wal", "-shm")


class Scratch:
    """Two empty databases beside their places. Used as a context: leaving it removes what was not placed."""

    def __init__(self, data: Database, disclosures: Database) -> None:
        """Name the places; nothing is made yet."""
        self._places: Final = {each.log: each.file for each in (disclosures, data) if each.file}
        self._data: Final = self._places[data.log]
        self._home: Final = self._data.parent
        self._folder: Final = self._home / _FOLDER
        self._lock = -1
        self.databases: Final[dict[str, Database]] = {}

    def __enter__(self) -> Self:
        """Make the folder anew; raises NODE_EXISTS where a node is in place, DATABASE_BUSY where another restore runs."""
        with told(self._home):
            self._home.mkdir(parents=True, exist_ok=True, mode=stat.S_IRWXU)
            self._lock = os.open(self._home, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock)
            raise Fault(Refusal.DATABASE_BUSY, str(self._home)) from None
        try:
            self._clear_before()
            with told(self._folder):
                self._folder.mkdir(mode=stat.S_IRWXU)
                for log, place in self._places.items():
                    file = self._folder / place.name
                    private_file(file)
                    self.databases[log] = Database(sqlite_url(file), log=log)
        except BaseException:
            os.close(self._lock)
            raise
        return self

    def place(self) -> None:
        """Move both databases to their places; from here on a crash leaves a whole node, or the next restore begins anew."""
        for database in self.databases.values():
            database.close()
        with told(self._home):
            for place in self._places.values():  # 2
                _sync(self._folder / place.name)
            _write_mark(self._folder / _MARK)  # 3
            sync_folder(self._folder)
            for place in self._places.values():  # 4: data last
                (self._folder / place.name).rename(place)
                sync_folder(self._home)
            shutil.rmtree(self._folder, ignore_errors=True)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for database in self.databases.values():
            database.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        os.close(self._lock)

    def _clear_before(self) -> None:
        """Take away what a killed restore left; a database that no restore put there is never touched."""
        if self._data.exists():
            shutil.rmtree(self._folder, ignore_errors=True)
            raise Fault(Refusal.NODE_EXISTS, str(self._data))
        ours = (self._folder / _MARK).exists()
        for place in self._places.values():
            for file in (place, *(place.with_name(place.name + each) for each in _BESIDE)):
                if not file.exists():
                    continue
                if not ours:
                    raise Fault(Refusal.NODE_EXISTS, str(file))
                file.unlink()
        shutil.rmtree(self._folder, ignore_errors=True)


def _sync(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_mark(file: Path) -> None:
    file.touch(mode=0o600)
    _sync(file)
