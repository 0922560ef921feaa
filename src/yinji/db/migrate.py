"""Bringing a database to the schema of this code, and refusing one from the future."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from sqlalchemy import Connection, inspect, text

from yinji.db.database import Database
from yinji.db.trouble import translated
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012")
"""Every schema this code knows, oldest first. ``tests/contracts/test_migrations.py`` compares it with the scripts."""

_VERSION_TABLE: Final = "alembic_version"


def migrate(database: Database, *, to: str = "head") -> None:
    """Bring ``database`` to revision ``to``. Each step is one transaction where the engine allows it.

    Raises DATABASE_NEWER, having changed nothing, for a database from the future.
    """
    from alembic import command  # noqa: PLC0415 - loaded only here: a command that merely checks the schema must start fast
    from alembic.config import Config  # noqa: PLC0415 - as above

    with translated(database.place), database.engine.connect() as bare:
        connection = bare.execution_options(yinji_writes=True)
        with connection.begin():
            if _revision(connection) not in (None, *REVISIONS):
                raise Fault(Refusal.DATABASE_NEWER, database.place)
            config = Config()
            config.set_main_option("script_location", str(files("yinji.db") / "migrations"))
            config.attributes["connection"] = connection
            if to == "base":
                command.downgrade(config, to)
            else:
                command.upgrade(config, to)


def require_current(database: Database) -> None:
    """Raise a Fault unless the schema is exactly this code's: newer, older and foreign databases are named apart."""
    file = database.file
    if file is not None and not file.exists():
        raise Fault(Refusal.NODE_MISSING, str(file.parent))
    with translated(database.place), database.engine.connect() as connection:
        revision = _revision(connection)
    if revision == REVISIONS[-1]:
        return
    if revision is None or revision in REVISIONS:
        raise Fault(Refusal.DATABASE_OLDER, database.place)
    raise Fault(Refusal.DATABASE_NEWER, database.place)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()  # noqa: S608 - a constant
