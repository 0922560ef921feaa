"""Every row of a database as bytes, and back: what a backup of data is made of, whichever engine it came from.

A copy is a sequence of frames: kind (1 byte), length (4 bytes, big-endian), body.

    T   a table begins: JSON {"log", "table", "columns": [[name, kind], ...]}; ``log`` names the database it came from
    B   a block of rows, column by column: count (4, at most 65,536); for each column its kind (1: ``i`` ``t`` ``b``, upper case where some are
        null, then a byte a row, 1 for present), and
          i   width (1: 1, 2, 4, 8), then the integers, big-endian, signed
          t b width of a length (1: 0, 1, 2, 4), the lengths (one of 4 bytes where width is 0: all are alike), then all bytes
          any width 3: every value that is there is the same; length (4) and bytes, an integer being one of 8
    E   the table ends: its rows (8)
    Z   the copy ends: tables (4), rows (8)

Rows stand in primary-key order, so that loading fills a table from one end. A block is what is in memory. A table whose rows pass
with the running node (sessions, leases) stands there empty: nobody is signed in by a restore.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, compress, pairwise, repeat
from types import NoneType
from typing import Any, Final, NamedTuple

from sqlalchemy import Integer, LargeBinary, MetaData, Table, Text

from yinji.db.schema import METADATA, PASSING
from yinji.db.work import Reading
from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.refusals import Refusal

ROWS_AT_ONCE: Final = 1_000
"""A block: some 350 KB of sealed parties, which stay in a core's cache while they are packed; framing costs nothing."""

ROWS_AT_ONCE_MAX: Final = 65_536
"""No block has more rows, whatever it says: a column of one value takes a few bytes, and a list of its rows does not."""

_FRAME: Final = struct.Struct(">cI")
_COUNT: Final = struct.Struct(">I")
_ROWS: Final = struct.Struct(">Q")
_END: Final = struct.Struct(">IQ")
_SIGNED: Final = ((1, "b"), (2, "h"), (4, "i"), (8, "q"))
_UNSIGNED: Final = ((1, "B"), (2, "H"), (4, "I"))
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
_ALIKE: Final = 0
_ONE: Final = 3
"""A column of one value, as organisation and shard are in most blocks: 16 bytes a row that need not be sealed."""

_INTEGER_BYTES: Final = 8
_PYTHON: Final = {"i": int, "t": str, "b": bytes}


class Misframed(ValueError):  # noqa: N818 - a finding about the world: bytes that are no copy
    """Bytes that are not what `copied` writes."""


class Section(NamedTuple):
    """A table of a copy: which database it came from, its name, its columns and their kinds (``i`` ``t`` ``b``)."""

    log: str
    table: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]


class Tally(NamedTuple):
    """How much a copy holds."""

    tables: int
    rows: int


Rows = list[tuple[Any, ...]]


class Copying:
    """Reads databases into frames, and counts what it read."""

    def __init__(self, metadata: MetaData = METADATA) -> None:
        """``metadata`` names the tables."""
        self._metadata = metadata
        self._tables = 0
        self._rows = 0

    @property
    def tally(self) -> Tally:
        """What was read so far."""
        return Tally(self._tables, self._rows)

    def frames(self, reading: Reading) -> Iterator[bytes]:
        """Yield every table of one database, from one snapshot; raises DATABASE_DAMAGED for a value of another type."""
        for name in sorted(self._metadata.tables):
            table = self._metadata.tables[name]
            section = _section(table, reading.log)
            yield _frame(b"T", json.dumps(section._asdict()).encode())
            count = 0
            for block in blocks(reading, table):
                count += len(block)
                yield _frame(b"B", _packed(section, block))
            yield _frame(b"E", _ROWS.pack(count))
            self._tables += 1
            self._rows += count

    def end(self) -> bytes:
        """Return the last frame."""
        return _frame(b"Z", _END.pack(self._tables, self._rows))


