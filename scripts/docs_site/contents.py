"""In which order pages stand, and below which topic."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docs_site.sources import Broken, Source

ORDER: Final = Path(__file__).with_name("contents.toml")


@dataclass(frozen=True, slots=True)
class Topic:
    """Pages that belong together. ``shown`` of them stand in the navigation."""

    title: dict[str, str]
    pages: tuple[Source, ...]
    shown: tuple[Source, ...]


def ordered(sources: dict[str, Source], order: Path = ORDER) -> tuple[Topic, ...]:
    """Return the topics that have pages. Raises `Broken` for a page that is not there, or that no topic takes."""
    asked: list[dict[str, Any]] = tomllib.loads(order.read_text(encoding="utf-8"))["topics"]
    named = [name for topic in asked for name in topic.get("pages", ())]
    missing = [name for name in named if name not in sources]
    rest = _rest(set(sources) - set(named), [topic["rest"] for topic in asked if "rest" in topic])
    unplaced = rest.pop("", [])
    if missing or unplaced:
        raise Broken(f"{order.name} names pages that are not there: {missing}; no topic takes {unplaced}")
    topics = [_topic(topic, sources, rest.get(topic.get("rest", ""), [])) for topic in asked]
    return tuple(topic for topic in topics if topic.pages)


def _rest(names: Iterable[str], folders: Sequence[str]) -> dict[str, list[str]]:
    """Give each name to the deepest folder that holds it; to "" where none does."""
    deepest_first = sorted(folders, key=len, reverse=True)
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        folder = next((each for each in deepest_first if name.startswith(each)), "")
        found.setdefault(folder, []).append(name)
    return found


def _topic(asked: dict[str, Any], sources: dict[str, Source], rest: list[str]) -> Topic:
    named = [sources[name] for name in asked.get("pages", ())]
    every = (*named, *(sources[name] for name in rest))
    return Topic({"zh": asked["zh"], "en": asked["en"]}, every, tuple(named) if asked.get("folded") else every)
