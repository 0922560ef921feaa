"""Labels to pictures, ours beside Pillow as one draws with it: ``yinji bench pictures``. Seconds are of the processor."""

from __future__ import annotations

from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from yinji.kernel.faults import Misuse
from yinji.label.fonts import find_fonts
from yinji.label.layout import sizes
from yinji.label.passed import Label
from yinji.label.press import HEADS, Press
from yinji.label.writers.raster import PictureForm
from yinji_bench import sample

if TYPE_CHECKING:
    from collections.abc import Sequence


_SINGLES: Final = 200
_PEER: Final = 100
"""Labels that the peer draws in a round: it takes some ten times as long for each."""

_OTHERS: Final = 200
"""Labels a round of every other size and head."""


def measure(count: int = 500, *, rounds: int = 5, font: str | None = None) -> dict[str, Any]:
    """Return pictures a second, medians over ``rounds``: ours and Pillow's take turns, every round with new people.

    All begin with linted, set labels. ``ours_cold_per_s`` is the first round, in which nearly every glyph is drawn for the first time;
    it does not count among the others. ``ours_single_per_s`` asks for one label at a time.
    """
    from yinji_bench.peers import pillow_label  # noqa: PLC0415 - loaded only to be measured: it draws QR codes by a peer's package

    fonts = find_fonts(font)
    press = Press(fonts)
    times: dict[str, list[float]] = {}
    bytes_each, cold = 0, 0.0
    for turn in range(rounds + 1):
        labels = sample.labels(press, count, turn)
        start = process_time()
        bytes_each = sum(map(len, press.to_pictures(labels))) // count
        took = process_time() - start
        if not turn:
            cold = took / count
            continue
        times.setdefault("ours", []).append(took / count)
        times.setdefault("bmp", []).append(_seconds(press, labels, PictureForm.BMP))
        start = process_time()
        for label in labels[:_SINGLES]:
            press.to_png(label)
        times.setdefault("single", []).append((process_time() - start) / min(count, _SINGLES))
        start = process_time()
        drawn = sum(map(len, pillow_label.draw(labels[:_PEER])))
        times.setdefault("pillow", []).append((process_time() - start) / min(count, _PEER))
        if not drawn:
            raise Misuse("the peer drew nothing")
    per_s = {name: round(1 / median(seconds), 1) for name, seconds in times.items()}
    return {
        "labels": count,
        "rounds": rounds,
        "ours_png_per_s": per_s["ours"],
        "ours_single_per_s": per_s["single"],
        "ours_bmp_per_s": per_s["bmp"],
        "ours_cold_per_s": round(1 / cold, 1),
        "ours_300_dpi_per_s": _of(Press(fonts, dpi=max(HEADS)), min(count, _OTHERS), rounds),
        "ours_by_size_per_s": {size: _of(Press(fonts, size=size), min(count, _OTHERS), rounds) for size in sizes()},
        "peers": {"pillow": per_s["pillow"]},
        "ratio_to_peer": round(per_s["ours"] / per_s["pillow"], 1),
        "bytes_each": bytes_each,
    }


def _seconds(press: Press, labels: Sequence[Label], form: PictureForm) -> float:
    """Return the seconds a label that a form takes."""
    start = process_time()
    for _ in press.to_pictures(labels, form=form):
        pass
    return (process_time() - start) / len(labels)


def _of(press: Press, count: int, rounds: int) -> float:
    """Return PNG a second of another press: the median, new people every round, one round to warm up."""
    took = [_seconds(press, sample.labels(press, count, turn), PictureForm.PNG) for turn in range(rounds + 1)]
    return round(1 / median(took[1:]), 1)