def blocks(reading: Reading, table: Table) -> Iterator[Rows]:
    """Yield a table's rows in primary-key order, a block at a time, as the driver gives them; none of a table that passes."""
    return iter(()) if table.info.get(PASSING) else reading.whole(table, at_once=ROWS_AT_ONCE)


def unpacked(chunks: Iterable[bytes]) -> Iterator[tuple[Section, Rows]]:
    """Yield the blocks of a copy with their table; a table without rows once, with none. Raises `Misframed`."""
    section, count, tables, rows, ended = None, 0, 0, 0, False
    for kind, body in _frames(chunks):
        if ended:
            raise Misframed("something follows the end")
        try:
            if kind == b"T" and section is None:
                section, count = _read_section(body), 0
                yield section, []
            elif kind == b"B" and section is not None:
                block = _read_block(section, body)
                count += len(block)
                yield section, block
            elif kind == b"E" and section is not None and _ROWS.unpack(body) == (count,):
                section, tables, rows = None, tables + 1, rows + count
            elif kind == b"Z" and section is None and _END.unpack(body) == (tables, rows):
                ended = True
            else:
                raise Misframed("a frame out of its order, or a wrong count")
        except (struct.error, UnicodeDecodeError, IndexError, KeyError):
            raise Misframed("a frame of another form") from None
    if not ended:
        raise Misframed("the copy does not end")


def _section(table: Table, log: str) -> Section:
    columns = tuple(column.name for column in table.columns)
    return Section(log, table.name, columns, tuple(_kind(column.type) for column in table.columns))


def _kind(of: object) -> str:
    for kind, shape in (("i", Integer), ("t", Text), ("b", LargeBinary)):
        if isinstance(of, shape):
            return kind
    raise Misuse(f"a column of type {of!r} has no form in a copy")


def _packed(section: Section, rows: Rows) -> bytes:
    parts = [_COUNT.pack(len(rows))]
    for name, kind, column in zip(section.columns, section.kinds, zip(*rows, strict=True), strict=True):
        there: Sequence[Any] = column
        types = set(map(type, column))
        if NoneType in types:
            types.remove(NoneType)
            there = [value for value in column if value is not None]
            parts += [kind.upper().encode(), bytes(value is not None for value in column)]
        else:
            parts.append(kind.encode())
        if types - {_PYTHON[kind]}:  # SQLite keeps whatever somebody put there
            raise Fault(Refusal.DATABASE_DAMAGED, f"{section.table}.{name}")
        if there and there.count(there[0]) == len(there):
            parts += _packed_one(kind, there[0])
        else:
            parts += _packed_integers(there) if kind == "i" else _packed_texts(_encoded(there) if kind == "t" else there)
    return b"".join(parts)


def _packed_one(kind: str, value: Any) -> list[bytes]:  # noqa: ANN401 - of the column's kind
    form: dict[str, Callable[[Any], bytes]] = {"i": _eight_bytes, "t": str.encode, "b": bytes}
    data = form[kind](value)
    return [bytes((_ONE,)), _COUNT.pack(len(data)), data]


def _eight_bytes(value: int) -> bytes:
    return value.to_bytes(_INTEGER_BYTES, "big", signed=True)


def _encoded(texts: Sequence[str]) -> list[bytes]:
    return [value.encode() for value in texts]


def _packed_integers(values: Sequence[int]) -> list[bytes]:
    reach = max(max(values, default=0), -1 - min(values, default=0))
    width, letter = next(each for each in _SIGNED if reach < 1 << (8 * each[0] - 1))
    return [bytes((width,)), struct.pack(f">{len(values)}{letter}", *values)]


def _packed_texts(values: Sequence[bytes]) -> list[bytes]:
    lengths = list(map(len, values))
    if len(set(lengths)) == 1:
        return [bytes((_ALIKE,)), _COUNT.pack(lengths[0]), *values]
    width, letter = next(each for each in _UNSIGNED if max(lengths, default=0) < 1 << (8 * each[0]))
    return [bytes((width,)), struct.pack(f">{len(lengths)}{letter}", *lengths), *values]


