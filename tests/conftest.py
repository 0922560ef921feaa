"""What every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulators.node import World, make_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A node on SQLite with real numbers and a sender."""
    made = make_world(tmp_path / "node")
    yield made
    made.house.close()


def without(part: str, remedy: str) -> None:
    """Skip for want of a real part, saying how to get it; a failure where nothing may be skipped."""
    if os.environ.get("CI"):
        pytest.fail(f"{part} is missing: {remedy}")
    pytest.skip(f"{part} is missing: {remedy}")
