"""A small log in the hands of somebody who may change anything in the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from tests.unit.ledger.evidence import START_MS, NodeKey, entry, ledger, ref

from yinji.db import Database
from yinji.db.database import sqlite_url
from yinji.db.schema import METADATA
from yinji.ledger import Broken, Finding
from yinji.ledger.cosignatures import cosign
from yinji.ledger.entries import encode
from yinji.ledger.model import Recorded
from yinji.ledger.notes import COSIGNATURE, key_of, parted
from yinji.ledger.tree import Frontier, leaf_hashes

SIZE = 12
EARLY = 5
"""Where a checkpoint was kept before the last, and cosigned."""

FOREIGN = encode(Recorded(ref(999), entry(999)))


WITNESS = NodeKey(seed=40, name="witness.example")


class Log:
    """A log of twelve entries, checkpoints kept at five (cosigned) and twelve, in the hands of somebody with SQL."""

    def __init__(self, folder: Path) -> None:
        self.evidence = ledger()
        self.database = Database(sqlite_url(folder / "data.db"), log="data", sink=self.evidence)
        METADATA.create_all(self.database.engine)
        self.notes = {}
        for number in range(SIZE):
            with self.database.work() as work:
                work.append(entry(number, about=(ref(number),)))
            if number + 1 in {EARLY, SIZE}:
                self.notes[number + 1] = self.evidence.checkpoint(self.database)
        self.kept = self.notes[SIZE]
        self.sql = sqlite3.connect(folder / "data.db", isolation_level=None)
        self.sql.execute("PRAGMA synchronous=OFF")  # a test may lose what it tampered with
        line = cosign(parted(self.notes[EARLY])[0], WITNESS, at_s=START_MS // 1_000)
        row = ("data", EARLY, WITNESS.public_key, line)
        self.sql.execute("INSERT INTO ledger_cosignatures VALUES (?, ?, ?, ?)", row)
        self.bodies = [body for (body,) in self.sql.execute("SELECT body FROM ledger_entries ORDER BY seq")]
        self._before = {name: self.sql.execute(f"SELECT * FROM {name}").fetchall() for name in METADATA.tables}  # noqa: S608 - our own names

    def restore(self) -> None:
        for name, rows in self._before.items():
            self.sql.execute(f"DELETE FROM {name}")  # noqa: S608 - our own names
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                self.sql.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608 - our own names

    def rewrite(self, bodies: Sequence[bytes], *, head: bool) -> None:
        """Rewrite the entries with right leaf hashes and, with ``head``, the frontier too: all but what was signed."""
        leaves = leaf_hashes(bodies)
        self.sql.execute("DELETE FROM ledger_entries")
        rows = [("data", seq, body, leaves[seq]) for seq, body in enumerate(bodies)]
        self.sql.executemany("INSERT INTO ledger_entries VALUES (?, ?, ?, ?)", rows)
        if head:
            frontier = Frontier()
            frontier.extend(leaves)
            self.sql.execute("UPDATE ledger_heads SET size = ?, frontier = ?", (len(bodies), frontier.packed()))

    def forget_checkpoints(self) -> None:
        self.sql.execute("DELETE FROM ledger_checkpoints")
        self.sql.execute("DELETE FROM ledger_cosignatures")

    def findings(self, *, kept: bool = True) -> list[Finding]:
        kept_note = self.kept if kept else None
        return list(self.evidence.verify(self.database, kept_note, witnesses=[key_of(WITNESS, COSIGNATURE)]).findings)

    def first(self, *, kept: bool = True) -> tuple[Broken, int]:
        found = self.findings(kept=kept)[0]
        return found.kind, found.first
