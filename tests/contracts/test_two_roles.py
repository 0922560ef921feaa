"""The two roles of the guide for production, on a real PostgreSQL: one changes the schema, the other only works."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from sqlalchemy.engine import make_url

from yinji.db import Database
from yinji.db.migrate import migrate, require_current

GUIDE: Final = Path(__file__).parents[2] / "docs" / "guides" / "run-in-production.en.md"
CONNECT: Final = "\\connect yinji\n"


def test_the_working_role_reads_and_writes_and_changes_no_schema(postgresql_url: str) -> None:
    (sql,) = re.findall(r"```sql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    server, inside = (part.replace("yinji", "yinji_guide") for part in sql.split(CONNECT))
    place = make_url(postgresql_url).set(database="yinji_guide")
    try:
        said(postgresql_url, server)
        said(place.render_as_string(hide_password=False), inside)
        owner, worker = (
            place.set(username=name).render_as_string(hide_password=False) for name in ("yinji_guide_owner", "yinji_guide")
        )
        for url in (owner, worker):
            database = Database(url, log="data")
            if url == owner:
                migrate(database)
            require_current(database)
            database.close()
        assert said(worker, "UPDATE alembic_version SET version_num = version_num;") == 1
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            said(worker, "CREATE TABLE mine (n int);")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            said(worker, "DROP TABLE alembic_version;")
    finally:
        said(
            postgresql_url,
            "DROP DATABASE IF EXISTS yinji_guide; DROP ROLE IF EXISTS yinji_guide; DROP ROLE IF EXISTS yinji_guide_owner;",
        )


def said(url: str, sql: str) -> int:
    """Say each statement by itself; return how many rows the last one touched."""
    touched = 0
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in filter(str.strip, sql.split(";")):
            written: Any = statement
            touched = connection.execute(written).rowcount
    return touched
