"""The verbs of the register: draw numbers, write and find waybills, and what becomes of their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from yinji.db.database import Database
from yinji.db.work import Reading, Work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.faults import Misuse
from yinji.kernel.ids import RandomBytes, Ref, Shard, by_shard, shard_of
from yinji.kernel.refusals import Refusal
from yinji.waybill import examining, rules, store
from yinji.waybill.life import Life
from yinji.waybill.model import OWN_FORMAT, Draw, NumberLimits, NumberRange, Waybill
from yinji.waybill.numbering import store as numbering
from yinji.waybill.numbering import supply
from yinji.waybill.numbering.odd_use import Warned, low_stock
from yinji.waybill.numbering.service import Allocation
from yinji.waybill.numbering.stock import Stock, together
from yinji.waybill.ports import ParcelFacts

_LIMITS: Final = NumberLimits()


class Register:
    """Waybill numbers and waybills of every organisation on this node.

    ``allocation`` holds the verbs for numbers before they are issued, ``life`` those for issued ones.
    """

    def __init__(
        self,
        *,
        data: Database,
        clock: Clock,
        random: RandomBytes,
        shards: int,
        limits: NumberLimits = _LIMITS,
        facts: ParcelFacts | None = None,
    ) -> None:
        """``shards`` is how many shards a number may stand in; ``facts`` tells of parcels, None where no events come in."""
        self._data = data
        self._clock = clock
        self._shards = shards
        self._limits = limits
        self._facts = facts
        self.allocation: Final = Allocation(data=data, clock=clock, random=random, limits=limits)
        self.life: Final = Life(clock, facts)

    def enter_range(
        self, org: Ref, text: str, *, specimen: bool, actor: Actor, form: str = OWN_FORMAT, brand: str = ""
    ) -> NumberRange | Refuse:
        """Enter a range (see `rules.read_range`); refuses one that is malformed or overlaps any on the node."""
        with self._data.work() as work:
            return self.allocation.enter_range_in(work, org, text, specimen=specimen, actor=actor, form=form, brand=brand)

    def enter_range_in(self, work: Work, org: Ref, text: str, *, specimen: bool, actor: Actor) -> NumberRange | Refuse:
        """Enter a range in the caller's unit of work."""
        return self.allocation.enter_range_in(work, org, text, specimen=specimen, actor=actor)

    def draw(
        self,
        work: Work,
        count: int,
        *,
        org: Ref,
        shard: Shard,
        specimen: bool,
        outlet: str = "",
        brand: str = "",
        packages: Sequence[int] = (),
    ) -> Draw:
        """Draw numbers for up to ``count`` orders, locking where they come from; nothing is taken until `write` keeps the draw.

        ``packages`` is how many each order's parcel is sent in, one number each; empty for one each. What ``outlet`` was
        allocated comes first, then the organisation's own; ``brand`` narrows the ranges.
        """
        if packages and len(packages) != count:
            raise Misuse("packages are told for every order or for none")
        wanted = packages or [1] * count
        return supply.draw(work, wanted, org=org, shard=shard, specimen=specimen, clock=self._clock, outlet=outlet, brand=brand)

    def write(self, work: Work, waybills: Sequence[Waybill], drawn: Draw, *, org: Ref, shard: Shard, entry: Entry) -> None:
        """Write a batch of waybills and keep the draw that their numbers came from, in the caller's unit of work.

        What is written must be what was drawn, number for number: otherwise it raises Misuse, and nothing stays.
        """
        written = [(bill.number, bill.subs, bill.owner, bill.shard) for bill in waybills]
        if written != [(taken.number, taken.subs, taken.owner, shard) for taken in drawn.taken]:
            raise Misuse("a batch is written with exactly the numbers drawn for it")
        supply.keep(work, drawn, org=org, entry=entry)
        store.add_waybills(work, org, waybills, entry=entry)

    def printed(self, work: Work, *, org: Ref, batches: Sequence[Ref], actor: Actor) -> int:
        """Count one more print of every waybill of some batches; return how many. Voided ones are passed over."""
        return self.life.printed(work, org=org, batches=batches, actor=actor)

    def void(self, org: Ref, text: str, *, reason: str, actor: Actor) -> Waybill | Refuse:
        """Void the number written in ``text`` for good, and those of its parcel's further packages with it.

        ``reason`` is a short code for the evidence. Refuses where the parcel was accepted or the number's life has gone on.
        """
        bill = self.find(org, text)
        if isinstance(bill, Refuse):
            return bill
        with self._data.work() as work:
            refused = self.life.void(work, bill, org=org, reason=reason, actor=actor)
        return refused or bill

    def forget(self, org: Ref, refs: Sequence[Ref], *, entry: Entry) -> None:
        """Let the labels of some waybills lead nowhere, once their persons were erased. Their numbers stay taken."""
        for shard, some in by_shard(refs).items():
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
        """Return the waybill with the number written in ``text``, or whose parcel has a further package with it."""
        number = rules.read_number(text)
        if isinstance(number, Refuse):
            return number
        with self._data.reading() as reading:
            for shard in map(Shard, range(self._shards)):
                bill = store.waybill_by_number(reading, org=org, shard=shard, number=number)
                if bill is not None:
                    return bill
            return self._by_sub(reading, org, (number,)).get(number) or self._unknown(reading, org, number)

    def find_all(self, org: Ref, texts: Sequence[str]) -> list[Waybill | Refuse]:
        """Return the waybill of each number written, in order: one query a shard for all of them, one more for what is left."""
        numbers = [rules.read_number(text) for text in texts]
        sought = [number for number in numbers if not isinstance(number, Refuse)]
        found: dict[str, Waybill] = {}
        with self._data.reading() as reading:
            for shard in map(Shard, range(self._shards)):
                found |= {bill.number: bill for bill in store.waybills_by_number(reading, org=org, shard=shard, numbers=sought)}
            if missing := [number for number in dict.fromkeys(sought) if number not in found]:
                found |= self._by_sub(reading, org, missing)
            unknown = {number: self._unknown(reading, org, number) for number in missing if number not in found}
        return [number if isinstance(number, Refuse) else found.get(number) or unknown[number] for number in numbers]

    def _by_sub(self, reading: Reading, org: Ref, numbers: Sequence[str]) -> dict[str, Waybill]:
        found: dict[str, Waybill] = {}
        for shard in map(Shard, range(self._shards)):
            parcels = store.parcels_by_sub(reading, org=org, shard=shard, numbers=numbers)
            bills = self.waybills(reading, org=org, shard=shard, refs=list(parcels.values())) if parcels else {}
            found |= {number: bills[parcel] for number, parcel in parcels.items() if parcel in bills}
        return found

    def _unknown(self, reading: Reading, org: Ref, number: str) -> Refuse:
        """Say why there is no such number: where it lies in a range of ours but for its check digit, it was misread."""
        misread = rules.misread(number, numbering.ranges(reading, org))
        return Refuse(Refusal.NUMBER_MALFORMED if misread else Refusal.NUMBER_UNKNOWN)

    def sought(self, org: Ref, number: str) -> Ref | None:
        """Return whose number this is (see `rules.read_number`), a further package's too; None for nobody's and for a voided one.

        Every shard is asked the same, whether there is such a number or not: how long it takes does not tell.
        """
        with self._data.reading() as reading:
            shards = map(Shard, range(self._shards))
            found = [store.parcel_numbered(reading, org=org, shard=shard, number=number) for shard in shards]
        return next((ref for ref in found if ref is not None), None)

    def numbers(self, org: Ref, refs: Sequence[Ref]) -> dict[Ref, str]:
        """Return the numbers of some waybills by reference."""
        with self._data.reading() as reading:
            return {
                bill.ref: bill.number
                for shard, some in by_shard(refs).items()
                for bill in store.waybills(reading, org=org, shard=shard, refs=some)
            }

    def stock(self, org: Ref) -> Stock:
        """Return what an organisation and all to whom it allocated have of real numbers, together."""
        return together(self.allocation.stocks(org))

    def low_stock(self, org: Ref) -> tuple[Warned, ...]:
        """Return who runs out of numbers: the organisation itself, and those to whom it allocated."""
        return tuple(low_stock(self.allocation.stocks(org), self._limits))

    def count_unprinted(self, org: Ref, *, since_ms: int) -> int:
        """Return how many real waybills were issued since a moment (milliseconds since 1970) whose label was never printed."""
        with self._data.reading() as reading:
            shards = map(Shard, range(self._shards))
            return sum(store.count_unprinted(reading, org=org, shard=shard, since_ms=since_ms) for shard in shards)

    def specimen_only(self, org: Ref) -> bool:
        """Tell whether an organisation has no range of real numbers."""
        return all(own.specimen for own in self.allocation.ranges(org))

    def audit(self, org: Ref) -> tuple[int, int]:
        """Return numbers taken and numbers that waybills have: they are equal, or a number was lost or doubled."""
        with self._data.reading() as reading:
            return numbering.taken_in_blocks(reading, org), store.count(reading, org)

    def examine(self, org: Ref) -> examining.Examined:
        """Compare ranges, intervals, blocks, counters and every waybill's numbers with each other."""
        return examining.examine(self._data, org)

    def warnings(self, org: Ref) -> examining.Warnings:
        """Return what there is to warn of: low stock, and odd use where parcel events are known."""
        return examining.warnings(
            self._data, org, clock=self._clock, shards=self._shards, limits=self._limits, facts=self._facts
        )
