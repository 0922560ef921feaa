"""Each dependency earns its place in a sentence, and what is locked is locked by hash."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.house.tree import ROOT

PROJECT = ROOT / "pyproject.toml"
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

WORDS_MIN = 2
"""A reason has at least so many words."""

PINNED = re.compile(r"(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==[\w.!+-]+(?:\s*;\s*[^\\]+?)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def dependencies(project: dict[str, Any]) -> dict[str, list[str]]:
    """Every direct dependency, by the list that it stands in."""
    groups = {
        f"group {name}": [each for each in some if isinstance(each, str)]
        for name, some in project.get("dependency-groups", {}).items()
    }
    return {"run": project["project"]["dependencies"], "build-system": project["build-system"]["requires"], **groups}


def unexplained(text: str) -> list[str]:
    """Dependencies on whose line no reason stands."""
    every = {each for some in dependencies(tomllib.loads(text)).values() for each in some}
    return [
        f"{number}: {line.strip()}"
        for number, line in enumerate(text.splitlines(), 1)
        if any(f'"{each}"' in line for each in every) and len(line.partition("  #")[2].split()) < WORDS_MIN
    ]


def records(lock: str) -> Iterator[tuple[str, list[str]]]:
    """Each pinned package with the lines that belong to it."""
    whole = re.sub(r"[ \t]*\\\n[ \t]*", " ", "\n".join(line for line in lock.splitlines() if not line.strip().startswith("#")))
    for line in whole.splitlines():
        if line.strip():
            head, *rest = re.split(r"\s+(?=--)", line.split(" #")[0].strip())
            yield head, rest


def loose(lock: str) -> list[str]:
    """What in a lock file is not a pinned version with its hashes."""
    found = [head for head, rest in records(lock) if not PINNED.fullmatch(head.strip()) or not rest]
    found += [option for _, rest in records(lock) for option in rest if not HASH.fullmatch(option.strip())]
    found += [line for line in lock.splitlines() if re.search(r"\w+://|^\s*-(?!-hash)|@\s*\S+/", line)]
    return found


def canonical(requirement: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~ ;]", requirement, maxsplit=1)[0]).lower()


def test_every_dependency_has_its_reason_on_its_line() -> None:
    assert not unexplained(PROJECT.read_text(encoding="utf-8"))


def test_there_are_locks() -> None:
    assert {file.name for file in LOCKS} >= {"run.txt", "dev.txt", "peers.txt"}


@pytest.mark.parametrize("file", LOCKS, ids=lambda file: file.name)
def test_a_lock_pins_every_package_by_hash_and_names_no_place(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert list(records(text))
    assert not loose(text)


def test_every_direct_dependency_is_locked() -> None:
    direct = dependencies(tomllib.loads(PROJECT.read_text(encoding="utf-8")))
    locked = {file.stem: {canonical(head) for head, _ in records(file.read_text(encoding="utf-8"))} for file in LOCKS}
    assert {canonical(each) for each in direct["run"] + direct["build-system"]} <= locked["run"]
    assert {canonical(each) for each in direct["group test"] + direct["group lint"] + direct["group docs"]} <= locked["dev"]
    assert {canonical(each) for each in direct["group peers"]} <= locked["peers"]


def test_what_is_loose_or_unexplained_is_seen() -> None:
    digest = "--hash=sha256:" + "0" * 64
    good = f"# made by make lock\nisal==1.7.2 ; python_version < '4' \\\n    {digest} \\\n    {digest}\n"
    assert not loose(good)
    assert [head for head, _ in records(good)] == ["isal==1.7.2 ; python_version < '4'"]
    for bad in (
        "isal==1.7.2\n",
        f"isal>=1.7 {digest}\n",
        f"-i somewhere\n{good}",
        f"--index-url https://example.invalid/simple\n{good}",
        f"isal @ git+ssh://example.invalid/isal {digest}\n",
        "isal==1.7.2 --hash=md5:00\n",
    ):
        assert loose(bad), bad
    project = (
        '[project]\ndependencies = [\n  "isal>=1.7",\n  "rich>=14",  # tables on a terminal\n]\n[build-system]\nrequires = []\n'
    )
    assert unexplained(project) == ['3: "isal>=1.7",']
