"""Rule of the house: destination (大头笔) and hub (集包地), printed large for everybody to see, end at the district or town."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from yinji.deid import normal, read_division
from yinji.deid.normal_form import NUMERALS
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "house-destination"

_COUNT: Final = f"[0-9A-Za-z{NUMERALS}]"
_FINER: Final = re.compile(
    rf"{_COUNT}(?:号|栋|幢|座|单元|室|楼|层|户|弄|组|房|#)|[0-9]+[-#][0-9]+|[0-9]{{4}}"
    "|(?:路|街|巷|弄|大道|胡同|小区|花园|公寓|大厦|广场|家园|宿舍|学校)(?![道办])"
)
"""What stands behind a district or town only: a road, a house, an estate, a building, a room."""

_REMEMBERED_MAX: Final = 4_096


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find destinations and hubs that say more than the district or town."""
    draft = proof.draft
    if not _finer(draft.destination) and not (draft.centre and _finer(draft.centre)):
        return ()
    texts = {"destination": draft.destination, "centre": draft.centre}
    return tuple(finding(rule, where, _SAYS) for where, text in texts.items() if _finer(text))


@lru_cache(maxsize=_REMEMBERED_MAX)
def _finer(text: str) -> bool:
    """Tell whether a text names more than divisions; 鼓楼区 and 路桥区 are divisions, whatever their characters."""
    plain = normal(text).replace(" ", "")
    division = read_division(plain)
    return _FINER.search(plain, division.end if division else 0) is not None


_SAYS: Final = Said("细于区县、乡镇街道", "it is finer than a district or town")
