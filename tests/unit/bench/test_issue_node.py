"""A filled node is kept for the day: used again as it is, never measured itself, and gone with the code that filled it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from yinji_bench import issue_node
from yinji_bench.issue_node import stocked

TODAY = date(2026, 11, 22)
STORED = 10


def kept(keep: Path, *, days: int = 1, today: date = TODAY, stored: int = STORED) -> Path:
    """What a node that was filled before leaves: here without its database, which nothing looks into."""
    place = keep / f"issue-day-{issue_node._fingerprint(stored, days, today)}"
    (place / "node").mkdir(parents=True)
    (place / "founded").touch()
    (place / "filled").write_text(str(stored + 1), encoding="ascii")
    return place


def test_a_kept_node_is_copied_with_the_order_numbers_it_has_seen(tmp_path: Path) -> None:
    place = kept(tmp_path / "keep")
    (tmp_path / "scratch").mkdir()
    node = stocked("issue-day", stored=STORED, days=1, today=TODAY, scratch=tmp_path / "scratch", keep=tmp_path / "keep")
    assert node.home.is_dir()
    assert node.folder != place
    assert node.next_order == STORED + 1


@pytest.mark.parametrize(("days", "today", "stored"), [(30, TODAY, STORED), (1, date(2026, 11, 23), STORED), (1, TODAY, 11)])
def test_another_day_spread_or_size_needs_another_node(days: int, today: date, stored: int) -> None:
    assert issue_node._fingerprint(stored, days, today) != issue_node._fingerprint(STORED, 1, TODAY)


def test_what_was_filled_by_other_code_is_removed(tmp_path: Path) -> None:
    keep = tmp_path / "keep"
    old, place, apart = keep / "issue-day-0123456789ab", kept(keep), keep / "issue-spread-0123456789ab"
    old.mkdir()
    apart.mkdir()
    (tmp_path / "scratch").mkdir()
    stocked("issue-day", stored=STORED, days=1, today=TODAY, scratch=tmp_path / "scratch", keep=keep)
    assert place.is_dir()
    assert apart.is_dir()
    assert not old.exists()
