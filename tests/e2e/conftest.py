"""What the command's own tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulators.command import founded


@pytest.fixture(scope="module")
def founded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node with real numbers and a sender, to be copied by whoever changes it."""
    folder = tmp_path_factory.mktemp("founded")
    founded(folder)
    return folder / "node"
