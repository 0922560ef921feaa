"""How a SQLite file is opened, and what becomes of its errors."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.unit.db.shelf import ITEMS, LEASES, SHELF, Said, item
from tests.unit.ledger.evidence import entry

from yinji.db import Database
from yinji.db.database import BUSY_WAIT_MS, WAL_BYTES_MAX, private_file, sqlite_url
from yinji.db.trouble import translated
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

PERSON = "孙十三"


@pytest.fixture
def opener(tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """Opens the same file again and again; closes all."""
    opened: list[Database] = []

    def open_again() -> Database:
        database = Database(sqlite_url(tmp_path / "data.db"), log="data", sink=Said())
        opened.append(database)
        return database

    yield open_again
    for database in opened:
        database.close()


@pytest.fixture
def shelf(opener: Callable[[], Database]) -> Database:
    database = opener()
    SHELF.create_all(database.engine)
    return database


def pragma(database: Database, text: str) -> object:
    with database.engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {text}").scalar()


def put(database: Database, name: str, body: bytes = b"") -> None:
    with database.work() as work:
        work.add_rows(ITEMS, [item(name, 1, body)])
        work.append(entry(1))


def names(database: Database) -> list[str]:
    with database.reading() as reading:
        return [row.name for row in reading.rows(select(ITEMS.c.name).order_by(ITEMS.c.name))]


def fault(act: Callable[[], object]) -> Fault:
    with pytest.raises(Fault) as raised:
        act()
    assert PERSON not in f"{raised.value} {raised.value!r} {raised.value.at}"
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__, "an engine's message may quote a row"
    return raised.value


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("busy_timeout", BUSY_WAIT_MS)],
)
def test_a_file_is_opened_with_the_settings_that_keep_it(shelf: Database, name: str, value: object) -> None:
    assert pragma(shelf, name) == value


def test_every_connection_of_the_pool_has_the_settings(shelf: Database) -> None:
    with shelf.engine.connect() as one, shelf.engine.connect() as other:
        for connection in (one, other):
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1


def test_a_deleted_rows_bytes_are_gone_from_the_file(shelf: Database, tmp_path: Path) -> None:
    put(shelf, "a", PERSON.encode() * 50)
    with shelf.work() as work:
        work.change(ITEMS.delete())
        work.append(entry(2))
    pragma(shelf, "wal_checkpoint(TRUNCATE)")
    assert PERSON.encode() not in b"".join(each.read_bytes() for each in tmp_path.iterdir())


def test_a_full_disk_is_disk_full_and_writes_nothing(shelf: Database) -> None:
    put(shelf, "a")
    pragma(shelf, f"max_page_count = {pragma(shelf, 'page_count')}")
    found = fault(lambda: put(shelf, PERSON, b"x" * 100_000))
    assert (found.code, found.at) == (Refusal.DISK_FULL, shelf.place)
    assert names(shelf) == ["a"]


def test_after_a_full_disk_the_same_work_goes_through(shelf: Database) -> None:
    pragma(shelf, f"max_page_count = {pragma(shelf, 'page_count')}")
    fault(lambda: put(shelf, "a", b"x" * 100_000))
    pragma(shelf, "max_page_count = 1000000")
    put(shelf, "a", b"x" * 100_000)
    assert names(shelf) == ["a"]


def test_a_file_held_by_another_is_busy_and_nothing_was_written(shelf: Database, opener: Callable[[], Database]) -> None:
    waiting = opener()
    pragma(waiting, "busy_timeout = 30")
    with shelf.work():
        assert fault(lambda: put(waiting, PERSON)).code is Refusal.DATABASE_BUSY
    put(waiting, "later")
    assert names(shelf) == ["later"]


def test_a_reader_does_not_wait_for_a_writer(shelf: Database, opener: Callable[[], Database]) -> None:
    put(shelf, "a")
    with shelf.work() as work:
        work.add_rows(LEASES, [("lease", b"")])
        assert names(opener()) == ["a"]


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path, opener: Callable[[], Database]) -> None:
    (tmp_path / "data.db").write_bytes(f"{PERSON} is no database. ".encode() * 200)
    assert fault(lambda: names(opener())).code is Refusal.DATABASE_DAMAGED


def test_a_file_with_broken_pages_is_damaged(shelf: Database, tmp_path: Path, opener: Callable[[], Database]) -> None:
    for number in range(50):
        put(shelf, f"{PERSON}{number}", bytes(4_000))
    pragma(shelf, "wal_checkpoint(TRUNCATE)")
    shelf.close()
    file = tmp_path / "data.db"
    whole = bytearray(file.read_bytes())
    whole[4096:] = os.urandom(len(whole) - 4096)
    file.write_bytes(whole)
    assert fault(lambda: names(opener())).code is Refusal.DATABASE_DAMAGED


def test_a_folder_that_is_missing_is_unreachable(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "nowhere" / "data.db"), log="data")
    found = fault(lambda: names(database))
    assert (found.code, found.at) == (Refusal.DATABASE_UNREACHABLE, str(tmp_path / "nowhere" / "data.db"))


def test_a_file_opened_for_reading_only_is_not_writable(shelf: Database, tmp_path: Path) -> None:
    put(shelf, "a")
    reader = Database(f"sqlite:///file:{tmp_path}/data.db?mode=ro&uri=true", log="data", sink=Said())
    try:
        assert fault(lambda: put(reader, PERSON)).code is Refusal.NOT_WRITABLE
    finally:
        reader.close()


def test_a_server_that_does_not_answer_is_unreachable_and_its_password_is_not_said() -> None:
    database = Database("postgresql://yinji:geheim77@127.0.0.1:1/none", log="data")
    found = fault(lambda: names(database))
    assert found.code is Refusal.DATABASE_UNREACHABLE
    assert "geheim77" not in f"{found.at} {found} {database.place}"


def test_a_statement_that_fails_does_not_quote_its_values(shelf: Database) -> None:
    def act() -> None:
        with shelf.work() as work:
            work.add_rows(SHELF.tables["shelf_items"], [(PERSON,)])

    assert fault(act).code is Refusal.DATABASE_UNREACHABLE


def test_a_doubled_row_does_not_quote_its_values(shelf: Database) -> None:
    put(shelf, PERSON)
    with pytest.raises(Exception) as raised:  # noqa: PT011 - a store reads it; nobody may read a value in it
        put(shelf, PERSON)
    assert PERSON not in f"{raised.value} {raised.value!r}"


def test_another_kind_of_address_is_refused_as_a_setting() -> None:
    with pytest.raises(Fault) as raised:
        Database("mysql://somewhere/db", log="data")
    assert (raised.value.code, raised.value.at) == (Refusal.SETTING_MALFORMED, "database_url")


@pytest.mark.parametrize("address", ["no address", "sqlite", "yinji:geheim77@host"])
def test_a_text_that_is_no_address_is_refused_as_a_setting(address: str) -> None:
    with pytest.raises(Fault) as raised:
        Database(address, log="data")
    assert raised.value.code is Refusal.SETTING_MALFORMED


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        (sqlite3.SQLITE_BUSY, Refusal.DATABASE_BUSY),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Refusal.DATABASE_BUSY),
        (sqlite3.SQLITE_LOCKED, Refusal.DATABASE_BUSY),
        (sqlite3.SQLITE_FULL, Refusal.DISK_FULL),
        (sqlite3.SQLITE_IOERR_WRITE, Refusal.DISK_FULL),
        (sqlite3.SQLITE_READONLY, Refusal.NOT_WRITABLE),
        (sqlite3.SQLITE_CANTOPEN, Refusal.DATABASE_UNREACHABLE),
        (sqlite3.SQLITE_CORRUPT, Refusal.DATABASE_DAMAGED),
        (sqlite3.SQLITE_NOTADB, Refusal.DATABASE_DAMAGED),
        (sqlite3.SQLITE_ERROR, Refusal.DATABASE_OLDER),
    ],
)
def test_every_engine_error_has_its_refusal(code: int, refusal: Refusal) -> None:
    error = sqlite3.OperationalError(PERSON)
    error.sqlite_errorcode = code

    def act() -> None:
        with translated("here"):
            raise error

    found = fault(act)
    assert (found.code, found.at) == (refusal, "here")


def test_a_file_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    private_file(tmp_path / "data.db")
    assert stat.S_IMODE((tmp_path / "data.db").stat().st_mode) == 0o600


def test_the_files_beside_it_are_its_owners_alone_too(tmp_path: Path, opener: Callable[[], Database]) -> None:
    private_file(tmp_path / "data.db")
    SHELF.create_all(opener().engine)
    assert {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()} == {0o600}


def test_making_a_private_file_leaves_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "data.db").write_bytes(b"kept")
    private_file(tmp_path / "data.db")
    assert (tmp_path / "data.db").read_bytes() == b"kept"


def test_a_short_log_is_left_alone(shelf: Database, tmp_path: Path) -> None:
    put(shelf, "a")
    size = (tmp_path / "data.db-wal").stat().st_size
    shelf.shorten_log()
    put(shelf, "b")
    assert (tmp_path / "data.db-wal").stat().st_size > size


def test_a_missing_log_is_no_trouble(tmp_path: Path) -> None:
    Database(sqlite_url(tmp_path / "data.db"), log="data").shorten_log()
    assert list(tmp_path.iterdir()) == []


def test_a_long_log_starts_again_from_its_beginning(shelf: Database, tmp_path: Path, opener: Callable[[], Database]) -> None:
    with opener().reading() as reading:  # a reader holds the log back while the batch commits
        reading.rows(select(ITEMS))
        with shelf.work() as work:
            work.add_rows(LEASES, [(str(number), bytes(1 << 20)) for number in range(66)])
    wal = tmp_path / "data.db-wal"
    assert wal.stat().st_size > WAL_BYTES_MAX
    shelf.shorten_log()
    put(shelf, "after")
    with shelf.engine.connect() as connection:
        _, frames, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").one()
    assert frames < 100
    assert names(shelf) == ["after"]
