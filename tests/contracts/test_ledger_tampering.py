"""What is exhaustive on SQLite (tests/unit/ledger) holds on every engine: each kind of change, at every entry."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from sqlalchemy import delete, insert, update
from tests.contracts.ledgers import broken, leafless, tamper, written
from tests.unit.ledger.evidence import ledger

from yinji.db import Database
from yinji.ledger import Broken, Ledger, store
from yinji.ledger.tree import Frontier, leaf_hash, leaf_hashes

SIZE = 12
SEQ = store.ENTRIES.c.seq


@pytest.fixture
def made(database: Database) -> tuple[Database, Ledger, str, list[bytes]]:
    evidence = ledger()
    written(database, evidence, *range(SIZE))
    with database.reading() as reading:
        bodies = [bytes(body) for _, body, _ in store.entries(reading, 0, SIZE)]
    return database, evidence, evidence.checkpoint(database), bodies


Made = tuple[Database, Ledger, str, list[bytes]]


def rewritten(database: Database, bodies: list[bytes]) -> None:
    """Put another history in place of the log, consistent in itself."""
    leaves, frontier = leaf_hashes(bodies), Frontier()
    frontier.extend(leaves)
    rows = [{"log": "data", "seq": i, "body": body, "leaf": leaves[i]} for i, body in enumerate(bodies)]
    tamper(
        database,
        delete(store.ENTRIES),
        *([insert(store.ENTRIES).values(rows)] if rows else []),
        update(store.HEADS).values(size=len(bodies), frontier=frontier.packed()),
        delete(store.CHECKPOINTS),
    )


def check_each(at: Callable[[int], list[tuple[Broken, int]]], kind: Broken, places: range) -> None:
    assert [at(seq)[0] for seq in places] == [(kind, seq) for seq in places]


def test_a_byte_edited_in_any_entry_or_hash_is_named(made: Made) -> None:
    database, evidence, kept, bodies = made

    def edited(seq: int, **values: bytes) -> list[tuple[Broken, int]]:
        tamper(database, update(store.ENTRIES).where(seq == SEQ).values(values))
        found = broken(database, evidence, kept)
        tamper(database, update(store.ENTRIES).where(seq == SEQ).values(body=bodies[seq], leaf=leaf_hash(bodies[seq])))
        return found

    for i in (0, 4, 15, 30, 70, 79, -1):
        check_each(lambda seq, i=i: edited(seq, body=flipped(bodies[seq], i)), Broken.EDITED, range(SIZE))  # type: ignore[misc]  # a default holds the loop's value
    check_each(lambda seq: edited(seq, leaf=flipped(leaf_hash(bodies[seq]), 7)), Broken.EDITED, range(SIZE))
    assert broken(database, evidence, kept) == []


def flipped(data: bytes, i: int) -> bytes:
    i %= len(data)
    return data[:i] + bytes([data[i] ^ 0x10]) + data[i + 1 :]


def test_an_entry_taken_out_at_any_place_is_named(made: Made) -> None:
    database, evidence, kept, bodies = made

    def without(seq: int) -> list[tuple[Broken, int]]:
        tamper(database, delete(store.ENTRIES).where(seq == SEQ))
        found = broken(database, evidence, kept)
        row = {"log": "data", "seq": seq, "body": bodies[seq], "leaf": leaf_hash(bodies[seq])}
        tamper(database, insert(store.ENTRIES).values(row))
        return found

    check_each(without, Broken.MISSING, range(SIZE - 1))
    assert without(SIZE - 1)[0] == (Broken.TRUNCATED, SIZE - 1)


def test_neighbours_swapped_at_any_place_are_named(made: Made) -> None:
    database, evidence, kept, bodies = made
    for one, two in pairwise(range(SIZE)):
        swapped = list(bodies)
        swapped[one], swapped[two] = swapped[two], swapped[one]
        rewritten(database, swapped)
        assert broken(database, evidence, kept) == [(Broken.REORDERED, one)]


def test_an_entry_put_in_at_any_place_is_named(made: Made) -> None:
    database, evidence, kept, bodies = made
    for at in range(SIZE):
        rewritten(database, [*bodies[:at], leafless(99), *bodies[at:]])
        assert broken(database, evidence, kept) == [(Broken.INSERTED, at)]


def test_a_log_cut_off_at_any_length_is_named(made: Made) -> None:
    database, evidence, kept, bodies = made
    for size in range(SIZE):
        rewritten(database, bodies[:size])
        assert broken(database, evidence, kept) == [(Broken.TRUNCATED, size)]


def test_a_fork_from_any_place_that_the_node_signed_is_found(made: Made) -> None:
    database, evidence, kept, bodies = made
    for at in range(SIZE):
        rewritten(database, [*bodies[:at], *(leafless(100 + i) for i in range(at, SIZE))])
        evidence.checkpoint(database)
        assert broken(database, evidence, kept) == [(Broken.FORKED, 0)]
