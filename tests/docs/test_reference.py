"""docs/reference/ says what the code says. Mend it with `make docs`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import pytest
import typer.main

from yinji.doors.cli.app import build_app
from yinji.doors.cli.context import Rooms
from yinji.doors.cli.exits import Exit
from yinji.kernel.events import Event
from yinji.kernel.refusals import Refusal
from yinji.law import force
from yinji.settings import Settings
from yinji.vault.fields import REGISTER

ROOT: Final = Path(__file__).parents[2]
REMEDY: Final = "run `make docs` and commit what it writes"


def reference(name: str) -> str:
    return (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")


def commands() -> Iterator[str]:
    def below(path: str, command: Any) -> Iterator[str]:
        yield path
        for name, each in getattr(command, "commands", {}).items():
            yield from below(f"{path} {name}", each)

    app = build_app(
        Rooms(
            lambda _: pytest.fail("help opens no node"),
            lambda *_: None,
            lambda _: None,
            lambda *_: pytest.fail("help opens no node"),
        )
    )
    return below("yinji", typer.main.get_command(app))


def test_no_page_is_stale() -> None:
    script = ROOT / "scripts" / "make_docs.py"
    ended = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{ended.stderr.strip() or ended.stdout.strip()}\n{REMEDY}"


def test_every_setting_is_in_the_reference() -> None:
    page = reference("settings.md")
    missing = [each.name for each in fields(Settings) if f"| `{each.name}` | `YINJI_{each.name.upper()}` |" not in page]
    assert not missing, f"settings.md lacks {missing}: {REMEDY}"


def test_every_refusal_has_a_section_with_reason_and_remedy() -> None:
    page = reference("refusals.md")
    sections = {section.partition("\n")[0]: section for section in page.split("\n### ")[1:]}
    missing = [each.name for each in Refusal if f"{each.name} ({each.value})" not in sections]
    assert not missing, f"refusals.md lacks {missing}: {REMEDY}"
    silent = [
        name for name, section in sections.items() if "| 原因 reason | " not in section or "| 办法 remedy | " not in section
    ]
    assert not silent, f"refusals.md tells no remedy for {silent}: {REMEDY}"


def test_every_event_is_in_the_reference() -> None:
    page = reference("events.md")
    missing = [each.name for each in Event if f"| {each.value} | `{each.name}` | " not in page]
    assert not missing, f"events.md lacks {missing}: {REMEDY}"


def test_every_command_and_exit_code_is_in_the_reference() -> None:
    page = reference("cli.md")
    missing = [path for path in commands() if f"\n## {path}\n" not in page]
    missing += [each.name for each in Exit if f"| {each.value} | `{each.name}` | " not in page]
    assert not missing, f"cli.md lacks {missing}: {REMEDY}"


def test_every_personal_field_is_in_the_reference() -> None:
    page = reference("fields.md")
    missing = [each.name for each in REGISTER if f"| `{each.name}` | " not in page]
    assert not missing, f"fields.md lacks {missing}: {REMEDY}"


def test_every_rule_is_in_the_reference() -> None:
    page = reference("rules.md")
    missing = [rule.id for rule in force.every_version() if f"\n### {rule.id} from {rule.effective_from}\n" not in page]
    assert not missing, f"rules.md lacks {missing}: {REMEDY}"


def test_every_table_of_moves_is_drawn() -> None:
    page = reference("states.md")
    models = [path for path in (ROOT / "src" / "yinji").glob("*/model.py") if "\nMOVES" in path.read_text(encoding="utf-8")]
    missing = [str(path.relative_to(ROOT)) for path in models if f"`{path.relative_to(ROOT)}`" not in page]
    assert models, "no room has a table of moves: this test looks in the wrong place"
    assert not missing, f"states.md lacks {missing}: {REMEDY}"
