"""De-identification, ours beside Presidio, jionlp and cpca on the same invented rows: ``yinji bench deid``. Seconds are of the processor."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from yinji.deid import FindingKind, mask_address, scan
from yinji.kernel.faults import Misuse
from yinji_bench.deid_rows import Marked, Rows, rows
from yinji_bench.peers import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_PEER: Final = 200
"""Rows of each kind that the peers read in a round: some take a hundred times as long for each."""

_DATA: Final = "dev.jsonl"
_SCORER: Final = "score.py"
_SCORES: Final = ("leak", "mangle", "clean", "plain_mangle", "all_right")
"""Percent of the rows, as the scorer's own page explains them."""

_SCORER_SECONDS: Final = 120


def measure(count: int = 5_000, *, rounds: int = 5, data: Path | None = None) -> dict[str, Any]:
    """Return rows a second, medians over ``rounds``, and what was found of what the rows show; new rows every round, one to warm up.

    ``data`` names a folder with labelled addresses and their scorer (`dev.jsonl`, `score.py`): its figures are added.
    """
    finders, parsers = texts.finders(), texts.parsers()
    times: dict[str, list[float]] = {}
    few = rows(min(count, _PEER), rounds + 1)
    for turn in range(rounds + 1):
        now = rows(count, turn)
        few = rows(min(count, _PEER), turn)
        took = {"addresses": _seconds(mask_address, (each.text for each in now.addresses)), "scans": _seconds(scan, now.short)}
        took |= {f"scans {name}": _seconds(find, few.short) for name, find in finders.items()}
        took |= {f"addresses {name}": _seconds(parse, (each.text for each in few.addresses)) for name, parse in parsers.items()}
        for name, seconds in took.items() if turn else ():
            times.setdefault(name, []).append(seconds)
    per_s = {name: round(1 / median(seconds), 1) for name, seconds in times.items()}
    figures = {
        "rows": count,
        "rounds": rounds,
        "addresses_per_s": per_s.pop("addresses"),
        "scans_per_s": per_s.pop("scans"),
        **_quality(rows(count, rounds + 1)),
        "peers_scans_per_s": {name: per_s[f"scans {name}"] for name in finders},
        "peers_addresses_per_s": {name: per_s[f"addresses {name}"] for name in parsers},
        "peers_phones_found_percent": {name: _share(_covered(find, few.phones)) for name, find in finders.items()},
        "peers_things_flagged_percent": {name: _share(map(bool, map(find, few.things))) for name, find in finders.items()},
        "peers_absent": ", ".join(texts.absent()) or "-",
    }
    return figures | (_scored(data) if data is not None else {})


def _quality(now: Rows) -> dict[str, Any]:
    """Return what our masks leave and what our scan finds, in percent of the rows."""
    left = [any(sign.isalnum() for sign in mask_address(text).text[start:end]) for text, start, end in now.addresses]
    return {
        "rooms_left_percent": _share(left),
        "phones_found_percent": _share(_covered(_of(FindingKind.PHONE), now.phones)),
        "names_found_percent": _share(_covered(_of(FindingKind.NAME), now.names)),
        "things_flagged_percent": _share(bool(scan(text)) for text in now.things),
    }


def _of(kind: FindingKind) -> Callable[[str], texts.Found]:
    return lambda text: [(each.span.start, each.span.end) for each in scan(text) if each.kind is kind]


def _covered(find: Callable[[str], texts.Found], marked: Sequence[Marked]) -> list[bool]:
    """Say of each row whether one span covers all that is marked in it, an extension included."""
    return [any(low <= start and end <= high for low, high in find(text)) for text, start, end in marked]


def _seconds(read: Callable[[str], Any], given: Iterable[str]) -> float:
    """Return the seconds a row takes."""
    each = list(given)
    start = process_time()
    for text in each:
        read(text)
    return (process_time() - start) / len(each)


def _share(said: Iterable[bool]) -> float:
    each = list(said)
    return round(100 * sum(each) / len(each), 2)


def _scored(folder: Path) -> dict[str, Any]:
    """Mask labelled addresses, and return what their own scorer says."""
    if not (folder / _DATA).is_file() or not (folder / _SCORER).is_file():
        raise Misuse(f"{folder} holds no {_DATA} with its {_SCORER}")
    lines = (folder / _DATA).read_text(encoding="utf-8").splitlines()
    with TemporaryDirectory() as scratch:
        masked = Path(scratch) / "masked.jsonl"
        with masked.open("w", encoding="utf-8") as out:
            for row in map(json.loads, lines):
                out.write(json.dumps({"id": row["id"], "masked": mask_address(row["text"]).text}, ensure_ascii=False) + "\n")
        command = [sys.executable, str(folder / _SCORER), str(masked), "--json"]
        told = subprocess.run(command, check=True, capture_output=True, timeout=_SCORER_SECONDS)  # noqa: S603 - the folder's own scorer
    (sources,) = json.loads(told.stdout).values()
    return {f"scored_{source}": {name: figures[name] for name in _SCORES} for source, figures in sources.items()}
