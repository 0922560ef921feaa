"""Waybill numbers: their check digit, their form, and how they are drawn."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Block, Draw, NumberRange
from yinji.waybill.rules import DIGITS_MAX, check_digit, draw, overlap, read_number, read_range, usable, written

SERIALS = st.text("0123456789", min_size=8, max_size=15)
PREFIXES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=3)


def test_the_check_digit_is_the_standards_own_example() -> None:
    """ISO/IEC 7064:2003 gives 0794 its check digit 5 in MOD 11,10."""
    assert check_digit("0794") == "5"


@given(SERIALS)
def test_every_single_wrong_digit_is_found(serial: str) -> None:
    right = check_digit(serial)
    for at, digit in enumerate(serial):
        for wrong in "0123456789":
            if wrong != digit:
                assert check_digit(serial[:at] + wrong + serial[at + 1 :]) != right


@given(prefix=PREFIXES, serial=SERIALS)
def test_every_single_wrong_digit_of_a_printed_number_is_refused(prefix: str, serial: str) -> None:
    number = written(prefix, int(serial), len(serial))
    for at in range(len(prefix), len(number)):
        for wrong in set("0123456789") - {number[at]}:
            assert read_number(number[:at] + wrong + number[at + 1 :]) == Refuse(Refusal.NUMBER_MALFORMED)


@given(prefix=PREFIXES, serial=SERIALS)
def test_a_written_number_reads_back_however_it_is_typed(prefix: str, serial: str) -> None:
    number = written(prefix, int(serial), len(serial))
    assert len(number) == len(prefix) + len(serial) + 1
    assert read_number(number) == number
    assert read_number(f"  {number[:4].lower()} {number[4:9]}\t{number[9:]}\n") == number


@given(st.text(max_size=24))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    answer = read_number(text)
    if not isinstance(answer, Refuse):
        assert read_number(answer) == answer


@pytest.mark.parametrize(
    "text", ["", "YJ", "Y123456789", "YJXQ123456789", "YJ1234567", "YJ12345678901234567890", "ＹＪ１２３４５６７８９"]
)
def test_a_wrong_form_is_refused(text: str) -> None:
    assert read_number(text) == Refuse(Refusal.NUMBER_MALFORMED)


def test_digits_of_other_scripts_are_refused() -> None:
    number = written("YJ", 100_000_000_000, 12)
    assert read_number(number.replace("1", "١")) == Refuse(Refusal.NUMBER_MALFORMED)


@given(prefix=PREFIXES, data=st.data())
def test_a_range_reads_as_it_is_written(prefix: str, data: st.DataObject) -> None:
    digits = data.draw(st.integers(8, DIGITS_MAX[len(prefix)]))
    first = data.draw(st.integers(0, 10**digits - 1))
    last = data.draw(st.integers(first, 10**digits - 1))
    assert read_range(f" {prefix.lower()}:{first:0{digits}d} - {last:0{digits}d}") == (prefix, digits, first, last)


@pytest.mark.parametrize(
    "text", ["", "YJ", "YJ:1-2", "YJ:10000001-10000000", "YJ:10000000-100000001", "YJ:1000000x-10000009", "Y:10000000-10000009"]
)
def test_a_malformed_range_is_refused(text: str) -> None:
    assert read_range(text) == Refuse(Refusal.RANGE_MALFORMED)


def numbers(first: int, last: int, *, ref: int = 1, prefix: str = "YJ", digits: int = 8, specimen: bool = False) -> NumberRange:
    return NumberRange(Ref(bytes([ref]) * 16), prefix, digits, first, last, specimen)


BOUNDS = st.tuples(st.integers(0, 30), st.integers(0, 10)).map(lambda pair: (pair[0], sum(pair)))


@given(one=BOUNDS, other=BOUNDS)
def test_two_ranges_overlap_where_they_share_a_number(one: tuple[int, int], other: tuple[int, int]) -> None:
    shared = set(range(one[0], one[1] + 1)) & set(range(other[0], other[1] + 1))
    assert overlap(numbers(*one), numbers(*other, ref=2)) is bool(shared)
    assert not overlap(numbers(*one), numbers(*other, prefix="YK"))
    assert not overlap(numbers(*one), numbers(*other, digits=9))


def test_specimens_never_stand_in_for_real_ranges_nor_these_for_them() -> None:
    real, specimen = numbers(0, 9), numbers(10, 19, ref=2, specimen=True)
    assert usable([specimen, real], specimen=False) == [real]
    assert usable([specimen, real], specimen=True) == [specimen]
    assert usable([specimen], specimen=False) == usable([real], specimen=True) == usable([], specimen=False) == []


@pytest.mark.parametrize(("prefix", "digits"), [("YJ", 15), ("YJX", 11)])
def test_a_range_whose_bar_code_would_be_too_wide_is_refused(prefix: str, digits: int) -> None:
    assert not isinstance(read_range(f"{prefix}:{'1' * digits}-{'2' * digits}"), Refuse)
    answer = read_range(f"{prefix}:{'1' * (digits + 1)}-{'2' * (digits + 1)}")
    assert isinstance(answer, Refuse)
    assert answer.code is Refusal.RANGE_MALFORMED


@st.composite
def stocks(choose: st.DrawFn) -> tuple[dict[Ref, NumberRange], dict[Ref, int], list[Block]]:
    """Ranges that do not overlap, how far each is carved, and this shard's blocks among what is carved."""
    ranges: dict[Ref, NumberRange] = {}
    carved_to: dict[Ref, int] = {}
    blocks: list[Block] = []
    for at in range(choose(st.integers(0, 3))):
        first = at * 100 + choose(st.integers(0, 20))
        own = numbers(first, first + choose(st.integers(0, 40)), ref=at + 1)
        carved = choose(st.integers(own.first, own.last + 1))
        ranges[own.ref], carved_to[own.ref] = own, carved
        cut = first
        while cut < carved:
            end = choose(st.integers(cut, carved - 1))
            block = Block(own.ref, cut, end, choose(st.integers(cut, end + 1)))
            if block.next <= block.last and choose(st.booleans()):
                blocks.append(block)
            cut = end + 1
    return ranges, carved_to, blocks


