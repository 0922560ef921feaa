"""Loading a copy (`copying`) into empty databases, which are migrated to its schema already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Connection, inspect, text

from yinji.db.copying import Misframed, Rows, Section, Tally
from yinji.db.database import Database
from yinji.db.trouble import translated
from yinji.db.work import EntrySink, Work
from yinji.kernel.entry import Entry
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

_LOG: Final = "log"
_SCRATCH: Final = (("synchronous=FULL", "synchronous=OFF"), ("journal_mode=WAL", "journal_mode=OFF"))
"""Switches of a SQLite file, as they are and while it is loaded: without a journal each page is written once."""

_DISK_FULL: Final = "53100"
"""disk_full (PostgreSQL, appendix A)."""

Route = Callable[[Section], str | None]
"""Which database (by its log) a section goes to; None where its rows say so themselves, in their column ``log``."""


class Loading:
    """Loads a copy into empty, migrated databases. On PostgreSQL all of it is one transaction; a SQLite file is a scratch one.

    Used as a context: leaving it commits, an exception leaves a PostgreSQL database as it was.
    """

    def __init__(self, targets: Mapping[str, Database], route: Route) -> None:
        """``targets`` by their log; ``route`` says which section goes where."""
        self._databases = targets
        self._route = route
        self._stack = ExitStack()
        self._open: dict[str, _Target] = {}

    def __enter__(self) -> Self:
        for log, database in self._databases.items():
            self._stack.enter_context(translated(database.place))
            connection = self._stack.enter_context(database.engine.connect().execution_options(yinji_writes=True))
            if database.file:  # a scratch file: made durable when it is placed; what fails on the way is thrown away whole
                for safe, loose in _SCRATCH:
                    self._stack.callback(_pragma, connection, safe)
                    _pragma(connection, loose)
            self._open[log] = _Target(connection, database)
        return self

    def take(self, blocks_of_copy: Iterable[tuple[Section, Rows]]) -> Tally:
        """Insert every block; return what was loaded. Raises NODE_EXISTS where a table holds rows, and `Misframed`."""
        tables, rows = 0, 0
        for section, block in blocks_of_copy:
            log = self._route(section)
            if not block:
                tables += 1
                for each in self._open.values() if log is None else (self._open[log],):
                    each.begin(section)
                continue
            rows += len(block)
            if log is not None:
                self._open[log].insert(section, block)
                continue
            at = section.columns.index(_LOG)
            for name, target in self._open.items():
                target.insert(section, [row for row in block if row[at] == name])
        return Tally(tables, rows)

    def say(
        self,
        log: str,
        entries: Sequence[Entry],
        sink: EntrySink,
        *,
        then: Callable[[Work, Collection[str]], None] | None = None,
    ) -> None:
        """Write ``entries`` in the same transaction: what was loaded, and that it was, become true together.

        ``then`` changes in it what must not stand as it was copied; it is told which tables came, for an older copy has fewer.
        """
        target = self._open[log]
        target.settle()
        work = Work(target.connection, log, sink)
        for entry in entries:
            work.append(entry)
        if then is not None:
            then(work, target.tables)
        work.finish()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            with self._stack:
                for target in self._open.values():
                    target.settle()
                    target.connection.commit()
                    if target.file:
                        for safe, _ in _SCRATCH:
                            _pragma(target.connection, safe)
            return
        self._stack.__exit__(kind, error, trace)


class _Target:
    """One database that is being loaded."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self.connection = connection
        self._database = database
        self.file = database.file
        self._met: dict[str, int] = {}
        self._settled = False

    @property
    def tables(self) -> Collection[str]:
        """The tables that the copy has."""
        return self._met.keys()

    def begin(self, section: Section) -> None:
        """Require the table to be there with these columns, and empty."""
        look = inspect(self.connection)
        if not look.has_table(section.table):
            raise Misframed(f"no table {section.table}")
        if {column["name"] for column in look.get_columns(section.table)} != set(section.columns):
            raise Misframed(f"other columns in {section.table}")
        if section.table not in self._met and self._count(section.table):
            raise Fault(Refusal.NODE_EXISTS, self._database.place)
        self._met.setdefault(section.table, 0)

    def insert(self, section: Section, rows: Rows) -> None:
        """Insert rows in bulk; raises Misframed where a key stands twice."""
        if not rows:
            return
        names = ", ".join(section.columns)
        if self.connection.dialect.name == "postgresql":
            self._copy_in(f"COPY {section.table} ({names}) FROM STDIN", rows)
        else:
            marks = ", ".join("?" * len(section.columns))
            driver: Any = self.connection.connection.driver_connection
            driver.executemany(f"INSERT INTO {section.table} ({names}) VALUES ({marks})", rows).close()  # noqa: S608 - names were matched with the schema in `begin`
        self._met[section.table] += len(rows)

    def _copy_in(self, sql: str, rows: Rows) -> None:
        """Hand rows to PostgreSQL by COPY: a third of the time of an INSERT."""
        from psycopg import Error  # noqa: PLC0415 - loaded where a URL names PostgreSQL, as in `database`

        try:
            driver: Any = self.connection.connection.driver_connection
            with driver.cursor() as cursor, cursor.copy(sql) as copy:
                for row in rows:
                    copy.write_row(row)
        except Error as error:  # "from None": the driver's message quotes the row
            code = Refusal.DISK_FULL if error.sqlstate == _DISK_FULL else Refusal.DATABASE_UNREACHABLE
            raise Fault(code, self._database.place) from None

    def settle(self) -> None:
        """Compare the rows that are there with those that came, and move counters past what was loaded."""
        if self._settled:
            return
        self._settled = True
        for table, rows in self._met.items():
            if self._count(table) != rows:
                raise Fault(Refusal.DATABASE_DAMAGED, f"{self._database.place}: {table}")
        if self.connection.dialect.name == "postgresql":
            for table in self._met:
                for column in inspect(self.connection).get_columns(table):
                    if column.get("identity"):
                        name = column["name"]
                        self.connection.exec_driver_sql(
                            f"SELECT setval(pg_get_serial_sequence('{table}', '{name}'), "  # noqa: S608 - names were matched with the schema in `begin`
                            f"(SELECT coalesce(max({name}), 0) + 1 FROM {table}), false)"
                        )

    def _count(self, table: str) -> int:
        return int(self.connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 - names were matched with the schema in `begin`


def _pragma(connection: Connection, said: str) -> None:
    """Set SQLite's switch outside any transaction, where alone it takes effect."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA {said}").close()
