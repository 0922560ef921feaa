"""The verbs of public queries: begin a try, end it, tell what an hour came to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from yinji.access.queries import rules, store
from yinji.access.queries.model import Closed, Counted, Counts, Reached, Slot, Try
from yinji.db.database import Database
from yinji.db.work import Work, forbid_open_work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock, moment
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import RandomBytes, Ref
from yinji.kernel.purpose import Purpose

_NOTHING: Final = Counts(0)


class Queries:
    """Counts the public's tries on this node, in the data database: every process sees the same."""

    def __init__(self, *, data: Database, clock: Clock, random: RandomBytes) -> None:
        """Ask nothing yet."""
        self._data = data
        self._clock = clock
        self._random = random

    def begin(self, values: Mapping[Counted, str]) -> Try | Closed:
        """Count one try against each of ``values`` (a waybill number, a visitor's network: see `rules.network_of`), or none is taken.

        1 look, and change nothing where it is closed; 2 count the try as a wrong one, which a crash leaves counted. The proof is
        compared afterwards: then `end` says what came of it.
        """
        forbid_open_work("queries.begin")
        now = self._clock.now_ms()
        day, hour = rules.day_of(now), rules.hour_of(now)
        with self._data.reading() as reading:  # 1
            salt = store.salt(reading, day)
            slots = _slots(salt or bytes(rules.SALT_BYTES), values)
            seen = _present(store.counts(reading, day, slots), slots, hour)
        if salt is not None and (shut := rules.closed(seen, day=day)):
            return shut
        with self._data.work() as work:  # 2
            slots = _slots(salt or self._begin_day(work, day), values)
            counted = _present(store.counts_alone(work, day, slots, hour=hour), slots, hour)
            if shut := rules.closed(counted, day=day):
                return shut
            counted = {slot: rules.one_more(each) for slot, each in counted.items()}
            for slot, each in counted.items():
                store.keep(work, day, slot, each)
        return Try(day, hour, counted)

    def end(self, begun: Try, *, right: bool, about: Ref | None, actor: Actor) -> None:
        """Say what came of a try: give it back and say who was asked about where the proof was ``right``, count it otherwise.

        ``about`` is the parcel, None where there is none. A bound that this try reached is said; beyond
        `rules.CLOSINGS_TOLD_MAX` an hour, by the hour's sum alone.
        """
        ends = list(rules.reached(begun.counts, right=right))
        with self._data.work() as work:
            if right:
                for slot, each in sorted(begun.counts.items()):
                    store.give_back(work, begun.day, slot, hour=each.hour)
                work.append(self._entry(Event.PARCEL_TRACKED, actor, Purpose.ANSWER_PERSON, about=about))
            if ends or not right:
                closed = store.add_to_hour(work, begun.hour, wrong=int(not right), closed=len(ends))
                self._tell(work, ends, actor, about=about, closed=closed)

    def tend(self, *, actor: Actor) -> int:
        """Tell each hour that is over in one sentence, forget every other day; return how many hours were told.

        The worker does it now and then. ``actor`` is the public: its tries are what is told.
        """
        now = self._clock.now_ms()
        with self._data.work() as work:
            hours = store.take_hours(work, before=rules.hour_of(now))
            store.forget_days(work, day=rules.day_of(now))
            for each in hours:
                ground = f"{moment(each.hour * rules.HOUR_MS):%Y-%m-%dT%H}/closed:{each.closed}"
                work.append(Entry(Event.QUERIES_WRONG, actor, Purpose.TEND_NODE, now, count=each.wrong, ground=ground))
        return len(hours)

    def _begin_day(self, work: Work, day: int) -> bytes:
        """Return the day's salt, made where nobody has; with the first try of a day the former ones are forgotten."""
        fresh = self._random(rules.SALT_BYTES)
        store.begin_day(work, day, fresh)
        store.forget_days(work, day=day)
        return store.salt(work, day) or fresh

    def _tell(self, work: Work, ends: Sequence[Reached], actor: Actor, *, about: Ref | None, closed: int) -> None:
        for each in ends[: max(0, rules.CLOSINGS_TOLD_MAX - (closed - len(ends)))]:
            ground = f"{each.by.name.lower()}:{each.window}"
            work.append(
                self._entry(Event.QUERIES_CLOSED, actor, Purpose.TEND_NODE, about=about, count=each.wrong, ground=ground)
            )

    def _entry(
        self, event: Event, actor: Actor, purpose: Purpose, *, about: Ref | None, count: int = 1, ground: str = ""
    ) -> Entry:
        refs = (about,) if about else ()
        return Entry(event, actor, purpose, self._clock.now_ms(), about=refs, count=count, ground=ground)


def _slots(salt: bytes, values: Mapping[Counted, str]) -> list[Slot]:
    return [rules.slot_of(salt, by, value) for by, value in values.items()]


def _present(found: Mapping[Slot, Counts], slots: Collection[Slot], hour: int) -> dict[Slot, Counts]:
    return {slot: rules.present(found.get(slot, _NOTHING), hour=hour) for slot in slots}
