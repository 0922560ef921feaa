"""GB/T 41833-2022, as computed from it: what a label shows of one phone in several places counts together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.inspection.rules.looking import Sight
from yinji.label.inspection.rules.marks import MOBILE_DIGITS, half_hidden
from yinji.label.lints.gbt.visible_digits import together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.inspection.laid_out import Line
    from yinji.label.inspection.rules.looking import Given

RULE_ID = "gbt-41833-visible-digits"

_SHOWN_MAX: Final = 5
_NUMBERS_MAX: Final = 64
"""Half-hidden numbers that are compared with each other: a label has four, a hostile one is not compared for hours."""


def look(given: Given) -> Iterator[Sight]:
    """See two masks of what may be one number that together show more than each."""
    most = given.rule.value or _SHOWN_MAX
    seen = [
        (number, line) for line in given.label.lines for _, _, number in half_hidden(line.plain) if len(number) == MOBILE_DIGITS
    ][:_NUMBERS_MAX]
    for place, (number, line) in enumerate(seen):
        for other, beside in seen[:place]:
            if other != number and together(number, other) > most:
                yield _sight(most, line, beside)


def _sight(most: int, line: Line, beside: Line) -> Sight:
    says = Said(
        f"两处半隐藏的号码合在一起露出超过 {most} 位",
        f"two half-hidden numbers together show more than {most} digits of one phone",
    )
    return Sight(says, (line.region, beside.region), line.source, sure=min(line.confidence, beside.confidence))
