"""The shape of the tree: small files, no drawer for leftovers, nothing left for later."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tests.house.tree import ROOT, YINJI, Source, checks, code, scripts

LINES_MAX = 400
"""A file beyond this holds a second idea (style, part b)."""

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "tools", "lib", "base"}

MARKS = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
"""Spelt in halves, so that this file carries none."""

READ = ("*.py", "*.md", "*.toml", "*.txt", "*.mako", "*.yml", "*.yaml", "*.json", "Makefile")


def long(sources: Iterable[Source]) -> list[str]:
    """Files over the limit, with their lines."""
    counted = {source.path: len(source.text.splitlines()) for source in sources}
    return [f"{path}: {lines}" for path, lines in counted.items() if lines > LINES_MAX]


def drawers(sources: Iterable[Source]) -> list[str]:
    """Packages and modules whose name says nothing."""
    return [source.path for source in sources if set(source.module.split(".")) & DRAWERS]


def marks(where: str, text: str) -> list[str]:
    """Lines that leave something for later."""
    return [f"{where}:{number}" for number, line in enumerate(text.splitlines(), 1) if MARKS.search(line)]


def written() -> Iterable[Path]:
    """Every text of the project: the root's own files and all below the folders we write."""
    folders = [ROOT / name for name in ("src", "tests", "docs", "scripts", "examples", "requirements")]
    for pattern in READ:
        yield from ROOT.glob(pattern)
        for folder in folders:
            yield from (file for file in folder.rglob(pattern) if "__pycache__" not in file.parts)


def test_no_file_holds_two_ideas() -> None:
    assert not long((*code(), *checks(), *scripts()))


def test_no_drawer_for_leftovers() -> None:
    assert not drawers((*code(), *checks(), *scripts()))


def test_nothing_is_left_for_later() -> None:
    found = [each for file in written() for each in marks(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))]
    assert not found


def test_a_first_level_folder_is_a_package_on_a_floor() -> None:
    folders = {folder.name for folder in YINJI.iterdir() if folder.is_dir() and folder.name != "__pycache__"}
    floors = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = floors[floors.index('containers = ["yinji"]') : floors.index("exhaustive = true")]
    assert folders <= set(re.findall(r"\w+", listed)), "give it a floor in pyproject.toml, or move what it holds"


def test_a_long_file_a_drawer_and_a_mark_are_seen() -> None:
    assert long([Source("a.py", "x = 1\n" * 401), Source("b.py", "x = 1\n" * 400)]) == ["a.py: 401"]
    assert drawers([Source("yinji/vault/utils.py", ""), Source("yinji/utils/x.py", ""), Source("yinji/x.py", "")]) == [
        "yinji/vault/utils.py",
        "yinji/utils/x.py",
    ]
    assert marks("a.py", "x = 1\n# " + "TO" + "DO: later\n") == ["a.py:2"]
