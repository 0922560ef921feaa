"""What a unit of work keeps on every engine: its sentence, its wholeness, its order."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update
from tests.unit.db.shelf import ITEMS, LEASES, ORG, SHELF, Said, item
from tests.unit.ledger.evidence import entry

from yinji.db import Database, Work
from yinji.db.bulk import KEYS_MAX
from yinji.db.work import forbid_open_work
from yinji.kernel.faults import Misuse

Factory = Callable[..., Database]
Shelf = tuple[Database, Said]


@pytest.fixture
def shelf(database_factory: Factory) -> Shelf:
    """A database with the two tables of the shelf, and what is said in it."""
    database, said = database_factory(tables=False), Said()
    SHELF.create_all(database.engine)
    database.connect_evidence(said)
    return database, said


def names(database: Database) -> list[str]:
    with database.reading() as reading:
        return [row.name for row in reading.rows(select(ITEMS.c.name).order_by(ITEMS.c.name))]


def put(work: Work, *new: str) -> None:
    work.add_rows(ITEMS, [item(name) for name in new])


WAYS_TO_CHANGE: dict[str, Callable[[Work], object]] = {
    "add_rows": lambda work: put(work, "b"),
    "insert": lambda work: work.change(insert(ITEMS), dict(zip(ITEMS.c.keys(), item("b"), strict=True))),
    "many inserts": lambda work: work.change(insert(ITEMS), [dict(zip(ITEMS.c.keys(), item(n), strict=True)) for n in "bc"]),
    "update": lambda work: work.change(update(ITEMS).values(number=9)),
    "delete": lambda work: work.change(delete(ITEMS)),
    "returning": lambda work: work.changed_rows(delete(ITEMS).returning(ITEMS.c.name)),
    "asked as a question": lambda work: work.rows(delete(ITEMS).returning(ITEMS.c.name)),
    "asked for the first": lambda work: work.first(update(ITEMS).values(number=9).returning(ITEMS.c.name)),
}


@pytest.mark.parametrize("way", WAYS_TO_CHANGE)
def test_a_work_that_changed_a_row_without_an_entry_does_not_commit(shelf: Shelf, way: str) -> None:
    database, said = shelf
    with database.work() as work:
        put(work, "a")
        work.append(entry(1))

    def act() -> None:
        with database.work() as work:
            WAYS_TO_CHANGE[way](work)

    with pytest.raises(Misuse, match=r"shelf_items|change"):
        act()
    with database.reading() as reading:
        assert [tuple(row) for row in reading.rows(select(ITEMS))] == [item("a")]
    assert len(said.entries) == 1


def test_a_reading_changes_nothing(shelf: Shelf) -> None:
    database, _ = shelf
    with database.work() as work:
        put(work, "a")
        work.append(entry(1))

    def act() -> None:
        with database.reading() as reading:
            reading.rows(delete(ITEMS).returning(ITEMS.c.name))

    with pytest.raises(Exception):  # noqa: B017, PT011 - however it is refused: what counts is the row
        act()
    assert names(database) == ["a"]


def test_a_change_with_its_entry_commits(shelf: Shelf) -> None:
    database, said = shelf
    with database.work() as work:
        put(work, "a", "b")
        work.append(entry(1))
    assert names(database) == ["a", "b"]
    assert said.entries == [entry(1)]


def test_a_tended_table_needs_no_entry(shelf: Shelf) -> None:
    database, said = shelf
    with database.work() as work:
        work.add_rows(LEASES, [("lease", b"")])
        work.change(update(LEASES).values(body=b"x"))
        assert work.changed_rows(delete(LEASES).returning(LEASES.c.name))[0].name == "lease"
    assert said.entries == []


def test_a_tended_change_does_not_excuse_a_business_row(shelf: Shelf) -> None:
    database, _ = shelf

    def act() -> None:
        with database.work() as work:
            work.add_rows(LEASES, [("lease", b"")])
            put(work, "a")

    with pytest.raises(Misuse, match=r"\['shelf_items'\]"):
        act()
    with database.reading() as reading:
        assert reading.rows(select(LEASES)) == []


def test_the_same_entry_is_kept_once_and_an_equal_one_is_another(shelf: Shelf) -> None:
    database, said = shelf
    one, equal = entry(1), entry(1)
    with database.work() as work:
        for each in (one, one, equal, one):
            work.append(each)
    assert len(said.entries) == 2
    assert said.entries[0] is one
    assert said.entries[1] is equal


def test_entries_without_a_ledger_undo_the_work(database_factory: Factory) -> None:
    database = database_factory(tables=False)
    SHELF.create_all(database.engine)

    def act() -> None:
        with database.work() as work:
            put(work, "a")
            work.append(entry(1))

    with pytest.raises(Misuse, match="no ledger"):
        act()
    assert names(database) == []


def test_evidence_that_cannot_be_written_undoes_the_work(shelf: Shelf) -> None:
    database, _ = shelf

    class Mute:
        def write(self, work: Work, entries: object) -> None:
            raise OSError(f"{len(names(database))} {work.log} {entries is None}")

    database.connect_evidence(Mute())

    def act() -> None:
        with database.work() as work:
            put(work, "a")
            work.append(entry(1))

    with pytest.raises(OSError, match="data"):
        act()
    assert names(database) == []


def test_a_rollback_leaves_nothing(shelf: Shelf) -> None:
    database, said = shelf

    def act() -> None:
        with database.work() as work:
            put(work, "a")
            work.add_rows(LEASES, [("lease", b"")])
            work.append(entry(1))
            raise KeyError

    with pytest.raises(KeyError):
        act()
    assert names(database) == []
    assert said.entries == []
    with database.reading() as reading:
        assert reading.rows(select(LEASES)) == []


def test_an_empty_work_commits_and_says_nothing(shelf: Shelf) -> None:
    database, said = shelf
    with database.work() as work:
        work.add_rows(ITEMS, [])
    assert said.entries == []


def test_a_reading_keeps_one_look_while_others_write(shelf: Shelf) -> None:
    database, _ = shelf
    with database.reading() as reading:
        before = reading.rows(select(ITEMS))
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(_put_one, database, "a").result(10)
        assert reading.rows(select(ITEMS)) == before == []
    assert names(database) == ["a"]


def _put_one(database: Database, name: str) -> None:
    with database.work() as work:
        put(work, name)
        work.append(entry(1))


def test_two_threads_works_both_commit(shelf: Shelf) -> None:
    database, said = shelf
    gate = threading.Barrier(2)

    def write(who: str) -> None:
        gate.wait(10)
        for number in range(25):
            _put_one(database, f"{who}{number:02}")

    with ThreadPoolExecutor(2) as two:
        for each in [two.submit(write, who) for who in "ab"]:
            each.result(30)
    assert names(database) == sorted(f"{who}{number:02}" for who in "ab" for number in range(25))
    assert len(said.entries) == 50


def test_two_works_that_count_up_one_row_lose_no_count(shelf: Shelf) -> None:
    database, _ = shelf
    _put_one(database, "a")

    def count_up() -> None:
        for _ in range(20):
            with database.work() as work:
                work.change(update(ITEMS).values(number=ITEMS.c.number + 1))
                work.append(entry(1))

    with ThreadPoolExecutor(2) as two:
        for each in [two.submit(count_up) for _ in range(2)]:
            each.result(30)
    with database.reading() as reading:
        assert reading.rows(select(ITEMS.c.number))[0].number == 41


def test_open_work_is_seen_by_verbs_that_commit_by_themselves(shelf: Shelf, database_factory: Factory) -> None:
    database, _ = shelf
    other = database_factory(log="disclosures", tables=False)
    forbid_open_work("verb")
    with database.work():
        with pytest.raises(Misuse, match="verb"):
            forbid_open_work("verb")
        with other.work():
            pass
        with pytest.raises(Misuse):
            forbid_open_work("verb")
        with database.reading(), pytest.raises(Misuse):
            forbid_open_work("verb")
    forbid_open_work("verb")
    with database.reading():
        forbid_open_work("verb")


def test_open_work_is_forgotten_after_a_rollback(shelf: Shelf) -> None:
    database, _ = shelf

    def act() -> None:
        with database.work():
            raise KeyError

    with pytest.raises(KeyError):
        act()
    forbid_open_work("verb")


def test_open_work_is_this_threads_own(shelf: Shelf) -> None:
    database, _ = shelf
    with database.work(), ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(forbid_open_work, "verb").result(10) is None


def test_rows_go_in_by_the_tables_column_order(shelf: Shelf) -> None:
    database, _ = shelf
    row = (ORG, 7, "键'\";--\n\U00020000", -(1 << 60), bytes(range(256)))
    with database.work() as work:
        work.add_rows(ITEMS, [row])
        work.append(entry(1))
    with database.reading() as reading:
        (kept,) = reading.rows(select(ITEMS))
    assert (kept.org_id, kept.shard, kept.name, kept.number, kept.body) == row


def test_a_large_query_is_walked_in_order_and_whole(shelf: Shelf) -> None:
    database, _ = shelf
    with database.work() as work:
        work.add_rows(ITEMS, [item(f"{number:05}", number) for number in range(2_500)])
        work.append(entry(1))
    with database.reading() as reading:
        walked = [row.number for row in reading.each(select(ITEMS).order_by(ITEMS.c.name), at_once=100)]
    assert walked == list(range(2_500))


KEYS = st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 5))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])  # rows are cleared below
@given(
    rows=st.dictionaries(KEYS, st.integers(-(1 << 40), 1 << 40), max_size=25),
    sought=st.lists(KEYS, unique=True, max_size=25),
    shard=st.integers(0, 1),
)
def test_rows_among_keys_are_those_a_plain_filter_finds(
    shelf: Shelf, rows: dict[tuple[str, int], int], sought: list[tuple[str, int]], shard: int
) -> None:
    database, _ = shelf
    stored = [(ORG, number % 2, name + str(number), number, str(value).encode()) for (name, number), value in rows.items()]
    with database.work() as work:
        work.change(delete(ITEMS))
        work.add_rows(ITEMS, stored)
        work.append(entry(1))
    with database.reading() as reading:
        found = reading.rows_among(
            (ITEMS.c.name, ITEMS.c.body),
            fixed=((ITEMS.c.org_id, ORG), (ITEMS.c.shard, shard)),
            key=(ITEMS.c.name, ITEMS.c.number),
            values=[(name + str(number), number) for name, number in sought],
        )
    wanted = {(name + str(number), number) for name, number in sought}
    plain = [(name, body) for _, place, name, number, body in stored if place == shard and (name, number) in wanted]
    assert sorted((name, bytes(body)) for name, body in found) == sorted(plain)


def test_no_keys_find_no_rows(shelf: Shelf) -> None:
    database, _ = shelf
    _put_one(database, "a")
    with database.reading() as reading:
        assert _among(reading, []) == []


def test_more_keys_than_one_query_takes_find_every_row_once(shelf: Shelf) -> None:
    database, _ = shelf
    count = 2 * KEYS_MAX + 3
    with database.work() as work:
        work.add_rows(ITEMS, [item(str(number), number) for number in range(count)])
        work.append(entry(1))
    with database.reading() as reading:
        found = _among(reading, [(str(number),) for number in range(-5, count + 5)])
    assert sorted(number for (number,) in found) == list(range(count))


def _among(reading: Any, values: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    fixed = ((ITEMS.c.org_id, ORG), (ITEMS.c.shard, 0))
    found: list[tuple[Any, ...]] = reading.rows_among((ITEMS.c.number,), fixed=fixed, key=(ITEMS.c.name,), values=values)
    return found


def test_a_doubled_row_is_refused_and_undoes_the_work(shelf: Shelf) -> None:
    database, said = shelf
    _put_one(database, "a")

    def act() -> None:
        with database.work() as work:
            put(work, "b", "a")
            work.append(entry(2))

    with pytest.raises(Exception):  # noqa: B017, PT011 - each engine has its own error: what counts is what stays
        act()
    assert names(database) == ["a"]
    assert len(said.entries) == 1
