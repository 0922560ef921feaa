"""快递暂行条例 (2019: 22, 2025: 23): a waybill records no identity data but name, address and phone; a half-hidden number is such data too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.deid import FindingKind
from yinji.kernel.said import Said
from yinji.label.inspection.rules.looking import Sight
from yinji.label.inspection.rules.marks import with_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.inspection.rules.looking import Given

RULE_ID = "express-regulation-identity"

_HALF_HIDDEN: Final = re.compile(r"(?<![0-9A-Za-z*])[1-9][0-9]{1,5}\*{6,14}[0-9]{0,4}[0-9X*](?![0-9A-Za-z*])")
_LENGTHS: Final = frozenset((15, 18))
_WORD: Final = re.compile("身份证|证件号|护照|通行证|居住证|驾驶证|军官证")
_DIGITS: Final = re.compile("[0-9*]{4}")
_REACH: Final = 24


def look(given: Given) -> Iterator[Sight]:
    """See identity numbers, whole or in part, and numbers behind the name of a document."""
    for line in given.label.lines:
        if any(found.kind is FindingKind.IDENTITY for found in line.found) or _in_part(line.plain) or _named(line.plain):
            yield Sight(_SAYS, (line.region,), line.source, sure=line.confidence)


def _in_part(plain: str) -> bool:
    return any(len(match[0]) in _LENGTHS for match in _HALF_HIDDEN.finditer(with_marks(plain)))


def _named(plain: str) -> bool:
    return any(_DIGITS.search(plain, match.end(), match.end() + _REACH) for match in _WORD.finditer(plain))


_SAYS: Final = Said("面单上有身份证件号码", "the number of an identity document stands on the label")
