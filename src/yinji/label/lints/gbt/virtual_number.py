"""GB/T 41833-2022, as reported, recommends virtual numbers: one that is said to be virtual, and has not expired, stands whole.

It can only be told that a text in that place has the form of a number that rings; that it is virtual was told by its source, and
until when it rings was looked at when the label was drafted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "gbt-41833-virtual-number"

_NUMBER: Final = re.compile(
    r"(?:\+?86[ -]?)?(?:[0-9](?:[ -]?[0-9]){6,14})(?:[ ]?(?:转分机|转|分机|[-,，#_])[ ]?[0-9]{1,6})?", re.ASCII
)
"""Seven to fifteen digits (ITU-T E.164), an extension behind them: platforms print 18400000000-7576 or 18400000000转7576."""


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find virtual numbers that are no number: a name or half a mask in this place would stand whole."""
    draft = proof.draft
    one, other = draft.recipient.virtual_number, draft.sender.virtual_number
    if not one and not other:
        return ()
    shown = {"recipient.virtual_number": one, "sender.virtual_number": other}
    return tuple(finding(rule, where, _SAYS) for where, number in shown.items() if number and not _NUMBER.fullmatch(number))


_SAYS: Final = Said(
    "不是能拨打的号码，不能作为虚拟号码完整印出", "it is no number that rings, so it cannot stand whole as a virtual one"
)
