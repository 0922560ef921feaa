"""The pages in the root, the pairs of languages, and the form of decisions; paths in docs/ are read by tests/house."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
ROOT_PAGES: Final = ("README.md", "README.en.md", "CONTRIBUTING.md", "CHANGELOG.md")
PAGES: Final = sorted([*(ROOT / name for name in ROOT_PAGES), *(ROOT / "docs").rglob("*.md")])
GUIDES: Final = sorted(path.name.removesuffix(".zh.md") for path in (ROOT / "docs" / "guides").glob("*.zh.md"))
PAIRS: Final = (
    ("README.md", "README.en.md"),
    *((f"docs/guides/{name}.zh.md", f"docs/guides/{name}.en.md") for name in GUIDES),
)
DECISIONS: Final = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PARTS: Final = ("\n**Context.** ", "\n**Decision.** *", "\n**Consequences.** ", "\n**Alternatives.** ", "\n*Enforced by:* ")

_LINK: Final = re.compile(r"\]\((?!https?:)([^)#\s]+)")
_PATH: Final = re.compile(r"`((?:src|docs|examples|requirements|scripts|tests)/[^`\s*<>]+)`")
_LOCAL: Final = re.compile(r"(?<![\w.~])/(?:home|root|Users|work|tmp)/|127\.0\.0\.1|localhost")
_COMMAND: Final = re.compile(
    r"\byinji ((?:sender|numbers|ledger|bench|keys|hold|api-keys) [a-z]+|[a-z]+)|^make ([a-z]+)", re.MULTILINE
)
_NAMED: Final = re.compile(r"`yinji ((?:sender|numbers|ledger|bench|keys|hold|api-keys) [a-z]+|[a-z]+)")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def said(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("name", ROOT_PAGES)
def test_every_link_and_path_of_a_root_page_leads_somewhere(name: str) -> None:
    dead = [path for path in (*_LINK.findall(text_of(name)), *_PATH.findall(text_of(name))) if not (ROOT / path).exists()]
    assert not dead, f"{name} points at {dead}: mend the path, or the sentence"


@pytest.mark.parametrize("page", PAGES, ids=said)
def test_no_page_names_a_place_on_somebodys_machine(page: Path) -> None:
    found = _LOCAL.findall(page.read_text(encoding="utf-8"))
    assert not found, f"{said(page)} names {found}: write paths from the repository's root"


@pytest.mark.parametrize(("zh", "en"), PAIRS)
def test_both_languages_of_a_page_have_the_same_chapters_and_commands(zh: str, en: str) -> None:
    def shape(name: str) -> tuple[int, int, list[str]]:
        blocks = "".join(re.findall(r"```sh\n(.*?)```", text_of(name), re.DOTALL))
        return text_of(name).count("\n## "), text_of(name).count("\n| "), [one or two for one, two in _COMMAND.findall(blocks)]

    assert shape(zh) == shape(en), f"{zh} and {en} differ in chapters, rows of tables or commands"
    assert f"({Path(en).name})" in text_of(zh), f"{zh} links to {en}"
    assert f"({Path(zh).name})" in text_of(en), f"{en} links to {zh}"


def test_every_command_that_a_page_names_is_in_the_reference() -> None:
    known = set(re.findall(r"^## yinji (.+)$", text_of("docs/reference/cli.md"), re.MULTILINE))
    named = {command: said(page) for page in PAGES for command in _NAMED.findall(page.read_text(encoding="utf-8"))}
    unknown = {command: page for command, page in named.items() if command not in known}
    assert named, "pages name commands: this test looks in the wrong place"
    assert not unknown, f"no such commands: {unknown}"


@pytest.mark.parametrize("page", DECISIONS, ids=said)
def test_a_decision_has_its_parts_in_their_order(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    places = [text.find(part) for part in PARTS]
    assert -1 not in places, f"a decision has the parts {PARTS}"
    assert places == sorted(places), f"the parts stand in the order {PARTS}"
    assert "\n\n" not in text[places[-1] :].strip(), "nothing follows what enforces it"
