"""Whole tables, walked in the driver's own tuples: a third of the time that rows of the SQL toolkit take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, Table
from sqlalchemy.exc import OperationalError

_CURSOR: Final = "yinji_walk"


def walked(connection: Connection, table: Table, *, at_once: int) -> Iterator[list[tuple[Any, ...]]]:
    """Yield every row of ``table`` in primary-key order, ``at_once`` at a time, inside the transaction that is open.

    Raises `sqlite3.Error` or `sqlalchemy.exc.OperationalError`, which `trouble.translated` knows.
    """
    names, order = (", ".join(column.name for column in some) for some in (table.columns, table.primary_key.columns))
    sql = f"SELECT {names} FROM {table.name} ORDER BY {order}"  # noqa: S608 - names come from our own schema
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        yield from _walked_on_server(driver, sql, at_once)
        return
    cursor = driver.cursor()
    try:
        cursor.execute(sql)
        while rows := cursor.fetchmany(at_once):
            yield rows
    finally:
        cursor.close()


def _walked_on_server(driver: Any, sql: str, at_once: int) -> Iterator[list[tuple[Any, ...]]]:  # noqa: ANN401 - the driver's own connection type
    """Walk by a cursor that stays on the server, in the binary form: bytes come as they are, not in hexadecimal."""
    from psycopg import Error  # noqa: PLC0415 - loaded where a URL names PostgreSQL, as in `database`

    try:
        with driver.cursor(_CURSOR, binary=True) as cursor:
            cursor.execute(sql)
            while rows := cursor.fetchmany(at_once):
                yield rows
    except Error as error:  # "from None": the driver's message may quote a row
        raise OperationalError(None, None, error) from None
