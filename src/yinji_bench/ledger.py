"""Evidence: appended durably, read again whole. ``yinji bench ledger``.

One process on one core; SQLite with synchronous=FULL, so that every commit is on the disk before the next begins. Entries are as
those of a disclosure: two references, a ground. The offline verifier reads an export of the same log with nothing but Python's
standard library.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from yinji.db.database import Database, sqlite_url
from yinji.db.migrate import migrate
from yinji.kernel.actor import Actor
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, mint_refs
from yinji.kernel.purpose import Purpose
from yinji.keys.signing import NodeSigner, signed_by
from yinji.ledger.service import Ledger
from yinji_verify import verify_folder

BATCH: Final = 500
"""Entries a commit."""

_SINGLE: Final = 2_000
_START_MS: Final = 1_795_000_000_000
_NAME: Final = "bench.example"
_MILLION: Final = 1_000_000


def measure(*, entries: int = _MILLION, rounds: int = 3, folder: Path | None = None) -> dict[str, Any]:
    """Return the figures of one log: appended in batches and one by one, verified by the node and by the verifier alone."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch, _one_core():
        database = Database(sqlite_url(Path(scratch) / "data.db"), log="data")
        migrate(database)
        ledger = Ledger(NodeSigner(_NAME, bytes(range(32))), _NAME, check=signed_by)
        database.connect_evidence(ledger)
        moments = count(_START_MS)
        batched = [_append(database, _entries(BATCH, moments)) for _ in range(-(-entries // BATCH))]
        single = [_append(database, _entries(1, moments)) for _ in range(_SINGLE)]
        checkpoint = _seconds(lambda: ledger.checkpoint(database))
        verified = [_seconds(lambda: _require(ledger.verify(database).holds)) for _ in range(rounds)]
        exported = _seconds(lambda: ledger.export(database, Path(scratch) / "out"))
        key = ledger.key.text()
        alone = [_seconds(lambda: _require(verify_folder(Path(scratch) / "out", key=key).verified)) for _ in range(rounds)]
        size = ledger.head(database).size
        stored = (Path(scratch) / "data.db").stat().st_size
        database.close()
    return {
        "entries": size,
        "append_batched_per_s": round(len(batched) * BATCH / sum(batched)),
        "append_batch_ms": round(median(batched) * 1_000, 2),
        "append_single_per_s": round(_SINGLE / sum(single)),
        "append_single_p99_ms": round(sorted(single)[_SINGLE * 99 // 100] * 1_000, 2),
        "checkpoint_ms": round(checkpoint * 1_000, 2),
        "verify_s": round(median(verified), 2),
        "verify_million_s": round(median(verified) * _MILLION / size, 2),
        "export_s": round(exported, 2),
        "verify_alone_s": round(median(alone), 2),
        "verify_alone_million_s": round(median(alone) * _MILLION / size, 2),
        "bytes_per_entry": round(stored / size),
    }


def _entries(number: int, moments: Iterator[int]) -> list[Entry]:
    at_ms = next(moments)
    account, org, *refs = mint_refs(2 + 2 * number, shard=FIRST_SHARD, at_ms=at_ms, random=os.urandom)
    actor = Actor(account, org, "operations", "bench")
    return [
        Entry(
            Event.REVEAL_INTENDED,
            actor,
            Purpose.SOLVE_DELIVERY,
            at_ms,
            about=(refs[2 * i], refs[2 * i + 1]),
            ground="phone",
        )
        for i in range(number)
    ]


def _append(database: Database, entries: Sequence[Entry]) -> float:
    began = perf_counter()
    with database.work() as work:
        for entry in entries:
            work.append(entry)
    database.shorten_log()
    return perf_counter() - began


def _seconds(act: Any) -> float:  # noqa: ANN401 - any act without arguments; what it returns is not looked at
    began = perf_counter()
    act()
    return perf_counter() - began


def _require(holds: bool) -> None:
    if not holds:
        raise RuntimeError("what was just written does not verify")


@contextmanager
def _one_core() -> Iterator[None]:
    """Stay on one core, as one worker of a node would."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)
