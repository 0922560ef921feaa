"""The public's tries on every engine: counted once for all processes, closed for all, told once, gone with their day."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select
from tests.unit.access.desk import Desk, desk_of
from tests.unit.access.people import OWN, RECIPIENT, random

from yinji.access.queries import store
from yinji.access.queries.model import Closed, Counted, Slot, Try, public_actor
from yinji.access.queries.rules import BOUNDS, CLOSINGS_TOLD_MAX, HOUR_MS, day_of, hour_of
from yinji.access.queries.service import Queries
from yinji.db import Database
from yinji.kernel.events import Event
from yinji.kernel.ids import Ref

PUBLIC = public_actor(OWN, "node-1")
NUMBER, VISITOR = BOUNDS[Counted.NUMBER], BOUNDS[Counted.VISITOR]


@dataclass
class Counter:
    """Queries as this process has them and as another one does, each with connections of its own."""

    desk: Desk
    here: Queries
    there: Queries

    def ask(self, number: str, visitor: str = "203.0.113.7", *, right: bool = False, there: bool = False) -> Closed | None:
        """One query from beginning to end."""
        queries = self.there if there else self.here
        begun = queries.begin({Counted.NUMBER: number, Counted.VISITOR: visitor})
        if isinstance(begun, Closed):
            return begun
        queries.end(begun, right=right, about=RECIPIENT if right else None, actor=PUBLIC)
        return None

    def said(self) -> list[tuple[Event, int, str, tuple[Ref, ...]]]:
        self.desk.evidence.sequence(self.desk.data)
        placed = self.desk.evidence.entries(self.desk.data, limit=1_000)
        return [(each.event, each.count, each.ground, each.about) for each in (one.recorded.entry for one in placed)]

    def rows(self) -> tuple[int, int]:
        """How many slots and how many salts are kept."""
        with self.desk.data.engine.connect() as connection:
            slots, salts = (
                int(connection.execute(select(func.count()).select_from(each)).scalar_one())
                for each in (store.COUNTS, store.SALTS)
            )
        return slots, salts


@pytest.fixture
def counter(database_factory: Callable[..., Database]) -> Counter:
    desk = desk_of(database_factory(), database_factory(log="disclosures"))
    other = database_factory()
    other.connect_evidence(desk.evidence)
    here, there = (Queries(data=data, clock=desk.clock, random=random) for data in (desk.data, other))
    return Counter(desk, here, there)


def test_wrong_proofs_of_two_processes_and_many_addresses_close_one_number_until_its_hour_is_over(counter: Counter) -> None:
    for at in range(NUMBER.wrong_an_hour):
        assert counter.ask("N-1", f"203.0.113.{at}", there=bool(at % 2)) is None
    ends = (hour_of(counter.desk.clock.now_ms()) + 1) * HOUR_MS
    for there in (False, True):
        assert counter.ask("N-1", "198.51.100.9", right=True, there=there) == Closed(ends)
    assert counter.ask("N-2", "198.51.100.9") is None
    counter.desk.clock.pass_ms(ends - counter.desk.clock.now_ms())
    assert counter.ask("N-1", "198.51.100.9", right=True) is None


def test_a_day_has_fewer_wrong_proofs_than_its_hours(counter: Counter) -> None:
    for hour in range(NUMBER.wrong_a_day // NUMBER.wrong_an_hour):
        for at in range(NUMBER.wrong_an_hour):
            assert counter.ask("N-1", f"203.0.{hour}.{at}") is None
        counter.desk.clock.pass_ms(HOUR_MS)
    shut = counter.ask("N-1", "198.51.100.9", right=True)
    assert isinstance(shut, Closed)
    assert day_of(shut.until_ms) == day_of(counter.desk.clock.now_ms()) + 1
    assert day_of(shut.until_ms - 1) == day_of(counter.desk.clock.now_ms())


def test_one_visitor_is_closed_for_every_number_and_another_is_not(counter: Counter) -> None:
    for at in range(VISITOR.wrong_an_hour):
        assert counter.ask(f"N-{at}") is None
    assert isinstance(counter.ask("N-fresh", right=True), Closed)
    assert counter.ask("N-fresh", "198.51.100.9", right=True) is None


def test_right_proofs_are_given_back_and_bounded_all_the_same(counter: Counter) -> None:
    for _ in range(NUMBER.tries_an_hour):
        assert counter.ask("N-1", right=True) is None
    assert isinstance(counter.ask("N-1", right=True), Closed)
    assert [each for each in counter.said() if each[0] is Event.QUERIES_CLOSED] == [
        (Event.QUERIES_CLOSED, 0, "number:tries", (RECIPIENT,))
    ]


def test_many_at_once_are_no_more_tries(counter: Counter) -> None:
    """As many as a robot sends before the first is answered: each is counted before it is compared."""
    with ThreadPoolExecutor(4) as many:
        answers = list(many.map(lambda at: counter.ask("N-1", f"203.0.113.{at}", there=bool(at % 2)), range(12)))
    assert sum(each is None for each in answers) == NUMBER.wrong_an_hour


def test_a_try_that_nobody_ended_stays_counted(counter: Counter) -> None:
    for at in range(NUMBER.wrong_an_hour):
        assert isinstance(counter.here.begin({Counted.NUMBER: "N-1", Counted.VISITOR: f"203.0.113.{at}"}), Try)
    assert isinstance(counter.ask("N-1", right=True), Closed)


def test_a_closed_query_changes_nothing(counter: Counter) -> None:
    for _ in range(NUMBER.wrong_an_hour):
        counter.ask("N-1")
    before, told = counter.rows(), counter.said()
    for at in range(20):
        assert isinstance(counter.ask("N-1", f"203.0.113.{at}"), Closed)
    assert (counter.rows(), counter.said()) == (before, told)


def test_an_hour_is_told_once_whoever_tells_it(counter: Counter) -> None:
    for at in range(7):
        counter.ask(f"N-{at}")
    assert counter.here.tend(actor=PUBLIC) == 0
    counter.desk.clock.pass_ms(HOUR_MS)
    assert sum(queries.tend(actor=PUBLIC) for queries in (counter.here, counter.there)) == 1
    assert [each[:2] for each in counter.said()] == [(Event.QUERIES_WRONG, 7)]


def test_a_robot_with_many_addresses_fills_no_log_and_no_table(counter: Counter) -> None:
    at, day = hour_of(counter.desk.clock.now_ms()), day_of(counter.desk.clock.now_ms())
    with counter.desk.data.work() as work:
        store.add_to_hour(work, at, wrong=2_000, closed=CLOSINGS_TOLD_MAX - 1)
    for number in ("N-1", "N-2", "N-3"):
        for visitor in range(NUMBER.wrong_an_hour):
            counter.ask(number, f"{number}.{visitor}")
    assert [each[0] for each in counter.said()] == [Event.QUERIES_CLOSED]
    counter.desk.clock.pass_ms(HOUR_MS)
    counter.here.tend(actor=PUBLIC)
    event, count, ground, _ = counter.said()[-1]
    assert (event, count) == (Event.QUERIES_WRONG, 2_015)
    assert ground.endswith(f"closed:{CLOSINGS_TOLD_MAX + 2}")
    with counter.desk.data.reading() as reading:
        salt = store.salt(reading, day)
    assert salt is not None


def test_a_day_takes_its_salt_and_its_counts_along(counter: Counter) -> None:
    for at in range(6):
        counter.ask(f"N-{at}")
    slots, salts = counter.rows()
    assert (slots >= 2, salts) == (True, 1)
    counter.desk.clock.pass_ms(24 * HOUR_MS)
    counter.ask("N-1")
    assert counter.rows() == (2, 1)
    counter.desk.clock.pass_ms(24 * HOUR_MS)
    counter.here.tend(actor=PUBLIC)
    assert counter.rows() == (0, 0)


def test_a_salt_of_one_process_is_the_salt_of_the_other(counter: Counter) -> None:
    day = day_of(counter.desk.clock.now_ms())
    with counter.desk.data.work() as work:
        store.begin_day(work, day, b"one")
        store.begin_day(work, day, b"other")
        assert store.salt(work, day) == b"one"


def test_giving_back_touches_no_later_hour(counter: Counter) -> None:
    slot, day = Slot(Counted.NUMBER, 7), 20_000
    with counter.desk.data.work() as work:
        (counts,) = store.counts_alone(work, day, [slot], hour=5).values()
        store.keep(work, day, slot, counts._replace(hour=6, wrong=1, wrong_today=3))
        store.give_back(work, day, slot, hour=5)
        assert store.counts(work, day, [slot])[slot].wrong_today == 3
        store.give_back(work, day, slot, hour=6)
        store.give_back(work, day, slot, hour=6)
        assert store.counts(work, day, [slot])[slot][1:] == (0, 0, 2)
