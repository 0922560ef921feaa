"""The verbs for numbers before they are issued: enter a range, reserve, confirm, hand back, set aside.

Whatever cuts intervals does it alike: 1 lock the organisation's ranges; 2 read the intervals as they stand now; 3 decide; 4 write
what changed, with its sentence. Whoever holds the ranges waits for no block of a shard (see `gathering`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from yinji.db.database import Database
from yinji.db.trouble import Clash
from yinji.db.work import Work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, RandomBytes, Ref, mint_ref
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.waybill import rules
from yinji.waybill.model import (
    OWN_FORMAT,
    BlockMove,
    Interval,
    NumberLimits,
    NumberRange,
    NumberState,
    Reservation,
)
from yinji.waybill.numbering import store
from yinji.waybill.numbering.gathering import gathered
from yinji.waybill.numbering.intervals import Intervals, change, cut, first_of, is_free_for, moved, settled
from yinji.waybill.numbering.picture import Piece, pieces
from yinji.waybill.numbering.stock import Stock, stocks

RESERVE_MAX: Final = 100_000_000
"""Numbers that one reservation may ask for."""

Got = tuple[Ref, int, int]
"""Numbers of one range, first and last included: of such a reservation is made."""

_NOT_SET_ASIDE: Final = frozenset({NumberState.RESERVED, NumberState.QUARANTINED})
"""States that `quarantine` passes over: a reservation ends soon by itself."""


class Allocation:
    """Numbers of every organisation on this node that are not issued yet."""

    def __init__(self, *, data: Database, clock: Clock, random: RandomBytes, limits: NumberLimits) -> None:
        """``limits`` says how long reservations hold and numbers rest."""
        self._data = data
        self._clock = clock
        self._random = random
        self._limits = limits

    def enter_range_in(
        self, work: Work, org: Ref, text: str, *, specimen: bool, actor: Actor, form: str = OWN_FORMAT, brand: str = ""
    ) -> NumberRange | Refuse:
        """Enter a range in the caller's unit of work; refuses one that is malformed or overlaps any on the node."""
        read = rules.read_range(text, form)
        if isinstance(read, Refuse):
            return read
        if not rules.is_outlet(brand):
            return Refuse(Refusal.OUTLET_MALFORMED, "brand")
        now = self._clock.now_ms()
        ref = mint_ref(shard=FIRST_SHARD, at_ms=now, random=self._random)
        own = NumberRange(ref, read.prefix, read.digits, read.first, read.last, specimen, form, brand, read.suffix)
        if any(rules.overlap(own, known) for known in store.all_ranges_alone(work)):
            return Refuse(Refusal.RANGE_OVERLAPS, text)
        count = own.last - own.first + 1
        entry = Entry(Event.RANGE_ENTERED, actor, Purpose.TEND_NODE, now, about=(ref,), count=count, ground=form)
        store.add_range(work, org, own, entry=entry)
        return own

    def reserve(self, org: Ref, *, key: str, owner: str, count: int, actor: Actor) -> Reservation | Refuse:
        """Set up to ``count`` numbers aside for ``owner`` under the caller's ``key``, until they are confirmed or it expires.

        Fewer where there are no more: the answer says how many. The same key with the same wish is answered alike, however often
        and however late; with another wish it is refused.
        """
        if not (key and rules.is_outlet(key)) or not 0 < count <= RESERVE_MAX:
            return Refuse(Refusal.RESERVATION_MALFORMED)
        if not (owner and rules.is_outlet(owner)):
            return Refuse(Refusal.OUTLET_MALFORMED)
        try:
            with self._data.work() as work:
                return self._reserve(work, org, key=key, owner=owner, count=count, actor=actor)
        except Clash:  # another process made it under this key meanwhile
            with self._data.reading() as reading:
                made = store.reservation(reading, org=org, key=key)
        return self._as_made(made, owner, count) if made else Refuse(Refusal.DATABASE_BUSY, key)

    def _reserve(self, work: Work, org: Ref, *, key: str, owner: str, count: int, actor: Actor) -> Reservation | Refuse:
        ranges = rules.usable(store.locked_ranges(work, org), specimen=False)  # 1
        if (made := store.reservation(work, org=org, key=key)) is not None:
            return self._as_made(made, owner, count)
        now, usable = self._clock.now_ms(), frozenset(own.ref for own in ranges)
        before = store.intervals(work, org)  # 2
        standing = settled(before, now_ms=now)

        def free(each: Interval) -> bool:
            return each.range_ref in usable and is_free_for("")(each)

        moves: list[BlockMove] = []
        if sum(each.size for each in standing if free(each)) < count:
            standing, moves = gathered(work, org, standing, of=list(usable), owner="")
        got, rest = first_of(standing, count, free)  # 3
        if not got:
            return Refuse(Refusal.NUMBERS_EXHAUSTED)
        ref, until = mint_ref(shard=FIRST_SHARD, at_ms=now, random=self._random), now + self._limits.reserve_ms
        after = (*rest, *moved(got, NumberState.RESERVED, owner=owner, until_ms=until, holder=ref))
        pieces = tuple((each.range_ref, each.first, each.last) for each in got)
        fresh = Reservation(ref, key, owner, count, now, until, 0, pieces)
        entry = self._entry(Event.NUMBERS_RESERVED, actor, about=ref, count=fresh.count, ground=f"{owner}/{key}", at_ms=now)
        store.add_reservation(work, fresh, org=org, entry=entry)  # 4
        store.keep_blocks(work, moves, (), org=org, entry=entry)
        store.keep_change(work, change(before, after), org=org, entry=entry)
        return fresh

    def _as_made(self, made: Reservation, owner: str, count: int) -> Reservation | Refuse:
        same = (made.owner, made.wanted) == (owner, count)
        return made if same else Refuse(Refusal.RESERVATION_CHANGED, made.key)

    def confirm(self, org: Ref, *, key: str, actor: Actor) -> Reservation | Refuse:
        """Give the numbers reserved under ``key`` to their owner; confirmed twice it is answered alike. Refuses an expired one."""
        with self._data.work() as work:
            store.locked_ranges(work, org)  # 1
            made = store.reservation(work, org=org, key=key) if rules.is_outlet(key) else None
            if made is None:
                return Refuse(Refusal.RESERVATION_UNKNOWN, key)
            now = self._clock.now_ms()
            if made.confirmed_ms:
                return made
            if made.until_ms <= now:
                return Refuse(Refusal.RESERVATION_EXPIRED, key)
            before = store.intervals(work, org)  # 2
            mine = [each for each in before if each.state is NumberState.RESERVED and each.holder == made.ref]
            others = frozenset(before) - frozenset(mine)
            after = (*others, *moved(mine, NumberState.ALLOCATED, owner=made.owner))  # 3
            entry = self._entry(
                Event.NUMBERS_ALLOCATED, actor, about=made.ref, count=made.count, ground=f"{made.owner}/{key}", at_ms=now
            )
            store.confirm(work, org=org, key=key, at_ms=now, entry=entry)  # 4
            store.keep_change(work, change(before, after), org=org, entry=entry)
            again = store.reservation(work, org=org, key=key)
        return again or Refuse(Refusal.RESERVATION_UNKNOWN, key)

    def reservation(self, org: Ref, key: str) -> Reservation | Refuse:
        """Return what was reserved under a key."""
        if not rules.is_outlet(key):  # a text that no database need take
            return Refuse(Refusal.RESERVATION_UNKNOWN, key)
        with self._data.reading() as reading:
            return store.reservation(reading, org=org, key=key) or Refuse(Refusal.RESERVATION_UNKNOWN, key)

    def hand_back(self, org: Ref, *, owner: str, actor: Actor, got: Sequence[Got] | None = None) -> int | Refuse:
        """Take back every number that ``owner`` was allocated and has not used; return how many. They rest before they are given again.

        ``got`` narrows it to the numbers of one reservation. Numbers of a shard that is issuing from them at this very moment are passed over; asked again, they are handed back too.
        """
        if not (owner and rules.is_outlet(owner)):
            return Refuse(Refusal.OUTLET_MALFORMED)
        with self._data.work() as work:
            ranges = store.locked_ranges(work, org)  # 1
            now = self._clock.now_ms()
            before = store.intervals(work, org)  # 2
            standing, moves = gathered(work, org, before, of=[own.ref for own in ranges], owner=owner)
            within, others = (standing, ()) if got is None else _within(standing, got)
            mine = [each for each in within if is_free_for(owner)(each)]
            rest = [each for each in within if not is_free_for(owner)(each)]
            count = sum(each.size for each in mine)
            if not count:
                return 0
            back = moved(mine, NumberState.HANDED_BACK, until_ms=now + self._limits.rest_ms)  # 3
            entry = self._entry(Event.NUMBERS_HANDED_BACK, actor, count=count, ground=owner, at_ms=now)
            store.keep_blocks(work, moves, (), org=org, entry=entry)  # 4
            store.keep_change(work, change(before, (*others, *rest, *back)), org=org, entry=entry)
        return count

    def quarantine(self, org: Ref, text: str, *, reason: str, actor: Actor, form: str = OWN_FORMAT) -> int | Refuse:
        """Set the unused numbers within ``text`` (a range as it is entered) aside, whoever has them; return how many.

        For numbers that were seen outside, or that somebody may have copied. They rest as handed back ones do.
        """
        read = rules.read_range(text, form)
        if isinstance(read, Refuse):
            return read
        if not rules.is_reason(reason):
            return Refuse(Refusal.GROUND_MALFORMED)
        with self._data.work() as work:
            ranges = store.locked_ranges(work, org)  # 1
            now = self._clock.now_ms()
            before = store.intervals(work, org)  # 2
            standing: Intervals = tuple(before)
            moves: list[BlockMove] = []
            for owner in sorted({"", *(block.owner for block in store.blocks(work, org))}):
                standing, more = gathered(work, org, standing, of=[own.ref for own in ranges], owner=owner)
                moves += more
            aside: list[Interval] = []
            for own in ranges:
                if (own.prefix, own.digits, own.suffix, own.format) == (read.prefix, read.digits, read.suffix, form):
                    inside, standing = cut(standing, (own.ref, read.first, read.last))
                    aside += inside
            chosen = [each for each in aside if each.state not in _NOT_SET_ASIDE]
            untouched = [each for each in aside if each.state in _NOT_SET_ASIDE]
            count = sum(each.size for each in chosen)
            if not count:
                return Refuse(Refusal.NUMBER_UNKNOWN, text)
            resting = moved(chosen, NumberState.QUARANTINED, until_ms=now + self._limits.rest_ms)  # 3
            entry = self._entry(Event.NUMBERS_QUARANTINED, actor, count=count, ground=reason, at_ms=now)
            store.keep_blocks(work, moves, (), org=org, entry=entry)  # 4
            store.keep_change(work, change(before, (*standing, *untouched, *resting)), org=org, entry=entry)
        return count

    def stocks(self, org: Ref) -> tuple[Stock, ...]:
        """Return what the organisation itself and everybody whom it gave numbers has of real numbers, as of now."""
        with self._data.reading() as reading:
            ranges = rules.usable(store.ranges(reading, org), specimen=False)
            standing = settled(store.intervals(reading, org), now_ms=self._clock.now_ms())
            return stocks(ranges, standing, store.held(reading, org), store.counts(reading, org))

    def pictured(self, org: Ref) -> list[tuple[NumberRange, tuple[Piece, ...]]]:
        """Return every range of an organisation, with what its numbers are, in their order."""
        with self._data.reading() as reading:
            standing = settled(store.intervals(reading, org), now_ms=self._clock.now_ms())
            blocks = store.blocks(reading, org)
            return [(own, pieces(own, standing, blocks)) for own in store.ranges(reading, org)]

    def ranges(self, org: Ref) -> list[NumberRange]:
        """Return an organisation's ranges in the order they were entered."""
        with self._data.reading() as reading:
            return store.ranges(reading, org)

    def _entry(self, event: Event, actor: Actor, *, count: int, ground: str, at_ms: int, about: Ref | None = None) -> Entry:
        of = (about,) if about else ()
        return Entry(event, actor, Purpose.TEND_NODE, at_ms, about=of, count=count, ground=ground)


def _within(standing: Intervals, got: Sequence[Got]) -> tuple[Intervals, Intervals]:
    """Return what of the intervals lies within the pieces of a reservation, and what lies outside."""
    inside: Intervals = ()
    for piece in got:
        found, standing = cut(standing, piece)
        inside += found
    return inside, standing
