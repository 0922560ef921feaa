"""Rule of the house: contents, remark and whatever else is printed show nobody's account, mail address or card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.deid import FindingKind
from yinji.kernel.said import Said
from yinji.label.inspection.rules.looking import Sight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.inspection.rules.looking import Given

RULE_ID = "house-free-text"

_KINDS: Final = frozenset((FindingKind.ACCOUNT, FindingKind.EMAIL, FindingKind.PLATE))
_PERCENT: Final = 100


def look(given: Given) -> Iterator[Sight]:
    """See accounts, mail addresses and cards; phones, names and rooms have rules of their own."""
    least = given.rule.value or 1
    for line in given.label.lines:
        kinds = {
            found.kind.value for found in line.found if found.kind in _KINDS and round(found.confidence * _PERCENT) >= least
        }
        if kinds:
            named = ", ".join(sorted(kinds))
            says = Said(f"文字中有人的信息（{named}）", f"the text shows a person ({named})")
            yield Sight(says, (line.region,), line.source, sure=line.confidence)
