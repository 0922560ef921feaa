"""Whoever holds the database may change anything in it but what was signed. Every such change to a small log is found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from tests.unit.ledger.evidence import NodeKey, ledger
from tests.unit.ledger.tampered import EARLY, FOREIGN, SIZE, Log

from yinji.kernel.faults import Fault
from yinji.ledger import Broken, Finding
from yinji.ledger.tree import Frontier, leaf_hash, leaf_hashes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    log = Log(tmp_path_factory.mktemp("log"))
    yield log
    log.sql.close()
    log.database.close()


@pytest.fixture
def log(made: Log) -> Iterator[Log]:
    yield made
    made.restore()


def test_an_untouched_log_holds(log: Log) -> None:
    report = log.evidence.verify(log.database, log.kept)
    assert report.holds
    assert (report.size, report.checkpoints, report.good_until) == (SIZE, 3, SIZE)


def test_every_deleted_entry_is_named(log: Log) -> None:
    for seq in range(SIZE):
        log.sql.execute("DELETE FROM ledger_entries WHERE seq = ?", (seq,))
        assert log.first(kept=False) == ((Broken.TRUNCATED if seq == SIZE - 1 else Broken.MISSING), seq)
        log.restore()


def test_every_pair_of_swapped_bodies_is_named(log: Log) -> None:
    for one, two in combinations(range(SIZE), 2):
        for seq, body in ((one, log.bodies[two]), (two, log.bodies[one])):
            log.sql.execute("UPDATE ledger_entries SET body = ? WHERE seq = ?", (body, seq))
        assert log.first(kept=False) == (Broken.REORDERED, one)
        log.restore()


@pytest.mark.parametrize("head", [False, True])
def test_every_pair_of_swapped_rows_is_named(log: Log, head: bool) -> None:
    for one, two in combinations(range(SIZE), 2):
        bodies = list(log.bodies)
        bodies[one], bodies[two] = bodies[two], bodies[one]
        log.rewrite(bodies, head=head)
        found = log.findings()[0]
        assert found.first <= one <= found.last
        log.forget_checkpoints()
        assert log.first() == (Broken.REORDERED, one)
        log.restore()


def test_every_inserted_entry_is_named(log: Log) -> None:
    for at in range(SIZE):
        log.rewrite([*log.bodies[:at], FOREIGN, *log.bodies[at:]], head=False)
        found = log.findings()[0]
        assert found.first <= at <= found.last
        log.forget_checkpoints()
        assert log.first() == (Broken.INSERTED, at)
        log.rewrite([*log.bodies[:at], FOREIGN, *log.bodies[at:]], head=True)
        assert log.first() == (Broken.INSERTED, at)
        log.restore()


def test_an_entry_after_the_head_is_named(log: Log) -> None:
    log.rewrite([*log.bodies, FOREIGN], head=False)
    assert log.first() == (Broken.INSERTED, SIZE)


@pytest.mark.parametrize("size", range(SIZE))
def test_every_truncation_is_named_against_a_kept_checkpoint(log: Log, size: int) -> None:
    log.rewrite(log.bodies[:size], head=True)
    log.forget_checkpoints()
    assert log.findings(kept=False) == []  # nothing inside the database can tell: keep checkpoints elsewhere
    assert log.findings() == [Finding(Broken.TRUNCATED, size, SIZE - 1)]


def test_every_rewritten_history_is_named_against_a_kept_checkpoint(log: Log) -> None:
    for at in range(SIZE):
        log.rewrite([*log.bodies[:at], FOREIGN, *log.bodies[at + 1 :]], head=True)
        since = EARLY if at >= EARLY else 0
        assert log.findings()[0] == Finding(Broken.FORKED, since, SIZE - 1 if since else EARLY - 1)
        assert log.evidence.verify(log.database, log.kept).good_until == since
        log.forget_checkpoints()
        assert log.findings(kept=False) == []  # nothing inside the database can tell
        assert log.findings() == [Finding(Broken.FORKED, 0, SIZE - 1)]
        log.restore()


def test_an_entry_taken_out_of_a_rewritten_history_is_noticed(log: Log) -> None:
    for at in range(SIZE):
        log.rewrite([*log.bodies[:at], *log.bodies[at + 1 :]], head=True)
        kinds = {finding.kind for finding in log.findings()}
        assert Broken.TRUNCATED in kinds
        log.restore()


def test_a_head_that_was_changed_alone_is_noticed(log: Log) -> None:
    frontier = Frontier()
    frontier.extend(leaf_hashes([FOREIGN] * SIZE))
    log.sql.execute("UPDATE ledger_heads SET frontier = ?", (frontier.packed(),))
    log.forget_checkpoints()
    assert log.first(kept=False) == (Broken.FORKED, 0)


def test_a_fork_signed_by_the_node_itself_is_named_against_a_kept_checkpoint(log: Log) -> None:
    log.rewrite([*log.bodies[:6], FOREIGN, *log.bodies[7:]], head=True)
    log.forget_checkpoints()
    log.evidence.checkpoint(log.database)  # the node's own key, misused
    assert log.findings(kept=False) == []
    assert log.findings()[0] == Finding(Broken.FORKED, 0, SIZE - 1)


def test_a_history_that_forks_from_what_was_signed_is_never_signed(log: Log) -> None:
    log.rewrite([FOREIGN, *log.bodies[1:], FOREIGN], head=True)
    with pytest.raises(Fault, match="EVIDENCE_BROKEN data checkpoint 12"):
        log.evidence.checkpoint(log.database)


def test_a_head_that_its_entries_do_not_give_is_never_signed(log: Log) -> None:
    log.forget_checkpoints()
    log.sql.execute("UPDATE ledger_entries SET leaf = ? WHERE seq = 6", (bytes(32),))
    with pytest.raises(Fault, match="EVIDENCE_BROKEN data head"):
        log.evidence.checkpoint(log.database)


def test_a_kept_checkpoint_that_nobody_known_signed_is_told(log: Log) -> None:
    stranger = ledger(NodeKey(seed=3))
    foreign = log.kept.rpartition("\n\n")[0] + "\n\n— node.example AAAA\n"
    assert [f.kind for f in log.evidence.verify(log.database, foreign).findings] == [Broken.UNSIGNED]
    assert [f.kind for f in log.evidence.verify(log.database, "no note at all").findings] == [Broken.UNSIGNED]
    assert {f.kind for f in stranger.verify(log.database).findings} == {Broken.UNSIGNED}


def test_a_misshapen_entry_that_hashes_right_is_named(log: Log) -> None:
    body = log.bodies[3][:-1]
    log.sql.execute("UPDATE ledger_entries SET body = ?, leaf = ? WHERE seq = 3", (body, leaf_hash(body)))
    log.forget_checkpoints()
    assert log.first(kept=False) == (Broken.EDITED, 3)


def test_findings_are_said_in_both_languages() -> None:
    said = Finding(Broken.FORKED, 3, 7).said()
    assert said.zh == "条目 3–7 与检查点不符，历史被改写"
    assert said.en == "entry 3–7 does not agree with a checkpoint: the history was rewritten"
    assert Finding(Broken.EDITED, 3, 3).said().en == "entry 3 was edited"
