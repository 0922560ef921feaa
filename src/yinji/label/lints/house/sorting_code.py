"""Rule of the house: a sorting code is one: at most three parts of letters and digits. A room behind it would be a fourth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "house-sorting-code"

_GROUP: Final = "(?![0-9]{6})[0-9A-Z]{1,8}"
_PART: Final = f"{_GROUP}(?: {_GROUP}){{0,2}}"
_CODE: Final = re.compile(f"{_PART}(?:-{_PART}){{0,2}}", re.ASCII)
"""Forms in use: 755-N12-015, 021-05 27 008, 350A-B07-21."""


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find sorting codes of another form; none at all is sorted by hand."""
    code = proof.draft.sorting_code
    if not code or _CODE.fullmatch(code):
        return ()
    return (finding(rule, "sorting_code", _SAYS, Refusal.LABEL_MISSTATES),)


_SAYS: Final = Said(
    "不是三段码的写法，可能带有门牌或电话", "it has not the form of a sorting code, and may carry a room or a phone"
)
