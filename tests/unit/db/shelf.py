"""Two invented tables outside the house's catalogue, and evidence that only counts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, Table, Text

from yinji.db import Work
from yinji.db.schema import TENDED
from yinji.kernel.entry import Entry

SHELF = MetaData()
"""Apart from the house's own catalogue, which other tests compare with the migrations."""

ITEMS = Table(
    "shelf_items",
    SHELF,
    Column("org_id", LargeBinary, primary_key=True),
    Column("shard", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
LEASES = Table("shelf_leases", SHELF, Column("name", Text, primary_key=True), Column("body", LargeBinary), info={TENDED: True})

ORG = b"o" * 16


class Said:
    """An `EntrySink` that keeps what it is given."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def write(self, work: Work, entries: Sequence[Entry]) -> None:
        assert work.log
        self.entries += entries


def item(name: str, number: int = 1, body: bytes = b"") -> tuple[bytes, int, str, int, bytes]:
    return (ORG, 0, name, number, body)
