"""The unit of work: everything that one decision changes, and the sentence that says so, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, Protocol, cast

from sqlalchemy import Column, Connection, Executable, Row, Table
from sqlalchemy.sql.dml import UpdateBase

from yinji.db.bulk import KEYS_MAX, among_query, delete_sql, insert_sql
from yinji.db.schema import TENDED
from yinji.db.walking import walked
from yinji.kernel.entry import Entry
from yinji.kernel.faults import Misuse

_open_works: ContextVar[int] = ContextVar("open_works", default=0)


class EntrySink(Protocol):
    """Where entries go in the transaction that brings them; the ledger provides it, `main` connects it."""

    def write(self, work: Work, entries: Sequence[Entry]) -> None:
        """Give ``entries`` their place in the log, through ``work``."""
        ...


class Reading:
    """A consistent look at one database. Changes nothing."""

    def __init__(self, connection: Connection, log: str) -> None:
        """``log`` is the name of the evidence log that belongs to this database."""
        self._connection = connection
        self.log: Final = log

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._connection.dialect.name

    def rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Return all rows of a query."""
        return self._connection.execute(_question(statement), values or {}).all()

    def first(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Row[Any] | None:
        """Return the first row of a query, or None."""
        return self._connection.execute(_question(statement), values or {}).first()

    def rows_among(
        self,
        wanted: tuple[Column[Any], ...],
        *,
        fixed: Sequence[tuple[Column[Any], Any]],
        key: tuple[Column[Any], ...],
        values: Sequence[tuple[Any, ...]],
    ) -> list[tuple[Any, ...]]:
        """Return the ``wanted`` columns of rows for which ``fixed`` holds and whose ``key`` is one of ``values``.

        ``fixed`` and ``key`` together begin the table's primary key: each key costs one descent. Order is not kept.
        """
        found: list[tuple[Any, ...]] = []
        sought = list(dict.fromkeys(values))
        for at in range(0, len(sought), KEYS_MAX):
            sql, given = among_query(self.dialect, wanted, fixed, key, sought[at : at + KEYS_MAX])
            found += [tuple(row) for row in self._connection.exec_driver_sql(sql, given)]
        return found

    def each(self, statement: Executable, *, at_once: int = 1_000) -> Iterator[Row[Any]]:
        """Walk the rows of a large query, ``at_once`` in memory at a time."""
        yield from self._connection.execution_options(yield_per=at_once).execute(_question(statement))

    def whole(self, table: Table, *, at_once: int) -> Iterator[list[tuple[Any, ...]]]:
        """Walk every row of a table in primary-key order, ``at_once`` in memory, as tuples in its column order."""
        return walked(self._connection, table, at_once=at_once)


class Work(Reading):
    """A reading that may also change rows. Commits whole, with its entries, or not at all."""

    def __init__(self, connection: Connection, log: str, sink: EntrySink | None) -> None:
        """Rooms do not make one: `Database.work` does."""
        super().__init__(connection, log)
        self._sink = sink
        self._entries: dict[int, Entry] = {}  # by identity, in the order they came
        self._changed: set[str] = set()

    def change(self, statement: UpdateBase, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None) -> int:
        """Run one INSERT, UPDATE or DELETE; return how many rows it met."""
        self._note(cast("Table", statement.table))
        return self._connection.execute(statement, values if values is not None else {}).rowcount

    def changed_rows(self, statement: UpdateBase, values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Run a changing statement with RETURNING; return its rows."""
        self._note(cast("Table", statement.table))
        return self._connection.execute(statement, values or {}).all()

    def add_rows(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert many rows, each a tuple in the table's column order: a tenth of the cost of dictionaries."""
        if not rows:
            return
        self._note(table)
        self._connection.exec_driver_sql(insert_sql(table, self._connection.dialect.paramstyle), list(rows))

    def remove_rows(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Delete many rows, each given whole as a tuple in the table's column order; one that is not there is passed over."""
        if not rows:
            return
        self._note(table)
        self._connection.exec_driver_sql(delete_sql(table, self._connection.dialect.paramstyle), list(rows))

    def alone(self, table: Table) -> None:
        """Keep every other writer of ``table`` out until this work ends. On SQLite there is only one writer anyway."""
        if self.dialect == "postgresql":
            self._connection.exec_driver_sql(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE")

    def append(self, entry: Entry) -> None:
        """Say what this unit of work does. There is no way to change a business row and not say it.

        Several stores may bring the same entry where one sentence covers what they all write; it is kept once.
        """
        self._entries.setdefault(id(entry), entry)

    def finish(self) -> None:
        """Hand the entries to the evidence; raises Misuse where rows changed in silence. Called by `Database.work`."""
        if self._changed and not self._entries:
            raise Misuse(f"changed {sorted(self._changed)} without an entry")
        if self._entries:
            if self._sink is None:
                raise Misuse("entries were brought, but no ledger is connected")
            entries, self._entries = list(self._entries.values()), {}
            self._sink.write(self, entries)

    def _note(self, table: Table) -> None:
        if not table.info.get(TENDED):
            self._changed.add(table.name)


def _question(statement: Executable) -> Executable:
    """Return ``statement`` if it only asks; what changes rows goes through the verbs that notice it."""
    if not statement.is_select:
        raise Misuse("a statement that changes rows is not asked as a question")
    return statement


@contextmanager
def counted_as_open() -> Iterator[None]:
    """Mark this context as inside a unit of work, so that verbs that need their own transaction can refuse."""
    token = _open_works.set(_open_works.get() + 1)
    try:
        yield
    finally:
        _open_works.reset(token)


def forbid_open_work(verb: str) -> None:
    """Raise Misuse if a unit of work is open here: a rollback would take ``verb``'s intent away with it."""
    if _open_works.get():
        raise Misuse(f"{verb} commits by itself and cannot be called inside open work")
