"""What was measured on a calibration sheet, and what to change. Pure.

Lengths are whole micrometres, so that nothing is rounded twice. No standard sets these tolerances; they are the house's: a bar of a
label is 0.25 mm and more, so half a millimetre in a hundred moves no edge of a bar by as much as a dot, and a label keeps two
millimetres of margin, so that one may be lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from yinji.kernel.faults import Misuse
from yinji.kernel.said import Said

MM: Final = 1_000
"""Micrometres in a millimetre."""

SHORTEST: Final = 10 * MM
LONGEST: Final = 400 * MM
"""What may be said of a ruler: a printer that shrinks a hundred millimetres to ten, or to four hundred, prints something else."""

OFF_MAX: Final = 30 * MM
"""What may be said of a corner: farther from the edge the sheet lay on other paper."""

TOLERANCE: Final = 5
"""Thousandths by which a length may be off: half a millimetre in a hundred."""

ASIDE_MAX: Final = 1 * MM
"""How far a corner may stand from its place."""

_HEAD_NEAR: Final = 15
_HEADS: Final = {677: (300, 203), 1478: (203, 300)}
"""203 / 300 and 300 / 203 in thousandths: the driver was told of the first head, the printer has the second."""


class Cause(StrEnum):
    """What a measurement says of a printer."""

    TRUE = "true"  # nothing is scaled
    HEAD = "head"  # the driver counts on another print head
    FITTED = "fitted"  # both axes are scaled alike: something fits the sheet to a page
    FEED = "feed"  # the paper's way is scaled alone: its feed
    WIDTH = "width"  # across is scaled alone: the driver's paper width
    UNEQUAL = "unequal"  # both are scaled, each by its own measure
    ASIDE = "aside"  # the sheet is printed beside its place


class Measured(NamedTuple):
    """What a ruler said, in micrometres: both printed rulers, and the outer corner's distances from the paper's edges, if looked at."""

    across: int
    down: int
    left: int | None = None
    top: int | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to change (or that nothing is): what was found, and what to do."""

    cause: Cause
    says: Said
    remedy: Said


@dataclass(frozen=True, slots=True)
class Judged:
    """What a measurement comes to. ``across`` and ``down`` are off by so many thousandths, shorter below zero."""

    across: int
    down: int
    advice: tuple[Advice, ...]

    @property
    def holds(self) -> bool:
        """True if labels come out at their true size, in their place."""
        return all(each.cause is Cause.TRUE for each in self.advice)


def judge(measured: Measured, *, across_mm: int, down_mm: int, inset_mm: float) -> Judged:
    """Return what to change: 1 the scale; 2 where the scale is true, the place. Raises Misuse beyond the bounds above.

    ``across_mm`` and ``down_mm`` are what the rulers should say, ``inset_mm`` how far a corner should stand from the edge.
    """
    if not (min(measured[:2]) >= SHORTEST and max(measured[:2]) <= LONGEST):
        raise Misuse("a ruler measures between 10 and 400 mm")
    if any(each is not None and not 0 <= each <= OFF_MAX for each in measured[2:]):
        raise Misuse("a corner stands at most 30 mm from the edge")
    across, down = (_off(said, right * MM) for said, right in ((measured.across, across_mm), (measured.down, down_mm)))
    cause = _cause(across, down)
    scale = _scale(cause, across, down)  # 1
    aside = _aside(measured, round(inset_mm * MM)) if cause is Cause.TRUE else ()  # 2
    return Judged(across, down, (scale, *aside))


def _off(said: int, right: int) -> int:
    return round((said - right) * 1_000 / right)


def _cause(across: int, down: int) -> Cause:
    wrong = [abs(each) > TOLERANCE for each in (across, down)]
    if not any(wrong):
        return Cause.TRUE
    if _heads(across) and _heads(across) == _heads(down):
        return Cause.HEAD
    if abs(across - down) <= TOLERANCE:
        return Cause.FITTED
    return {(True, False): Cause.WIDTH, (False, True): Cause.FEED}.get((wrong[0], wrong[1]), Cause.UNEQUAL)


