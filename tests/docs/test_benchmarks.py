"""What the page and the READMEs say was measured stands in the records; what the records say has words."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest

from yinji.doors.cli.bench import app

ROOT: Final = Path(__file__).parents[2]
PLACES: Final = ("README.md", "README.en.md")
REMEDY: Final = "run `make docs` and commit what it writes"


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The scripts that make the pages."""
    monkeypatch.setattr(sys, "path", [str(ROOT / "scripts"), *sys.path])
    return import_module


def test_the_page_is_what_the_records_render_to(pages: Any) -> None:
    made = pages("reference_pages.benchmarks").benchmarks_page()
    assert made == (ROOT / "docs" / "reference" / "benchmarks.md").read_text(encoding="utf-8"), REMEDY


@pytest.mark.parametrize("name", PLACES)
def test_the_figures_of_a_readme_are_those_of_the_records(pages: Any, name: str) -> None:
    readme, text = pages("reference_pages.readme"), (ROOT / name).read_text(encoding="utf-8")
    assert readme.with_figures(text, *readme.READMES[name]) == text, REMEDY


def test_a_figure_written_by_hand_does_not_stay(pages: Any) -> None:
    readme, text = pages("reference_pages.readme"), (ROOT / "README.en.md").read_text(encoding="utf-8")
    table = text.index(readme.BEGIN)
    better = text[:table] + re.sub(r"\d+\.\d MB|\d+/s", "999,999/s", text[table:], count=1)
    assert better != text
    assert readme.with_figures(better, *readme.READMES["README.en.md"]) == text


def test_every_command_that_measures_has_a_record_and_words(pages: Any) -> None:
    scripts = pages("reference_pages.records")
    commands = {each.name for each in app.registered_commands}
    assert commands == set(scripts.words()["bench"]), "scripts/reference_pages/figures.toml has a chapter for each bench"
    assert commands == {record["bench"] for record in scripts.records()}, "each bench has a record: run `make bench`"


def test_every_recorded_figure_has_words(pages: Any) -> None:
    scripts = pages("reference_pages.records")
    said = scripts.words()["bench"]
    silent = {
        f"{record['bench']}.{name}"
        for record in scripts.records()
        for name in record["figures"].keys() - said[record["bench"]]["figures"]
    }
    assert not silent, f"scripts/reference_pages/figures.toml lacks {silent}"


def test_a_record_names_its_day_its_kind_of_machine_and_no_place(pages: Any) -> None:
    for record in pages("reference_pages.records").records():
        assert re.fullmatch(r"2\d{3}-\d{2}-\d{2}", record["date"])
        assert record["machine"].keys() - {"load"} == {"processor", "cores", "cores_allowed", "python"}
        assert record["command"].startswith(f"yinji bench {record['bench']}")
        assert "/" not in record["command"]


def test_a_bar_is_judged_only_at_its_size(pages: Any) -> None:
    judged = pages("reference_pages.benchmarks")._judged
    bar = {"most": 400, "at": {"rows": 1_000_000}}
    assert judged(60, {"rows": 1_000_000}, bar).endswith("holds")
    assert judged(401, {"rows": 1_000_000}, bar).endswith("falls short")
    assert judged(60, {"rows": 999_999}, bar).endswith("too small a run")
    assert judged(60, {"rows": 1}, {"zh": "无", "en": "none"}) == ""
