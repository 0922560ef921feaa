"""Whatever is done to intervals, they hold the same numbers afterwards: none lost, none doubled, one owner each."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.kernel.faults import Misuse
from yinji.kernel.ids import Ref
from yinji.waybill.model import MOVES, Block, Interval, NumberState
from yinji.waybill.numbering.intervals import (
    change,
    cut,
    first_of,
    fresh,
    is_free_for,
    merged,
    moved,
    settled,
    tail,
    without_tail,
)

REFS = [Ref(bytes([n]) * 16) for n in (1, 2)]
BEFORE_USE = [
    NumberState.GENERATED,
    NumberState.RESERVED,
    NumberState.ALLOCATED,
    NumberState.HANDED_BACK,
    NumberState.QUARANTINED,
]

KINDS = st.tuples(st.sampled_from(BEFORE_USE), st.sampled_from(["", "PD"]), st.integers(0, 4), st.sampled_from([b"", b"r"]))


@st.composite
def intervals(choose: st.DrawFn) -> tuple[Interval, ...]:
    found: list[Interval] = []
    for ref in REFS:
        at = choose(st.integers(0, 5))
        for _ in range(choose(st.integers(0, 6))):
            last = at + choose(st.integers(0, 8))
            found.append(Interval(ref, at, last, *choose(KINDS)))
            at = last + 1 + choose(st.integers(0, 2))
    return tuple(found)


def numbers(some: object) -> dict[tuple[Ref, int], tuple[object, ...]]:
    """Every number with its state, owner, end and holder; a number that stands twice is an error."""
    found: dict[tuple[Ref, int], tuple[object, ...]] = {}
    for each in some:  # type: ignore[attr-defined]  # any iterable of intervals
        for serial in range(each.first, each.last + 1):
            assert (each.range_ref, serial) not in found, "a number stands in two intervals"
            found[each.range_ref, serial] = each[3:]
    return found


@given(intervals())
def test_joining_changes_no_number_and_leaves_no_two_alike_beside_each_other(some: tuple[Interval, ...]) -> None:
    joined = merged(some)
    assert numbers(joined) == numbers(some)
    assert not [
        (one, two)
        for one, two in pairwise(joined)
        if one.range_ref == two.range_ref and one.last + 1 == two.first and one[3:] == two[3:]
    ]
    assert merged(joined) == joined


def test_a_number_in_two_intervals_is_misuse() -> None:
    with pytest.raises(Misuse, match="7"):
        merged([fresh(REFS[0], 0, 7), fresh(REFS[0], 7, 9)])


@given(intervals(), st.integers(0, 5))
def test_what_expired_or_rested_is_anybodys_and_nothing_else_moved(some: tuple[Interval, ...], now_ms: int) -> None:
    before, now = numbers(some), numbers(settled(some, now_ms=now_ms))
    assert before.keys() == now.keys()
    for number, told in before.items():
        state, _, until_ms, _ = told
        ends = state in {NumberState.RESERVED, NumberState.HANDED_BACK, NumberState.QUARANTINED}
        assert now[number] == ((NumberState.GENERATED, "", 0, b"") if ends and until_ms <= now_ms else told)  # type: ignore[operator]  # an int, by the strategy


@given(intervals(), st.integers(0, 30), st.integers(0, 30))
def test_cutting_parts_numbers_and_loses_none(some: tuple[Interval, ...], one: int, other: int) -> None:
    first, last = sorted((one, other))
    inside, outside = cut(some, (REFS[0], first, last))
    assert numbers([*inside, *outside]) == numbers(some)
    within = {number for number in numbers(some) if number[0] == REFS[0] and first <= number[1] <= last}
    assert numbers(inside).keys() == within


@given(intervals(), st.integers(0, 40), st.sampled_from(["", "PD"]))
def test_the_first_numbers_wanted_are_taken_in_order(some: tuple[Interval, ...], count: int, owner: str) -> None:
    got, rest = first_of(some, count, is_free_for(owner))
    assert numbers([*got, *rest]) == numbers(some)
    free = [number for each in some if is_free_for(owner)(each) for number in numbers([each])]
    assert list(numbers(got)) == free[:count]


@settings(max_examples=40)
@given(intervals(), intervals())
def test_a_change_leads_from_one_to_the_other(before: tuple[Interval, ...], after: tuple[Interval, ...]) -> None:
    told = change(before, after)
    assert frozenset(before) - frozenset(told.gone) | frozenset(told.come) == frozenset(merged(after))
    assert not frozenset(told.gone) & frozenset(told.come)


@pytest.mark.parametrize("state", BEFORE_USE)
@pytest.mark.parametrize("to", NumberState)
def test_numbers_move_as_the_table_says(state: NumberState, to: NumberState) -> None:
    piece = Interval(REFS[0], 0, 9, state, "PD")
    if to in MOVES[state]:
        (there,) = moved([piece], to, owner="HQ", until_ms=5, holder=b"h")
        assert there == Interval(REFS[0], 0, 9, to, "HQ", 5, b"h")
    else:
        with pytest.raises(Misuse, match=state.name):
            moved([piece], to)


def test_a_voided_number_and_an_archived_one_stay_what_they_are() -> None:
    assert MOVES[NumberState.VOIDED] == MOVES[NumberState.ARCHIVED] == frozenset()


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 10), st.sampled_from(["", "PD"]))
def test_a_block_and_its_tail_hold_what_the_block_held(first: int, size: int, used: int, owner: str) -> None:
    block = Block(REFS[0], first, first + size, first + min(used, size + 1), owner)
    rest = without_tail(block)
    kept = set(range(rest.first, rest.last + 1)) if rest else set()
    back = set(range(tail(block).first, tail(block).last + 1))
    assert kept | back == set(range(first, first + size + 1))
    assert not kept & back
    assert rest is None or rest.left == 0
    assert not back or is_free_for(owner)(tail(block))
