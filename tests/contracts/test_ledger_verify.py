"""What every engine must keep: places without gaps, one path to them, nothing lost, nothing doubled, nothing unsaid."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update
from tests.contracts.ledgers import broken, leafless, tamper, written
from tests.unit.ledger.evidence import NodeKey, entry, ledger

from yinji.db import Database
from yinji.kernel.faults import Misuse
from yinji.ledger import Broken, store

Factory = Callable[..., Database]


def test_waiting_entries_are_told(database: Database) -> None:
    evidence = ledger()
    written(database, evidence, 1)
    with database.work() as work:
        store.add_pending(work, [leafless(2), leafless(3)])
    report = evidence.verify(database)
    told = report.findings if database.file is not None else report.warnings
    assert [(f.kind, f.first, f.last) for f in told] == [(Broken.PENDING_LEFT, 1, 2)]


def test_times_that_run_backwards_are_a_warning(database: Database) -> None:
    evidence = ledger()
    written(database, evidence, 5, 6, 4, 7)
    report = evidence.verify(database)
    assert report.holds
    assert [(f.kind, f.first) for f in report.warnings] == [(Broken.BACKWARDS, 2)]


def test_a_log_that_grows_while_it_is_verified_holds(database_factory: Factory) -> None:
    database, other = database_factory(), database_factory(tables=False)
    evidence = ledger()
    written(database, evidence, *range(20))
    stop = threading.Event()

    def grow() -> None:
        number = 20
        while not stop.is_set():
            written(other, evidence, number)
            evidence.checkpoint(other)
            number += 1

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        reports = [evidence.verify(database) for _ in range(15)]
    finally:
        stop.set()
        thread.join()
    assert [report.findings for report in reports] == [()] * 15


def test_a_checkpoint_signed_by_somebody_else_is_found(database: Database) -> None:
    evidence, stranger = ledger(), ledger(key=NodeKey(seed=9))
    written(database, evidence, 1, 2, 3)
    evidence.checkpoint(database)
    foreign = stranger.checkpoint(database)
    tamper(database, delete(store.CHECKPOINTS), insert(store.CHECKPOINTS).values(log="data", size=3, note=foreign))
    assert foreign == evidence.checkpoint(database)
    tamper(database, update(store.CHECKPOINTS).values(note=foreign.replace("node.example/data", "node.example/date")))
    assert broken(database, evidence) == [(Broken.UNSIGNED, 2)]


def test_an_export_holds_the_whole_log(database: Database, tmp_path: Path) -> None:
    evidence = ledger()
    written(database, evidence, 1, 2, 3)
    note = evidence.export(database, tmp_path / "out")
    assert (tmp_path / "out" / "checkpoint").read_text() == note
    with database.reading() as reading:
        rows = store.entries(reading, 0, 3)
    framed = b"".join(len(body).to_bytes(2, "big") + body for _, body, _ in rows)
    assert (tmp_path / "out" / "tile" / "entries" / "000.p" / "3").read_bytes() == framed
    assert (tmp_path / "out" / "tile" / "0" / "000.p" / "3").read_bytes() == b"".join(leaf for _, _, leaf in rows)


def test_verbs_with_their_own_transaction_refuse_open_work(database: Database) -> None:
    evidence = ledger()
    database.connect_evidence(evidence)

    def act(verb: Callable[[Database], object]) -> None:
        with database.work() as work:
            work.append(entry(1))
            verb(database)

    for verb in (evidence.sequence, evidence.checkpoint):
        with pytest.raises(Misuse, match="open work"):
            act(verb)
