"""The records of measurements and the words about them, read and checked; what both the page and the README are made from."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

_HERE: Final = Path(__file__).resolve().parent
RECORDS: Final = _HERE.parents[1] / "docs" / "reference" / "benchmarks.json"
WORDS: Final = _HERE / "figures.toml"

Record = Mapping[str, Any]


def records() -> list[Record]:
    """Return every record, oldest first; of a day, those that are only quoted (they have a note) before those that were kept."""
    kept: list[Record] = json.loads(RECORDS.read_text(encoding="utf-8"))["records"]
    return sorted(kept, key=lambda record: (record["date"], "note" not in record))


def words() -> Mapping[str, Any]:
    """Return the words about benches and figures, and the rows of the README."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def keep(fresh: Sequence[Record]) -> None:
    """Keep records; one of the same command is replaced."""
    commands = {record["command"] for record in fresh}
    old = [record for record in (records() if RECORDS.exists() else []) if record["command"] not in commands]
    order = list(words()["bench"])
    every = sorted([*old, *fresh], key=lambda record: (order.index(record["bench"]), record["command"]))
    RECORDS.write_text(json.dumps({"records": every}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def named(kept: Sequence[Record]) -> dict[str, SimpleNamespace]:
    """Return each bench's newest figures under its name, and those of its largest runs together under ``<name>_largest``."""
    found: dict[str, SimpleNamespace] = {}
    for bench in {record["bench"] for record in kept}:
        every = [record["figures"] for record in kept if record["bench"] == bench]
        largest = max(size_of(figures) for figures in every)
        found[bench] = SimpleNamespace(**every[-1])
        found[f"{bench}_largest"] = SimpleNamespace(
            **{name: each for figures in every if size_of(figures) == largest for name, each in figures.items()}
        )
    return found


def size_of(figures: Mapping[str, Any]) -> int:
    """Return how large a run was."""
    return int(figures.get("stored") or figures.get("rows") or 0)
