"""Prose that a test reads: every path that the tour, the documents or a docstring names is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from tests.house.tree import ROOT, SRC, YINJI, Source, code

TOUR = ROOT / "docs" / "tour.md"

STOPS_MIN = 8
"""The eight stops of one parcel (style, part e) name a file each."""

FOLDERS = "src|tests|docs|examples|scripts|requirements|yinji|yinji_verify|yinji_bench"
ROOMS = "|".join(sorted(folder.name for folder in YINJI.iterdir() if folder.is_dir() and folder.name != "__pycache__"))
PATH = re.compile(
    rf"(?<![\w/.-])(?:(?:{FOLDERS}|{ROOMS})/[\w/-]*[\w/-](?:\.\w+)*|(?:{ROOMS}|[\w/]+)/\w+\.py)(?:::(?P<test>\w+))?"
)
ROOTED = ("src/", "docs/", "tests/")
"""Beginnings that make a path of what has no suffix; ``keys/vault`` may be two words."""

LINK = re.compile(r"\]\((?!https?:|#|mailto:)(?P<to>[^)#\s]+)")


def named_paths(text: str) -> list[str]:
    """The paths that a text names, from the root, from ``src`` or from ``src/yinji``; with ``::test`` where one follows."""
    inside = [match[0].rstrip("/") for match in PATH.finditer(text)]
    return list(dict.fromkeys(path for path in inside if "." in path.rsplit("/", 1)[-1] or path.startswith(ROOTED)))


def linked(text: str, page: Path) -> list[Path]:
    """The files that a page links to."""
    return [page.parent / match["to"] for match in LINK.finditer(text)]


def missing(paths: Iterable[str], there: Callable[[str], bool]) -> list[str]:
    return [path for path in paths if not there(path)]


def there(path: str) -> bool:
    """Whether a file, a test in it, or a folder with anything in it, exists."""
    name, _, test = path.partition("::")
    found = next((folder / name for folder in (ROOT, SRC, YINJI) if (folder / name).exists()), None)
    if found is None or (test and f"def {test}(" not in found.read_text(encoding="utf-8")):
        return False
    return found.is_file() or any("__pycache__" not in file.parts for file in found.rglob("*.*") if file.is_file())


def test_the_tour_names_a_file_at_every_stop_and_all_exist() -> None:
    assert TOUR.exists(), "docs/tour.md follows one parcel, a file each stop"
    paths = named_paths(TOUR.read_text(encoding="utf-8"))
    assert not missing(paths, there)
    assert len([path for path in paths if path.partition("::")[0].endswith(".py")]) >= STOPS_MIN


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_page_names_and_links_what_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not missing(named_paths(text), there)
    assert not [to.as_posix() for to in linked(text, page) if not to.exists()]


def named_in_code(source: Source) -> list[str]:
    """Documents and tests that a module's prose points to."""
    return re.findall(r"(?<![\w/])(?:docs|tests)/[\w/-]+\.(?:md|py)", source.text)


def test_code_points_to_documents_and_tests_that_exist() -> None:
    gone = {source.path: lost for source in code() if (lost := missing(dict.fromkeys(named_in_code(source)), there))}
    assert not gone


def test_a_path_that_is_gone_is_seen() -> None:
    text = "`vault/sealer.py` seals, `src/yinji/vault/burnt.py` is gone; and/or; tests/house/test_tour.py::test_nothing, [x](gone.md)"
    paths = named_paths(text)
    assert paths == ["vault/sealer.py", "src/yinji/vault/burnt.py", "tests/house/test_tour.py::test_nothing"]
    assert missing(paths, there) == paths[1:]
    assert not missing(["tests/house/test_tour.py::test_a_path_that_is_gone_is_seen"], there)
    assert [to.name for to in linked(text, TOUR)] == ["gone.md"]