def serials(drawn: Draw) -> list[int]:
    return [int(taken.number[2:-1]) for taken in drawn.taken]


@given(stock=stocks(), count=st.integers(0, 130), block_numbers=st.integers(1, 50))
def test_a_draw_is_whole_single_and_within_its_ranges(
    stock: tuple[dict[Ref, NumberRange], dict[Ref, int], list[Block]], count: int, block_numbers: int
) -> None:
    ranges, carved_to, blocks = stock
    before = copy.deepcopy(stock)
    drawn = draw(count, ranges=ranges, carved_to=carved_to, blocks=blocks, block_numbers=block_numbers)
    taken = serials(drawn)
    in_blocks = [serial for block in blocks for serial in range(block.next, block.last + 1)]
    in_ranges = [serial for ref, own in ranges.items() for serial in range(carved_to[ref], own.last + 1)]
    assert taken == [*in_blocks, *in_ranges][:count], "blocks are exhausted before anything is carved; fewer only if all is dry"
    assert len(set(taken)) == len(taken)
    assert all(read_number(each.number) == each.number for each in drawn.taken)
    assert stock == before, "a draw changes nothing by itself"


@given(stock=stocks(), counts=st.lists(st.integers(0, 40), max_size=6), block_numbers=st.integers(1, 30))
def test_draw_after_draw_takes_each_number_once(
    stock: tuple[dict[Ref, NumberRange], dict[Ref, int], list[Block]], counts: list[int], block_numbers: int
) -> None:
    ranges, carved_to, blocks = stock
    carved_to = dict(carved_to)
    standing = {(block.range_ref, block.first): block for block in blocks}
    left = sum(block.last + 1 - block.next for block in blocks) + sum(o.last + 1 - carved_to[r] for r, o in ranges.items())
    taken: list[int] = []
    for count in counts:
        still = [block for block in standing.values() if block.next <= block.last]
        drawn = draw(count, ranges=ranges, carved_to=carved_to, blocks=still, block_numbers=block_numbers)
        standing |= {(block.range_ref, block.first): block for block in (*drawn.advanced, *drawn.carved)}
        carved_to |= drawn.ranges_next
        taken += serials(drawn)
    assert len(taken) == len(set(taken)) == min(left, sum(counts))


def test_a_carved_block_never_reaches_past_its_range() -> None:
    own = numbers(5, 9)
    drawn = draw(3, ranges={own.ref: own}, carved_to={own.ref: 5}, blocks=[], block_numbers=4_096)
    assert drawn.carved == (Block(own.ref, 5, 9, 8),)
    assert drawn.ranges_next == {own.ref: 10}


def test_nothing_is_carved_while_blocks_suffice() -> None:
    own = numbers(0, 99)
    drawn = draw(3, ranges={own.ref: own}, carved_to={own.ref: 10}, blocks=[Block(own.ref, 0, 9, 7)], block_numbers=10)
    assert (drawn.carved, drawn.ranges_next) == ((), {})
    assert drawn.advanced == (Block(own.ref, 0, 9, 10),)


def test_a_number_says_whether_it_is_a_specimen() -> None:
    own = numbers(0, 9, specimen=True)
    drawn = draw(1, ranges={own.ref: own}, carved_to={own.ref: 0}, blocks=[], block_numbers=10)
    assert drawn.taken[0].specimen
