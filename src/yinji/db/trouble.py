"""Driver errors become faults of the house: a code with a remedy instead of an engine's message with values in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

_PRIMARY_CODE: Final = 0xFF
"""SQLite keeps the primary result code in the low byte of an extended one (sqlite.org, result codes)."""

_BY_SQLITE_CODE: Final[dict[int, Refusal]] = {
    sqlite3.SQLITE_BUSY: Refusal.DATABASE_BUSY,
    sqlite3.SQLITE_LOCKED: Refusal.DATABASE_BUSY,
    sqlite3.SQLITE_FULL: Refusal.DISK_FULL,
    sqlite3.SQLITE_IOERR: Refusal.DISK_FULL,
    sqlite3.SQLITE_READONLY: Refusal.NOT_WRITABLE,
    sqlite3.SQLITE_PERM: Refusal.NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: Refusal.DATABASE_UNREACHABLE,
    sqlite3.SQLITE_ERROR: Refusal.DATABASE_OLDER,  # no such table or column: the schema is another one
    sqlite3.SQLITE_NOTADB: Refusal.DATABASE_DAMAGED,
    sqlite3.SQLITE_CORRUPT: Refusal.DATABASE_DAMAGED,
}

_BY_SQLSTATE: Final[dict[str, Refusal]] = {
    "53100": Refusal.DISK_FULL,  # disk_full (PostgreSQL, appendix A)
    "55P03": Refusal.DATABASE_BUSY,  # lock_not_available
    "40P01": Refusal.DATABASE_BUSY,  # deadlock_detected
    "40001": Refusal.DATABASE_BUSY,  # serialization_failure
    "25006": Refusal.NOT_WRITABLE,  # read_only_sql_transaction
    "42P01": Refusal.DATABASE_OLDER,  # undefined_table
    "42703": Refusal.DATABASE_OLDER,  # undefined_column
    "42501": Refusal.NOT_WRITABLE,  # insufficient_privilege
}


class Clash(Exception):  # noqa: N818 - a finding about the world: another process was first
    """A row with this key is there already. Says nothing about its values; the whole work has been rolled back."""


@contextmanager
def translated(at: str) -> Iterator[None]:
    """Turn an engine's error into a `Fault` that names ``at``; a key that is taken into a `Clash`."""
    try:
        yield
    except (IntegrityError, sqlite3.IntegrityError):
        raise Clash(at) from None
    except (DBAPIError, sqlite3.Error) as error:
        # "from None": an engine's message may quote the values of a row.
        raise Fault(_code_of(error), at) from None


def _code_of(error: DBAPIError | sqlite3.Error) -> Refusal:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        number = getattr(cause, "sqlite_errorcode", None)
        return _BY_SQLITE_CODE.get((number or 0) & _PRIMARY_CODE, Refusal.DATABASE_UNREACHABLE)
    return _BY_SQLSTATE.get(getattr(cause, "sqlstate", None) or "", Refusal.DATABASE_UNREACHABLE)
