"""Habit of the trade: a landline is hidden as a mobile is. The carrier's own, called so beside it, is no person's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.inspection.rules.looking import Sight
from yinji.label.inspection.rules.marks import waybill_numbers
from yinji.label.inspection.rules.phone import carriers_own
from yinji.label.lints.trade.landline import LANDLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.inspection.rules.looking import Given

RULE_ID = "trade-landline"


def look(given: Given) -> Iterator[Sight]:
    """See whole landlines."""
    for line in given.label.lines:
        own = waybill_numbers(line.plain, given.label.numbers)
        for match in LANDLINE.finditer(line.plain):
            in_number = any(start < match.end() and match.start() < end for start, end in own)
            if not in_number and not carriers_own(line.plain, match.start()):
                yield Sight(_SAYS, (line.region,), line.source, sure=line.confidence)


_SAYS: Final = Said("固定电话完整印出", "a landline number is shown whole")
