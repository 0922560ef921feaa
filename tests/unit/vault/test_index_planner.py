"""An index is worth having or it tells too much: the planner says which."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yinji.kernel.decision import Allow, Refuse
from yinji.kernel.refusals import Refusal
from yinji.vault.rules import ROWS_MIN, judge_index


def test_an_index_of_phones_is_allowed() -> None:
    assert isinstance(judge_index([3] * 400), Allow)


def test_a_name_that_every_twentieth_bears_tells_itself() -> None:
    assert judge_index([50, *[1] * 950]) == Refuse(Refusal.INDEX_TELLING, "50 of 1000")


def test_an_index_over_ten_outlets_is_useless() -> None:
    answer = judge_index([100] * 10)
    assert answer == Refuse(Refusal.INDEX_USELESS, "100 of 1000")


def test_few_rows_are_not_judged() -> None:
    assert isinstance(judge_index([ROWS_MIN - 1]), Allow)
    assert isinstance(judge_index([]), Allow)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=300))
def test_what_is_allowed_lets_no_value_stand_out(rows: list[int]) -> None:
    answer = judge_index(rows)
    if isinstance(answer, Allow) and sum(rows) >= ROWS_MIN:
        assert max(rows) ** 2 < sum(rows)
        assert sum(each * each for each in rows) / sum(rows) < sum(rows) ** 0.5
