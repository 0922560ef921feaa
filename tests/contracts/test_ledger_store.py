"""What every engine must keep: places without gaps, one path to them, nothing lost, nothing doubled, nothing unsaid."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, update
from tests.contracts.ledgers import broken, leafless, order, tamper, written
from tests.unit.ledger.evidence import entry, ledger, ref

from yinji.db import Database
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.refusals import Refusal
from yinji.ledger import Broken, Ledger, Proof, store
from yinji.ledger.entries import decode
from yinji.ledger.notes import read_checkpoint
from yinji.ledger.proofs import inclusion_holds
from yinji.ledger.tree import leaf_hash

Factory = Callable[..., Database]


def test_entries_get_places_from_zero_without_gaps_in_the_order_of_their_works(database: Database) -> None:
    evidence = ledger()
    written(database, evidence, *range(1, 12))
    assert [placed.seq for placed in evidence.entries(database)] == list(range(11))
    assert order(database, evidence) == list(range(1, 12))
    assert evidence.head(database).size == 11


def test_entries_of_one_work_keep_their_order(database: Database) -> None:
    evidence = ledger()
    database.connect_evidence(evidence)
    with database.work() as work:
        for number in range(1, 41):
            work.append(entry(number))
    evidence.sequence(database)
    assert order(database, evidence) == list(range(1, 41))


def test_what_was_written_is_read_back_whole(database: Database) -> None:
    evidence = ledger()
    said = entry(7, about=(ref(1), ref(2)), root=bytes(range(32)), ground="rule:gbt-41833")
    database.connect_evidence(evidence)
    with database.work() as work:
        work.append(said)
    evidence.sequence(database)
    assert evidence.entries(database)[0].recorded.entry == said


def test_a_work_that_rolls_back_leaves_no_entry(database: Database) -> None:
    evidence = ledger()
    written(database, evidence, 1)

    def act() -> None:
        with database.work() as work:
            work.append(entry(2))
            work.finish()
            raise KeyError

    with pytest.raises(KeyError):
        act()
    evidence.sequence(database)
    assert order(database, evidence) == [1]


def test_an_entry_that_looks_like_a_phone_undoes_its_work(database: Database) -> None:
    evidence = ledger()
    written(database, evidence, 1)

    def act() -> None:
        with database.work() as work:
            work.append(entry(2, ground="13800001111"))

    with pytest.raises(Misuse, match="phone"):
        act()
    assert order(database, evidence) == [1]


def test_waiting_entries_wait_until_they_are_placed_and_are_placed_once(database: Database) -> None:
    evidence = ledger()
    with database.work() as work:
        store.add_pending(work, [leafless(1), leafless(2), leafless(3)])
    assert [evidence.sequence(database, limit=2) for _ in range(3)] == [2, 1, 0]
    assert order(database, evidence) == [1, 2, 3]
    assert evidence.verify(database).holds


def test_waiting_entries_get_their_places_in_their_turn(database: Database) -> None:
    evidence = ledger()
    with database.work() as work:
        store.add_pending(work, [leafless(1), leafless(2), leafless(3)])
    tamper(database, update(store.PENDING).where(store.PENDING.c.turn == 1).values(body=leafless(1)))  # moves it on disk
    evidence.sequence(database, limit=2)
    evidence.sequence(database)
    assert order(database, evidence) == [1, 2, 3]


@pytest.mark.parametrize("database_factory", ["postgresql"], indirect=True)  # on SQLite the whole file has one writer
def test_a_second_sequencer_waits_for_the_first(database_factory: Factory) -> None:
    first, second = database_factory(), database_factory(tables=False)
    evidence = ledger()
    evidence.checkpoint(first)
    with ThreadPoolExecutor(1) as elsewhere:
        with first.work() as work:
            store.locked_head(work)
            waiting = elsewhere.submit(evidence.sequence, second)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
        assert waiting.result(timeout=10) == 0


@pytest.mark.parametrize("database_factory", ["postgresql"], indirect=True)  # on SQLite nothing can commit late
def test_a_work_that_commits_late_is_not_lost(database_factory: Factory) -> None:
    first, second = database_factory(), database_factory()
    evidence = ledger()
    first.connect_evidence(evidence)
    second.connect_evidence(evidence)
    with first.work() as late:
        store.add_pending(late, [leafless(1)])  # takes the earlier turn
        with second.work() as work:
            work.append(entry(2))
        with ThreadPoolExecutor(1) as elsewhere:
            assert elsewhere.submit(evidence.sequence, second).result() == 1
    assert evidence.sequence(second) == 1
    assert order(first, evidence) == [2, 1]


def test_many_sequencers_and_writers_at_once_lose_and_double_nothing(database_factory: Factory) -> None:
    evidence, threads, troubles = ledger(), [], []
    opened = [database_factory(tables=i == 0) for i in range(4)]

    def run(database: Database, first: int) -> None:
        try:
            database.connect_evidence(evidence)
            for number in range(first, first + 25):
                with database.work() as work:
                    work.append(entry(number))
                evidence.sequence(database, limit=3)
        except Exception as error:  # noqa: BLE001 - a thread's trouble is shown by the test
            troubles.append(error)

    for i, database in enumerate(opened):
        threads.append(threading.Thread(target=run, args=(database, i * 100)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while evidence.sequence(opened[0]):
        pass
    assert not troubles
    placed = order(opened[0], evidence)
    assert sorted(placed) == [i * 100 + n for i in range(4) for n in range(25)]
    assert all([n for n in placed if n // 100 == i] == sorted(n for n in placed if n // 100 == i) for i in range(4))
    assert evidence.verify(opened[0]).holds


def test_two_logs_are_two_trees(database_factory: Factory) -> None:
    data, disclosures = database_factory(log="data"), database_factory(log="disclosures")
    evidence = ledger()
    written(data, evidence, 1, 2, 3)
    written(disclosures, evidence, 7)
    assert order(data, evidence) == [1, 2, 3]
    assert order(disclosures, evidence) == [7]
    kept = evidence.checkpoint(data)
    assert read_checkpoint(kept).origin == "node.example/data"
    assert broken(disclosures, evidence, kept) == [(Broken.UNSIGNED, 2)]


def test_a_checkpoint_is_signed_once_for_a_head_and_kept(database: Database) -> None:
    evidence = ledger()
    written(database, evidence, 1, 2, 3)
    note = evidence.checkpoint(database)
    assert evidence.checkpoint(database) == note
    assert read_checkpoint(note).root == evidence.head(database).root
    assert evidence.verify(database, note).checkpoints == 2


def test_an_empty_log_has_a_checkpoint(database: Database) -> None:
    evidence = ledger()
    note = evidence.checkpoint(database)
    assert read_checkpoint(note).size == 0
    written(database, evidence, 1)
    assert evidence.verify(database, note).holds


def test_without_a_signer_nothing_is_signed(database: Database) -> None:
    with pytest.raises(Fault) as caught:
        Ledger(None, "node.example").checkpoint(database)
    assert caught.value.code is Refusal.KEYS_MISSING


def test_a_fork_of_what_was_signed_is_never_signed(database: Database) -> None:
    evidence = ledger()
    written(database, evidence, 1, 2, 3)
    evidence.checkpoint(database)
    tamper(database, update(store.ENTRIES).where(store.ENTRIES.c.seq == 1).values(leaf=leaf_hash(b"another")))
    written(database, evidence, 4)
    with pytest.raises(Fault) as caught:
        evidence.checkpoint(database)
    assert caught.value.code is Refusal.EVIDENCE_BROKEN


def test_every_entry_has_a_proof_under_the_last_checkpoint(database: Database) -> None:
    evidence = ledger()
    written(database, evidence, *range(13))
    note = evidence.checkpoint(database)
    written(database, evidence, 13)
    for seq in range(13):
        proof = evidence.prove(database, seq)
        assert isinstance(proof, Proof)
        assert proof.note == note
        assert decode(proof.body).entry.count == seq
        assert inclusion_holds(leaf=leaf_hash(proof.body), seq=seq, size=13, path=proof.path, root=read_checkpoint(note).root)
    latest = evidence.prove(database, 13)
    assert isinstance(latest, Proof)
    assert (latest.size, latest.note) == (14, "")
    assert evidence.prove(database, 14) == Refuse(Refusal.ENTRY_UNKNOWN, "14")


def test_whole_tiles_are_kept_and_proofs_use_them(database: Database) -> None:
    evidence = ledger()
    database.connect_evidence(evidence)
    for first in range(0, 700, 90):
        with database.work() as work:
            for number in range(first, min(first + 90, 700)):
                work.append(entry(number))
        evidence.sequence(database)
    note = evidence.checkpoint(database)
    with database.reading() as reading:
        assert len(store.nodes(reading, 1, 0, 100)) == 2
    for seq in (0, 255, 256, 511, 512, 699):
        proof = evidence.prove(database, seq)
        assert isinstance(proof, Proof)
        assert inclusion_holds(leaf=leaf_hash(proof.body), seq=seq, size=700, path=proof.path, root=proof.root)
    assert evidence.verify(database, note).holds


def test_a_kept_tile_that_was_changed_is_found(database: Database) -> None:
    evidence = ledger()
    database.connect_evidence(evidence)
    with database.work() as work:
        for number in range(600):
            work.append(entry(number))
    evidence.sequence(database)
    tamper(database, update(store.NODES).where(store.NODES.c.number == 1).values(hash=bytes(32)))
    report = evidence.verify(database)
    assert [(f.kind, f.first, f.last) for f in report.findings] == [(Broken.EDITED, 256, 511)]


def test_a_row_moved_within_a_whole_tile_is_named_exactly(database: Database) -> None:
    evidence = ledger()
    database.connect_evidence(evidence)
    with database.work() as work:
        for number in range(600):
            work.append(entry(number))
    evidence.sequence(database)
    places = store.ENTRIES.c.seq
    tamper(
        database,
        update(store.ENTRIES).where(places == 300).values(seq=-1),
        update(store.ENTRIES).where(places == 301).values(seq=300),
        update(store.ENTRIES).where(places == -1).values(seq=301),
    )
    assert broken(database, evidence) == [(Broken.REORDERED, 300)]


def test_a_place_that_is_taken_stops_the_act(database: Database) -> None:
    evidence = ledger()
    written(database, evidence, 1)
    with database.reading() as reading:
        body = bytes(store.entries(reading, 0, 1)[0][1])
    stray = {"log": "data", "seq": 1, "body": body, "leaf": leaf_hash(body)}
    tamper(database, insert(store.ENTRIES).values(stray))
    assert broken(database, evidence) == [(Broken.INSERTED, 1)]
    with pytest.raises(Fault) as caught:
        written(database, evidence, 2)
    assert caught.value.code is Refusal.EVIDENCE_BROKEN


def test_a_head_that_moved_meanwhile_stops_the_act(database: Database) -> None:
    evidence = ledger()
    written(database, evidence, 1)

    def act() -> None:
        with database.work() as work:
            frontier = store.locked_head(work)
            nodes = frontier.extend([leaf_hash(leafless(2))])
            work.change(update(store.HEADS).values(size=7))
            store.place(work, 1, frontier, [(leafless(2), leaf_hash(leafless(2)))], nodes)

    with pytest.raises(Fault) as caught:
        act()
    assert caught.value.code is Refusal.EVIDENCE_UNWRITTEN
    assert evidence.head(database).size == 1
