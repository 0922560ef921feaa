"""The shared catalogue of tables, and the column shapes that all rooms use."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, SmallInteger, Table, Text
from sqlalchemy.types import TypeEngine

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    },
)

TENDED: Final = "tended"
"""Key in ``Table.info``: the table holds no business fact (a lease, a counter of key leaves) and needs no entry."""

PASSING: Final = "passing"
"""Key in ``Table.info``: the rows are worth something only while this node runs (a session, a lease); no backup takes them along."""

BINARY: Final[TypeEngine[Any]] = LargeBinary()
TEXT: Final[TypeEngine[Any]] = Text()
MOMENT: Final[TypeEngine[Any]] = BigInteger()  # milliseconds since 1970-01-01 UTC
NUMBER: Final[TypeEngine[Any]] = BigInteger().with_variant(Integer(), "sqlite")
SMALL: Final[TypeEngine[Any]] = SmallInteger()


def table(name: str, *parts: Any, tended: bool = False, passing: bool = False, clustered: bool = True) -> Table:  # noqa: ANN401 - columns and constraints have no common public type
    """Declare a table. ``clustered`` keeps SQLite's rows in primary-key order, so that fresh rows go to one warm place."""
    marks = {TENDED: tended, PASSING: passing}
    info = {mark: True for mark, is_so in marks.items() if is_so}
    return Table(name, METADATA, *parts, sqlite_with_rowid=not clustered, info=info)


def place() -> tuple[Column[Any], Column[Any]]:
    """Return the two columns with which every hot table's primary key begins: whose row it is, and in which shard."""
    return (
        Column("org_id", BINARY, primary_key=True, nullable=False),
        Column("shard", SMALL, primary_key=True, nullable=False, autoincrement=False),
    )
