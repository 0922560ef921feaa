"""Every byte that is stored of a small log is changed once, and every entry in every way: each change is found and placed.

"Placed" means: the entry itself where its own bytes or hash show it; where only a root can tell, the stretch from the last
checkpoint that agrees to the first that does not; for the head and for notes, the last entry that they speak of.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.unit.ledger.evidence import entry, ref
from tests.unit.ledger.tampered import EARLY, FOREIGN, SIZE, Log

from yinji.kernel.faults import Fault
from yinji.ledger import Broken, Finding
from yinji.ledger.entries import encode
from yinji.ledger.model import Recorded
from yinji.ledger.tree import leaf_hash


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


def changes(data: bytes) -> Iterator[bytes]:
    """Every way to change one byte by one bit; the bit moves on, so that all eight are met."""
    for i, byte in enumerate(data):
        yield data[:i] + bytes([byte ^ 1 << i % 8]) + data[i + 1 :]


def found_or_stopped(log: Log) -> bool:
    """Tell whether verifying finds something, or cannot even begin because the head is none."""
    try:
        return bool(log.findings())
    except Fault as broken:
        return broken.at == "data head"


def test_every_byte_of_every_body_is_named(log: Log) -> None:
    log.forget_checkpoints()  # the leaf hash alone shows it
    for seq, body in enumerate(log.bodies):
        for changed in changes(body):
            log.sql.execute("UPDATE ledger_entries SET body = ? WHERE seq = ?", (changed, seq))
            assert log.first(kept=False) == (Broken.EDITED, seq)
        log.sql.execute("UPDATE ledger_entries SET body = ? WHERE seq = ?", (body, seq))


def test_every_byte_of_every_leaf_is_named(log: Log) -> None:
    log.forget_checkpoints()
    for seq, body in enumerate(log.bodies):
        for changed in changes(leaf_hash(body)):
            log.sql.execute("UPDATE ledger_entries SET leaf = ? WHERE seq = ?", (changed, seq))
            assert log.first(kept=False) == (Broken.EDITED, seq)
        log.sql.execute("UPDATE ledger_entries SET leaf = ? WHERE seq = ?", (leaf_hash(body), seq))


def test_every_part_of_every_body_is_placed_where_its_hash_was_made_to_fit(log: Log) -> None:
    for seq, body in enumerate(log.bodies):
        for changed in list(changes(body))[8::9]:
            row = (changed, leaf_hash(changed), seq)
            log.sql.execute("UPDATE ledger_entries SET body = ?, leaf = ? WHERE seq = ?", row)
            found = log.findings()[0]
            assert found.first <= seq <= found.last
        log.restore()


def test_every_byte_of_the_head_is_found(log: Log) -> None:
    (frontier,) = log.sql.execute("SELECT frontier FROM ledger_heads").fetchone()
    for changed in changes(frontier):
        log.sql.execute("UPDATE ledger_heads SET frontier = ?", (changed,))
        assert log.first() == (Broken.FORKED, SIZE)


def test_every_other_size_of_the_head_is_found(log: Log) -> None:
    for size in {*range(4 * SIZE)} - {SIZE}:
        log.sql.execute("UPDATE ledger_heads SET size = ?", (size,))
        assert found_or_stopped(log), size


@pytest.mark.parametrize("size", [EARLY, SIZE])
def test_every_byte_of_every_checkpoint_is_named(log: Log, size: int) -> None:
    for changed in changes(log.notes[size].encode()):
        log.sql.execute("UPDATE ledger_checkpoints SET note = ? WHERE size = ?", (changed.decode("latin-1"), size))
        assert Finding(Broken.UNSIGNED, size - 1, size - 1) in log.findings()


def test_a_checkpoint_at_another_place_is_named(log: Log) -> None:
    for size in {*range(2 * SIZE)} - {EARLY, SIZE}:
        log.sql.execute("UPDATE ledger_checkpoints SET size = ? WHERE size = ?", (size, EARLY))
        assert log.findings()
        log.restore()


def test_every_byte_of_a_cosignature_is_named(log: Log) -> None:
    key, line = log.sql.execute("SELECT key, line FROM ledger_cosignatures").fetchone()
    for changed in changes(line.encode()[:-1]):
        log.sql.execute("UPDATE ledger_cosignatures SET line = ?", (changed.decode("latin-1") + "\n",))
        assert log.first() == (Broken.UNSIGNED, EARLY - 1)
    log.sql.execute("UPDATE ledger_cosignatures SET line = ?", (line,))
    for changed in changes(key):
        log.sql.execute("UPDATE ledger_cosignatures SET key = ?", (changed,))
        assert log.first() == (Broken.UNSIGNED, EARLY - 1)
    log.sql.execute("UPDATE ledger_cosignatures SET key = ?, size = ?", (key, SIZE))
    assert log.first() == (Broken.UNSIGNED, SIZE - 1)


def test_every_fork_that_the_node_signed_itself_is_placed_against_a_kept_checkpoint(log: Log) -> None:
    for at in range(SIZE):
        rest = [encode(Recorded(ref(500 + i), entry(500 + i))) for i in range(at, SIZE)]
        log.rewrite([*log.bodies[:at], *rest], head=True)
        log.forget_checkpoints()
        log.evidence.checkpoint(log.database)  # the node's own key, misused
        assert log.findings(kept=False) == []  # nothing inside the database can tell
        assert Finding(Broken.FORKED, 0, SIZE - 1) in log.findings()
        early = log.evidence.verify(log.database, log.notes[EARLY]).findings
        assert early == ((Finding(Broken.FORKED, 0, EARLY - 1),) if at < EARLY else ())  # a checkpoint covers what is under it
        log.restore()


def test_a_cosignature_whose_checkpoint_was_taken_away_is_named(log: Log) -> None:
    log.sql.execute("DELETE FROM ledger_checkpoints")
    assert log.findings(kept=False) == [Finding(Broken.UNSIGNED, EARLY - 1, EARLY - 1)]


def test_every_fork_that_grew_is_placed_against_a_kept_checkpoint(log: Log) -> None:
    for at in range(SIZE):
        log.rewrite([*log.bodies[:at], FOREIGN, *log.bodies[at + 1 :], FOREIGN, FOREIGN], head=True)
        log.forget_checkpoints()
        log.evidence.checkpoint(log.database)
        assert Finding(Broken.FORKED, 0, SIZE - 1) in log.findings()
        log.restore()


def test_every_byte_of_a_kept_tile_hash_is_placed(tmp_path_factory: pytest.TempPathFactory) -> None:
    large = Log(tmp_path_factory.mktemp("large"))
    with large.database.work() as work:
        for number in range(SIZE, 300):
            work.append(entry(number))
    (value,) = large.sql.execute("SELECT hash FROM ledger_nodes").fetchone()
    for changed in changes(value):
        large.sql.execute("UPDATE ledger_nodes SET hash = ?", (changed,))
        assert large.findings() == [Finding(Broken.EDITED, 0, 255)]
    large.sql.execute("DELETE FROM ledger_nodes")
    assert large.findings() == [Finding(Broken.EDITED, 0, 255)]
    large.sql.close()
    large.database.close()