def _heads(off: int) -> tuple[int, int] | None:
    """Return which head the driver counts on and which the printer has, where a scale says so."""
    return next((heads for ratio, heads in _HEADS.items() if abs(1_000 + off - ratio) <= _HEAD_NEAR), None)


def _scale(cause: Cause, across: int, down: int) -> Advice:
    wide, high = _percent(across), _percent(down)
    found = Said(f"横向 {wide}，纵向 {high}", f"Across {wide}, down {high}")
    if cause is Cause.HEAD:
        told, has = _heads(across) or (0, 0)
        remedy = Said(
            f"驱动按 {told} 点打印头出图，打印机是 {has} 点：在驱动里改成 {has}，设置 printer_dpi 也写 {has}。",
            f"The driver draws for a head of {told} dpi, the printer has {has}: set {has} in the driver, and in printer_dpi.",
        )
        return Advice(cause, found, remedy)
    if cause is Cause.FITTED:
        back = f"{100_000 / (1_000 + (across + down) / 2):.1f}"
        remedy = Said(
            f"关闭“适合页面”与“缩小至可打印区域”，缩放设为 100 %。确实是 100 % 而仍不对，改用 {back} %。",
            f'Switch off "fit to page" and "shrink to printable area", scale 100 %. If it is at 100 % already, set {back} %.',
        )
        return Advice(cause, found, remedy)
    return Advice(cause, found, _REMEDIES[cause])


def _percent(off: int) -> str:
    return f"{100 + off / 10:.1f} %"


def _aside(measured: Measured, inset: int) -> tuple[Advice, ...]:
    """Return how far to move the picture, where a corner stands more than `ASIDE_MAX` from its place."""
    moves = [
        (said - inset, zh, en)
        for said, zh, en in (
            (measured.left, ("向左", "向右"), ("to the left", "to the right")),
            (measured.top, ("向上", "向下"), ("up", "down")),
        )
        if said is not None and abs(said - inset) > ASIDE_MAX
    ]
    if not moves:
        return ()
    far = [f"{abs(by) / MM:.1f} mm" for by, _, _ in moves]
    zh = "、".join(f"{words[by < 0]} {how}" for (by, words, _), how in zip(moves, far, strict=True))
    en = " and ".join(f"{words[by < 0]} by {how}" for (by, _, words), how in zip(moves, far, strict=True))
    remedy = Said(
        f"在驱动或打印机里把图像{zh}；再校准纸张（间隙探测）。",
        f"Move the picture {en} in the driver or the printer; then calibrate the media (gap sensor).",
    )
    return (Advice(Cause.ASIDE, Said("大小正确，位置偏了", "The size is true, the place is not"), remedy),)


_REMEDIES: Final = {
    Cause.TRUE: Said("不需要改动。", "Nothing to change."),
    Cause.FEED: Said(
        "横向正确，只有走纸方向不对：校准走纸（打印机的纸张校准），降低打印速度，检查胶辊是否打滑；再印一张比对。",
        "Across is true, only the way of the paper is not: calibrate the feed at the printer, print slower, see that the roller "
        "does not slip; then print another sheet.",
    ),
    Cause.WIDTH: Said(
        "走纸方向正确，只有横向不对：在驱动里把纸张宽度设为面单的宽度，关闭按宽度缩放。",
        "The way of the paper is true, only across is not: set the label's own width as paper width in the driver, and switch "
        "off scaling to width.",
    ),
    Cause.UNEQUAL: Said(
        "两个方向缩放不同：把纸张大小设为面单的大小，缩放 100 %，不保留页边距；再印一张，先看横向。",
        "Both ways are scaled, each differently: set the label's size as paper size, scale 100 %, no margins; print another "
        "sheet and look at the width first.",
    ),
}
