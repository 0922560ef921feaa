"""Labels to PDF, ours beside general engines: ``yinji bench labels``."""

from __future__ import annotations

import os
import platform
from datetime import date
from importlib import import_module
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from yinji.kernel.faults import Misuse
from yinji.label.fonts import find_fonts
from yinji.label.passed import Label, Passed
from yinji.label.press import Press
from yinji_bench import sample

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Draw = Callable[[Sequence[Label]], bytes]

PEERS: Final = ("reportlab", "skia", "typst", "weasyprint")
SLOW: Final = {"weasyprint": 100}
"""Peers that draw at most so many labels, and only once: one of them takes seven seconds to subset its fonts alone."""

NOT_INSTALLED: Final = "not installed"
_ON: Final = date(2026, 11, 21)
_SINGLES: Final = 200


def measure(count: int = 500, *, rounds: int = 5, font: str | None = None, peers: Sequence[str] = PEERS) -> dict[str, Any]:
    """Return labels a second, medians over ``rounds``: ours and the peers take turns, every round with new people.

    ``ours_batch_per_s`` is from linted, set labels to the document (peers begin there too: they are told sizes and line
    breaks), ``ours_from_texts_per_s`` sets the texts as well, ``ours_checked_per_s`` also lints and numbers. ``ours_single_per_s``
    makes one document a label. The process is warm: one round goes before those that count (see `SLOW` for exceptions).
    """
    press = Press(find_fonts(font))
    draws = {name: _load(name) for name in peers}
    times: dict[str, list[float]] = {}
    facts: dict[str, Any] = {}
    for turn in range(rounds + 1):
        took, facts = _round(press, count, turn, draws)
        if turn:
            for name, seconds in took.items():
                times.setdefault(name, []).append(seconds)
    per_s = {name: round(1 / median(seconds), 1) for name, seconds in times.items()}
    by_peer: dict[str, float | str] = {name: per_s.get(name, NOT_INSTALLED) for name in peers}
    fastest = max((speed for speed in by_peer.values() if isinstance(speed, float)), default=None)
    return {
        "labels": count,
        "rounds": rounds,
        "ours_batch_per_s": per_s["ours"],
        "ours_from_texts_per_s": per_s["ours from texts"],
        "ours_checked_per_s": per_s["ours checked"],
        "ours_single_per_s": per_s["ours single"],
        "peers": by_peer,
        "peer_labels": {name: min(SLOW.get(name, count), count) for name in peers},
        "ratio_to_fastest_peer": fastest and round(per_s["ours"] / fastest, 1),
        "ratio_from_texts_to_fastest_peer": fastest and round(per_s["ours from texts"] / fastest, 1),
        "ratio_checked_to_fastest_peer": fastest and round(per_s["ours checked"] / fastest, 1),
        **facts,
        "python": platform.python_version(),
        "machine": _processor(),
        "cores_allowed": len(os.sched_getaffinity(0)),
    }


def _round(press: Press, count: int, turn: int, draws: dict[str, Draw | None]) -> tuple[dict[str, float], dict[str, Any]]:
    """Let everybody draw once; return seconds a label, and facts about the texts."""
    drafts, generated = sample.drafts(count, turn), sample.generated(count, turn)
    probes = [sample.NothingLeaks()] * count
    took: dict[str, float] = {}
    start = perf_counter()
    passed = [_passed(answer) for answer in press.check(drafts, probes, on=_ON)]
    labels = [each.numbered(*fields) for each, fields in zip(passed, generated, strict=True)]
    checked = perf_counter()
    document = press.to_pdf(labels)
    end = perf_counter()
    took["ours"], took["ours checked"] = (end - checked) / count, (end - start) / count
    took["ours from texts"] = took["ours"] + _setting(passed)
    start = perf_counter()
    for label in labels[:_SINGLES]:
        press.to_pdf([label])
    took["ours single"] = (perf_counter() - start) / min(count, _SINGLES)
    for name, draw in draws.items():
        if draw is not None and (name not in SLOW or turn == 1):
            some = labels[: SLOW.get(name, count)]
            start = perf_counter()
            draw(some)
            took[name] = (perf_counter() - start) / len(some)
    return took, {"distinct_characters": sample.distinct_characters(passed), "ours_bytes": len(document)}


def _setting(passed: list[Passed]) -> float:
    """Return the seconds a label that setting its texts takes: once more, because `Press.check` does it among the lints."""
    setter, drafts = passed[0].setter, [each.draft for each in passed]
    start = perf_counter()
    for draft in drafts:
        setter.set(setter.texts(draft))
    return (perf_counter() - start) / len(passed)


def _passed(answer: Passed | tuple[Any, ...]) -> Passed:
    if isinstance(answer, tuple):
        raise Misuse(f"an invented label was refused: {answer}")
    return answer


def _load(name: str) -> Draw | None:
    """Return a peer's ``draw``; None if the peer, or a library of the system that it needs, is not there."""
    try:
        draw: Draw = import_module(f"yinji_bench.peers.{name}_label").draw
    except (ImportError, OSError):
        return None
    return draw


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123 - a pseudo file
            return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    except OSError:
        return platform.machine()
