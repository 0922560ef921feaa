"""Whether a label has a code of one kind, and whether it can be read in the trade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.inspection.model import Outcome, Region, Source
from yinji.label.inspection.rules.looking import Sight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.inspection.model import Symbology
    from yinji.label.inspection.rules.looking import Given

_WHOLE: Final = Region(0.0, 0.0, 1.0, 1.0)
_TOLERANCE: Final = 0.1
"""Of a dot: what measuring on a rendered page may be off."""


def look_for(given: Given, symbology: Symbology) -> Iterator[Sight]:
    """See a missing code of one kind (cannot tell, where the label was not read whole), and one that is too fine."""
    found = [each for each in given.label.payloads if each.symbology is symbology]
    if not found:
        outcome = Outcome.FAILS if given.label.legible else Outcome.CANNOT_TELL
        says = Said(f"没有可读的 {symbology.value}", f"no {symbology.value} can be read")
        yield Sight(says, (_WHOLE,), Source.CODE, outcome)
    least = given.rule.value or 1
    for code in found:
        if code.module_dots is not None and code.module_dots < least - _TOLERANCE:
            says = Said(
                f"{symbology.value} 的最窄条只有 {code.module_dots:.1f} 点，应不小于 {least} 点",
                f"the narrowest bar of the {symbology.value} has {code.module_dots:.1f} dots; {least} or more are wanted",
            )
            yield Sight(says, (code.region,), Source.CODE)
