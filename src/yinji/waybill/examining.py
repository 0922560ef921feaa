"""Looking at numbers as a whole: do ranges, rows and counters agree, and is any used oddly?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final, NamedTuple

from yinji.db.database import Database
from yinji.db.work import Reading
from yinji.kernel.clock import Clock
from yinji.kernel.ids import Ref, Shard
from yinji.waybill import rules, store
from yinji.waybill.model import NumberLimits, NumberState
from yinji.waybill.numbering import store as numbering
from yinji.waybill.numbering.intervals import settled
from yinji.waybill.numbering.odd_use import Oddity, Warned, low_stock, used_outside
from yinji.waybill.numbering.stock import stocks
from yinji.waybill.numbering.tiling import Discord, Finding, Places, untiled
from yinji.waybill.ports import ParcelFacts

_AT_ONCE: Final = 1_000

UNACCEPTED_MAX: Final = 1_000
"""Waybills that wait for acceptance named in one answer: beyond it something larger is wrong than a few parcels."""


class Examined(NamedTuple):
    """What an examination of all numbers showed: how many were entered, taken and used, and what does not agree."""

    entered: int
    taken: int
    used: int
    findings: tuple[Finding, ...]


class Warnings(NamedTuple):
    """Warnings, and whether parcel events were there to be asked: without them odd use cannot be told.

    ``cut_short`` where more waybills wait for acceptance than are named.
    """

    warned: tuple[Warned, ...]
    events_known: bool
    cut_short: bool = False


def examine(data: Database, org: Ref) -> Examined:
    """Compare ranges, intervals, blocks, counters and every waybill's numbers, from one snapshot.

    Some ten seconds for a million waybills; one byte of memory for each number taken.
    """
    with data.reading() as reading:
        ranges, blocks = numbering.ranges(reading, org), numbering.blocks(reading, org)
        found = untiled(ranges, numbering.intervals(reading, org), blocks)
        places = Places(ranges, blocks)
        used, counted = _tell(reading, org, places)
        found += places.found()
        found += _miscounted(numbering.counts(reading, org), counted)
    entered = sum(own.last - own.first + 1 for own in ranges)
    return Examined(entered, sum(block.next - block.first for block in blocks), used, tuple(found))


def _tell(reading: Reading, org: Ref, places: Places) -> tuple[int, dict[str, tuple[int, int]]]:
    used = 0
    printed: Counter[str] = Counter()
    voided: Counter[str] = Counter()
    for number, shard, owner, state, prints, specimen in store.each_number(reading, org):
        places.tell(number, shard, owner)
        used += 1
        if not specimen and prints:
            printed[owner] += 1
        if not specimen and state is NumberState.VOIDED:
            voided[owner] += 1
    for number, shard in store.each_sub(reading, org):
        places.tell(number, shard, None)
        used += 1
    return used, {owner: (printed[owner], voided[owner]) for owner in printed | voided}


def _miscounted(kept: dict[str, tuple[int, int]], counted: dict[str, tuple[int, int]]) -> Iterator[Finding]:
    for owner in sorted(kept.keys() | counted.keys()):
        if kept.get(owner, (0, 0)) != counted.get(owner, (0, 0)):
            yield Finding(Discord.MISCOUNTED, owner)


def warnings(
    data: Database, org: Ref, *, clock: Clock, shards: int, limits: NumberLimits, facts: ParcelFacts | None
) -> Warnings:
    """Return what there is to warn of; numbers used oddly only where parcel events are known."""
    now_ms = clock.now_ms()
    with data.reading() as reading:
        ranges = rules.usable(numbering.ranges(reading, org), specimen=False)
        standing = settled(numbering.intervals(reading, org), now_ms=now_ms)
        have = stocks(ranges, standing, numbering.held(reading, org), numbering.counts(reading, org))
        warned = low_stock(have, limits)
        if facts is None or not facts.known(org):
            return Warnings(tuple(warned), events_known=False)
        since_ms = max(0, now_ms - limits.unaccepted_ms)
        waiting = chain.from_iterable(
            _unaccepted(reading, org, shard, before_ms=since_ms, facts=facts) for shard in map(Shard, range(shards))
        )
        warned += islice(waiting, UNACCEPTED_MAX)
        cut_short = next(waiting, None) is not None
        named = list(facts.named(org, since_ms=since_ms))
        places = Places(ranges, numbering.blocks(reading, org))
        warned += used_outside(named, ranges, places, _voided(reading, org, shards, named))
    return Warnings(tuple(warned), events_known=True, cut_short=cut_short)


def _unaccepted(reading: Reading, org: Ref, shard: Shard, *, before_ms: int, facts: ParcelFacts) -> Iterator[Warned]:
    after: Ref | None = None
    while bills := store.waiting(reading, org=org, shard=shard, before_ms=before_ms, after=after, at_once=_AT_ONCE):
        accepted = facts.accepted(org, [bill.ref for bill in bills])
        yield from (Warned(Oddity.UNACCEPTED, bill.number, 1) for bill in bills if bill.ref not in accepted)
        after = bills[-1].ref


def _voided(reading: Reading, org: Ref, shards: int, numbers: list[str]) -> frozenset[str]:
    return frozenset(
        bill.number
        for shard in map(Shard, range(shards))
        for bill in store.waybills_by_number(reading, org=org, shard=shard, numbers=numbers)
        if bill.state is NumberState.VOIDED
    )
