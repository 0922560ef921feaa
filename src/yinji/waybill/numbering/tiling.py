"""Reconciling numbers: are ranges tiled by intervals and blocks, and does every row stand where a number was taken? Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from itertools import chain
from typing import Final, NamedTuple

from yinji.kernel.ids import Ref, Shard, show_ref
from yinji.kernel.said import Said
from yinji.waybill.model import Block, Interval, NumberRange
from yinji.waybill.rules import printed, printer


class Discord(Enum):
    """What can be wrong between ranges, intervals, blocks and rows."""

    GAP = Said("号段有一段既不在区间也不在取号块里", "numbers of a range stand in no interval and no block")
    DOUBLE = Said("同一段号码在两处", "numbers stand in two places")
    BEYOND = Said("区间或取号块超出号段", "an interval or a block reaches beyond its range")
    MISSHAPEN = Said("取号块的下一个号码在块外", "a block's next number lies outside it")
    FOREIGN = Said("单号不在任何号段里", "a number lies in no range")
    AHEAD = Said("单号没有取过，却有运单", "a waybill has a number that was never taken")
    STRAY = Said("单号取自另一分片或另一归属", "a number was taken by another shard or for another owner")
    TWICE = Said("同一单号用了两次", "a number is used twice")
    LOST = Said("取走的号码没有运单", "numbers were taken and have no waybill")
    MISCOUNTED = Said("打印或作废的计数与运单不符", "the counters of prints or voids are not what the rows say")


class Finding(NamedTuple):
    """One thing that does not agree: what, where, and how many numbers it is about."""

    discord: Discord
    at: str
    numbers: int = 1


class _Span(NamedTuple):
    first: int
    last: int


def untiled(ranges: Iterable[NumberRange], intervals: Iterable[Interval], blocks: Iterable[Block]) -> list[Finding]:
    """Return where a range is not exactly tiled by its intervals and blocks."""
    spans: defaultdict[Ref, list[_Span]] = defaultdict(list)
    found: list[Finding] = []
    for block in blocks:
        spans[block.range_ref].append(_Span(block.first, block.last))
        if not block.first <= block.next <= block.last + 1:
            found.append(Finding(Discord.MISSHAPEN, f"{block.first}..{block.last}: {block.next}"))
    for each in intervals:
        spans[each.range_ref].append(_Span(each.first, each.last))
    for own in ranges:
        found += _untiled(own, sorted(spans.pop(own.ref, [])))
    found += [Finding(Discord.BEYOND, show_ref(ref), len(strays)) for ref, strays in spans.items()]
    return found


def _untiled(own: NumberRange, spans: Sequence[_Span]) -> list[Finding]:
    found: list[Finding] = []
    following = own.first
    for span in (*spans, _Span(own.last + 1, own.last + 1)):
        if span.first > following:
            found.append(Finding(Discord.GAP, _named(own, following), span.first - following))
        elif span.first < following and span.last >= own.first:
            found.append(Finding(Discord.DOUBLE, _named(own, span.first), min(following, span.last + 1) - span.first))
        following = max(following, span.last + 1)
    if spans and (spans[0].first < own.first or spans[-1].last > own.last):
        found.append(Finding(Discord.BEYOND, _named(own, own.first)))
    return found


def _named(own: NumberRange, serial: int) -> str:
    return f"{own.prefix}{serial:0{own.digits}d}"


class Places:
    """Where every number was taken: rows are told one after the other, and what was wrong with them is asked at the end."""

    def __init__(self, ranges: Sequence[NumberRange], blocks: Iterable[Block]) -> None:
        """Sort blocks once; a taken number is one byte in memory."""
        self._ranges = ranges
        self._readers = [_Reader(own, len(printed(own, own.first)), printer(own)) for own in ranges]
        by_range: defaultdict[Ref, list[Block]] = defaultdict(list)
        for block in blocks:
            by_range[block.range_ref].append(block)
        self._blocks = {ref: sorted(some, key=lambda block: block.first) for ref, some in by_range.items()}
        self._firsts = {ref: [block.first for block in some] for ref, some in self._blocks.items()}
        self._seen = {
            (ref, block.first): bytearray(max(0, block.next - block.first))
            for ref, some in self._blocks.items()
            for block in some
        }
        self._found: defaultdict[Discord, list[Finding]] = defaultdict(list)

    def tell(self, number: str, shard: Shard, owner: str | None) -> None:
        """Take a row's number in; ``owner`` is None where the row does not say whose it was."""
        own, serial = self._serial(number)
        if own is None:
            self._note(Discord.FOREIGN, number)
            return
        block = self.block_of(own, serial)
        if block is None or serial >= block.next:
            self._note(Discord.AHEAD, number)
            return
        if block.shard != shard or (owner is not None and block.owner != owner):
            self._note(Discord.STRAY, number)
        seen = self._seen[own.ref, block.first]
        if seen[serial - block.first]:
            self._note(Discord.TWICE, number)
        seen[serial - block.first] = 1

    def found(self) -> list[Finding]:
        """Return what was wrong with the rows told, and the numbers that were taken and not told."""
        names = {own.ref: own for own in self._ranges}
        lost = [
            Finding(Discord.LOST, _named(names[ref], first + seen.index(0)), seen.count(0))
            for (ref, first), seen in self._seen.items()
            if ref in names and 0 in seen
        ]
        return [*chain.from_iterable(self._found.values()), *lost]

    def _note(self, discord: Discord, number: str) -> None:
        """Name a number that is wrong; where very many are, the last one named counts the rest."""
        some = self._found[discord]
        if len(some) < NAMED_MAX:
            some.append(Finding(discord, number))
        else:
            some[-1] = some[-1]._replace(numbers=some[-1].numbers + 1)

    def block_of(self, own: NumberRange, serial: int) -> Block | None:
        """Return the block that a serial lies in; None where no shard has it yet."""
        at = bisect_right(self._firsts.get(own.ref, []), serial) - 1
        block = self._blocks[own.ref][at] if at >= 0 else None
        return block if block is not None and serial <= block.last else None

    def front(self, own: NumberRange) -> int:
        """Return the first serial of a range behind everything that shards have."""
        some = self._blocks.get(own.ref)
        return some[-1].last + 1 if some else own.first

    def _serial(self, number: str) -> tuple[NumberRange | None, int]:
        for at, reader in enumerate(self._readers):
            serial = reader.serial(number)
            if serial is not None:
                if at:  # the next number is most likely of the same range
                    self._readers.insert(0, self._readers.pop(at))
                return reader.own, serial
        return None, NOWHERE


class _Reader(NamedTuple):
    """Reads numbers of one range, check digit included."""

    own: NumberRange
    length: int
    print_: Callable[[int], str]

    def serial(self, number: str) -> int | None:
        own = self.own
        text = number[len(own.prefix) :][: own.digits]
        if len(number) != self.length or not text.isdecimal():
            return None
        serial = int(text)
        return serial if own.first <= serial <= own.last and self.print_(serial) == number else None


NAMED_MAX: Final = 1_000
"""Numbers of one fault that are named, each with its place; beyond that they are counted."""

NOWHERE: Final = -1
"""The serial of a number that is of no range."""
