"""A decision binds: each says by what it is enforced, and "nothing yet" is said aloud."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.tree import ROOT

FOLDER = ROOT / "docs" / "decisions"


def loose(name: str, text: str) -> list[str]:
    """What a decision record lacks."""
    title = re.match(r"# (\d{4})[ .:]", text)
    enforced = re.search(r"Enforced by:\W*(\w.*)", text)
    return [
        *([] if title and name.startswith(title[1]) else ["its number in its title"]),
        *([] if enforced else ["a line that says what enforces it"]),
    ]


def records() -> list[Path]:
    return sorted(FOLDER.glob("[0-9]*.md"))


def test_every_decision_says_what_enforces_it() -> None:
    assert records()
    wrong = {file.name: lacks for file in records() if (lacks := loose(file.name, file.read_text(encoding="utf-8")))}
    assert not wrong


def test_decisions_are_numbered_without_gaps() -> None:
    assert [file.name[:4] for file in records()] == [f"{number:04d}" for number in range(1, len(records()) + 1)]


def test_a_decision_that_nothing_enforces_is_seen() -> None:
    assert loose("0001-x.md", "# 0002 X\n\nDecision: y\n") == ["its number in its title", "a line that says what enforces it"]
    assert loose("0001-x.md", "# 0001 X\n\n*Enforced by:* nothing yet\n") == []
