"""What times show, against themselves and against the clocks of witnesses."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from yinji.ledger.model import Broken, Finding
from yinji.ledger.times import LATE_MS, TOLERANCE_MS, Times

START_S = 1_795_000_000
START_MS = START_S * 1_000
DAY_MS = 24 * 3_600 * 1_000


def followed(*moments: int, cosigned: dict[int, int] | None = None, at_once: int = 100) -> Times:
    times = Times(cosigned or {})
    coded = [moment.to_bytes(8, "big") for moment in moments]
    for first in range(0, len(coded), at_once):
        times.extend(coded[first : first + at_once])
    return times


@given(some.lists(some.integers(START_MS, START_MS + 50), min_size=1, max_size=60), some.integers(1, 7))
def test_every_step_back_is_counted_in_whatever_stretches_it_is_read(moments: list[int], at_once: int) -> None:
    steps = followed(*moments, at_once=at_once).steps
    expected = [(i, one - two) for i, (one, two) in enumerate(pairwise(moments), 1) if two < one]
    assert steps.count == len(expected)
    assert [(step.first, step.by_ms) for step in steps.named] == expected[:20]
    assert steps.behind == sum(moment < max(moments[: i + 1]) for i, moment in enumerate(moments))
    assert (steps.largest.by_ms if steps.largest else 0) == max((by for _, by in expected), default=0)


def test_a_clock_set_back_a_day_is_named_with_its_place_and_size() -> None:
    times = followed(START_MS, START_MS + 5, START_MS + 5 - DAY_MS, START_MS + 9 - DAY_MS, START_MS + 20, START_MS + 19)
    assert times.warnings[0] == Finding(Broken.BACKWARDS, 2, 2, DAY_MS)
    assert (times.steps.count, times.steps.behind) == (2, 3)
    assert times.warnings[0].said().zh == "条目 2 的时间早于前一条（24 小时）"
    assert times.warnings[0].said().en == "entry 2 is earlier than the entry before it (by 24 h)"


def test_the_largest_step_is_told_beside_the_first() -> None:
    times = followed(START_MS, START_MS - 1, START_MS, START_MS - 90_000)
    assert [(warning.first, warning.by_ms) for warning in times.warnings] == [(1, 1), (3, 90_000)]
    assert times.warnings[1].said().en.endswith("(by 90 s)")
    assert times.warnings[0].said().en.endswith("(by 1 ms)")


def test_an_entry_later_than_the_witness_who_had_seen_it_is_named() -> None:
    late = START_MS + TOLERANCE_MS + 1
    assert followed(START_MS, late, START_MS, cosigned={3: START_S}).warnings[-1] == Finding(
        Broken.AHEAD, 1, 1, TOLERANCE_MS + 1
    )
    assert followed(START_MS, START_MS + TOLERANCE_MS, cosigned={2: START_S}).warnings == ()
    assert followed(START_MS, late, cosigned={1: START_S}).warnings == ()  # it was not under that checkpoint


def test_one_entry_ahead_is_named_once_however_many_witnesses_saw_it() -> None:
    moments = [START_MS, START_MS + DAY_MS, *[START_MS + DAY_MS + i for i in range(1, 4)]]
    times = followed(*moments, cosigned={2: START_S, 3: START_S + 90_000})
    assert [(warning.kind, warning.first) for warning in times.warnings] == [(Broken.AHEAD, 1)]


def test_a_checkpoint_cosigned_long_after_is_told() -> None:
    late_s = START_S + LATE_MS // 1_000 + 1
    assert followed(START_MS, START_MS, cosigned={2: late_s}).warnings == (Finding(Broken.LATE, 1, 1, LATE_MS + 1_000),)
    assert followed(START_MS, START_MS, cosigned={2: late_s - 1}).warnings == ()


@given(some.integers(1, 9), some.integers(1, 9))
def test_a_witness_is_met_at_its_size_in_whatever_stretches_the_log_is_read(size: int, at_once: int) -> None:
    moments = [START_MS + i * DAY_MS for i in range(9)]
    times = followed(*moments, cosigned={size: START_S}, at_once=at_once)
    expected = [(Broken.AHEAD, size - 1)] if size > 1 else []
    assert [(warning.kind, warning.first) for warning in times.warnings] == expected
