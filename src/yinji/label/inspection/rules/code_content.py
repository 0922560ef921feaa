"""Rule of the house: the codes hold nobody. What stands in a code is read as it is, and as whatever it may have been written in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.deid import Finding, FindingKind, read_division, scan
from yinji.kernel.said import Said
from yinji.label.inspection.decoding import readings
from yinji.label.inspection.laid_out import is_waybill_number
from yinji.label.inspection.model import Source
from yinji.label.inspection.rules.looking import Sight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.inspection.laid_out import Payload
    from yinji.label.inspection.rules.looking import Given

RULE_ID = "house-code-content"

_KINDS: Final = frozenset(
    (
        FindingKind.PHONE,
        FindingKind.IDENTITY,
        FindingKind.EMAIL,
        FindingKind.NAME,
        FindingKind.ROOM,
        FindingKind.ACCOUNT,
        FindingKind.PLATE,
    )
)
_DOCUMENT_MIN: Final = 0.9
"""Below it a document is told by its form alone, and a code is full of such forms."""

_FIELD: Final = re.compile(r"[,;|^~\t\n&?={}\"':]+")
_STREET: Final = re.compile("[路街道巷弄镇乡村]|小区|花园|大厦")


def look(given: Given) -> Iterator[Sight]:
    """See persons in what the codes hold."""
    for code in given.label.payloads:
        if kinds := _kinds(code):
            named = ", ".join(sorted(kinds))
            says = Said(
                f"{code.symbology.value} 中有人的信息（{named}）", f"the {code.symbology.value} holds a person ({named})"
            )
            yield Sight(says, (code.region,), Source.CODE)


def _tells(finding: Finding) -> bool:
    return finding.kind in _KINDS or (finding.kind is FindingKind.DOCUMENT and finding.confidence >= _DOCUMENT_MIN)


def _kinds(code: Payload) -> set[str]:
    if is_waybill_number(code.text):
        return set()
    found: set[str] = set()
    for reading in readings(code.text):
        found |= {each.kind.value for each in scan(reading) if _tells(each)}
        if any(read_division(field) and _STREET.search(field) for field in _FIELD.split(reading)):
            found.add("address")
    return found
