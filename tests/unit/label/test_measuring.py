"""What a measured calibration sheet says of a printer."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.kernel.faults import Misuse
from yinji.label.measuring import ASIDE_MAX, LONGEST, MM, OFF_MAX, SHORTEST, TOLERANCE, Cause, Judged, Measured, judge

INSET_MM, ACROSS_MM, DOWN_MM = 2.0, 60, 100
lengths = st.integers(SHORTEST, LONGEST)
corners = st.none() | st.integers(0, OFF_MAX)


def judged(across: float, down: float, left: float | None = None, top: float | None = None) -> Judged:
    """What a ruler that reads millimetres comes to."""
    um = [None if each is None else round(each * MM) for each in (across, down, left, top)]
    return judge(Measured(*um), across_mm=ACROSS_MM, down_mm=DOWN_MM, inset_mm=INSET_MM)  # type: ignore[arg-type] # the first two are no None


def causes(found: Judged) -> list[Cause]:
    return [each.cause for each in found.advice]


@given(lengths, lengths, corners, corners)
def test_every_measurement_has_its_advice_in_both_languages(across: int, down: int, left: int | None, top: int | None) -> None:
    found = judge(Measured(across, down, left, top), across_mm=ACROSS_MM, down_mm=DOWN_MM, inset_mm=INSET_MM)
    assert found.advice
    assert all(text.strip() for each in found.advice for text in (*each.says, *each.remedy))
    near = abs(found.across) <= TOLERANCE and abs(found.down) <= TOLERANCE
    assert (found.advice[0].cause is Cause.TRUE) is near
    assert near or not found.holds
    assert near or Cause.ASIDE not in causes(found)


@given(st.integers(-TOLERANCE, TOLERANCE), st.integers(-TOLERANCE, TOLERANCE), st.integers(-ASIDE_MAX, ASIDE_MAX))
def test_a_printer_within_the_tolerances_holds(across: int, down: int, aside: int) -> None:
    corner = INSET_MM + aside / MM
    found = judged(ACROSS_MM * (1 + across / 1_000), DOWN_MM * (1 + down / 1_000), corner, corner)
    assert found.holds
    assert causes(found) == [Cause.TRUE]


@given(st.integers(300, 2_500).filter(lambda scale: abs(scale - 1_000) > TOLERANCE))
def test_what_scales_both_ways_alike_is_undone_by_the_scale_that_is_named(scale: int) -> None:
    found = judged(ACROSS_MM * scale / 1_000, DOWN_MM * scale / 1_000)
    (advice,) = found.advice
    assert advice.cause in {Cause.FITTED, Cause.HEAD}
    if advice.cause is Cause.FITTED:
        (back,) = re.findall(r"改用 ([0-9.]+) %", advice.remedy.zh)
        assert back in advice.remedy.en
        assert float(back) / 100 * scale / 1_000 == pytest.approx(1, abs=0.003)


def test_97_of_100_is_something_that_fits_to_a_page() -> None:
    found = judged(58.2, 97)
    assert (found.across, found.down) == (-30, -30)
    assert causes(found) == [Cause.FITTED]
    assert "适合页面" in found.advice[0].remedy.zh


@pytest.mark.parametrize(("scale", "has"), [(203 / 300, "203"), (300 / 203, "300")])
def test_a_driver_for_another_head_is_told_apart_from_fitting(scale: float, has: str) -> None:
    found = judged(ACROSS_MM * scale, DOWN_MM * scale)
    assert causes(found) == [Cause.HEAD]
    assert f"printer has {has}" in found.advice[0].remedy.en


def test_one_way_alone_is_feed_or_width_and_two_ways_are_told_apart() -> None:
    assert causes(judged(60, 98)) == [Cause.FEED]
    assert causes(judged(58, 100)) == [Cause.WIDTH]
    assert causes(judged(58, 90)) == [Cause.UNEQUAL]


def test_a_picture_beside_its_place_is_moved_back() -> None:
    found = judged(60, 100, 3.5, 0.4)
    assert causes(found) == [Cause.TRUE, Cause.ASIDE]
    assert not found.holds
    assert "to the left by 1.5 mm and down by 1.6 mm" in found.advice[1].remedy.en
    assert "向左 1.5 mm、向下 1.6 mm" in found.advice[1].remedy.zh
    assert causes(judged(60, 100, None, 3.5)) == [Cause.TRUE, Cause.ASIDE]


@pytest.mark.parametrize("wrong", [(9, 100), (60, 401), (60, 100, 31), (60, 100, None, -1)])
def test_what_nobody_can_have_measured_is_misuse(wrong: tuple[float, ...]) -> None:
    with pytest.raises(Misuse):
        judged(*wrong)
