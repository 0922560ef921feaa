"""One database: how it is opened, read and changed."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from yinji.db.trouble import translated
from yinji.db.work import EntrySink, Reading, Work, counted_as_open
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

BUSY_WAIT_MS: Final = 30_000
"""How long a writer waits for another before it gives up with DATABASE_BUSY; a batch holds the file for some 50 ms."""

WAL_BYTES_MAX: Final = 64 * 1024 * 1024
"""Beyond this the write-ahead log is brought back to its start between batches; left alone it grew to 1.8 GB in 20 s."""

SHORTEN_WAIT_MS: Final = 100
"""How long a batch waits for readers to let go of the write-ahead log before it leaves shortening it to the next."""

CACHE_KIB: Final = 48 * 1024
"""Page cache of a SQLite connection: holds the warm ends of the indexes of a node with a million waybills. A run has two connections,
one that reads and one that writes, and a second run over a million orders fills both: all of it stays below 400 MB.
"""


class Database:
    """A SQLite file or a PostgreSQL database, with the evidence log that belongs to it.

    ``log`` is ``data`` or ``disclosures``: on SQLite these are two files, so that a reveal never waits behind a bulk
    issue; on PostgreSQL they are two logs in one database.
    """

    def __init__(self, url: str, *, log: str, sink: EntrySink | None = None) -> None:
        """Prepare the engine for ``url``; nothing is opened yet."""
        self.url: Final[URL] = _address(url)
        sqlite = self.url.get_backend_name() == "sqlite"
        self.file: Final = Path(self.url.database or "") if sqlite else None
        """The SQLite file, or None on PostgreSQL."""
        self.place: Final = (self.url.database or "") if sqlite else self.url.render_as_string(hide_password=True)
        """Where it is, without a password: for messages."""
        self.log: Final = log
        self._sink = sink
        self._engine = _engine(self.url)

    @property
    def engine(self) -> Engine:
        """The SQLAlchemy engine, for migrations only."""
        return self._engine

    def connect_evidence(self, sink: EntrySink) -> None:
        """Tell where entries go. `main` calls this once."""
        self._sink = sink

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Open a consistent look: one snapshot, however long it takes."""
        with translated(self.place), self._engine.connect() as bare:
            connection = bare if self.file else bare.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield Reading(connection, self.log)

    @contextmanager
    def work(self) -> Iterator[Work]:
        """Open a unit of work; it commits at the end of the block, or rolls back on any exception."""
        with translated(self.place), self._engine.connect() as bare:
            connection = bare.execution_options(yinji_writes=True)
            with counted_as_open(), connection.begin():
                work = Work(connection, self.log, self._sink)
                yield work
                work.finish()

    def shorten_log(self) -> None:
        """Keep SQLite's write-ahead log short. Called by a writer between batches; does nothing on PostgreSQL."""
        file = self.file
        if file is None:
            return
        try:
            size = file.with_name(file.name + "-wal").stat().st_size
        except OSError:
            return
        if size > WAL_BYTES_MAX:
            with translated(self.place), self._engine.connect() as connection:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={SHORTEN_WAIT_MS}")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # a reader in the way: the next batch tries again
                connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_WAIT_MS}")

    def close(self) -> None:
        """Give every connection back."""
        self._engine.dispose()


def _address(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        raise Fault(Refusal.SETTING_MALFORMED, "database_url") from None  # the text may hold a password


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, poolclass=QueuePool, pool_size=4, pool_use_lifo=True, hide_parameters=True)
        event.listen(engine, "connect", _tune_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if url.get_backend_name() == "postgresql":
        # A statement that fails inside a pipeline is raised, and told by us; the driver's second telling quotes rows.
        logging.getLogger("psycopg").setLevel(logging.CRITICAL)
        return create_engine(url.set(drivername="postgresql+psycopg"), hide_parameters=True, pool_pre_ping=True)
    raise Fault(Refusal.SETTING_MALFORMED, "database_url")


def _tune_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection type
    connection.isolation_level = None  # the driver must not begin transactions behind our back
    for pragma in (
        f"busy_timeout={BUSY_WAIT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",  # what was answered survives a power cut
        "foreign_keys=ON",
        "secure_delete=ON",  # a deleted row's bytes are overwritten in the file
        f"cache_size=-{CACHE_KIB}",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy passes the connection untyped
    writes = connection.get_execution_options().get("yinji_writes", False)
    # IMMEDIATE takes the write lock at once: a deferred transaction that turns writer late can only fail.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def sqlite_url(file: Path) -> str:
    """Return the address of a SQLite file."""
    return URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)


def private_file(file: Path) -> None:
    """Make an empty file that only its owner can read, before an engine makes one that others can."""
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
