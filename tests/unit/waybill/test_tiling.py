"""A register whose parts do not agree is seen, and what is wrong is named; so are numbers used oddly."""

from __future__ import annotations

import pytest

from yinji.kernel.ids import FIRST_SHARD, Ref, Shard
from yinji.waybill.model import Block, Interval, NumberLimits, NumberRange, NumberState
from yinji.waybill.numbering.intervals import fresh
from yinji.waybill.numbering.odd_use import Oddity, Warned, low_stock, used_outside
from yinji.waybill.numbering.stock import Stock, stocks, together
from yinji.waybill.numbering.tiling import Discord, Places, untiled
from yinji.waybill.rules import printed

REF, OTHER = Ref(bytes([1]) * 16), Ref(bytes([2]) * 16)
OWN = NumberRange(REF, "YJ", 8, 0, 99, specimen=False)
BLOCKS = [Block(REF, 0, 19, 10), Block(REF, 20, 29, 30, "PD", Shard(1))]
INTERVALS = [fresh(REF, 30, 79), Interval(REF, 80, 99, NumberState.ALLOCATED, "PD")]


def number(serial: int) -> str:
    return printed(OWN, serial)


def test_a_whole_range_is_in_order() -> None:
    assert untiled([OWN], INTERVALS, BLOCKS) == []


@pytest.mark.parametrize(
    ("intervals", "blocks", "seen"),
    [
        (INTERVALS[1:], BLOCKS, {Discord.GAP}),
        ([*INTERVALS, fresh(REF, 40, 41)], BLOCKS, {Discord.DOUBLE}),
        ([INTERVALS[0], INTERVALS[1]._replace(last=120)], BLOCKS, {Discord.BEYOND, Discord.DOUBLE}),
        ([INTERVALS[0], INTERVALS[1]._replace(last=95)], BLOCKS, {Discord.GAP}),
        (INTERVALS, [BLOCKS[0]._replace(next=22), BLOCKS[1]], {Discord.MISSHAPEN}),
        ([*INTERVALS, fresh(OTHER, 0, 1)], BLOCKS, {Discord.BEYOND}),
        ([], [], {Discord.GAP}),
    ],
)
def test_a_hole_and_a_double_are_seen(intervals: list[Interval], blocks: list[Block], seen: set[Discord]) -> None:
    assert {each.discord for each in untiled([OWN], intervals, blocks)} <= seen | {Discord.DOUBLE}
    assert {each.discord for each in untiled([OWN], intervals, blocks)} & seen


def told(*rows: tuple[str, int, str]) -> list[Discord]:
    places = Places([OWN], [BLOCKS[0]._replace(next=2), BLOCKS[1]._replace(next=21)])
    for each, shard, owner in rows:
        places.tell(each, Shard(shard), owner)
    return [each.discord for each in places.found()]


WHOLE = [(number(0), 0, ""), (number(1), 0, ""), (number(20), 1, "PD")]


def test_rows_that_stand_where_numbers_were_taken_are_in_order() -> None:
    assert told(*WHOLE) == []


@pytest.mark.parametrize(
    ("rows", "seen"),
    [
        (WHOLE[:2], [Discord.LOST]),
        ([*WHOLE, WHOLE[0]], [Discord.TWICE]),
        ([*WHOLE, (number(2), 0, "")], [Discord.AHEAD]),
        ([*WHOLE, (number(55), 0, "")], [Discord.AHEAD]),
        ([*WHOLE, ("YK" + number(5)[2:], 0, "")], [Discord.FOREIGN]),
        ([*WHOLE, (number(1)[:-1] + str((int(number(1)[-1]) + 1) % 10), 0, "")], [Discord.FOREIGN]),
        ([*WHOLE[:2], (number(20), 0, "PD")], [Discord.STRAY]),
        ([*WHOLE[:2], (number(20), 1, "HQ")], [Discord.STRAY]),
    ],
)
def test_a_row_that_stands_wrong_is_named(rows: list[tuple[str, int, str]], seen: list[Discord]) -> None:
    assert told(*rows) == seen


def test_stock_adds_up_for_everybody_and_for_each() -> None:
    resting = [Interval(REF, 70, 79, NumberState.QUARANTINED, "", 9), Interval(REF, 60, 69, NumberState.RESERVED, "HQ", 9)]
    standing = [fresh(REF, 30, 59), *resting, INTERVALS[1]]
    have = {each.owner: each for each in stocks([OWN], standing, [(REF, "", 10, 10), (REF, "PD", 10, 0)], {"PD": (7, 2)})}
    assert have["PD"] == Stock("PD", allocated=30, used=10, printed=7, voided=2, left=20, of=30)
    assert have[""] == Stock("", entered=100, resting=10, used=10, left=40, of=50)
    assert have["HQ"] == Stock("HQ", reserved=10)
    whole = together(have.values())
    assert whole.entered == whole.used + whole.left + whole.reserved + whole.resting == 100
    assert list(have) == ["", "HQ", "PD"]


def test_numbers_of_a_range_that_does_not_count_are_left_out() -> None:
    assert together(stocks([], INTERVALS, [(REF, "", 1, 1)], {})) == Stock()


@pytest.mark.parametrize(
    ("left", "seen"),
    [
        (31, []),
        (30, [Warned(Oddity.LOW, "PD", 30)]),
        (10, [Warned(Oddity.EMERGENCY, "PD", 10)]),
        (0, [Warned(Oddity.EMERGENCY, "PD", 0)]),
    ],
)
def test_low_stock_is_warned_of(left: int, seen: list[Warned]) -> None:
    mine = Stock("PD", used=100 - left, left=left, of=100 if left else 0)
    assert low_stock([mine, Stock("")], NumberLimits()) == seen


def test_a_number_used_outside_is_told_by_where_it_lies() -> None:
    places = Places([OWN], BLOCKS)
    seen = used_outside(
        [number(5), number(12), number(90), number(90), "YK" + number(5)[2:], number(7)], [OWN], places, frozenset({number(7)})
    )
    assert seen == [
        Warned(Oddity.GHOST, number(5), 1),
        Warned(Oddity.JUMP, number(12), 3),
        Warned(Oddity.JUMP, number(90), 61),
        Warned(Oddity.VOIDED, number(7), 1),
    ]


def test_a_shard_is_part_of_where_a_number_was_taken() -> None:
    places = Places([OWN], BLOCKS)
    assert places.block_of(OWN, 25) == BLOCKS[1]
    assert places.block_of(OWN, 55) is None
    assert BLOCKS[0].shard == FIRST_SHARD
