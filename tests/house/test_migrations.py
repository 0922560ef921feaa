"""The schema that migrations make is the schema that the rooms declare; it goes down to nothing, and up again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Engine, Index, LargeBinary, MetaData, Table, Text, create_engine, inspect
from tests.house.tables import schema

from yinji.db.database import Database, sqlite_url
from yinji.db.migrate import REVISIONS, migrate, require_current
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

VERSIONS = "alembic_version"

Picture = dict[str, dict[str, Any]]


def picture(engine: Engine) -> Picture:
    """A database's tables: columns with type and nullability in their order, primary key, indexes, unique constraints."""
    look = inspect(engine)
    return {
        name: {
            "columns": [(each["name"], str(each["type"]), each["nullable"]) for each in look.get_columns(name)],
            "primary key": look.get_pk_constraint(name)["constrained_columns"],
            "indexes": sorted((str(each["name"]), each["column_names"], each["unique"]) for each in look.get_indexes(name)),
            "unique": sorted(each["column_names"] for each in look.get_unique_constraints(name)),
            "options": look.get_table_options(name),
        }
        for name in look.get_table_names()
        if name != VERSIONS
    }


def declared(metadata: MetaData) -> Picture:
    """The same of tables as they are declared, made in an empty database."""
    engine = create_engine("sqlite://")
    try:
        metadata.create_all(engine)
        return picture(engine)
    finally:
        engine.dispose()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_url(tmp_path / "data.db"), log="data")
    yield database
    database.close()


def test_migrations_make_what_the_rooms_declare(database: Database) -> None:
    migrate(database)
    made, wanted = picture(database.engine), declared(schema())
    assert made.keys() == wanted.keys()
    assert {name: made[name] for name in made if made[name] != wanted[name]} == {}
    require_current(database)


def test_migrations_go_down_to_nothing_and_up_again(database: Database) -> None:
    migrate(database)
    before = picture(database.engine)
    migrate(database, to="base")
    assert picture(database.engine) == {}
    with pytest.raises(Fault) as refused:
        require_current(database)
    assert refused.value.code is Refusal.DATABASE_OLDER
    migrate(database)
    assert picture(database.engine) == before
    migrate(database)
    assert picture(database.engine) == before


def test_the_revisions_that_the_code_knows_are_the_scripts_in_their_order() -> None:
    from importlib.resources import files  # noqa: PLC0415 - only this test looks into the package

    from alembic.script import ScriptDirectory  # noqa: PLC0415 - slow to load

    scripts = ScriptDirectory(str(files("yinji.db") / "migrations"))
    assert tuple(each.revision for each in scripts.walk_revisions())[::-1] == REVISIONS
    assert scripts.get_current_head() == REVISIONS[-1]


def test_a_lost_column_index_or_key_is_seen() -> None:
    def made(*parts: Any, key: bool = True) -> Picture:
        metadata = MetaData()
        Table("calls", metadata, Column("ref", LargeBinary, primary_key=key), *parts)
        return declared(metadata)

    whole = made(Column("post", Text), Index("ix_post", "post"))
    assert whole == made(Column("post", Text), Index("ix_post", "post"))
    assert whole not in (
        made(Column("post", Text)),
        made(),
        made(Column("post", Text, nullable=False), Index("ix_post", "post")),
        made(Column("post", Text), Index("ix_post", "post", unique=True)),
        made(Column("post", Text), Index("ix_post", "post"), key=False),
    )
