"""Labels to PDF, ours beside general engines: ``yinji bench labels``. Seconds are of the processor, everybody's: nothing here waits."""

from __future__ import annotations

from importlib import import_module
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from yinji.label.fonts import find_fonts
from yinji.label.layout import sizes
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
_SINGLES: Final = 200


def measure(count: int = 500, *, rounds: int = 5, font: str | None = None, peers: Sequence[str] = PEERS) -> dict[str, Any]:
    """Return labels a second, medians over ``rounds``: ours and the peers take turns, every round with new people.

    ``ours_batch_per_s`` is from linted, set labels to the document (peers begin there too: they are told sizes and line
    breaks), ``ours_from_texts_per_s`` sets the texts as well, ``ours_checked_per_s`` also lints and numbers. ``ours_single_per_s``
    makes one document a label. ``ours_by_size_per_s`` is the first figure for every template. The process is warm: one round goes before those that count (see `SLOW` for exceptions).
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
        "ours_by_size_per_s": {size: _of_size(size, font, count, rounds) for size in sizes()},
        "peers": by_peer,
        "peer_labels": {name: min(SLOW.get(name, count), count) for name in peers},
        "ratio_to_fastest_peer": fastest and round(per_s["ours"] / fastest, 1),
        "ratio_from_texts_to_fastest_peer": fastest and round(per_s["ours from texts"] / fastest, 1),
        "ratio_checked_to_fastest_peer": fastest and round(per_s["ours checked"] / fastest, 1),
        **facts,
    }


def _round(press: Press, count: int, turn: int, draws: dict[str, Draw | None]) -> tuple[dict[str, float], dict[str, Any]]:
    """Let everybody draw once; return seconds a label, and facts about the texts."""
    drafts, generated = sample.drafts(count, turn), sample.generated(count, turn)
    probes = [sample.NothingLeaks()] * count
    took: dict[str, float] = {}
    start = process_time()
    passed = [sample.passed(answer) for answer in press.check(drafts, probes, on=sample.PRINTED_ON)]
    labels = [each.numbered(*fields) for each, fields in zip(passed, generated, strict=True)]
    checked = process_time()
    document = press.to_pdf(labels)
    end = process_time()
    took["ours"], took["ours checked"] = (end - checked) / count, (end - start) / count
    took["ours from texts"] = took["ours"] + _setting(passed)
    start = process_time()
    for label in labels[:_SINGLES]:
        press.to_pdf([label])
    took["ours single"] = (process_time() - start) / min(count, _SINGLES)
    for name, draw in draws.items():
        if draw is not None and (name not in SLOW or turn == 1):
            some = labels[: SLOW.get(name, count)]
            start = process_time()
            draw(some)
            took[name] = (process_time() - start) / len(some)
    return took, {"distinct_characters": sample.distinct_characters(passed), "ours_bytes": len(document)}


def _of_size(size: str, font: str | None, count: int, rounds: int) -> float:
    """Return labels of one template a second, from linted labels to the document; the median, after one round to warm up."""
    press = Press(find_fonts(font), size=size)
    labels = sample.labels(press, count, 0)
    took = []
    for _ in range(rounds + 1):
        start = process_time()
        press.to_pdf(labels)
        took.append(process_time() - start)
    return round(count / median(took[1:]), 1)


def _setting(passed: list[Passed]) -> float:
    """Return the seconds a label that setting its texts takes: once more, because `Press.check` does it among the lints."""
    setter, drafts = passed[0].setter, [each.draft for each in passed]
    start = process_time()
    for draft in drafts:
        setter.set(setter.texts(draft))
    return (process_time() - start) / len(passed)


def _load(name: str) -> Draw | None:
    """Return a peer's ``draw``; None if the peer, or a library of the system that it needs, is not there."""
    try:
        draw: Draw = import_module(f"yinji_bench.peers.{name}_label").draw
    except (ImportError, OSError):
        return None
    return draw
