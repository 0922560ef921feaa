"""Bulk SQL that SQLAlchemy would compile anew each time: rows in by tuples, rows out by many keys at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Column, LargeBinary, Table, Text

KEYS_MAX: Final = 4_000
"""Keys in one query: with a few columns each, well under SQLite's 32,766 parameters (sqlite.org, limits)."""


@lru_cache(maxsize=256)
def insert_sql(table: Table, paramstyle: str) -> str:
    """Return an INSERT with a mark for every column, in the table's order."""
    mark = "?" if paramstyle == "qmark" else "%s"
    names = ", ".join(column.name for column in table.columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join([mark] * len(table.columns))})"  # noqa: S608 - names come from our own schema


@lru_cache(maxsize=256)
def delete_sql(table: Table, paramstyle: str) -> str:
    """Return a DELETE of the one row in which every column has the value given, in the table's order."""
    mark = "?" if paramstyle == "qmark" else "%s"
    same = " AND ".join(f"{column.name} = {mark}" for column in table.columns)
    return f"DELETE FROM {table.name} WHERE {same}"  # noqa: S608 - names come from our own schema


def among_query(
    dialect: str,
    wanted: tuple[Column[Any], ...],
    fixed: Sequence[tuple[Column[Any], Any]],
    key: tuple[Column[Any], ...],
    values: Sequence[tuple[Any, ...]],
) -> tuple[str, tuple[Any, ...]]:
    """Return the query, and its parameters, for rows whose ``key`` columns are one of ``values`` and ``fixed`` hold.

    Every key is one descent of the primary key: the keys are a table that drives the join.
    """
    given = tuple(value for _, value in fixed)
    columns = tuple(column for column, _ in fixed)
    if dialect == "sqlite":
        sql = _sqlite_among(wanted, columns, key, len(values))
        return sql, (*(part for value in values for part in value), *given)
    return _postgresql_among(wanted, columns, key), (*map(list, zip(*values, strict=True)), *given)


@lru_cache(maxsize=256)
def _sqlite_among(
    wanted: tuple[Column[Any], ...], fixed: tuple[Column[Any], ...], key: tuple[Column[Any], ...], count: int
) -> str:
    row = f"({', '.join('?' * len(key))})"
    return (
        f"WITH sought ({', '.join(f'k{at}' for at in range(len(key)))}) AS (VALUES {', '.join([row] * count)}) "  # noqa: S608 - names come from our own schema
        f"SELECT {_names(wanted)} FROM sought CROSS JOIN {key[0].table.name} AS t ON {_holds(fixed, '?')} AND {_meets(key)}"
    )


@lru_cache(maxsize=256)
def _postgresql_among(wanted: tuple[Column[Any], ...], fixed: tuple[Column[Any], ...], key: tuple[Column[Any], ...]) -> str:
    lists = ", ".join(f"%s::{_array_type(column)}[]" for column in key)
    return (
        f"SELECT {_names(wanted)} FROM unnest({lists}) AS sought ({', '.join(f'k{at}' for at in range(len(key)))}) "  # noqa: S608 - names come from our own schema
        f"JOIN {key[0].table.name} AS t ON {_holds(fixed, '%s')} AND {_meets(key)}"
    )


def _names(columns: tuple[Column[Any], ...]) -> str:
    return ", ".join(f"t.{column.name}" for column in columns)


def _holds(columns: tuple[Column[Any], ...], mark: str) -> str:
    return " AND ".join(f"t.{column.name} = {mark}" for column in columns)


def _meets(key: tuple[Column[Any], ...]) -> str:
    return " AND ".join(f"t.{column.name} = sought.k{at}" for at, column in enumerate(key))


def _array_type(column: Column[Any]) -> str:
    if isinstance(column.type, LargeBinary):
        return "bytea"
    return "text" if isinstance(column.type, Text) else "bigint"
