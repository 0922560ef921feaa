from __future__ import annotations

import gc

import pytest

from yinji.doors.intake.collector import BULK_THRESHOLDS, calm_collector


def test_bulk_work_collects_seldom_and_leaves_the_collector_as_it_was() -> None:
    before = gc.get_threshold()
    with calm_collector():
        assert gc.get_threshold() == BULK_THRESHOLDS
        assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_a_failure_leaves_the_collector_as_it_was_too() -> None:
    before = gc.get_threshold()
    with pytest.raises(RuntimeError), calm_collector():
        raise RuntimeError
    assert gc.get_threshold() == before
