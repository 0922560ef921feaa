"""What is read: every page of the repository, in the languages that it is written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

LANGUAGES: Final = ("zh", "en")
"""The trees of the site, Chinese first."""

ROOT_PAGES: Final = ("CONTRIBUTING.md", "CHANGELOG.md")
DECISIONS: Final = "docs/decisions/index"
BOTH_SHARE: Final = 0.1
"""A page with so many Chinese characters among its letters speaks both languages."""

_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_LETTERS: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_COMMENT: Final = re.compile(r"^<!--.*?-->\n?", re.DOTALL | re.MULTILINE)
_OTHER_LANGUAGE: Final = re.compile(r"^(?:\[(?:中文|English)\]\([^)\s]+\)|English: \[[^]]+\]\([^)\s]+\)\.?)\n\n", re.MULTILINE)
"""The line that leads from one language to the other: on the site the switch does."""


class Broken(Exception):  # noqa: N818 - said as a sentence: the site is broken
    """The site cannot be made; the message names every place."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file: where it stands in the repository, what it says. ``speaks`` is `zh`, `en` or `both`."""

    path: PurePosixPath
    text: str
    speaks: str


@dataclass(frozen=True, slots=True)
class Source:
    """One page of the site: its name, the file for each tree, its place below a tree's folder."""

    name: str
    written: dict[str, Written]
    place: str


def read_sources(root: Path) -> dict[str, Source]:
    """Return every page by its name. Raises `Broken` for a guide that lacks a language."""
    singles = [root / name for name in ROOT_PAGES]
    guides = sorted((root / "docs" / "guides").glob("*.md"))
    singles += [each for each in sorted((root / "docs").rglob("*.md")) if each not in guides]
    found = [_pair(root, "README", "README.md", "README.en.md"), *_guides(root, guides)]
    found += [_single(_read(root, file)) for file in singles if file.is_file()]
    found.append(_single(_decisions(found)))
    return {source.name: source for source in found}


def _guides(root: Path, files: list[Path]) -> Iterator[Source]:
    for name in sorted({file.name.partition(".")[0] for file in files}):
        yield _pair(root, f"docs/guides/{name}", f"docs/guides/{name}.zh.md", f"docs/guides/{name}.en.md")


def _pair(root: Path, name: str, zh: str, en: str) -> Source:
    lacking = [each for each in (zh, en) if not (root / each).is_file()]
    if lacking:
        raise Broken(f"{lacking[0]} is missing: a page with languages has both")
    written = {"zh": _read(root, root / zh, "zh"), "en": _read(root, root / en, "en")}
    return Source(name, written, _place(name))


def _single(written: Written) -> Source:
    name = str(written.path).removesuffix(".md")
    return Source(name, dict.fromkeys(LANGUAGES, written), _place(name))


def _place(name: str) -> str:
    return "index.html" if name == "README" else f"{name.removeprefix('docs/').lower()}.html"


def _read(root: Path, file: Path, speaks: str = "") -> Written:
    text = _OTHER_LANGUAGE.sub("", _COMMENT.sub("", file.read_text(encoding="utf-8")), count=1)
    return Written(PurePosixPath(file.relative_to(root).as_posix()), text, speaks or _language(text))


def _language(text: str) -> str:
    share = len(_CHINESE.findall(text)) / max(1, len(_LETTERS.findall(text)))
    return "both" if share >= BOTH_SHARE else "en"


def _decisions(sources: list[Source]) -> Written:
    """Make the page that lists the decisions, for which no file is kept."""
    titles = {
        source.written["en"].path.name: source.written["en"].text.partition("\n")[0].removeprefix("# ")
        for source in sources
        if source.name.startswith("docs/decisions/")
    }
    lines = "\n".join(f"* [{title}]({name})" for name, title in sorted(titles.items()))
    why = "为什么是这样：每个决定的背景、内容、代价、其他选择，以及由哪个测试守住。"
    text = f"# 决定 Decisions\n\n{why}\n\nWhy it is as it is: context, decision, consequences, alternatives, and the test that holds it.\n\n{lines}\n"
    return Written(PurePosixPath(f"{DECISIONS}.md"), text, "both")