def _frame(kind: bytes, body: bytes) -> bytes:
    return _FRAME.pack(kind, len(body)) + body


def _frames(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    buffer, at = b"", 0
    for chunk in chunks:
        buffer, at = buffer[at:] + chunk, 0
        while len(buffer) - at >= _FRAME.size:
            kind, length = _FRAME.unpack_from(buffer, at)
            if len(buffer) - at - _FRAME.size < length:
                break
            start = at + _FRAME.size
            at = start + length
            yield kind, buffer[start:at]
    if at != len(buffer):
        raise Misframed("a frame is cut short")


def _read_section(body: bytes) -> Section:
    try:
        said = json.loads(body)
        section = Section(said["log"], said["table"], tuple(said["columns"]), tuple(said["kinds"]))
        names = (section.log, section.table, *section.columns)
        if not all(_NAME.fullmatch(name) for name in names) or not set(section.kinds) <= _PYTHON.keys():
            raise Misframed("a table of another form")
    except (ValueError, KeyError, TypeError):
        raise Misframed("a table of another form") from None
    return section


def _read_block(section: Section, body: bytes) -> Rows:
    (count,) = _COUNT.unpack_from(body)
    if count > ROWS_AT_ONCE_MAX:
        raise Misframed("a block of more rows than any")
    at, columns = _COUNT.size, []
    for kind in section.kinds:
        told = body[at : at + 1].decode("ascii")
        at += 1
        if told.lower() != kind:
            raise Misframed("a column of another kind")
        present = body[at : at + count] if told != kind else b""
        at += count if told != kind else 0
        values, at = _read_column(kind, body, at, count if told == kind else sum(present))
        columns.append(values if told == kind else _with_nulls(values, present))
    if at != len(body):
        raise Misframed("a block with more in it than it says")
    return list(zip(*columns, strict=True))


def _read_column(kind: str, body: bytes, at: int, count: int) -> tuple[Sequence[Any], int]:
    if body[at] == _ONE:
        value, at = _read_one(kind, body, at + 1)
        return [value] * count, at
    if kind == "i":
        return _read_integers(body, at, count)
    values, at = _read_texts(body, at, count)
    return [str(value, "utf-8") for value in values] if kind == "t" else values, at


def _read_one(kind: str, body: bytes, at: int) -> tuple[Any, int]:
    (length,) = _COUNT.unpack_from(body, at)
    start, end = at + _COUNT.size, at + _COUNT.size + length
    if end > len(body) or (kind == "i" and length != _INTEGER_BYTES):
        raise Misframed("a block that is cut short")
    data = body[start:end]
    if kind == "i":
        return int.from_bytes(data, "big", signed=True), end
    return data.decode() if kind == "t" else data, end


def _with_nulls(values: Sequence[Any], present: bytes) -> list[Any]:
    column: list[Any] = [None] * len(present)
    for at, value in zip(compress(range(len(present)), present), values, strict=True):
        column[at] = value
    return column


def _read_integers(body: bytes, at: int, count: int) -> tuple[Sequence[Any], int]:
    letter = dict(_SIGNED)[body[at]]
    shape = struct.Struct(f">{count}{letter}")
    return shape.unpack_from(body, at + 1), at + 1 + shape.size


def _read_texts(body: bytes, at: int, count: int) -> tuple[Sequence[Any], int]:
    width = body[at]
    if width == _ALIKE:
        (length,) = _COUNT.unpack_from(body, at + 1)
        lengths: Iterable[int] = repeat(length, count)
        at += 1 + _COUNT.size
    else:
        shape = struct.Struct(f">{count}{dict(_UNSIGNED)[width]}")
        lengths = shape.unpack_from(body, at + 1)
        at += 1 + shape.size
    ends = list(accumulate(lengths, initial=at))
    if ends[-1] > len(body):
        raise Misframed("a block that is cut short")
    return [body[start:end] for start, end in pairwise(ends)], ends[-1]
