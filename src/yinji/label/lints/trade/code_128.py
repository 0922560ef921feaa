"""Habit of the trade: every ply has the waybill number as a Code 128 that hand scanners read.

Bars of two dots of a 203 dpi head or wider, 5 mm or higher (the least that ISO/IEC 15417 is commonly quoted with). The longest
number that the grammar allows must still fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.codes.code128 import QUIET_MODULES, draw
from yinji.label.layout.epaper import EPAPER
from yinji.label.layout.template import DOTS_PER_MM
from yinji.label.lints.finding import Finding, finding

if TYPE_CHECKING:
    from yinji.label.layout.template import Bars
    from yinji.label.layout.typesetter import Typesetter
    from yinji.law import Rule

RULE_ID = "trade-code-128"

LONGEST: Final = ("AA0123456789012345", "AAAA012345678901", "RR473124829CN")
"""Of each form of a waybill number the one with the most symbols (`yinji.label.codes.grammar`)."""

_BAR_LEAST: Final = 2
_HEIGHT_LEAST: Final = 5.0


def lint_template(setter: Typesetter, rule: Rule) -> tuple[Finding, ...]:
    """Find plies without a code, and codes that would be too narrow or too low to be read."""
    dots = rule.value or _BAR_LEAST
    plies = setter.template.plies
    if setter.template.name.endswith(EPAPER):  # scanners read its QR code
        return ()
    if not all(ply.part.bars for ply in plies):
        return (finding(rule, "template", _ABSENT, Refusal.LABEL_UNFIT),)
    if not all(_readable(bars, dots) for ply in plies for bars in ply.part.bars):
        return (finding(rule, "template", _SMALL, Refusal.LABEL_UNFIT),)
    return ()


def _readable(bars: Bars, dots: int) -> bool:
    modules = max(draw(number).modules for number in LONGEST)
    wide = int(bars.area.w * DOTS_PER_MM) // (modules + 2 * QUIET_MODULES)
    return wide >= dots and bars.dots_max >= dots and bars.area.h >= _HEIGHT_LEAST


_ABSENT: Final = Said("有一联没有条码", "a ply has no bar code")
_SMALL: Final = Said("条码太窄或太低，扫描枪读不出", "a bar code is too narrow or too low for scanners")
