"""Numbers are drawn whole, once each, and from their owner's stock alone."""

from __future__ import annotations

import copy
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.kernel.ids import Ref
from yinji.waybill.model import Block, Draw, Interval, NumberRange, NumberState
from yinji.waybill.numbering.drawing import available, draw, fitting
from yinji.waybill.numbering.intervals import fresh, merged
from yinji.waybill.rules import read_number, serial_in

OUTLETS = ("", "PD", "HQ")
REF = Ref(bytes([1]) * 16)
OWN = NumberRange(REF, "YJ", 8, 0, 199, specimen=False)


class Stock(NamedTuple):
    """A range cut into intervals and blocks of several owners."""

    intervals: tuple[Interval, ...]
    blocks: tuple[Block, ...]


@st.composite
def stocks(choose: st.DrawFn) -> Stock:
    intervals: list[Interval] = []
    blocks: list[Block] = []
    at = 0
    while at <= OWN.last:
        last = min(OWN.last, at + choose(st.integers(0, 60)))
        owner = choose(st.sampled_from(OUTLETS))
        match choose(st.sampled_from(["free", "block", "resting"])):
            case "block":
                blocks.append(Block(REF, at, last, choose(st.integers(at, last + 1)), owner))
            case "free" if not owner:
                intervals.append(fresh(REF, at, last))
            case "free":
                intervals.append(Interval(REF, at, last, NumberState.ALLOCATED, owner))
            case _:
                intervals.append(Interval(REF, at, last, NumberState.QUARANTINED, "", 1))
        at = last + 1
    return Stock(merged(intervals), tuple(blocks))


def drawn_of(stock: Stock, packages: list[int], owners: list[str], block_numbers: int = 16) -> Draw:
    return draw(
        packages, ranges={REF: OWN}, intervals=stock.intervals, blocks=stock.blocks, owners=owners, block_numbers=block_numbers
    )


def serials(drawn: Draw) -> list[int]:
    found = [serial_in(OWN, number) for taken in drawn.taken for number in (taken.number, *taken.subs)]
    return [serial for serial in found if serial is not None]


def after(stock: Stock, drawn: Draw) -> Stock:
    """The stock once the draw is written."""
    blocks = {block.first: block for block in stock.blocks}
    for was, will in drawn.moved:
        assert blocks[was.first] == was
        assert will is not None
        blocks[was.first] = will
    intervals = set(stock.intervals)
    assert intervals.issuperset(drawn.change.gone)
    return Stock(merged(intervals - set(drawn.change.gone) | set(drawn.change.come)), (*blocks.values(), *drawn.carved))


def left(stock: Stock, owner: str) -> set[int]:
    state = NumberState.ALLOCATED if owner else NumberState.GENERATED
    inside = {n for each in stock.blocks if each.owner == owner for n in range(each.next, each.last + 1)}
    return inside | {n for i in stock.intervals if (i.state, i.owner) == (state, owner) for n in range(i.first, i.last + 1)}


@settings(max_examples=60)
@given(stock=stocks(), packages=st.lists(st.integers(1, 4), max_size=60), owners=st.sampled_from([[""], ["PD", ""]]))
def test_a_draw_is_whole_single_and_of_its_owners(stock: Stock, packages: list[int], owners: list[str]) -> None:
    before = copy.deepcopy(stock)
    drawn = drawn_of(stock, packages, owners)
    assert stock == before, "a draw changes nothing by itself"
    taken = serials(drawn)
    mine = [left(stock, owner) for owner in owners]
    assert len(taken) == len(set(taken))
    assert set(taken) <= set().union(*mine)
    assert [1 + len(each.subs) for each in drawn.taken] == packages[: len(drawn.taken)], "an order gets all its numbers or none"
    if len(drawn.taken) < len(packages):
        assert len(taken) + packages[len(drawn.taken)] > sum(map(len, mine)), "fewer only where they run dry"
    if len(owners) > 1:
        assert set(taken) >= mine[0] or not set(taken) & mine[1], "what an outlet was allocated comes first"
    assert all(read_number(each.number) == each.number for each in drawn.taken)


@settings(max_examples=60)
@given(stock=stocks(), packages=st.lists(st.integers(1, 3), max_size=40), block_numbers=st.integers(1, 50))
def test_after_a_draw_the_range_is_tiled_as_before(stock: Stock, packages: list[int], block_numbers: int) -> None:
    drawn = drawn_of(stock, packages, ["PD", ""], block_numbers)
    result = after(stock, drawn)
    spans = sorted((each.first, each.last) for each in (*result.intervals, *result.blocks))
    assert [n for first, last in spans for n in range(first, last + 1)] == list(range(OWN.last + 1))
    for owner in OUTLETS:
        gone = left(stock, owner) - left(result, owner)
        assert gone == {n for n in serials(drawn) if n in left(stock, owner)}


@given(stock=stocks(), counts=st.lists(st.integers(0, 40), max_size=6), block_numbers=st.integers(1, 30))
def test_draw_after_draw_takes_each_number_once(stock: Stock, counts: list[int], block_numbers: int) -> None:
    whole = available(stock.intervals, stock.blocks, [""])
    taken: list[int] = []
    for count in counts:
        drawn = drawn_of(stock, [1] * count, [""], block_numbers)
        taken += serials(drawn)
        stock = after(stock, drawn)
    assert len(taken) == len(set(taken)) == min(whole, sum(counts))


@given(packages=st.lists(st.integers(1, 5), max_size=9), there=st.integers(0, 30))
def test_orders_fit_from_the_first_on(packages: list[int], there: int) -> None:
    count = fitting(packages, there)
    assert sum(packages[:count]) <= there
    assert count == len(packages) or sum(packages[: count + 1]) > there


def test_a_carved_block_never_reaches_past_its_interval() -> None:
    drawn = drawn_of(Stock((fresh(REF, 5, 9),), ()), [1, 1, 1], [""], 4_096)
    assert drawn.carved == (Block(REF, 5, 9, 8),)
    assert drawn.change == ((fresh(REF, 5, 9),), ())


def test_nothing_is_carved_while_blocks_suffice() -> None:
    stock = Stock((fresh(REF, 10, 99),), (Block(REF, 0, 9, 7),))
    drawn = drawn_of(stock, [1, 1, 1], [""])
    assert (drawn.carved, drawn.change) == ((), ((), ()))
    assert drawn.moved == ((Block(REF, 0, 9, 7), Block(REF, 0, 9, 10)),)


def test_a_number_says_whether_it_is_a_specimen_and_whose_it_was() -> None:
    own = NumberRange(REF, "YJ", 8, 0, 9, specimen=True)
    stock = Interval(REF, 0, 9, NumberState.ALLOCATED, "PD")
    drawn = draw([2], ranges={REF: own}, intervals=[stock], blocks=[], owners=["PD", ""], block_numbers=10)
    (taken,) = drawn.taken
    assert (taken.specimen, taken.owner, len(taken.subs)) == (True, "PD", 1)
