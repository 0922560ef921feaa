"""The verbs of the register: enter a range, take numbers, write and find waybills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from yinji.db.database import Database
from yinji.db.work import Reading, Work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, RandomBytes, Ref, Shard, mint_ref, shard_of
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.waybill import rules, store
from yinji.waybill.model import Draw, NumberRange, Waybill

BLOCK_NUMBERS: Final = 4_096
"""Numbers carved for a shard at a time, so that shards meet at a range's row only every 4,096 waybills."""


@dataclass(frozen=True, slots=True)
class Stock:
    """How many numbers an organisation has: entered, used, and left."""

    entered: int
    used: int

    @property
    def left(self) -> int:
        """Numbers still to be had."""
        return self.entered - self.used


class Register:
    """Waybill numbers and waybills of every organisation on this node."""

    def __init__(self, *, data: Database, clock: Clock, random: RandomBytes, shards: int) -> None:
        """``shards`` is how many shards a number may stand in."""
        self._data = data
        self._clock = clock
        self._random = random
        self._shards = shards

    def enter_range(self, org: Ref, text: str, *, specimen: bool, actor: Actor) -> NumberRange | Refuse:
        """Enter a range written ``PREFIX:FIRST-LAST``; refuses one that is malformed or overlaps any on the node."""
        with self._data.work() as work:
            return self.enter_range_in(work, org, text, specimen=specimen, actor=actor)

    def enter_range_in(self, work: Work, org: Ref, text: str, *, specimen: bool, actor: Actor) -> NumberRange | Refuse:
        """Enter a range in the caller's unit of work."""
        read = rules.read_range(text)
        if isinstance(read, Refuse):
            return read
        prefix, digits, first, last = read
        now = self._clock.now_ms()
        ref = mint_ref(shard=FIRST_SHARD, at_ms=now, random=self._random)
        fresh = NumberRange(ref, prefix, digits, first, last, specimen)
        if any(rules.overlap(fresh, known) for known in store.all_ranges_alone(work)):
            return Refuse(Refusal.RANGE_OVERLAPS, text)
        entry = Entry(Event.RANGE_ENTERED, actor, Purpose.TEND_NODE, now, about=(fresh.ref,), count=last - first + 1)
        store.add_range(work, org, FIRST_SHARD, fresh, entry=entry)
        return fresh

    def draw(self, work: Work, count: int, *, org: Ref, shard: Shard, specimen: bool) -> Draw:
        """Draw up to ``count`` numbers, locking where they come from; nothing is taken until `write` keeps the draw."""
        owned = {own.ref: own for own in rules.usable([own for own, _ in store.ranges(work, org)], specimen=specimen)}
        blocks = store.open_blocks(work, org=org, shard=shard, of=list(owned))
        if sum(block.last + 1 - block.next for block in blocks) >= count:
            carved_to = {ref: own.last + 1 for ref, own in owned.items()}
        else:
            carved_to = {own.ref: serial for own, serial in store.locked_ranges(work, org) if own.ref in owned}
            # Whoever held the ranges may have carved a block for this shard meanwhile and left numbers in it.
            blocks = store.open_blocks(work, org=org, shard=shard, of=list(owned))
        return rules.draw(count, ranges=owned, carved_to=carved_to, blocks=blocks, block_numbers=BLOCK_NUMBERS)

    def write(self, work: Work, waybills: Sequence[Waybill], drawn: Draw, *, org: Ref, shard: Shard, entry: Entry) -> None:
        """Write a batch of waybills and keep the draw that their numbers came from, in the caller's unit of work."""
        store.keep_draw(work, drawn, org=org, shard=shard, entry=entry)
        store.add_waybills(work, org, waybills, entry=entry)

    def forget(self, org: Ref, refs: Sequence[Ref], *, entry: Entry) -> None:
        """Let the labels of some waybills lead nowhere, once their persons were erased. Their numbers stay taken."""
        by_shard: dict[Shard, list[Ref]] = {}
        for ref in refs:
            by_shard.setdefault(shard_of(ref), []).append(ref)
        for shard, some in by_shard.items():
            with self._data.work() as work:
                store.forget(work, org=org, shard=shard, refs=some, entry=entry)

    def waybills(self, reading: Reading, *, org: Ref, shard: Shard, refs: Sequence[Ref]) -> dict[Ref, Waybill]:
        """Return waybills by reference."""
        return {bill.ref: bill for bill in store.waybills(reading, org=org, shard=shard, refs=refs)}

    def batch(self, org: Ref, batch: Ref) -> list[Waybill]:
        """Return a batch's waybills in the order of its items."""
        with self._data.reading() as reading:
            return store.waybills_of_batch(reading, org=org, shard=shard_of(batch), batch=batch)

    def every_waybill(self, reading: Reading) -> Iterator[Waybill]:
        """Walk every waybill of the node, a thousand in memory at a time."""
        return store.each_waybill(reading)

    def find(self, org: Ref, text: str) -> Waybill | Refuse:
        """Return the waybill with the number written in ``text``."""
        number = rules.read_number(text)
        if isinstance(number, Refuse):
            return number
        with self._data.reading() as reading:
            for shard in range(self._shards):
                bill = store.waybill_by_number(reading, org=org, shard=Shard(shard), number=number)
                if bill is not None:
                    return bill
        return Refuse(Refusal.NUMBER_UNKNOWN)

    def find_all(self, org: Ref, texts: Sequence[str]) -> list[Waybill | Refuse]:
        """Return the waybill of each number written, in order: one query a shard for all of them."""
        numbers = [rules.read_number(text) for text in texts]
        sought = [number for number in numbers if not isinstance(number, Refuse)]
        found: dict[str, Waybill] = {}
        with self._data.reading() as reading:
            for shard in map(Shard, range(self._shards)):
                found |= {bill.number: bill for bill in store.waybills_by_number(reading, org=org, shard=shard, numbers=sought)}
        unknown = Refuse(Refusal.NUMBER_UNKNOWN)
        return [number if isinstance(number, Refuse) else found.get(number, unknown) for number in numbers]

    def numbers(self, org: Ref, refs: Sequence[Ref]) -> dict[Ref, str]:
        """Return the numbers of some waybills by reference."""
        by_shard: dict[Shard, list[Ref]] = {}
        for ref in refs:
            by_shard.setdefault(shard_of(ref), []).append(ref)
        with self._data.reading() as reading:
            return {
                bill.ref: bill.number
                for shard, some in by_shard.items()
                for bill in store.waybills(reading, org=org, shard=shard, refs=some)
            }

    def stock(self, org: Ref) -> Stock:
        """Return what an organisation has of real numbers."""
        with self._data.reading() as reading:
            real = rules.usable([own for own, _ in store.ranges(reading, org)], specimen=False)
            entered = sum(own.last - own.first + 1 for own in real)
            return Stock(entered, store.taken_in_blocks(reading, org, of=[own.ref for own in real]))

    def specimen_only(self, org: Ref) -> bool:
        """Tell whether an organisation has no range of real numbers."""
        with self._data.reading() as reading:
            return all(each.specimen for each, _ in store.ranges(reading, org))

    def audit(self, org: Ref) -> tuple[int, int]:
        """Return numbers taken and waybills written: they are equal, or a number was lost or doubled."""
        with self._data.reading() as reading:
            every = [own.ref for own, _ in store.ranges(reading, org)]
            return store.taken_in_blocks(reading, org, of=every), store.count(reading, org)
