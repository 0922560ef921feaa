"""The scripts make exactly the schema of this code, on every engine, and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import column, insert, inspect, text
from sqlalchemy import table as sql_table

import yinji.access.accounts.store
import yinji.access.exempting.store
import yinji.access.queries.store
import yinji.access.store
import yinji.access.views.store
import yinji.ledger.store
import yinji.vault.periods.store
import yinji.vault.store
import yinji.waybill.store
from yinji.db import Database
from yinji.db.database import sqlite_url
from yinji.db.migrate import REVISIONS, migrate, require_current
from yinji.db.schema import METADATA
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

Factory = Callable[..., Database]

ROOMS = (
    yinji.access.store,
    yinji.access.accounts.store,
    yinji.access.exempting.store,
    yinji.access.queries.store,
    yinji.access.views.store,
    yinji.ledger.store,
    yinji.vault.periods.store,
    yinji.vault.store,
    yinji.waybill.store,
)
"""Imported, so that their tables stand in `METADATA`."""

_RANGE = ("prefix", "digits", "first", "last")
_BILL = ("number", "merchant", "destination", "pieces", "token", "rules", "made_ms", "batch", "item", "specimen")
"""Columns as they were before 0006."""


@pytest.fixture
def empty(database_factory: Factory) -> Database:
    return database_factory(tables=False)


def tables(database: Database) -> set[str]:
    with database.engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def shape(database: Database) -> dict[str, Any]:
    """Return columns, keys, uniques and indexes of every table, as the engine tells them."""
    with database.engine.connect() as connection:
        look = inspect(connection)
        return {
            name: (
                [(c["name"], str(c["type"]), c["nullable"], bool(c.get("identity"))) for c in look.get_columns(name)],
                (look.get_pk_constraint(name)["name"], look.get_pk_constraint(name)["constrained_columns"]),
                sorted((u["name"], u["column_names"]) for u in look.get_unique_constraints(name)),
                sorted((i["name"], i["column_names"], bool(i["unique"])) for i in look.get_indexes(name)),
                _sqlite_options(connection, name),
            )
            for name in sorted(set(look.get_table_names()) - {"alembic_version"})
        }


def _sqlite_options(connection: Any, name: str) -> bool | None:
    if connection.dialect.name != "sqlite":
        return None
    made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name}).scalar()
    return "WITHOUT ROWID" in made


def refused(database: Database) -> tuple[Refusal, str]:
    with pytest.raises(Fault) as raised:
        require_current(database)
    return raised.value.code, raised.value.at


def test_every_table_of_the_rooms_is_known() -> None:
    assert len(ROOMS) == 9
    assert set(METADATA.tables) > {"access_nodes", "ledger_entries", "vault_parties", "vault_periods", "waybill_ranges"}


def test_the_scripts_make_what_the_rooms_declare_and_nothing_else(empty: Database) -> None:
    migrate(empty)
    with empty.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    assert tables(empty) == set(METADATA.tables)


def test_the_scripts_and_the_declarations_make_the_same_shape(empty: Database) -> None:
    migrate(empty)
    by_scripts = shape(empty)
    migrate(empty, to="base")
    METADATA.create_all(empty.engine)
    assert shape(empty) == by_scripts


def test_migrating_to_the_base_leaves_no_table_and_the_head_can_be_reached_again(empty: Database) -> None:
    migrate(empty)
    before = shape(empty)
    migrate(empty, to="base")
    assert tables(empty) == set()
    migrate(empty)
    assert shape(empty) == before
    require_current(empty)


def test_migrating_twice_changes_nothing(empty: Database) -> None:
    migrate(empty)
    before = shape(empty)
    migrate(empty)
    assert shape(empty) == before


def test_the_revisions_named_are_the_scripts_oldest_first() -> None:
    config = Config()
    config.set_main_option("script_location", str(files("yinji.db") / "migrations"))
    scripts = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(scripts)) == REVISIONS


def test_every_step_goes_down_and_up_alone(empty: Database) -> None:
    for revision in REVISIONS:
        migrate(empty, to=revision)
    assert require_current(empty) is None


def test_numbers_that_no_shard_had_become_an_interval_and_evidence_of_old_waybills_stays(empty: Database) -> None:
    migrate(empty, to="0005")
    ranges = sql_table("waybill_ranges", *map(column, ("org_id", "shard", "ref", *_RANGE, "next", "specimen")))
    bills = sql_table("waybill_waybills", *map(column, ("org_id", "shard", "ref", *_BILL)))
    with empty.engine.connect() as bare, bare.execution_options(yinji_writes=True).begin():
        for ref, following in ((b"2", 40), (b"3", 100)):
            bare.execute(insert(ranges).values((b"1", 0, ref, "YJ", 8, 0, 99, following, 0)))
        bare.execute(insert(bills).values((b"1", 0, b"2", "YJ1", "M", "D", 1, b"t", "r", 7, b"b", 0, 0)))
    migrate(empty)
    with empty.engine.connect() as bare:
        intervals = bare.execute(text("SELECT first, last, state, owner, until_ms FROM waybill_intervals")).all()
        (bill,) = bare.execute(text("SELECT item_version, state, packages, outlet FROM waybill_waybills")).all()
        forms = bare.execute(text("SELECT DISTINCT format, brand, suffix FROM waybill_ranges")).all()
    assert [tuple(each) for each in intervals] == [(40, 99, 1, "", 0)]
    assert tuple(bill) == (1, 4, 1, "")
    assert [tuple(each) for each in forms] == [("own", "", "")]


def test_a_current_database_is_accepted(empty: Database) -> None:
    migrate(empty)
    assert require_current(empty) is None


def test_a_database_without_a_version_is_older(empty: Database) -> None:
    empty.engine.connect().close()  # makes the file
    assert refused(empty) == (Refusal.DATABASE_OLDER, empty.place)


def test_a_database_brought_back_to_the_base_is_older(empty: Database) -> None:
    migrate(empty)
    migrate(empty, to="base")
    assert refused(empty)[0] is Refusal.DATABASE_OLDER


def test_a_database_from_the_future_is_newer(empty: Database) -> None:
    migrate(empty)
    with empty.engine.connect() as bare, bare.execution_options(yinji_writes=True).begin():
        bare.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert refused(empty) == (Refusal.DATABASE_NEWER, empty.place)


def test_migrating_a_database_from_the_future_is_refused_as_newer(empty: Database) -> None:
    migrate(empty)
    with empty.engine.connect() as bare, bare.execution_options(yinji_writes=True).begin():
        bare.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Fault) as raised:
        migrate(empty)
    assert raised.value.code is Refusal.DATABASE_NEWER


def test_a_missing_file_is_a_missing_node_and_is_not_made(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "data.db"), log="data")
    assert refused(database) == (Refusal.NODE_MISSING, str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "data.db").write_bytes(b"no database at all, " * 300)
    database = Database(sqlite_url(tmp_path / "data.db"), log="data")
    assert refused(database)[0] is Refusal.DATABASE_DAMAGED


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "data.db"
    with sqlite3.connect(file) as stranger:
        stranger.execute("CREATE TABLE waybill_waybills (something_else TEXT)")
    stranger.close()
    database = Database(sqlite_url(file), log="data")
    with pytest.raises(Fault):
        migrate(database)
    assert tables(database) == {"waybill_waybills"}
    database.close()
